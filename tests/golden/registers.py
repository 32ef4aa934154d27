"""Who is who in a few articles of a golden case: a registry of its own for every case, and what its directory tells.

A line of a case is a day, how many articles say it and how many days apart (`x9 +3`; one unless told), and a text:

    2024-01-10 x9 +3 Chủ tịch UBND tỉnh Lam Khê Lò Văn Bưởi dự họp.

A day of `-` is unknown. A line that begins with `?` asks: `? office TEXT DAY`, `? find TEXT`, `? on ID DAY`.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from crawler.article import Article
from index.officials.directory.directory import Directory
from index.officials.directory.pages import Holder, OfficialNote, Tenure
from index.officials.recognition.recognizer import recognize
from index.officials.registry.entry import entry_of
from index.officials.registry.registry import Registry
from tests.golden.printing import told, written_out

_MEMORY = "/dev/shm"
"""Where there is one, nothing waits for a disk."""
_LINE = re.compile(r"(?P<day>-|\d{4}-\d\d-\d\d)(?: x(?P<many>\d+))?(?: \+(?P<apart>\d+))? (?P<text>.+)")


def registry(asked: str) -> Iterator[str]:
    """Everyone who is known from the articles of a case, with every office, and the answers to its questions."""
    lines = asked.split("\n")
    with tempfile.TemporaryDirectory(prefix="golden-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None) as folder:
        path = Path(folder) / "officials.sqlite"
        with Registry(path) as writing:
            for article in _articles(line for line in lines if not line.startswith("?")):
                writing.record(entry_of(article, recognize(article)))
            writing.resolve_all()
        directory = Directory(path)
        for note in directory.listed():
            yield from official(directory, note)
        for line in lines:
            if line.startswith("?"):
                yield line
                yield from (f"  {answer}" for answer in _answer(directory, line))


def _articles(lines: Iterable[str]) -> Iterator[Article]:
    number = 0
    for line in lines:
        found = _LINE.fullmatch(line)
        assert found, line
        for place in range(int(found["many"] or 1)):
            number += 1
            first = None if found["day"] == "-" else date.fromisoformat(found["day"])
            day = first and first + timedelta(days=place * int(found["apart"] or 1))
            title, *paragraphs = written_out(found["text"]).split(" / ")
            yield Article(
                f"a-{number:03}", title, paragraphs=tuple(paragraphs), published=day.isoformat() if day else None
            )


def official(directory: Directory, note: OfficialNote) -> Iterator[str]:
    """An official, the offices, and why each mention is taken for this one."""
    page = directory.official(note.id)
    assert page
    known = [f"{page.articles} articles {_days(page.first, page.last)}", "foreign" if page.foreign else "", page.rank]
    yield f"{note.id}: {page.name} | {page.office} | {', '.join(filter(None, known))}"
    if page.aliases or page.homonyms:
        yield f"  also {', '.join(page.aliases)}; others {', '.join(other.id for other in page.homonyms)}"
    yield f"  because {told(directory.reasons(note.id))}"
    for tenure in (*page.tenures, *page.said):
        yield f"  {_tenure(tenure)}"
    if beside := directory.together(note.id):
        yield f"  with {', '.join(f'{other.id} {many}' for other, many in beside)}"


def _days(first: date | None, last: date | None) -> str:
    return f"{first or '?'}…{last or '?'}"


def _tenure(tenure: Tenure) -> str:
    said = [
        f"{tenure.office.name} ({tenure.office.id}, {tenure.office.tier}): {tenure.status}",
        f"held {tenure.times} {_days(tenure.first, tenure.last)}",
        f"past {tenure.former_times} {tenure.former_first}" if tenure.former_times else "",
        f"since {tenure.since}" if tenure.since else "",
        f"until {tenure.until}" if tenure.until else "",
        tenure.mode,
        f"{tenure.reason} {tenure.rival}".strip(),
        "shown " + " ".join(f"{one.article}@{one.day}{'-' * one.former}{'!' * one.said}" for one in tenure.evidence),
    ]
    return ", ".join(filter(None, said))


def _answer(directory: Directory, line: str) -> Iterator[str]:
    _, verb, *words = line.split()
    if verb == "find":
        yield ", ".join(note.id for note in directory.find(" ".join(words)))
    elif verb == "on":
        page = directory.official(words[0], date.fromisoformat(words[1]))
        yield page.office if page else "nobody"
    else:
        on = date.fromisoformat(words.pop()) if words[-1][:1].isdigit() and words[-1].count("-") == 2 else None
        match = directory.asked(" ".join(words))
        yield f"is {', '.join(office.id for office in match.offices)}; near {', '.join(one.id for one in match.near)}"
        page_of = directory.office(match.office.id, on) if match.office else None
        for holder in page_of.holders if page_of else ():
            yield f"holder {_holder(holder)}"
        for holder in page_of.others if page_of else ():
            yield f"other {_holder(holder)}"
        for ending in page_of.endings if page_of else ():
            yield told(ending)


def _holder(holder: Holder) -> str:
    evidence = " ".join(f"{one.article}@{one.day}" for one in holder.evidence)
    against = " ".join(f"{one.article}@{one.day}" for one in holder.against)
    days = _days(holder.first, holder.last)
    return (
        f"{holder.official.id} {holder.status} {holder.confidence:.3f} {days} ×{holder.times} until {holder.until} "
        f"{holder.reason} {holder.rival} for {evidence}{' against ' if against else ''}{against}"
    )
