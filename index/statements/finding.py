"""Reading statements: a speaker as the subject, a verb of speaking right behind, and the sentence around both.

Precision comes first. A speaker counts where nothing but titles and honorifics stands between the name and the end of
what comes before it, and nothing but a title, a time or a place between the name and the verb; of anything else the
sentence may mean somebody else, and nothing is stated.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from index.officials.recognition.found_officials import FoundOfficial
from index.officials.registry.evidence import NO_END
from index.statements import wording as w
from index.statements.found_statements import FoundStatement
from index.statements.speakers import Reference, references

VERSION = 6
"""Counts up whenever the same text may give other statements."""

_BEFORE = 150
_BEHIND = 330
_LONGEST = 1_200
"""Characters of a quotation that is printed with its sentence; of a longer one the sentence alone is."""
_OPENING, _CLOSING = "“", "”"
_STRAIGHT = '"'
_SPACES = re.compile(r"\s+")


def statements(text: str, officials: Sequence[FoundOfficial]) -> tuple[FoundStatement, ...]:
    """What the officials found in `text` (an `Article.text`) say there, in order; a sentence once for each speaker."""
    if not officials:
        return ()
    named = references(text, officials)
    ends = _ends(text)
    marks = [match.start() for match in re.finditer(_STRAIGHT, text)]
    other_sex = cache(lambda speaker, woman: _other_sex(text, officials[speaker], woman))
    found: dict[tuple[int, int], FoundStatement] = {}
    last: tuple[int, int, int] | None = None  # sentence, speaker, and whether anybody else is named in it
    for number, reference in enumerate(named):
        sentence = bisect_right(ends, reference.start)
        speaker = reference.official
        if speaker < 0:
            if last is None or last[0] not in (sentence, sentence - 1) or last[2]:
                continue
            speaker = last[1]
            if reference.woman is not None and other_sex(speaker, reference.woman):
                continue
        following = named[number + 1].start if number + 1 < len(named) else len(text)
        said = _way_of_saying(text, reference, following, named)
        if said is None:
            if reference.official >= 0 and last and last[0] == sentence and last[1] != speaker:
                last = (sentence, last[1], 1)
            elif reference.official >= 0 and last and last[0] != sentence:
                last = None
            continue
        way, end = said
        others = _others(named, number, ends, sentence, speaker)
        if reference.official >= 0 or last:
            last = (sentence, speaker, others)
        begin = (
            text.rfind("heo ", max(0, reference.start - _BEFORE), reference.start) - 1
            if way == "theo"
            else reference.start
        )
        start, stop = _sentence(text, ends, marks, sentence, begin, end)
        direct = any(quote in text[start:stop] for quote in (_OPENING, _STRAIGHT))
        found.setdefault((start, speaker), FoundStatement(speaker, start, stop, way, direct))
    return tuple(found.values())


def _others(named: Sequence[Reference], number: int, ends: Sequence[int], sentence: int, speaker: int) -> int:
    """Whether the sentence names another official too."""
    start, stop = (ends[sentence - 1] if sentence else 0), (ends[sentence] if sentence < len(ends) else 1 << 60)
    near = named[max(0, number - 8) : number + 8]
    return int(any(start <= reference.start < stop and reference.official not in (-1, speaker) for reference in near))


def _other_sex(text: str, official: FoundOfficial, woman: bool) -> bool:
    """Whether the text calls the official by the other word: `bà` where the pronoun is `ông`."""
    other = ("ông ", "Ông ") if woman else ("bà ", "Bà ")
    return any(text.endswith(other, 0, mention.start) for mention in official.mentions)


def _way_of_saying(
    text: str, reference: Reference, following: int, named: Sequence[Reference]
) -> tuple[str, int] | None:
    """The way of saying and where its verb ends; None where the reference is no sure subject of one."""
    behind = text[reference.end : reference.end + _BEHIND]
    patterns = (w.PLAIN, w.COLON, w.BRACKETED, w.APPOSED)
    match = next((match for pattern in patterns if (match := pattern.match(behind))), None)
    left = text[max(0, reference.start - _BEFORE, _another_before(text, reference, named)) : reference.start]
    if match is None and "heo " not in left:
        return None
    before = w.SUBJECT.search(left)
    if before is None or (before["before"] == "" and reference.start > _BEFORE) or w.TO_WHOM.search(before["title"]):
        return None
    if reference.official >= 0 and not reference.full and before["title"] == "" and text[reference.start].islower():
        return None
    according = before["theo"] is not None
    if match is None:
        if according and _begins(text, reference.start, before) and (rest := w.ACCORDING.match(behind)):
            return "theo", reference.end + rest.end()
        return None
    end = reference.end + match.end()
    if following < end or w.NOT_THE_SAME.search(behind[: match.start("way")]):
        return None
    if match.re is w.APPOSED and not _closed(match):
        return None
    return _SPACES.sub(" ", match["way"].lower()), end


def _another_before(text: str, reference: Reference, named: Sequence[Reference]) -> int:
    """Where the name before this one ends, for a title would run over it, as in `A đề nghị Bộ trưởng B`.

    0 where `và` joins the two: both speak.
    """
    before = bisect_left(named, reference.start, key=lambda mention: mention.start) - 1
    if before < 0 or named[before].official in (-1, reference.official) or text.startswith(" và ", named[before].end):
        return 0
    return named[before].end


def _closed(match: re.Match[str]) -> bool:
    """Whether the title behind a name ends before the verb: a long one without its second comma may be another's."""
    return bool(match["close"]) or len(match["title"].split()) <= 14


