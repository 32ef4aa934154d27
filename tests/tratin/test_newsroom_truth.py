"""What the index makes of the stories, held against what their files tell: the golden set that ships.

The floors are a little under what was measured when they were set; a change that falls below one has lost something.
"""

import pytest

from crawler.article import Article
from index.officials.recognition.recognizer import recognize
from index.officials.recognition.token_text import TokenText
from index.topics.classifier import classify
from tratin.newsroom.paper import stories
from tratin.newsroom.story import Story

Named = set[tuple[str, ...]]


def article_of(story: Story) -> Article:
    return Article(
        id=story.slug, title=story.title, lead=story.lead, paragraphs=story.paragraphs, captions=story.captions
    )


def read(words: str | None) -> str:
    """Words as compared: one spelling, no capitals."""
    return " ".join(TokenText(words or "").lows)


def f1(pairs: list[tuple[Named, Named]]) -> float:
    """Micro-averaged F1 of (wanted, found) pairs."""
    both = sum(len(wanted & found) for wanted, found in pairs)
    return 2 * both / sum(len(wanted) + len(found) for wanted, found in pairs)


@pytest.fixture(scope="module")
def recognized():
    return [(story, recognize(article_of(story))) for story in stories()]


def test_names_of_officials(recognized):
    pairs = [({(name,) for name, _ in story.officials}, {(one.name,) for one in found}) for story, found in recognized]
    assert f1(pairs) > 0.98


def test_names_with_their_titles(recognized):
    pairs = [
        (
            {(name, read(office.title)) for name, offices in story.officials for office in offices},
            {(one.name, read(office.title)) for one in found for office in one.positions},
        )
        for story, found in recognized
    ]
    assert f1(pairs) > 0.97


def test_names_with_their_titles_and_organisations(recognized):
    pairs = [
        (
            {
                (name, read(office.title), read(office.organisation))
                for name, offices in story.officials
                for office in offices
            },
            {(one.name, read(office.title), read(office.organisation)) for one in found for office in one.positions},
        )
        for story, found in recognized
    ]
    assert f1(pairs) > 0.96


def test_former_offices_are_told_from_present_ones(recognized):
    wrong = right = 0
    for story, found in recognized:
        wanted = {
            (name, read(office.title), read(office.organisation)): office.former
            for name, offices in story.officials
            for office in offices
        }
        for one in found:
            for office in one.positions:
                former = wanted.get((one.name, read(office.title), read(office.organisation)))
                right += former is office.former
                wrong += former is not None and former is not office.former
    assert right > 100
    assert wrong <= 0.03 * right


def test_topics():
    pairs = [
        ({(slug,) for slug in story.topics}, {(topic.slug,) for topic in classify(article_of(story))})
        for story in stories()
    ]
    assert f1(pairs) > 0.67
