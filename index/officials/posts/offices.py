"""Offices (Popolo: posts). One key for every printed form: `Chủ tịch UBND tỉnh Yên Bái` is head, body and area."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from unicodedata import normalize

from index.analysis.abbreviations import by_key, readings
from index.analysis.special import abbreviation_key
from index.analysis.tokens import Syllable, syllables
from index.officials.posts.areas import (
    CENTRAL_CITIES,
    COMMUNE,
    COUNTRY,
    DISTRICT,
    PROVINCE,
    Area,
    named,
    slug_of,
    split_area,
)
from index.officials.recognition.found_officials import Position
from index.officials.recognition.token_text import ONE_SPELLING

_LETTERS = re.compile(r"(?<!\w)[A-ZĐƯ][A-ZĐƯ]*(?:\s?[&.,\-]\s?[A-ZĐƯ]+)*(?!\w)")
_TOWN = re.compile(r"(?:(?<=UBND )|(?<=HĐND )|(?<=ủy ))TT\.?\s?(?=[A-ZĐ]\w)|(?<!\w)TT\.\s?(?=[A-ZĐ]\w)")
"""A town's level, which is a prime minister elsewhere: `UBND TT. Nậm Xăng`."""
_APART = re.compile(r"(?<=Bộ |Sở )([A-ZĐƯ]{2,}) ([A-ZĐƯ]{2,}(?:&[A-ZĐƯ]+)?)(?!\w)")
"""The letters of a ministry with a blank for its hyphen."""
_BRACKET = re.compile(r"\([A-ZĐƯ&.\-]{2,}\)")
_RULES = tomllib.loads((files("index.officials.posts") / "offices.toml").read_text(encoding="utf-8"))
SAME_HEADS: Mapping[str, str] = _RULES["same_head"]
HEADS = frozenset(_RULES["heads"]) | frozenset(SAME_HEADS) | frozenset(SAME_HEADS.values())
_LONGEST_HEAD = max(len(head.split()) for head in HEADS)
_SHARED: Mapping[str, str] = _RULES["shared"]
_IMPLIED: Mapping[str, str] = _RULES["implied"]
_SAME_BODY: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), body) for pattern, body in _RULES["same_body"].items()
)
_SPEAKS = "người phát ngôn"
_ALONE = frozenset(_RULES["alone"])
_MANY = re.compile(_RULES["many"])
_CENTRAL = re.compile(_RULES["central"])
_ASSEMBLY = re.compile(_RULES["assembly"])
_LOCAL = re.compile(_RULES["local"])
_LEADING = tuple(_RULES["leading"])
_BESIDE = re.compile(_RULES["beside"])
_BARE = frozenset(_RULES["bare"])
WEAK = frozenset(_RULES["weak"])
"""Heads that say who leads, not in which office."""
_NUMBERED = re.compile(_RULES["numbered"])
_NO_OFFICES = frozenset(_RULES["no_offices"])
_SEATS = tuple(_RULES["seats"])
_ENVOYS = frozenset(_RULES["envoys"])
_RANKS = tuple((rank, re.compile(pattern)) for rank, pattern in _RULES["ranks"].items())
_RANKS_ABROAD = tuple((rank, re.compile(pattern)) for rank, pattern in _RULES["ranks_abroad"].items())
_MOVED: Mapping[str, list[str]] = _RULES["moved"]
_ABOVE_STATES: Mapping[str, str] = _RULES["above_states"]
_GONE = frozenset(_RULES["gone_states"])
_MONARCHS, _MONARCHIES = frozenset(_RULES["monarchs"]), frozenset(_RULES["monarchies"])
_SAME_COUNTRY: Mapping[str, str] = _RULES["same_country"]
_SHORT_MINISTRY: Mapping[str, str] = _RULES["short_ministry"]
ALONE_ABROAD = frozenset(_RULES["alone_abroad"])
"""Heads of other States that say everything beside the country."""
_HOME = frozenset({"Việt Nam", "VN", "CHXHCN Việt Nam"})
GLUED = frozenset(_RULES["glued"])
"""Words that end no name of a body: what a sentence or a caption begins with."""
ORGANISATIONS = re.compile(_RULES["organisations"])
"""What the body of a post begins with where it is an organisation, whole and not a piece of one."""
WHOLE_ORGANISATIONS: Mapping[str, str] = _RULES["whole_organisations"]
"""Heads without a body → the organisation of the whole State that they lead."""
_CITY = "city"
_LEVEL_SAID = {
    "tỉnh": PROVINCE, "thành phố": _CITY, "thành": _CITY, "tp": _CITY, "huyện": DISTRICT, "quận": DISTRICT,
    "thị xã": DISTRICT, "thị": DISTRICT, "xã": COMMUNE, "phường": COMMUNE, "thị trấn": COMMUNE, "đặc khu": COMMUNE,
}  # fmt: skip
_BELOW = (_CITY, DISTRICT, COMMUNE)
_BARE_LEVEL = re.compile(
    r"(?i)\b(tỉnh|thành\s+phố|tp|huyện|quận|thị\s+xã|thị\s+trấn|(?<!tác )xã|phường|đặc\s+khu)\.?"
    r"(?:\s+(?:khóa|nhiệm\s+kỳ)\b.*)?$|\b(tỉnh|thành|huyện|quận|thị)\s+(?:ủy|uỷ|đoàn)\b"
)
"""A level's word that no name follows, at the end or in the name of a committee: `Ban Dân vận Tỉnh ủy`."""
_DROPPED = frozenset({"của", "thuộc", "tại", "và", "các"})


