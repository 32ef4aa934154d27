"""Which post a reader's words mean, typed with or without marks, abbreviated or written out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from index.analysis.abbreviations import by_key
from index.analysis.special import abbreviation_key
from index.analysis.tokens import Syllable, syllables
from index.officials.posts.areas import COMMUNE, COUNTRY, DISTRICT, PROVINCE, kind_of
from index.officials.posts.name_keys import name_key
from index.officials.posts.offices import HEADS, SAME_HEADS, Office, expand, read_office
from index.officials.recognition.gazetteer import places, table

_SHORT = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"(?i)(?<!\w)tp\.?\s?hcm(?!\w)|(?<!\w)hcm(?!\w)", "thành phố Hồ Chí Minh"),
        (r"(?<!\w)[Tt]\.\s?[ƯUWưuw](?!\w)\.?|(?<!\w)(?:TƯ|TW|Tw|tw)(?!\w)", " trung ương "),
        (r"(?i)(?<!\w)tp(?:\.|(?!\w))", "thành phố "),
        (r"(?i)(?<!\w)tx(?:\.|(?!\w))", "thị xã "),
        (r"(?i)(?<!\w)tt\.", "thị trấn "),
        (r"(?<=UBND )TT(?!\w)", "thị trấn "),
        (r"(?i)(?<!\w)(?:q\.|q(?=\s?\d))", "quận "),
        (r"(?i)(?<!\w)(?:p\.|p(?=\s?\d))", "phường "),
        (r"(?i)(?<!\w)h\.", "huyện "),
        (r"(?i)(?<!\w)x\.", "xã "),
        (r"(?i)(?<!\w)t\.", "tỉnh "),
    )
)
_JOINED = re.compile(r"(?<!\w)[^\W\d_]{1,4}(?:\s?[&\-]\s?[^\W\d_]{1,5})+(?!\w)")
_LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_STRUCTURE = (
    *_LEVELS, "tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy", "đảng ủy", "trung ương", "ủy ban nhân dân",
    "hội đồng nhân dân", "mặt trận tổ quốc", "ủy ban mặt trận tổ quốc", "chính phủ", "quốc hội", "thường trực",
    "nhà nước", "ban thường vụ", "ban chấp hành", "công an", "sở", "bộ", "đoàn đại biểu quốc hội", "và",
)  # fmt: skip
_NEUTRAL = (
    "tỉnh thành phố huyện quận thị xã phường trấn đặc khu ủy ban trung ương việt nam chính phủ nhà nước đảng bộ cộng "
    "sản của thuộc tại và các nhân dân quốc hội đại biểu đoàn chấp hành đb đbqh cấp"
)
"""Words that a post's key leaves out."""
_KINDS = {
    ("tỉnh", "tỉnh ủy"): "tỉnh",
    ("thành phố", "thành ủy"): "TP",
    ("huyện", "huyện ủy"): "huyện",
    ("quận", "quận ủy"): "quận",
    ("thị xã", "thị ủy"): "thị xã",
    ("xã", "phường", "thị trấn", "đặc khu"): "xã",
}
_LEVEL_SAID = re.compile(rf"\b({'|'.join(sorted((w for words in _KINDS for w in words), key=len, reverse=True))}) +\Z")
_MOST = 8
"""Ways to put marks that are tried."""
_Words = tuple[str, ...]


@lru_cache(maxsize=1 << 12)
def meant(text: str) -> tuple[Office, ...]:
    """The posts that a typed name can mean: one, several where marks are missing, none where words are left over."""
    found: dict[str, Office] = {}
    for written in (_written_out(text), text):
        for full in _with_marks(written):
            office = read_office(full)
            if not _left_over(full, office) and _of_level(full, office):
                found.setdefault(office.id, office)
        if found:
            break
    return tuple(found.values())


def _written_out(text: str) -> str:
    """Abbreviations written out, of levels first, whatever their case and marks."""
    for pattern, written in _SHORT:
        text = pattern.sub(written, text)
    text = _JOINED.sub(lambda match: _full(match[0]), expand(text))
    return " ".join(_full(word) if len(word) > 2 else word for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text))


def _full(letters: str) -> str:
    return _abbreviations().get(name_key(abbreviation_key(letters)), letters)


@cache
def _abbreviations() -> dict[str, str]:
    """Abbreviations that no syllable looks like, without marks: `ubnd`, `hdnd`, `gddt`."""
    folded = ((name_key(key), rows[0].expansion) for key, rows in by_key().items())
    return {
        letters: expansion
        for letters, expansion in folded
        if re.fullmatch(r"[^aeiouy]{3,}|[^aeiouy]*ub[^aeiouy]+", letters)
    }