def _begins(text: str, start: int, before: re.Match[str]) -> bool:
    """Whether `theo` begins its part of the sentence: `đi theo ông A` does not."""
    at = start - len(before[0]) + before.start("theo") - before.start()
    left = text[max(0, at - 12) : at].rstrip(" ")
    return not left or left[-1] in ".!?:;,“”\"'’)]…–—-\n" or left.endswith(("Cũng", "Còn", "Nhưng", "Và", "nhưng"))


def _ends(text: str) -> list[int]:
    """Where sentences end: offsets at which the next one begins."""
    return [
        match.end()
        for match in w.END.finditer(text)
        if "\n" in match[0] or not NO_END.search(text[max(0, match.start() - 6) : match.start() + 1])
    ]


def _sentence(
    text: str, ends: Sequence[int], marks: Sequence[int], number: int, begin: int, verb: int
) -> tuple[int, int]:
    """The sentence, widened to the whole of the quotation that it ends or begins; `marks`: the straight ones."""
    start = ends[number - 1] if number else 0
    if (credit := w.CREDIT.match(text, start)) and credit.end() <= begin:
        start = credit.end()
    last = max(number, bisect_right(ends, verb - 1))
    stop = ends[last] if last < len(ends) else len(text)
    part = text[start:stop]
    if part.count(_CLOSING) > part.count(_OPENING):
        opening = text.rfind(_OPENING, max(0, start - _LONGEST), start)
        start = opening if opening >= 0 else start
    elif part.count(_OPENING) > part.count(_CLOSING):
        closing = text.find(_CLOSING, stop, stop + _LONGEST)
        stop = _after(text, ends, closing) if closing >= 0 else stop
    elif part.count(_STRAIGHT) % 2:
        if _STRAIGHT in text[start:begin]:
            opening = text.rfind(_STRAIGHT, max(0, start - _LONGEST), start)
            start = opening if opening >= 0 and _opens(marks, opening) else start
        elif _opens(marks, text.rfind(_STRAIGHT, start, stop)):
            closing = text.find(_STRAIGHT, stop, stop + _LONGEST)
            stop = _after(text, ends, closing) if closing >= 0 else stop
    return start, start + len(text[start:stop].rstrip())


def _opens(marks: Sequence[int], at: int) -> bool:
    """Whether the straight quotation mark there opens: as many before it close as open."""
    return bisect_left(marks, at) % 2 == 0


def _after(text: str, ends: Sequence[int], closing: int) -> int:
    """The end of the sentence in which a quotation closes: at once, where it closes with it."""
    if text[closing - 1 : closing] in (".", "!", "?", "…") or text[closing + 1 : closing + 2] in (".", "\n", ""):
        return closing + 1 + (text[closing + 1 : closing + 2] == ".")
    k = bisect_right(ends, closing)
    return ends[k] if k < len(ends) else len(text)