_OWNED = re.compile(
    r"(?<!\S)(?:sở|cục|công an|an ninh|cảnh sát|csgt|pccc|ủy ban|tỉnh ủy|cấp ủy|(?<!cán )bộ|ban|viện|tòa|vụ|vksnd|"
    r"tand|tham mưu|ubnd|hđnd|(?<!môi )(?<!thị )trường|đại học|ngân hàng|công ty|tổng(?! hợp)|văn phòng|trung tâm|"
    r"chi nhánh|đoàn|pc\S*)(?!\S)"
)
"""The body that a section belongs to, and the forces, whose sections stand by themselves."""


@dataclass(frozen=True, slots=True)
class Office:
    """A post: what one printed form of it says."""

    id: str
    """Stable slug made of the key, such as `chu-tich-uy-ban-nhan-dan-yen-bai`."""
    head: str
    """`chủ tịch`, lower case, abbreviations expanded."""
    body: str
    """The organisation without its area, lower case; empty where the head says all (`thủ tướng`)."""
    area: Area | None
    tier: str
    """central, province, district, commune, country (another one's), or empty when nothing tells."""
    exclusive: bool
    """Whether one person holds it at a time."""
    specific: bool
    """Whether the printed form names one post; `Giám đốc` alone does not."""
    inferred: bool = field(default=False, compare=False)
    """Whether the area stands only in the text around."""

    @property
    def few(self) -> bool:
        """Whether one person or a handful hold it at a time; not so for deputies of an assembly."""
        return self.exclusive or self.head.startswith(("phó ", "thứ trưởng"))

    @property
    def local(self) -> bool:
        """Whether every area has such a body, so that it names none without its area."""
        return bool(_LOCAL.search(self.body))

    @property
    def assembly(self) -> bool:
        """Whether its holders sit in the National Assembly."""
        return self.tier != COUNTRY and (self.head == "đại biểu quốc hội" or bool(_ASSEMBLY.search(self.body)))

    @property
    def leading(self) -> bool:
        """Whether the body leads its area (committee, council, Party committee, Front)."""
        return self.body.startswith(_LEADING)

    @property
    def complete(self) -> bool:
        """Whether its name says whose office it is: not so `Bí thư`, `Chủ tịch UBND` and `Phó chủ nhiệm Ủy ban`."""
        if self.head in _NO_OFFICES or (self.area and not self.body and self.area.level != COUNTRY):
            return False
        if self.tier == COUNTRY and self.area is None and (not self.body or self.body.startswith("bộ ")):
            return False  # a minister of nobody knows which country
        if self.head in ("bộ trưởng", "thứ trưởng") and self.body in ("", "bộ"):
            return False
        if self.body.startswith("phòng ") and not self._owned:
            return False
        if self.area is None and (self.local or self.body in _BARE or _NUMBERED.match(self.body)):
            return False
        return self.specific or (bool(self.body) and self.body not in _BARE)

    @property
    def _owned(self) -> bool:
        """Whether it is told whose section it is: a province's own are the police's and the army's only."""
        return bool(self.area and self.area.level in (DISTRICT, COMMUNE)) or bool(_OWNED.search(self.body))

    @property
    def sole(self) -> bool:
        """Whether one person holds it at a time, and no other has an office of its name: communes share theirs.

        Ministries and armies of other countries have several who speak for them, by turns.
        """
        if self.head == _SPEAKS and self.area is not None and self.area.level == COUNTRY:
            return False
        known = self.area is None or self.area.level in (PROVINCE, COUNTRY) or bool(self.area.within)
        return self.exclusive and self.specific and known and self.tier != COMMUNE and not self.envoy

    @property
    def of_a_union(self) -> bool:
        """Whether its body is one that several States share: `Ủy ban châu Âu`."""
        return bool(_union(self.body))

    @property
    def gone(self) -> bool:
        """Whether it is of a State that is no more, or of a monarch where there is none."""
        if self.area is None or self.area.level != COUNTRY:
            return False
        return self.area.name in _GONE or (self.head in _MONARCHS and self.area.name not in _MONARCHIES)

    @property
    def member(self) -> bool:
        """Whether it is a seat that goes with other offices: of a committee, of an assembly."""
        return self.head.startswith(_SEATS)

    @property
    def envoy(self) -> bool:
        """Whether its holder is sent abroad, so that the country in its name is another one."""
        return self.head.removeprefix("phó ") in _ENVOYS and not self.local

    @property
    def rank(self) -> str:
        """Of offices of which nobody holds two at a time: which; empty for others."""
        if self.beside:
            return ""
        said = f"{self.head.removesuffix(' thường trực')} {self.body}".strip()
        abroad = self.tier == COUNTRY or (self.area is not None and self.area.level == COUNTRY)
        ranks = _RANKS_ABROAD if abroad else _RANKS
        return next((rank for rank, pattern in ranks if pattern.search(said)), "")

    @property
    def beside(self) -> bool:
        """Whether it goes with another office, as the chair of a steering committee does."""
        return bool(_BESIDE.search(self.body))


