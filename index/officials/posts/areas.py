"""Areas: the province, district, commune or country that an organisation's name contains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from unicodedata import normalize

from index.analysis.tokens import Syllable, syllables
from index.officials.recognition.gazetteer import Place, places
from index.officials.recognition.lexicon import FIELDS

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
_WORDS = {PROVINCE: "tỉnh", DISTRICT: "huyện", COMMUNE: "xã"}
_KINDS = ("huyện", "quận", "thị xã")
_SEATS = {"tỉnh": PROVINCE, "thành": DISTRICT, "thị": DISTRICT, "huyện": DISTRICT, "quận": DISTRICT}
"""First words of the bodies whose name says the level of the area behind it: `Tỉnh ủy`, `Huyện đoàn`."""
_COMPOUNDS = frozenset({("nông", "thôn"), ("tấn", "xã"), ("tác", "xã")})
"""Two syllables that are one word, whose second one says a level elsewhere: `Thông tấn xã Việt Nam`."""
_SMALL_WORDS = frozenset({"tại", "ở", "và", "về", "do", "là", "của", "cho", "ông", "bà", "kiêm"})
CENTRAL_CITIES = frozenset({"Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế"})
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
        """`quan-1-ho-chi-minh`, `cap-xa-ban-lua`: stable, for office ids. Communes and districts bear others' names."""
        level = "cấp xã " if self.level == COMMUNE else ""
        if self.level == DISTRICT and not self.within and self.name in provinces():
            level = "cấp huyện "
        return slug_of(f"{level}{self.name} {self.within}")

    @property
    def printed(self) -> str:
        """The name with a word for its level, from which `named` knows the area again: `huyện Mường Sa`."""
        if self.name.startswith("Quận "):
            return self.name
        kind = kind_of(self) if self.within else ""
        return f"{kind if kind in _KINDS else _WORDS.get(self.level, '')} {self.name}".strip()

    @property
    def province(self) -> str:
        """The province it is, or lies in; empty when unknown."""
        return self.name if self.level == PROVINCE else self.within


@lru_cache(maxsize=1 << 16)
def slug_of(name: str) -> str:
    """A name in letters that ids have: `Hà Tĩnh` is `ha-tinh`."""
    return "-".join(syllable.folded for syllable in syllables(name))


@cache
def _table() -> dict[tuple[str, ...], Place]:
    """The gazetteer by syllable keys; of several places of one name the first, provinces before districts."""
    found: dict[tuple[str, ...], Place] = {}
    for name, place in places():
        known = found.setdefault(_keys(name), place)
        if known.within and place.within and known.within != place.within:
            found[_keys(name)] = replace(known, within="")  # there are several: the name alone does not tell which
    return found


@cache
def _provinces_of() -> dict[tuple[tuple[str, ...], str], frozenset[str]]:
    """A district's name and the word for its kind (`quận`), or any (empty) → the provinces that have such a one."""
    found: dict[tuple[tuple[str, ...], str], frozenset[str]] = defaultdict(frozenset)
    for name, place in places():
        if place.within:
            for kind in (place.level, ""):
                found[_keys(name), kind] |= {place.within}
    return found


def _province_of(keys: tuple[str, ...], kind: str) -> str:
    """The only province that has a district of that name and kind; empty when there are several, or none."""
    having = _provinces_of().get((keys, kind)) or _provinces_of().get((keys, ""), frozenset())
    return next(iter(having)) if len(having) == 1 else ""


def _keys(name: str) -> tuple[str, ...]:
    return tuple(syllable.key for syllable in syllables(name))


