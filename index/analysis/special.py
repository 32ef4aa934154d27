"""Special tokens: document numbers, dates, amounts, percentages and abbreviations, kept whole beside their syllables.

A special token has one key however it is written:

    number        15/2020/NĐ-CP, 15/2020/ND-CP           15/2020/nd/cp
                  181-QĐ/TW, 181/QĐ-TƯ                   181/qd/tw
    date          4/7/2017, ngày 4 tháng 7 năm 2017      2017-07-04
                  4/7, ngày 4 tháng 7                    --07-04
                  7/2017, tháng 7 năm 2017               2017-07
    percent       18%, 18 phần trăm, 18,5 %              18%  18.5%
    amount        1.300, 2.000 tỉ đồng, 1,5 triệu        1300  2000_tỷ  1.5_triệu
    abbreviation  GD&ĐT, GD-ĐT · TP.HCM, TP HCM · BOT    gdđt  tphcm  bot
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.analysis.normalize import fold, key

Special = tuple[int, int, str, str]
"""First position, number of syllable tokens covered, kind, key."""

NUMBER, DATE, PERCENT, AMOUNT, ABBREVIATION = "number", "date", "percent", "amount", "abbreviation"

# fmt: off
DOCUMENT_TYPES: Final = frozenset({
    "bb", "bc", "cd", "cp", "ct", "ctr", "cv", "dh", "gm", "gp", "hd", "hdlt", "hdnd", "kh", "kl", "l", "lct",
    "lhq", "lnd", "nd", "nq", "pa", "pl", "qc", "qd", "qdlt", "qh", "qt", "tb", "th", "tl", "tp", "tt", "ttg",
    "ttlt", "ttr", "tw", "ubnd", "ubtvqh", "vp", "vpcp",
})
# fmt: on
"""First letters after a document's serial number, folded: the kind of document, or who issued it."""

UNITS: Final = {"tỷ": "tỷ", "tỉ": "tỷ", "triệu": "triệu", "nghìn": "nghìn", "ngàn": "nghìn"}

TRIGGERS: Final = frozenset({"tháng", "phần", "hcm", *UNITS})
"""Syllables that make a special token together with their neighbours."""

_EDGE = r"(?<![^\W_])"
_NUMBER: Final = re.compile(
    rf"{_EDGE}(?P<serial>\d{{1,5}}[a-zA-Z]?)(?:/(?P<year>\d{{2,4}}))?[/-](?P<letters>[^\W\d_][\w.&]{{0,11}}(?:[-/][^\W\d_][\w.&]{{0,11}}){{0,4}})"
)
_DATE: Final = re.compile(
    rf"{_EDGE}(?:(?P<d>\d{{1,2}})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d{1,2}-\d{1,2})"
    r"|(?P<m2>\d{1,2})[/-](?P<y2>(?:19|20)\d\d)"
    r"|(?P<d3>\d{1,2})[/-](?P<m3>\d{1,2}))(?![^\W_]|[.,-]\d|/[^\W_])"
)
_FIGURE: Final = re.compile(rf"{_EDGE}(?P<figure>\d+(?:[.,]\d+)*)(?P<percent>\s?%)?(?![^\W_]|[/]\d)")
_ABBREVIATION: Final = re.compile(rf"{_EDGE}(?:Tp|[A-ZĐƯ]{{1,7}})(?:[.&-][A-ZĐƯ]{{1,7}}){{0,5}}(?![^\W_])")
_LETTERS_JOINED: Final = re.compile(r"[.&\-\s]")


def number_key(serial: str, year: str | None, letters: str) -> str:
    """The key of a document number."""
    groups = [_group(group) for group in re.split(r"[-/]", letters)]
    return "/".join(part for part in (serial.lower().lstrip("0") or "0", year, *groups) if part)


def figure_key(printed: str) -> str:
    """A figure printed with dots for thousands and a comma for decimals, as plain digits: `1.300` → `1300`."""
    groups = re.split(r"[.,]", printed)
    if all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0":
        return "".join(groups)
    if "," in printed and printed.count(",") == 1 and printed.rindex(",") > printed.rfind("."):
        whole, decimals = printed.split(",")
        return f"{whole.replace('.', '')}.{decimals}"
    return ".".join(groups)


def abbreviation_key(printed: str) -> str:
    """The key of an abbreviation, its separators gone: `GD&ĐT`, `GD-ĐT` → `gdđt`."""
    return key(_LETTERS_JOINED.sub("", printed))


def date_key(year: str | int | None, month: str | int, day: str | int | None) -> str | None:
    """`2017-07-04`, `2017-07` or `--07-04`; None for what is no date."""
    if not 1 <= int(month) <= 12 or (day is not None and not 1 <= int(day) <= 31) or (year is None and day is None):
        return None
    return f"{year or '-'}-{int(month):02}" + (f"-{int(day):02}" if day is not None else "")