@dataclass(frozen=True, slots=True)
class Context:
    """Areas that an article speaks of, by level: what `UBND tỉnh` without a name means there."""

    areas: Mapping[str, Area] = field(default_factory=dict)
    known: frozenset[Area] = frozenset()
    """Further areas that no table has, and that names may end with: `Sở Y tế Mường Sa`."""
    spoken: frozenset[str] = frozenset()
    """Levels of whose area no office in the article tells, only its text."""


NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class _Around:
    """A context, as far as an office's name can need it."""

    province: Area | None = None
    district: Area | None = None
    commune: Area | None = None
    known: frozenset[Area] = frozenset()
    hearsay: bool = False
    """Whether the province is none of the article's offices'."""

    def named_bare(self, said: str) -> Area | None:
        """The area that a level's word alone means: `UBND huyện` in an article about one district."""
        if said in (_CITY, PROVINCE):
            fits = self.province and (self.province.name in CENTRAL_CITIES) == (said == _CITY)
            return self.province if fits else None
        return {COMMUNE: self.commune, DISTRICT: self.district}.get(said, self.province)


def office_of(position: Position, context: Context = NO_CONTEXT, *, foreign: bool = False) -> Office:
    """The post that a found position of a Vietnamese or `foreign` official names."""
    levels = context.areas
    around = _Around(
        levels.get(PROVINCE), levels.get(DISTRICT), levels.get(COMMUNE), context.known, PROVINCE in context.spoken
    )
    return _office(position.title, position.organisation or "", position.place or "", around, foreign)


def read_office(text: str) -> Office:
    """The post that a reader types: `Chủ tịch UBND tỉnh Yên Bái`."""
    return _office(text, "", "", _Around(), False)


