"""What stands on the newsroom's pages is what the stories' files say, read by the readers of the real families."""

import unicodedata
from collections.abc import Callable, Iterator

import httpx
import pytest

from crawler.article import Article
from crawler.feeds import read_feed
from crawler.page import NotArticle, Page, PageReading
from crawler.sitemaps import read_sitemap
from crawler.sites.reader import read_page
from tratin.newsroom.paper import Paper, papers, stories
from tratin.newsroom.server import Newsroom
from tratin.newsroom.story import Story

PAPERS = {paper.key: paper for paper in papers()}
READABLE = [story for story in stories(edition=2) if not story.traps & {"challenge", "broken"}]
Visit = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def visit() -> Iterator[Visit]:
    with Newsroom(edition=2) as newsroom, httpx.Client(base_url=f"http://{newsroom.address}") as client:

        def get(paper: Paper, path: str, **headers: str) -> httpx.Response:
            return client.get(path, headers={"Host": paper.host, **headers})

        yield get


def fetch(visit: Visit, paper: Paper, path: str, **headers: str) -> Page:
    answer = visit(paper, path, **headers)
    url = paper.root + path
    return Page(url, url, answer.content, answer.status_code, dict(answer.headers), "2025-12-01T08:00:00+07:00")


def read(visit: Visit, story: Story, **headers: str) -> PageReading:
    paper = PAPERS[story.paper]
    return read_page(fetch(visit, paper, paper.story_path(story), **headers), paper.site)


def trapped(trap: str) -> Story:
    return next(story for story in stories(edition=2) if trap in story.traps)


def nfc(words: str | None) -> str:
    return unicodedata.normalize("NFC", words or "")


@pytest.mark.parametrize("story", READABLE, ids=lambda story: story.slug)
def test_every_story_is_read_as_it_was_written(visit, story):
    article = read(visit, story).article
    assert isinstance(article, Article), article
    assert nfc(article.title) == story.title
    assert nfc(article.lead) == story.lead
    printed = [f"- {block.text}" if block.kind == "item" else block.text for block in story.running]
    assert [nfc(text) for text in article.paragraphs] == printed
    assert [nfc(text) for text in article.captions] == list(story.captions)
    assert nfc(article.author).removesuffix(" (TTĐD)") == story.author.replace(" - ", "; ")
    assert article.section == PAPERS[story.paper].sections[story.section]
    assert article.tags == story.tags
    assert article.published == (None if "undated" in story.traps else story.published.isoformat())


def test_the_page_without_a_date_is_read_without_one(visit):
    article = read(visit, trapped("undated")).article
    assert isinstance(article, Article)
    assert article.published is None


def test_the_nfd_page_really_is_decomposed(visit):
    story = trapped("nfd")
    sent = visit(PAPERS[story.paper], PAPERS[story.paper].story_path(story)).text
    assert story.title not in sent
    assert story.title in nfc(sent)


def test_one_story_is_set_with_the_icelandic_letter_and_some_mix_tone_placements():
    texts = [story.text for story in stories()]
    assert any("Ð" in text for text in texts)
    assert any("uỷ" in text and "ủy" in text for text in texts)
    assert any("hoà" in text and "hóa" in text for text in texts)


def test_the_challenge_page_is_no_article_until_its_cookie_is_sent(visit):
    story = trapped("challenge")
    refused = read(visit, story).article
    assert isinstance(refused, NotArticle)
    assert refused.kind == "challenge"
    paper = PAPERS[story.paper]
    cookie = visit(paper, paper.story_path(story)).text.partition('document.cookie="')[2].partition('"')[0]
    opened = read(visit, story, Cookie=cookie).article
    assert isinstance(opened, Article)
    assert opened.title == story.title


def test_the_page_cut_off_gives_no_article(visit):
    assert isinstance(read(visit, trapped("broken")).article, NotArticle)


def test_an_old_address_leads_to_the_new_one(visit):
    (story,) = (story for story in stories() if story.old_path)
    paper = PAPERS[story.paper]
    answer = visit(paper, story.old_path)
    assert answer.status_code == 301
    assert answer.headers["location"] == paper.root + paper.story_path(story)


def test_the_correction_appears_in_the_second_edition_at_the_same_address():
    (after,) = (story for story in stories(edition=2) if story.edition == 2)
    (before,) = (story for story in stories(edition=1) if story.slug == after.slug)
    paper = PAPERS[after.paper]
    assert paper.story_path(before) == paper.story_path(after)
    assert "38,6 tỷ" in before.title
    assert "36,8 tỷ" in after.title
    assert after.updated > before.updated


def test_the_wire_story_stands_in_two_papers_with_small_edits(visit):
    wire, copy = (
        next(story for story in stories() if story.slug == slug)
        for slug in ("tinh-lam-khe-moi-chinh-thuc-hoat-dong", "tinh-lam-khe-moi-di-vao-hoat-dong")
    )
    assert wire.paper != copy.paper
    shared = set(nfc(wire.text).replace("ủy", "uỷ").split("\n")) & set(nfc(copy.text).replace("ủy", "uỷ").split("\n"))
    assert len(shared) >= 3
    assert copy.text != wire.text


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.key)
def test_every_listed_story_is_in_the_sitemap_and_the_lists_link_to_it(visit, paper):
    index = read_sitemap(fetch(visit, paper, "/sitemap.xml"), 1_000_000)
    months = [link.url.removeprefix(paper.root) for link in index]
    told = {link.url for month in months for link in read_sitemap(fetch(visit, paper, month), 1_000_000)}
    listed = {
        paper.root + paper.story_path(story)
        for story in stories(edition=2)
        if story.paper == paper.key and "hidden" not in story.traps
    }
    assert listed <= told
    linked: set[str] = set()
    for section in paper.sections:
        number = 1
        while (page := fetch(visit, paper, paper.section_path(section, number))).status == 200:
            linked |= set(read_page(page, paper.site).links)
            number += 1
    assert listed <= linked


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.key)
def test_the_feed_gives_the_newest_stories_with_their_true_dates(visit, paper):
    entries = read_feed(fetch(visit, paper, paper.feed_path))
    dates = {
        paper.root + paper.story_path(story): story.published.isoformat()
        for story in stories(edition=2)
        if story.paper == paper.key
    }
    assert entries
    assert all(link.dated == dates[link.url] for link in entries)


def test_each_platforms_oddities_are_there(visit):
    vccorp, mcms = PAPERS["vantrach"], PAPERS["baolamkhe"]
    assert visit(vccorp, "/robots.txt").content.startswith(b"\xef\xbb\xbfUser-agent")
    assert " AM</pubDate>" in visit(vccorp, vccorp.feed_path).text
    assert "data:image/gif;base64" in visit(mcms, mcms.section_path("thoi-su")).text
    assert "__VIEWSTATE" in visit(PAPERS["tindongduyen"], "/").text


def test_what_a_visitor_holds_is_answered_304(visit):
    paper = PAPERS["baolamkhe"]
    first = visit(paper, "/")
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert visit(paper, "/", **{"If-None-Match": etag}).status_code == 304
    assert visit(paper, "/", **{"If-Modified-Since": modified}).status_code == 304
    assert visit(paper, "/", **{"If-None-Match": '"another"'}).status_code == 200


def test_strange_hosts_and_paths_are_not_found(visit):
    paper = PAPERS["vantrach"]
    assert visit(paper, "/khong-co-trang-nay-131240101000000000.htm").status_code == 404
    assert visit(paper, "/", Host="elsewhere.example").status_code == 404