def in_chunk(text: str) -> list[tuple[int, int, str, str]]:
    """The special tokens of a piece of text (NFC) without white space: start, end, kind, key."""
    found: list[tuple[int, int, str, str]] = []
    if any(map(str.isdigit, text)):
        for pattern, read in ((_NUMBER, _number), (_DATE, _date), (_FIGURE, _figure)):
            for match in pattern.finditer(text):
                inside = any(start < match.end() and match.start() < end for start, end, _, _ in found)
                if not inside and (kind_and_key := read(match)):
                    found.append((*match.span(), *kind_and_key))
    for match in _ABBREVIATION.finditer(text):
        letters = abbreviation_key(match[0])
        if any(kind == NUMBER and start < match.end() and match.start() < end for start, end, kind, _ in found):
            continue
        if len(letters) > 1:
            found.append((*match.span(), ABBREVIATION, letters))
    return found


def special_at(keys: Sequence[str], at: int, before: Special | None) -> Special | None:
    """The special token that the TRIGGERS syllable at position `at` makes with its neighbours, if it does.

    `before` is the special token found last before it.
    """
    trigger = keys[at]
    if trigger not in TRIGGERS:
        return None
    previous = keys[at - 1] if at else ""
    following = keys[at + 1] if at + 1 < len(keys) else ""
    if trigger == "tháng":
        return _written_date(keys, at)
    if trigger == "hcm":
        return (at - 1, 2, ABBREVIATION, "tphcm") if previous == "tp" else None
    if trigger == "phần":
        figure = percent(keys, at, before) if following == "trăm" else None
        return figure and (figure[0], figure[1] + 2, PERCENT, figure[3])
    figure = _figure_before(keys, at, before)
    return figure and (figure[0], figure[1] + 1, AMOUNT, f"{figure[3]}_{UNITS[trigger]}")


def percent(keys: Sequence[str], at: int, before: Special | None) -> Special | None:
    """The percentage whose sign stands apart, before position `at`: `18 %`."""
    figure = _figure_before(keys, at, before)
    return figure and (figure[0], figure[1], PERCENT, figure[3] + "%")


def _figure_before(keys: Sequence[str], at: int, before: Special | None) -> Special | None:
    if before and before[2] == AMOUNT and before[0] + before[1] == at:
        return before
    if at and keys[at - 1].isdecimal():
        return at - 1, 1, AMOUNT, keys[at - 1]
    return None


def _group(letters: str) -> str:
    plain = letters.replace(".", "").replace("&", "")
    return "tw" if key(plain) == "tư" else fold(key(plain))


def _number(match: re.Match[str]) -> tuple[str, str] | None:
    letters = match["letters"].rstrip(".&")
    head = re.split(r"[-/]", letters)[0]
    if fold(key(head.rstrip("0123456789"))) not in DOCUMENT_TYPES and not (head.isupper() and len(head) > 1):
        return None
    return NUMBER, number_key(match["serial"], match["year"], letters)


def _date(match: re.Match[str]) -> tuple[str, str] | None:
    if match["iso"]:
        year, month, day = match["iso"].split("-")
        name = date_key(year, month, day)
    elif match["y"]:
        name = date_key(match["y"], match["m"], match["d"])
    elif match["y2"]:
        name = date_key(match["y2"], match["m2"], None)
    else:
        name = date_key(None, match["m3"], match["d3"])
    return (DATE, name) if name else None


def _figure(match: re.Match[str]) -> tuple[str, str] | None:
    figure = match["figure"]
    if match["percent"]:
        return PERCENT, figure_key(figure) + "%"
    return (AMOUNT, figure_key(figure)) if not figure.isdecimal() else None


def _written_date(keys: Sequence[str], at: int) -> Special | None:
    """`[ngày] 4 tháng 7 [năm] [2017]`, from the position of `tháng`."""
    month = keys[at + 1] if at + 1 < len(keys) else ""
    if not (month.isdecimal() and len(month) < 3):
        return None
    first, last, year = at, at + 1, None
    after = list(keys[at + 2 : at + 4])
    for skipped, written in ((0, after[:1]), (1, after[1:] if after[:1] == ["năm"] else [])):
        if written and len(written[0]) == 4 and written[0].isdecimal() and written[0][:2] in {"19", "20"}:
            year, last = written[0], at + 2 + skipped
    day = keys[at - 1] if at and keys[at - 1].isdecimal() and len(keys[at - 1]) < 3 else None
    if day is not None and 1 <= int(day) <= 31:
        first = at - 1
    else:
        day = None
    name = date_key(year, month, day)
    return (first, last + 1 - first, DATE, name) if name else None