@cache
def _sizes() -> dict[str, tuple[int, ...]]:
    """How many syllables the names of the gazetteer have that begin with a syllable, the most first."""
    sizes: dict[str, set[int]] = defaultdict(set)
    for keys in _table():
        sizes[keys[0]].add(len(keys))
    return {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


def area_of(place: Place) -> Area:
    """The area that a row of the gazetteer names."""
    if place.level == "thành phố":
        level = DISTRICT if place.within and place.name not in CENTRAL_CITIES else PROVINCE
    else:
        level = _OF_A_PROVINCE.get(place.level, COUNTRY)
    return Area(place.name, level, place.within if level == DISTRICT else "")


@lru_cache(maxsize=1 << 12)
def named(name: str) -> Area | None:
    """The area of that name, or None: the gazetteer has none, and no word for a level stands before it."""
    place = _table().get(_keys(name))
    if place:
        return area_of(place)
    words = syllables(name)
    size, _ = _level(words, 0)
    found = split_area(words, name)[1] if size else []
    return found[0] if found else None


@cache
def provinces() -> frozenset[str]:
    """Names of all provinces of the gazetteer."""
    areas = (area_of(place) for place in _table().values())
    return frozenset(area.name for area in areas if area.level == PROVINCE)


def several(area: Area) -> bool:
    """Whether several provinces have a district of that name, so that it tells no place without its province."""
    return area.level == DISTRICT and len(_provinces_of().get((_keys(area.name), ""), ())) > 1


@cache
def _kinds() -> dict[tuple[str, str], frozenset[str]]:
    """A district's name and province → what it is: huyện, quận, thị xã, thành phố."""
    found: dict[tuple[str, str], frozenset[str]] = defaultdict(frozenset)
    for _, place in places():
        if place.within:
            found[place.name, place.within] |= {place.level}
    return found


def kind_of(area: Area) -> str:
    """tỉnh, TP, huyện, quận or thị xã; empty when the gazetteer does not know, or knows two of the name."""
    if area.level == PROVINCE:
        return "TP" if area.name in CENTRAL_CITIES else "tỉnh"
    if area.level != DISTRICT:
        return ""
    if area.name.startswith("Quận "):
        return "quận"
    kinds = _kinds().get((area.name, area.within), frozenset())
    if area.name == area.within and not kinds:
        return "TP"  # the seat of a province bears its name
    kind = next(iter(kinds)) if len(kinds) == 1 else ""
    return "TP" if kind == "thành phố" else kind


def gazetteer() -> tuple[tuple[str, ...], ...]:
    """Every name in the tables of places and countries, as syllable keys."""
    return tuple(_table())


def place_names() -> Iterable[tuple[str, tuple[str, ...]]]:
    """The usual names of provinces, districts and countries as printed, each with its syllable keys."""
    for keys, place in _table().items():
        if _keys(place.name) == keys:
            yield place.name, keys


def split_area(words: Sequence[Syllable], text: str, known: Sequence[Area] = ()) -> tuple[list[Syllable], list[Area]]:
    """Part an organisation's name from the areas in it: (what is left, areas in order of appearance).

    What no table has is an area behind a word for its level (`tỉnh Mường Sa`), or when it is among the `known` ones.
    """
    left: list[Syllable] = []
    areas: list[Area] = []
    at = 0
    while at < len(words):
        size, level = _level(words, at)
        if at and (words[at - 1].key, words[at].key) in _COMPOUNDS:
            size, level = 0, ""
        end, area = _listed(words, at + size, level, _of_city(words, at, size), text)
        if area is None:
            end, area = _unlisted(words, at + size, level or _seat(words, at), text, known)
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


def _seat(words: Sequence[Syllable], at: int) -> str:
    """The level that the body before `at` says: `Huyện ủy` is a district's."""
    return _SEATS.get(words[at - 2].key, "") if at > 1 and words[at - 1].key in ("ủy", "đoàn") else ""


def _kind(words: Sequence[Syllable], at: int) -> str:
    """The kind of district that the words before a name say: `quận`, `thị xã`; empty when they do not."""
    before = [word.key for word in words[max(0, at - 2) : at]]
    if before[-1:] in (["ủy"], ["đoàn"]):
        return {"thị": "thị xã", "huyện": "huyện", "quận": "quận"}.get(before[0], "")
    if before == ["thị", "xã"] or before[-1:] == ["tx"]:
        return "thị xã"
    return {"h": "huyện", "huyện": "huyện", "q": "quận", "quận": "quận"}.get(before[-1] if before else "", "")


def _of_city(words: Sequence[Syllable], at: int, size: int) -> bool:
    """Whether a city's word or seat stands before the name: `TP Nậm Xăng`, `Thành ủy Nậm Xăng`."""
    if size:
        return words[at].key in ("tp", "thành")
    return at > 1 and words[at - 2].key == "thành" and words[at - 1].key in ("ủy", "đoàn")


def _listed(words: Sequence[Syllable], at: int, level: str, city: bool, text: str) -> tuple[int, Area | None]:
    """The area of the gazetteer that begins at `at`, and where it ends; a province's name may be its `city`'s."""
    table = _table()
    sizes = _sizes().get(words[at].key, ()) if at < len(words) else ()
    for size in (size for size in sizes if at + size <= len(words)):
        keys = tuple(word.key for word in words[at : at + size])
        place = table.get(keys)
        printed = text[words[at].start : words[at + size - 1].end] if place else ""
        if place and (level or printed[0].isupper()) and (level or size > 1 or _stands_alone(words, at, text)):
            area = area_of(place)
            seat = _seat(words, at)
            if area.level == DISTRICT and not level and not printed.split()[-1][0].isupper():
                continue  # a word, not the district of that name: `Bộ Thống nhất Mường Sa`
            if city and area.level == PROVINCE and area.name not in CENTRAL_CITIES:
                return at + size, Area(area.name, DISTRICT, area.name)
            if level == COMMUNE:
                return at + size, Area(_title(printed, level), level)
            if DISTRICT in (level, seat) and not city and area.level == PROVINCE:
                return at + size, Area(_title(printed, DISTRICT), DISTRICT, _province_of(keys, _kind(words, at)))
            if area.level == DISTRICT and level == PROVINCE and words[at - 1].key == "tỉnh":
                return at + size, Area(area.name, PROVINCE)  # one that is no more, whose seat bears its name
            if area.level == DISTRICT and seat == PROVINCE:
                return at + size, Area(area.name, PROVINCE)
            if area.level == DISTRICT and not area.within:
                return at + size, replace(area, within=_province_of(keys, _kind(words, at)))
            return at + size, area
    return at, None


def _unlisted(
    words: Sequence[Syllable], at: int, level: str, text: str, known: Sequence[Area]
) -> tuple[int, Area | None]:
    """The area that begins at `at` and that no table has."""
    if at >= len(words) or not _proper(text, words[at]):
        return at, None
    if level == PROVINCE and words[at - 1].key in ("tp", "phố"):
        level = DISTRICT  # the cities that are provinces are in the table
    for area in known:
        keys = _keys(area.name)
        end = at + len(keys)
        fits = level or area.level == PROVINCE
        if fits and tuple(word.key for word in words[at:end]) == keys and _proper(text, words[end - 1]):
            return end, area if level in ("", area.level) else Area(area.name, level)
    if not level or words[at].key in ("hội", "ủy", "đoàn"):
        return at, None
    end = at
    while end < len(words) and end - at < 3 and _proper(text, words[end]) and (end == at or _close(text, words, end)):
        end += 1
        if words[end - 1].key.isdecimal():
            break
    if level != COMMUNE and end - at < 2 and not words[at].key.isdecimal():
        return at, None  # hardly a province or district has one syllable, but many a word that is glued to the level's
    name = text[words[at].start : words[end - 1].end]
    # Only one city numbers its districts.
    within = "Hồ Chí Minh" if name.isdecimal() and level == DISTRICT else ""
    return end, Area(_title(name, level), level, within)


def _title(name: str, level: str) -> str:
    """`Quận 1`, `Phường 3`: a number is no name without its level."""
    if name.isdecimal():
        return f"{'Quận' if level == DISTRICT else 'Phường'} {int(name)}"
    name = " ".join(normalize("NFC", name).split())
    return name.title() if name.isupper() and len(name) > 2 else name


def _stands_alone(words: Sequence[Syllable], at: int, text: str) -> bool:
    """Whether the one-syllable name at `at` is no part of a longer word, as `Pháp` is in `Pháp chế` and `Tư Pháp`."""
    for first in (at - 1, at):
        pair = tuple(word.key for word in words[first : first + 2]) if first >= 0 else ()
        if len(pair) == 2 and _close(text, words, first + 1) and (FIELDS.match(pair, 0) or (0,))[0] == 2:
            return False
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