@cache
def _phrases() -> dict[str, list[tuple[int, Sequence[Syllable], str]]]:
    """First folded syllable → phrases that begin with it: how telling, their syllables and how they are written."""
    lexicon = files("index.officials.recognition.lexicon")
    found: dict[str, list[tuple[int, Sequence[Syllable], str]]] = defaultdict(list)
    rows: Iterator[tuple[int, str]] = iter(
        (
            *((0, phrase) for phrase in _STRUCTURE),
            *((1, head) for head in sorted(HEADS)),
            *((2, name) for name, _ in places()),
            *((3, row[-1]) for row in table(lexicon / "organisations.txt")),
            *((4, row[0]) for row in table(lexicon / "fields.txt")),
        )
    )
    for rank, phrase in rows:
        words = syllables(phrase)
        if words:
            found[words[0].folded].append((rank, words, phrase))
    return found


def _with_marks(text: str) -> Iterator[str]:
    """The text with the marks and capitals that its words have in the tables, in every way that fits."""
    words = syllables(text)
    parts: list[list[str]] = []
    at = 0
    while at < len(words):
        size, ways = _longest(words, at)
        if not size:
            word = text[words[at].start : words[at].end]
            behind_level = bool(parts) and (parts[-1][0] in _LEVELS or parts[-1][0][:1].isupper())
            size, ways = 1, [word.capitalize() if behind_level else word]
        parts.append(ways)
        at += size
    ways_through = product(*parts)
    for _, chosen in zip(range(_MOST), ways_through, strict=False):
        yield " ".join(chosen)


def _longest(words: Sequence[Syllable], at: int) -> tuple[int, list[str]]:
    """How many words from `at` make a phrase of the tables, and the ways to write it."""
    best: tuple[int, int] = (0, 0)
    ways: list[str] = []
    for rank, phrase, written in _phrases().get(words[at].folded, ()):
        size = len(phrase)
        if (size, -rank) < best or not _fits(words[at : at + size], phrase):
            continue
        if (size, -rank) > best:
            best, ways = (size, -rank), []
        if written not in ways:
            ways.append(written)
    return best[0], ways


def _fits(typed: Sequence[Syllable], phrase: Sequence[Syllable]) -> bool:
    """Whether typed syllables are a phrase's, their marks the same or left out."""
    return len(typed) == len(phrase) and all(
        mine.key == word.key or (mine.key == mine.folded == word.folded)
        for mine, word in zip(typed, phrase, strict=True)
    )


def _left_over(full: str, office: Office) -> bool:
    """Whether the text has words that the post does not account for."""
    area = office.area
    names = (area.name, area.within, *_variants().get(area.name, ())) if area else ()
    said = syllables(full)
    keys = [word.key for word in said]
    head = next((size for size in range(4, 0, -1) if " ".join(keys[:size]) in SAME_HEADS), 0)
    accounted = {word.folded for word in syllables(" ".join((office.head, office.body, *names)))} | _neutral()
    return any(word.folded not in accounted for word in said[head:])


def _of_level(full: str, office: Office) -> bool:
    """Whether the level that the text says before the place's name is that of the post's area."""
    area = office.area
    if area is None or area.level == COUNTRY:
        return True
    said = _LEVEL_SAID.search(f"{full.lower().split(area.name.lower())[0]} ")
    if said is None:
        return True
    kind = next(name for words, name in _KINDS.items() if said[1] in words)
    if kind == "xã":
        return area.level == COMMUNE
    own = kind_of(area)
    if area.level == COMMUNE or (area.level == PROVINCE) != (own in ("tỉnh", "TP") and area.level == PROVINCE):
        return False
    return kind == own or not own or (kind == "tỉnh" and area.level == PROVINCE)


def of_another_kind(typed: str, office: Office, printed: str) -> bool:
    """Whether typed words ask for another kind of district than an office is printed with, of two that bear one name in
    one province: the huyện and the thành phố of Nậm Khao have one id."""
    area = office.area
    if area is None or area.level != DISTRICT or kind_of(area):
        return False
    asked, own = (_kind_said(text, area.name) for text in (_written_out(typed), _written_out(printed)))
    return bool(asked and own) and asked != own


def _kind_said(text: str, name: str) -> str:
    """The kind of district that stands before a name, without marks; empty when none does."""
    kinds = r"(huyen|quan|thi xa|thanh pho|thi(?= uy)|thanh(?= uy))(?: uy)?"
    match = re.search(rf"\b{kinds} {re.escape(name_key(name))}\b", name_key(text))
    return {"thi": "thi xa", "thanh": "thanh pho"}.get(match[1], match[1]) if match else ""


@cache
def _variants() -> dict[str, list[str]]:
    """A place's name → every name that it is printed by."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, place in places():
        found[place.name].append(name)
    return found


@cache
def _neutral() -> frozenset[str]:
    return frozenset(name_key(_NEUTRAL).split())