@lru_cache(maxsize=1 << 17)
def _office(title: str, organisation: str, place: str, around: _Around, foreign: bool) -> Office:
    text, head, keys, found = _parted(title, organisation, _unlisted(around))
    spot = _spot(place, found) if place else None
    foreign = foreign and not any(name in _HOME for name in (place, *(a.name for a in found)))
    areas = [a for a in found if not (a.level == COUNTRY and a.name in _HOME)]
    area = next((a for a in areas if a.level != PROVINCE), None) or (areas[0] if areas else None)
    said = "" if area or foreign else _level_said(text)
    if spot and spot.level == PROVINCE:
        around = replace(around, province=spot)
    if spot and (area.name == spot.name and not area.within if area else said not in _BELOW or spot.level != PROVINCE):
        area = area if area and area.level != spot.level else spot
    body = _body(head, keys, area)
    head, body = _moved(head, body)
    local = _LOCAL.search(body) and not _CENTRAL.search(body) and not (around.hearsay and body.startswith("phòng"))
    vague = not said and body.startswith((*_LEADING, "công an"))  # of the commune as well as of the province
    if area is None and not foreign and (said or (local and not vague)):
        area = around.named_bare(said)
    if area and not area.within and area.level not in (PROVINCE, COUNTRY) and around.province:
        area = Area(area.name, area.level, around.province.name)
    if area and area.level == COUNTRY:
        name = country_named(area.name)
        area = None if name == "Việt Nam" else Area(name, COUNTRY)
    if foreign and not areas and (union := _union(body)):
        area = Area(union, COUNTRY)
    if head.removeprefix("phó ") in _ENVOYS and (sent := _sent(found)):
        area = sent
    if head == "chủ tịch nước" and area and area.level == COUNTRY:
        head = "chủ tịch"  # `Chủ tịch nước Lào`, `Chủ tịch Lào`
    if foreign and head in ALONE_ABROAD:
        body = ""  # what another office of the same person leads: `Phó Tổng thống kiêm Chủ tịch Thượng viện`
    if area is None and not foreign:
        body = _SHORT_MINISTRY.get(body, body)
    tier = COUNTRY if foreign else _tier(head, body, area, said)
    specific = bool(area and (body or area.level == COUNTRY)) or (tier == "central" and bool(body or head in _ALONE))
    slug = slug_of(f"{head} {body}") + (f"-{area.slug}" if area else "")
    if foreign and area is None:
        slug += "-nuoc-ngoai"
    return Office(
        slug, head, body, area, tier, not _MANY.search(f"{head} {body}".strip()), specific, bool(area and not areas)
    )


@lru_cache(maxsize=1 << 16)
def _parted(
    title: str, organisation: str, unlisted: tuple[Area, ...]
) -> tuple[str, str, tuple[str, ...], tuple[Area, ...]]:
    """What an office's name says whatever stands around it: its full text, its head, its body's words, its areas."""
    text = expand(normalize("NFC", f"{title} {_BRACKET.sub(' ', organisation)}".strip()))
    head, rest = _head(syllables(text))
    left, found = split_area(rest, text, unlisted)
    return (
        text,
        head,
        tuple(ONE_SPELLING.get(word.key, word.key) for word in left if word.key not in _DROPPED),
        tuple(found),
    )


@lru_cache(maxsize=1 << 14)
def _unlisted(around: _Around) -> tuple[Area, ...]:
    """Areas that no table has and that the name of an office may contain."""
    near = [area for area in (around.province, around.district, around.commune) if area]
    return tuple(a for a in (*near, *sorted(around.known, key=str)) if " " in a.name and not named(a.name))


def _union(body: str) -> str:
    """The union of States that a body belongs to; empty for a State's own."""
    return next((union for name, union in _ABOVE_STATES.items() if name in body), "")


def _sent(found: Sequence[Area]) -> Area | None:
    """From which country to which an envoy is sent; None where only one of them is said."""
    countries = list(dict.fromkeys(country_named(area.name) for area in found if area.level == COUNTRY))
    return Area(f"{countries[0]} tại {countries[1]}", COUNTRY) if len(countries) > 1 else None


def country_named(name: str) -> str:
    """The one name that a country has in keys, however it is printed."""
    name = _SAME_COUNTRY.get(name, name)
    return "Việt Nam" if name in _HOME else name


def _spot(place: str, found: Sequence[Area]) -> Area | None:
    """The area that the recognizer gives an organisation; of those that no table has, only a province not printed."""
    unlisted = " " in place and all(area.name != place for area in found)
    return named(place) or (Area(place, PROVINCE) if unlisted else None)


def _level_said(text: str) -> str:
    """The level that a name without area ends with: province, _CITY, district or commune; else empty."""
    match = _BARE_LEVEL.search(text)
    return _LEVEL_SAID[" ".join(match[match.lastindex or 0].lower().split())] if match else ""


