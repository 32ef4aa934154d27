"""The areas that one article speaks of: what its bare `UBND tỉnh` and `Huyện ủy` mean."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from unicodedata import normalize

from crawler.article import Article
from index.analysis.tokens import syllables
from index.officials.posts.areas import PROVINCE, Area, named, provinces, split_area
from index.officials.posts.name_keys import name_key
from index.officials.posts.offices import office_of
from index.officials.recognition.found_officials import FoundOfficial

_HELD, _SPOKEN_OF = 0.6, 0.8
"""Part of the areas of one level in its offices, and in its text, that an article must give to one of them."""
_UNCONTESTED = 0.65
"""Part of all names of provinces in it that the one must have which no office tells."""
_SPOKEN = re.compile(
    r"[TtHhQqXxPpĐđ](?<!\w.)"
    r"(?:(?<=[Tt])(?:ỉnh|hành phố|hị xã|hị trấn)|(?<=T)[PX]\.?|(?<=[Hh])uyện|(?<=[Qq])uận|(?<=[Xx])ã|(?<=[Pp])hường"
    r"|(?<=[Đđ])ặc khu)(?: ủy| uỷ)?(?=((?: [^\W\d_]+){1,5}))"
)
"""A level's word with what may be a name behind it. It begins with a set so that the search can leap."""
_BARE = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(provinces(), key=len, reverse=True)))})\b")
_SAIGON = re.compile(r"\bHCM\b|\bSài Gòn\b")
"""What Hồ Chí Minh City is called besides its name."""
_LONGEST = 3
"""Syllables of a name that no table has; a longer run of capitals is an area and a person."""
_OF_TWO = ("tỉnh", "thành phố", "tp")
"""Levels whose names no table lacks but those of two syllables: three are a person's, `Chủ tịch tỉnh Lò Văn A`."""
_NEAR = 300
"""Characters before a bare `UBND huyện` in which the district that it is of is named."""


class Areas:
    """The areas of one article."""

    def __init__(self, article: Article, found: Sequence[FoundOfficial]) -> None:
        text = article.text
        composed = normalize("NFC", text)
        held = _outweighing(_office_areas(found), _HELD)
        said = list(_spoken(composed, held, _beginnings(name_key(official.name) for official in found)))
        main = {**_outweighing(_counted(composed, said), _SPOKEN_OF), **held}
        if PROVINCE not in held and _contested(composed, main.get(PROVINCE)):
            del main[PROVINCE]
        province = main.get(PROVINCE)
        self.main: Mapping[str, Area] = {level: _inside(area, province) for level, area in main.items()}
        """The area of each level that the article's offices, else its text, speak of; none where several are even."""
        self.spoken = sorted(main.keys() - held.keys())
        """Levels of which only the text tells, no office."""
        self._said = said if composed == text else []

    def as_json(self) -> str:
        """The main areas as the registry keeps them."""
        areas = {level: [area.name, area.level, area.within] for level, area in self.main.items()}
        return json.dumps({"areas": areas, "spoken": self.spoken}, ensure_ascii=False)

    def before(self, start: int, level: str) -> Area | None:
        """The area of that level which the text names last before an offset, if that is near."""
        last, first = (bisect_left(self._said, at, key=_place) for at in (start, start - _NEAR))
        return next((area for _, area in reversed(self._said[first:last]) if area.level == level), None)


def _place(said: tuple[int, Area]) -> int:
    return said[0]


def _beginnings(people: Iterable[str]) -> set[str]:
    """What names begin with, up to each of their words; of a name so many words as a place's has at most."""
    return {" ".join(words[:k]) for person in people for words in [person.split()] for k in range(1, _LONGEST + 1)}


def _office_areas(found: Sequence[FoundOfficial]) -> Mapping[str, Counter[Area]]:
    """Areas of the offices, by level."""
    areas: dict[str, Counter[Area]] = defaultdict(Counter)
    for official in found:
        for position in () if official.foreign else official.positions:
            area = office_of(position).area
            if area is not None:
                areas[area.level][area] += 1
                if area.level != PROVINCE and area.within:
                    areas[PROVINCE][Area(area.within, PROVINCE)] += 1
    return areas


def _spoken(text: str, known: Mapping[str, Area], beginnings: Collection[str]) -> Iterator[tuple[int, Area]]:
    """Areas that stand in the text with the word for their level, and where."""
    unlisted = tuple(known.values())
    for match in _SPOKEN.finditer(text):
        names = match[1].split()
        capitals = next((k for k, name in enumerate(names) if not name[0].isupper()), len(names))
        if capitals:
            found = _areas_in(f"{match[0]} {' '.join(names[:capitals])}", unlisted)
            longest = 2 if match[0].lower().startswith(_OF_TWO) else _LONGEST
            if len(found) == 1 and (named(found[0].name) or _is_name(found[0].name, capitals, longest, beginnings)):
                yield match.start(), found[0]


@lru_cache(maxsize=1 << 14)
def _areas_in(said: str, unlisted: tuple[Area, ...]) -> Sequence[Area]:
    """The areas in a few words, those among them that only the article tells of."""
    return split_area(syllables(said), said, unlisted)[1]


def _counted(text: str, said: Sequence[tuple[int, Area]]) -> Mapping[str, Counter[Area]]:
    """How often the text names each area, with the word for its level or without."""
    areas: dict[str, Counter[Area]] = defaultdict(Counter)
    for _, area in said:
        areas[area.level][area] = areas[area.level][area] or text.count(area.name)
    return areas


def _contested(text: str, province: Area | None) -> bool:
    """Whether the text names other provinces too, without their level, so that it may tell of one of them.

    A newspaper of one city reports from another: `trả lời Báo Lam Khê, Chủ tịch UBND xã Nậm Sa (Mường Xăng)`.
    """
    if province is None:
        return False
    names = Counter(_BARE.findall(text))
    total = names.total() + len(_SAIGON.findall(text))
    own = names[province.name] + (len(_SAIGON.findall(text)) if province.name == "Hồ Chí Minh" else 0)
    return own < _UNCONTESTED * total


def _is_name(name: str, capitals: int, longest: int, beginnings: Collection[str]) -> bool:
    """Whether what no table has is a place's name: all of the capitals behind the level's word, and nobody's name."""
    return len(name.split()) == capitals <= longest and name_key(name) not in beginnings


def _outweighing(areas: Mapping[str, Counter[Area]], part: float) -> dict[str, Area]:
    main = {}
    for level, counts in areas.items():
        (area, count), *_ = counts.most_common(1)
        if count >= part * counts.total():
            main[level] = area
    return main


def _inside(area: Area, province: Area | None) -> Area:
    return replace(area, within=province.name) if province and area.level != PROVINCE and not area.within else area
