"""The rooms that have a golden record, and how each answers one of its cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from crawler.article import Article
from index import authority
from index.analysis.analyzer import analyze
from index.document import IndexedOfficial, Statement
from index.duplicates import signature
from index.officials.posts.offices import read_office
from index.officials.posts.printing import ways
from index.officials.posts.typing import meant
from index.officials.recognition.found_officials import FoundOfficial
from index.officials.recognition.recognizer import recognize_text
from index.statements.finding import statements
from index.topics.classifier import classify
from tests.golden.clusters import cluster
from tests.golden.naming import days, names
from tests.golden.newsroom import articles, newsroom, people, related, said, search, suggest
from tests.golden.printing import told, written_out
from tests.golden.queries import parser
from tests.golden.registers import registry


def _text(asked: str) -> str:
    """What a case is about: its own lines, or a story of the newsroom."""
    return articles()[asked.removeprefix(_STORY)].text if asked.startswith(_STORY) else written_out(asked)


_STORY = "story "


def recognition(asked: str) -> Iterator[str]:
    """Officials of a text with every mention, office and offset."""
    yield from _officials(recognize_text(_text(asked)))


def _officials(found: Iterable[FoundOfficial]) -> Iterator[str]:
    for one in found:
        mentions = " ".join(f"{mention.start}–{mention.end}" for mention in one.mentions)
        rest = "".join([f" rank {one.rank}" if one.rank else "", " foreign" if one.foreign else ""])
        yield f"{one.name} [{mentions}]{rest}"
        for held in one.positions:
            marks = [held.frame.value, *(["former"] if held.former else []), *filter(None, [held.mode])]
            place = f" of {held.place}" if held.place else ""
            body = (held.organisation or "").replace("\n", "\\n")
            yield f"  {held.title} | {body}{place} [{held.start}–{held.end}] {' '.join(marks)}"


def speech(asked: str) -> Iterator[str]:
    """Who says what in a text, and in which words; and what an authority does there."""
    text = _text(asked)
    found = recognize_text(text)
    said: list[tuple[Statement, ...]] = [() for _ in found]
    for one in statements(text, found):
        quoted = " direct" if one.direct else ""
        yield f"{found[one.speaker].name} ({one.way}){quoted} [{one.start}–{one.end}] {told(text[one.start : one.end])}"
        said[one.speaker] += (Statement(one.start, one.end, one.way, one.direct),)
    who = [
        IndexedOfficial(one.name, one.name, held.title, held.organisation, one.foreign, spoken)
        for one, spoken in zip(found, said, strict=True)
        for held in one.positions[:1]
    ]
    for topic in ("", "phap-luat-noi-chinh", "quoc-te"):
        for deed in authority.deeds(text, [topic], who):
            words = f" {told(text[deed.start : deed.end])}" if not topic and deed.kind != "speech" else ""
            yield f"{topic or 'any topic'}: {deed.kind} [{deed.start}–{deed.end}]{words}"
        yield f"{topic or 'any topic'}: {', '.join(authority.values(text, [topic], who)) or 'nothing'}"


def topics(asked: str) -> Iterator[str]:
    """Topics of an article of headline, lead and paragraphs, a line each; or of a story."""
    if asked.startswith(_STORY):
        article = articles()[asked.removeprefix(_STORY)]
    else:
        title, lead, *paragraphs = written_out(asked).split("\n")
        article = Article("a-1", title, lead=lead.strip("-") or None, paragraphs=tuple(paragraphs))
    for found in classify(article):
        yield f"{found.slug} {found.weight} {', '.join(found.phrases)}"


def analysis(asked: str) -> Iterator[str]:
    """Tokens of a text with their places, words and special tokens; of a story the words and special tokens."""
    found = analyze(_text(asked))
    if not asked.startswith(_STORY):
        yield " ".join(
            f"{key}{'' if key == bare else '/' + bare}[{start}–{end}]"
            for key, bare, start, end in zip(
                found.syllables, found.folded, found.starts.tolist(), found.ends.tolist(), strict=True
            )
        )
    yield "words " + " ".join(f"{first}+{many}:{key}" for first, many, key in found.words)
    for first, many, kind, key in found.specials:
        yield f"{kind} {first}+{many}: {key}"
    yield f"signature {signature(found.syllables).hex()[:64] or 'none'}"


_KINDS = "few local assembly leading complete sole of_a_union gone member envoy beside"


def offices(asked: str) -> Iterator[str]:
    """What office a printed or typed name is, and how such an office is printed."""
    office = read_office(asked)
    yield told(office)
    kinds = (
        "few",
        "local",
        "assembly",
        "leading",
        "complete",
        "sole",
        "of_a_union",
        "gone",
        "member",
        "envoy",
        "beside",
    )
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
    "parser": parser,
    "names": names,
    "days": days,
    "cluster": cluster,
    "newsroom": newsroom,
    "people": people,
    "search": search,
    "said": said,
    "suggest": suggest,
    "related": related,
}
"""Room → what answers one case. The record of each is the file of its name."""