@lru_cache(maxsize=1 << 16)
def expand(text: str) -> str:
    """The text with its abbreviations written out: `UBND` → `Ủy ban nhân dân`."""
    text = _APART.sub(_together, _TOWN.sub("thị trấn ", text))
    return _LETTERS.sub(lambda match: _expansion(match, text), text)


def _together(match: re.Match[str]) -> str:
    """`GD ĐT` as `GD-ĐT`, where that is known to be one abbreviation."""
    joined = f"{match[1]}-{match[2]}"
    return joined if by_key().get(abbreviation_key(joined)) else match[0]


def _expansion(match: re.Match[str], text: str) -> str:
    if match.start() == 0 and match[0].lower() in SAME_HEADS:
        return match[0]  # `ĐB Bắc Kạn` begins with a head that has letters of its own
    letters = re.sub(r"\s", "", match[0])
    if len(letters.strip("&.,-")) < 2:
        return match[0]
    before, after = syllables(text[: match.start()]), syllables(text[match.end() :])
    found = readings(letters.replace(",", "-"), before[-1].key if before else "", after[0].key if after else "")
    if not found:  # in an office's name the first reading is meant: `Chủ tịch QH`
        found = by_key().get(abbreviation_key(letters), ())
    return found[0].expansion if found else match[0]


def _head(words: list[Syllable]) -> tuple[str, list[Syllable]]:
    keys = [word.key for word in words]
    for size in range(min(_LONGEST_HEAD, len(keys)), 0, -1):
        head = " ".join(keys[:size])
        if head in HEADS:
            known = SAME_HEADS.get(head, head)
            rest = words[size:]
            if (shared := _SHARED.get(known)) and (not rest or rest[0].key not in (shared.split()[0], *_LARGER)):
                rest = [word for word in words[:size] if word.key in shared.split()][-len(shared.split()) :] + rest
            return known, rest
    return " ".join(keys[:2]), words[2:]


_LARGER = ("tổng", "chi")
"""First words of bodies whose chief has the title of a smaller one: `Cục trưởng Chi cục …`."""


def _body(head: str, keys: Sequence[str], area: Area | None) -> str:
    body = " ".join(keys)
    if area is None or area.level == COUNTRY:
        body = re.sub(r" ?\bviệt nam$", "", body)
    body = _without_glued(body)
    for pattern, same in _SAME_BODY:
        body = pattern.sub(same, body)
    body = _without_glued(body)
    if area is not None:  # nothing follows the body that leads an area but what a reader of the text glued to it
        body = next((lead for lead in _LEADING if body.startswith(f"{lead} ")), body)
    if head in ("bộ trưởng", "thứ trưởng") and body and not f"{body} ".startswith(("bộ ", "văn phòng", "ủy ban")):
        body = f"bộ {body}"
    if head == "đại biểu" and area is not None and area.level == PROVINCE and body in ("", "đoàn"):
        return "quốc hội"
    if not body and area is not None and area.level != COUNTRY:
        body = _IMPLIED.get(head, "")
    return body


def _without_glued(body: str) -> str:
    """A body without what a sentence or a caption begins with behind it."""
    words = body.split()
    while len(words) > 1 and words[-1] in GLUED and words[-2:] != ["tình", "báo"]:
        words.pop()
    if words[-2:] == ["phóng", "viên"] or (len(words) > _LONG and words[-2:] == ["tổ", "chức"]):
        del words[-2:]  # what it does: `buổi họp do Cục Nghệ thuật biểu diễn tổ chức`
    return " ".join(words)


_LONG = 4
"""Words of a body's name behind which `tổ chức` is a verb: not so in `Ban Tổ chức`, `Vụ Kế hoạch tổ chức`."""


def _moved(head: str, body: str) -> tuple[str, str]:
    """Heads that say their body, and bodies that the head has said."""
    if head in _MOVED:
        known, moved = _MOVED[head]
        return known, body or moved
    if head == "đại biểu" and body in ("quốc hội", "đoàn đại biểu quốc hội", "đoàn đại biểu"):
        return "đại biểu quốc hội", "quốc hội"
    if head == "đại biểu quốc hội":
        return head, "quốc hội"
    if head in _ALONE:
        return head, ""
    return head, body


def _tier(head: str, body: str, area: Area | None, said: str) -> str:
    if area is not None:
        return area.level
    if said:
        return "" if said == _CITY else said
    if head in _ALONE or _CENTRAL.search(body):
        return "central"
    return ""
