"""A life told in periods: `8/2007-6/2010: Phó Thủ tướng…` gives its titles to the person the article is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.officials.recognition.found_officials import Frame
from index.officials.recognition.sequence import Element, NameInText
from index.officials.recognition.titles import PrintedTitle
from index.officials.recognition.token_text import TokenText

_DATE = r"(?:(?:tháng\s+)?\d{1,2}\s?[/.-]\s?)?(?:\d{1,2}\s?[/.-]\s?)?(?:19|20)\d\d"
_PERIOD = re.compile(
    rf"(?:[Tt]ừ\s+)?(?:năm\s+)?{_DATE}\s*(?:[-–—]|đến|tới)+\s*(?:năm\s+)?(?P<end>{_DATE}|nay|đến nay|hiện nay)\s*[:,]"
    rf"|(?:[Tt]ừ\s+|[Tt]háng\s+){_DATE}\s*(?P<open>đến nay)?\s*:"
)
_YEAR = re.compile(r"(?:19|20)\d\d\s*(?:[-–—:]|đến)")
FEWEST = 2
"""Periods that make a career."""


def add_careers(r: TokenText, found: Sequence[Element]) -> None:
    """Give the titles that stand in periods and belong to nobody to the person named before the first period."""
    periods = list(_PERIOD.finditer(r.text)) if len(_YEAR.findall(r.text)) > FEWEST else []
    if len(periods) < FEWEST:
        return
    given = {office.first for person in found if isinstance(person, NameInText) for office in person.offices}
    bounds = [period.start() for period in periods[1:]] + [_line_end(r.text, periods[-1].end())]
    for period, end in zip(periods, bounds, strict=True):
        subject = _subject(r, found, periods[0].start())
        if subject is None:
            return
        ended = period["end"] is not None and "nay" not in period["end"]
        for title in found:
            if (
                isinstance(title, PrintedTitle)
                and title.first not in given
                and period.end() <= r.starts[title.first] < end
            ):
                subject.offices.append(replace(title, former=ended, frame=Frame.CAREER))


_IN_YEAR = re.compile(r"(?i)(?:năm |tháng \d{1,2}[/.-]|\d{1,2}[/.-]\d{1,2}[/.-])((?:19|20)\d\d)(?![\d–-])")
"""A year that dates a sentence, no term of office: `năm 2008`, `tháng 10/2015`."""
_MOVES = 3
"""Different years in which a text lets one person take an office, by which it tells a life."""


def look_back(r: TokenText, people: Sequence[NameInText]) -> None:
    """`Năm 2008 ông A làm …, năm 2011 ông giữ chức …, tháng 10/2015 …`: what a told life went through is over.

    `people`: one person's mentions. Only the offices of its last year may be held still.
    """
    years: dict[int, int] = {}
    for person in people:
        for office in person.offices:
            if (
                office.frame in (Frame.GIVEN, Frame.PAST)
                and office.first >= person.last
                and (year := _year_of(r, office.first))
            ):
                years[office.first] = year
    if len(set(years.values())) < _MOVES:
        return
    last = max(years.values())
    for person in people:
        person.offices = [
            replace(office, former=True, frame=Frame.CAREER) if years.get(office.first, last) < last else office
            for office in person.offices
        ]


def _year_of(r: TokenText, k: int) -> int | None:
    """The year last named before token k in its sentence, if nothing says that it goes on until now."""
    end = r.starts[k]
    begin = max(r.text.rfind(". ", 0, end), r.text.rfind("\n", 0, end)) + 1
    said = r.text[begin:end]
    found = None if "nay" in said.split() else list(_IN_YEAR.finditer(said))
    return int(found[-1][1]) if found else None


def _line_end(text: str, at: int) -> int:
    """The last period reaches to the end of its sentence."""
    stop = re.compile(r"[.\n](?:\s|$)").search(text, at)
    return stop.start() if stop else len(text)


def _subject(r: TokenText, found: Sequence[Element], at: int) -> NameInText | None:
    """The person most recently named with a title or an honorific before the career begins."""
    people = [
        person
        for person in found
        if isinstance(person, NameInText)
        and not person.pronoun
        and not person.short
        and (person.honoured or person.titled)
        if r.starts[person.first] < at
    ]
    return people[-1] if people else None
