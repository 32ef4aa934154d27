"""What stands on the newsroom's pages is what the stories' files say, read by the readers of the real families."""

import unicodedata

import httpx
import pytest

from crawler.article import Article
from crawler.page import NotArticle, Page
from crawler.sites.reader import read_page
from tratin.newsroom.paper import Paper, papers, stories
from tratin.newsroom.server import Newsroom
from tratin.newsroom.story import Story

PAPERS = {paper.key: paper for paper in papers()}
READABLE = [story for story in stories(edition=2) if not story.traps & {"challenge", "broken"}]


@pytest.fixture(scope="module")
def newsroom():
    with Newsroom(edition=2) as room:
        yield room


@pytest.fixture(scope="module")
def visit(newsroom):
    with httpx.Client(base_url=f"http://{newsroom.address}") as client:

        def get(paper: Paper, path: str, **headers: str) -> httpx.Response:
            return client.get(path, headers={"Host": paper.host, **headers})

        yield get


def read(visit, story: Story) -> Article | NotArticle:
    paper = PAPERS[story.paper]
    url = paper.root + paper.story_path(story)
    answer = visit(paper, paper.story_path(story))
    page = Page(url, url, answer.content, answer.status_code, dict(answer.headers), "2025-12-01T08:00:00+07:00")
    return read_page(page, paper.site).article


def nfc(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def slug(story: Story) -> str:
    return story.slug


@pytest.mark.parametrize("story", READABLE, ids=slug)
def test_every_story_is_read_as_it_was_written(visit, story):
    article = read(visit, story)
    assert isinstance(article, Article), article
    assert nfc(article.title) == story.title
    assert nfc(article.lead or "") == story.lead
    paragraphs = [block.text if block.kind != "item" else f"- {block.text}" for block in story.blocks]
    kinds = [block.kind for block in story.blocks]
    wanted = [text for text, kind in zip(paragraphs, kinds, strict=True) if kind != "picture"]
    assert [nfc(text) for text in article.paragraphs] == wanted
    assert [nfc(text) for text in article.captions] == list(story.captions)
    assert nfc(article.author or "").removesuffix(" (TTĐD)") == story.author.replace(" - ", "; ")
    assert article.published == (None if "undated" in story.traps else story.published.isoformat())
