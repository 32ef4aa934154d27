"""Areas: the province, district, commune or country that an organisation's name contains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from index.analysis.tokens import Syllable, syllables
from index.officials.lexicon import Place

PROVINCE, DISTRICT, COMMUNE, COUNTRY = "province", "district", "commune", "country"

_LEVELS = {
    ("tỉnh",): PROVINCE,
    ("thành", "phố"): PROVINCE,
    ("tp",): PROVINCE,
    ("huyện",): DISTRICT,
    ("h",): DISTRICT,
    ("quận",): DISTRICT,
    ("q",): DISTRICT,
    ("thị", "xã"): DISTRICT,
    ("tx",): DISTRICT,
    ("xã",): COMMUNE,
    ("x",): COMMUNE,
    ("phường",): COMMUNE,
    ("p",): COMMUNE,
    ("thị", "trấn"): COMMUNE,
    ("tt",): COMMUNE,
    ("đặc", "khu"): COMMUNE,
    ("thôn",): COMMUNE,
    ("ấp",): COMMUNE,
    ("bản",): COMMUNE,
}
_SMALL_WORDS = frozenset({"tại", "ở", "và", "về", "do", "là", "của", "cho", "ông", "bà", "kiêm"})
_CENTRAL_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế"})
_OF_A_PROVINCE = {"tỉnh": PROVINCE, "huyện": DISTRICT, "quận": DISTRICT, "thị xã": DISTRICT}


@dataclass(frozen=True, slots=True)
class Area:
    """A place with its level: province, district, commune or country."""

    name: str
    level: str
    within: str = ""
    """The province of a district or commune, where it is known."""

    @property
    def slug(self) -> str:
        """`quan-1-ho-chi-minh`: stable, for office ids."""
        return _slug(f"{self.name} {self.within}")

    @property
    def province(self) -> str:
        """The province it is, or lies in; empty when unknown."""
        return self.name if self.level == PROVINCE else self.within


@lru_cache(maxsize=1 << 14)
def _slug(name: str) -> str:
    return "-".join(syllable.folded for syllable in syllables(name))


@cache
def _table() -> dict[tuple[str, ...], Place]:
    """The gazetteer by syllable keys; a province outweighs a district of its name."""
    found: dict[tuple[str, ...], Place] = {}
    for name, level, *within in _rows("places.tsv"):
        keys = _keys(name)
        if keys not in found or (found[keys].within and not within):
            found[keys] = Place(name, level, within[0] if within else "")
    for variant, name in _rows("place_variants.tsv"):
        if place := found.get(_keys(name)):
            found.setdefault(_keys(variant), place)
    for name, kind in _rows("countries.tsv"):
        found.setdefault(_keys(name), Place(name, kind, ""))
    return found


def _rows(table: str) -> Iterator[list[str]]:
    for line in (files("index.officials.lexicon") / table).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _keys(name: str) -> tuple[str, ...]:
    return tuple(syllable.key for syllable in syllables(name))


@cache
def _longest() -> int:
    return max(map(len, _table()))


def area_of(place: Place) -> Area:
    """The area that a row of the gazetteer names."""
    if place.level == "thành phố":
        level = DISTRICT if place.within and place.name not in _CENTRAL_CITIES else PROVINCE
    else:
        level = _OF_A_PROVINCE.get(place.level, COUNTRY)
    return Area(place.name, level, place.within if level == DISTRICT else "")


@cache
def named(name: str) -> Area | None:
    """The area of that name, or None when the gazetteer has none."""
    place = _table().get(_keys(name))
    return area_of(place) if place else None


def split_area(words: Sequence[Syllable], text: str) -> tuple[list[Syllable], list[Area]]:
    """Part an organisation's name from the areas in it: (what is left, areas in order of appearance)."""
    left: list[Syllable] = []
    areas: list[Area] = []
    at = 0
    while at < len(words):
        size, level = _level(words, at)
        if at and words[at].key == "thôn" and words[at - 1].key == "nông":
            size, level = 0, ""
        end, area = _area(words, at + size, level, text)
        if area is not None:
            areas.append(area)
            at = end
        elif size and at and at + size >= len(words) and words[at].key not in ("thôn", "bản", "ấp"):
            at += size  # `UBND huyện`: the level alone is no part of the body's name
        else:
            left.append(words[at])
            at += 1
    return left, [_within(area, areas) for area in areas]


def _level(words: Sequence[Syllable], at: int) -> tuple[int, str]:
    for size in (2, 1):
        if level := _LEVELS.get(tuple(word.key for word in words[at : at + size])):
            return size, level
    return 0, ""


def _area(words: Sequence[Syllable], at: int, level: str, text: str) -> tuple[int, Area | None]:
    table = _table()
    for size in range(min(_longest(), len(words) - at), 0, -1):
        place = table.get(tuple(word.key for word in words[at : at + size]))
        printed = text[words[at].start : words[at + size - 1].end] if place else ""
        if place and (level or printed[0].isupper()) and (level or size > 1 or _stands_alone(words, at, text)):
            area = area_of(place)
            if level == COMMUNE or (level == DISTRICT and area.level == PROVINCE):
                return at + size, Area(_title(printed, level), level)
            return at + size, area
    if not level or at >= len(words) or words[at].key in ("hội", "ủy", "đoàn"):
        return at, None
    end = at
    while end < len(words) and end - at < 3 and _proper(text, words[end]) and (end == at or _close(text, words, end)):
        end += 1
        if words[end - 1].key.isdecimal():
            break
    if end == at:
        return at, None
    name = text[words[at].start : words[end - 1].end]
    if level == PROVINCE:
        return at, None
    # Only one city numbers its districts.
    within = "Hồ Chí Minh" if name.isdecimal() and level == DISTRICT else ""
    return end, Area(_title(name, level), level, within)


def _title(name: str, level: str) -> str:
    """`Quận 1`, `Phường 3`: a number is no name without its level."""
    if name.isdecimal():
        return f"{'Quận' if level == DISTRICT else 'Phường'} {int(name)}"
    return " ".join(name.split())


def _stands_alone(words: Sequence[Syllable], at: int, text: str) -> bool:
    """Whether the one-syllable name at `at` is no part of a longer word, as `Pháp` is in `Pháp chế`."""
    if at + 1 == len(words) or not _close(text, words, at + 1):
        return True
    return words[at + 1].key in _SMALL_WORDS or _proper(text, words[at + 1])


def _close(text: str, words: Sequence[Syllable], at: int) -> bool:
    """Whether nothing but a space parts a word from the one before."""
    return not text[words[at - 1].end : words[at].start].strip()


def _proper(text: str, word: Syllable) -> bool:
    return text[word.start].isupper() or word.key.isdecimal()


def _within(area: Area, areas: Sequence[Area]) -> Area:
    if area.within or area.level in (PROVINCE, COUNTRY):
        return area
    province = next((a.province for a in areas if a != area and a.province), "")
    return Area(area.name, area.level, province)
