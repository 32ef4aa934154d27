"""The rooms that have a golden record, and how each answers one of its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from crawler.article import Article
from index import authority
from index.analysis.analyzer import analyze
from index.document import IndexedOfficial
from index.officials.posts.offices import read_office
from index.officials.posts.printing import ways
from index.officials.posts.typing import meant
from index.officials.recognition.found_officials import FoundOfficial
from index.officials.recognition.recognizer import recognize_text
from index.statements.finding import statements
from index.topics.classifier import classify
from tests.golden.newsroom import newsroom, people, related, said, search, suggest
from tests.golden.printing import told
from tests.golden.registers import registry


def recognition(asked: str) -> Iterator[str]:
    """Officials of a text with every mention, office and offset."""
    yield from _officials(recognize_text(asked))


def _officials(found: Iterable[FoundOfficial]) -> Iterator[str]:
    for one in found:
        mentions = " ".join(f"{mention.start}–{mention.end}" for mention in one.mentions)
        rest = "".join([f" rank {one.rank}" if one.rank else "", " foreign" if one.foreign else ""])
        yield f"{one.name} [{mentions}]{rest}"
        for held in one.positions:
            marks = [held.frame.value, *(["former"] if held.former else []), *filter(None, [held.mode])]
            place = f" of {held.place}" if held.place else ""
            yield f"  {held.title} | {held.organisation or ''}{place} [{held.start}–{held.end}] {' '.join(marks)}"


def speech(asked: str) -> Iterator[str]:
    """Who says what in a text, and in which words; and what an authority does there."""
    found = recognize_text(asked)
    for one in statements(asked, found):
        quoted = " direct" if one.direct else ""
        yield f"{found[one.speaker].name} ({one.way}){quoted} [{one.start}–{one.end}] {told(asked[one.start : one.end])}"
    for topic in ("", "phap-luat-noi-chinh"):
        for deed in authority.deeds(asked, [topic], _said(asked, found)):
            yield f"{topic or 'any topic'}: {deed.kind} [{deed.start}–{deed.end}] {told(asked[deed.start : deed.end])}"
        yield f"{topic or 'any topic'}: {', '.join(authority.values(asked, [topic], _said(asked, found))) or 'nothing'}"


def _said(text: str, found: Iterable[FoundOfficial]) -> list[IndexedOfficial]:
    return []


def topics(asked: str) -> Iterator[str]:
    """Topics of an article of headline, lead and paragraphs, a line each."""
    title, lead, *paragraphs = asked.split("\n")
    for found in classify(Article("a-1", title, lead=lead.strip("-") or None, paragraphs=tuple(paragraphs))):
        yield f"{found.slug} {found.score} {', '.join(found.phrases)}"


def analysis(asked: str) -> Iterator[str]:
    """Tokens of a text with their places, words and special tokens."""
    found = analyze(asked)
    yield " ".join(
        f"{key}{'' if key == bare else '/' + bare}[{start}–{end}]"
        for key, bare, start, end in zip(
            found.syllables, found.folded, found.starts.tolist(), found.ends.tolist(), strict=True
        )
    )
    yield "words " + " ".join(f"{first}+{many}:{key}" for first, many, key in found.words)
    for first, many, kind, key in found.specials:
        yield f"{kind} {first}+{many}: {key}"


def offices(asked: str) -> Iterator[str]:
    """What office a printed or typed name is, and how such an office is printed."""
    office = read_office(asked)
    yield told(office)
    kinds = ("few", "local", "assembly", "leading", "complete", "sole", "of_a_union", "gone", "member", "envoy", "beside")
    yield f"{office.id} {office.rank} {' '.join(kind for kind in kinds if getattr(office, kind))}"
    for way in ways(office):
        yield f"way {way}"
    for other in meant(asked):
        yield f"meant {other.id}"


ROOMS: dict[str, Callable[[str], Iterable[str]]] = {
    "recognition": recognition,
    "speech": speech,
    "topics": topics,
    "analysis": analysis,
    "offices": offices,
    "registry": registry,
    "newsroom": newsroom,
    "people": people,
    "search": search,
    "said": said,
    "suggest": suggest,
    "related": related,
}
"""Room → what answers one case. The record of each is the file of its name."""
