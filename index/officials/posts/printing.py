"""How a post is printed, one way wherever it stands: `Bí thư Thành ủy TP.HCM`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.analysis.abbreviations import by_expansion, by_key
from index.analysis.tokens import syllables
from index.officials.posts.areas import COUNTRY, DISTRICT, PROVINCE, Area, kind_of, several, split_area
from index.officials.posts.name_keys import marked_key, office_name
from index.officials.posts.offices import ALONE_ABROAD, GLUED, Office, office_of
from index.officials.recognition.found_officials import Position

_TERM = re.compile(r"(?i)\b(?:khóa|khoá|nhiệm kỳ)\b")
_SAIGON = re.compile(r"(?:\b(?:TP|Tp|tp)\.?\s?|\b[Tt]hành\s+phố\s+)(?:HCM|Hồ Chí Minh)\b")
_CITY = re.compile(r"\b(?:TP|Tp|tp)(?:\.\s?|\s+)(?=[A-ZĐ])")
"""A city's letters, which newspapers print with a stop or without: `TP. Mường Sa`, `TP.Mường Sa`."""
_INITIAL = re.compile(r"(?<=\w{2})\s+[A-ZĐ]\.$")
_LETTERS = re.compile(r"[A-ZĐ]{2,5}")
_LEADERS = frozenset(
    ("chủ tịch", "phó chủ tịch", "phó chủ tịch thường trực", "bí thư", "phó bí thư", "phó bí thư thường trực")
)
_BODIES = {"ủy ban nhân dân": "UBND", "hội đồng nhân dân": "HĐND"}
_COMMITTEES = {"tỉnh": "Tỉnh ủy", "TP": "Thành ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy"}


def printed(office: Office, forms: Counter[tuple[str, str | None]]) -> tuple[str, str | None]:
    """Title and organisation of a post, of the forms in which articles print it and how often each."""
    area = office.area
    said = Counter({form: n for form, n in forms.items() if area is None or area.name in (form[1] or "")}) or forms
    full = Counter({form: n for form, n in said.items() if not _LETTERS.fullmatch(form[0])}) or said
    title, organisation = min(full, key=lambda form: (-full[form], str(form)))
    organisation = _without_another(organisation, office)
    if _LETTERS.fullmatch(title) or (area and office.head in _LEADERS and office.body in ("cấp ủy", *_BODIES)):
        title = office.head
    if office.head == "đại biểu quốc hội" and (area is None or kind_of(area)):
        return "Đại biểu Quốc hội", _SAIGON.sub("TP.HCM", f"{kind_of(area)} {area.name}") if area else None
    if area and office.head in _LEADERS and (whole := _leading(office.body, area)):
        province = Area(area.within, PROVINCE)
        where = f", {kind_of(province)} {area.within}" if area.within and several(area) else ""
        return _capital(title), _SAIGON.sub("TP.HCM", f"{whole}{where}")
    organisation = organisation and _without_run_on(organisation, area)
    organisation = with_country(title, organisation, office) or with_area(title, organisation, area)
    return _capital(title), organisation and _INITIAL.sub("", _SAIGON.sub("TP.HCM", _CITY.sub("TP ", organisation)))


def _without_another(organisation: str | None, office: Office) -> str | None:
    """The organisation of an office that needs none but a country, without that of another office of its holder:
    `Phó Thủ tướng` of `Phó Thủ tướng kiêm Bộ trưởng Nội vụ Mường Sa` is of `Mường Sa`, not of `Nội vụ Mường Sa`."""
    area = office.area
    if organisation is None or area is None or area.level != COUNTRY or office.head not in ALONE_ABROAD:
        return organisation
    words, found = split_area(syllables(organisation), organisation)
    if not found:
        return None
    return found[-1].name if any(word.key not in _STATE for word in words) else organisation


_STATE = frozenset(
    ("nước", "chính", "phủ", "của", "vương", "quốc", "cộng", "hòa", "hợp", "chúng", "liên", "bang", "dân", "chủ",
     "nhân", "hồi", "giáo", "chdcnd", "ch", "lb")
)  # fmt: skip
"""Words of the names of States, and of what a head of government leads."""


def _without_run_on(organisation: str, area: Area | None) -> str:
    """The organisation without what a caption or the next sentence begins with: `huyện Mường Sa Chú ý`."""
    words = organisation.split()
    while len(words) > 2 and words[-1].lower() in GLUED and words[-2].lower() != "tình":
        words.pop()
    if len(words) > _LONG and " ".join(words[-2:]) == "tổ chức":
        del words[-2:]
    said = " ".join(words)
    if area is None or area.level not in (PROVINCE, DISTRICT):
        return said
    head, name, rest = said.rpartition(area.name)
    return f"{head}{name}" if name and _NEXT.fullmatch(rest) else said


_LONG = 4
"""Words of a name behind which `tổ chức` is a verb."""
_NEXT = re.compile(r" [A-ZĐ]\w* [^\W\d_A-ZĐ]\w*")
"""What runs on behind the name of an area: a word with a capital, and one without."""


def _leading(body: str, area: Area) -> str:
    """The name of the body that leads an area: `UBND tỉnh Nậm Xăng`; empty for other bodies, or of unknown kind."""
    kind = kind_of(area)
    if not kind:
        return ""
    if area.name == "Hồ Chí Minh" and area.level == PROVINCE:
        return {"cấp ủy": "Thành ủy TP.HCM"}.get(body) or (f"{_BODIES[body]} TP.HCM" if body in _BODIES else "")
    if body == "cấp ủy":
        return f"{_COMMITTEES[kind]} {area.name}"
    if body in _BODIES:
        return f"{_BODIES[body]} {area.name.lower() if area.name.startswith('Quận ') else f'{kind} {area.name}'}"
    return ""


_LEVELS = {"TP": ("TP", "thành phố", "")}
"""Words for a level that stand before the name of an area of that kind, or are left out."""


def ways(office: Office) -> Iterator[str]:
    """How an office of an area can be printed, the likeliest first: body in letters or not, level named or not.

    The leaders of an area are printed without their body too: `Chủ tịch tỉnh Nậm Xăng`.
    """
    area = office.area
    if area is None or not office.body:
        return
    kind = kind_of(area) if not area.name.lower().startswith(f"{kind_of(area)} ") else ""
    levels = _LEVELS.get(kind, (kind, "") if kind else ("",))
    rows = by_expansion().get(tuple(marked_key(office.body).split()), ())
    letters = [row.letters for row in rows if by_key()[row.key][0] is row]  # `CATP` says more than `công an`
    for body in () if office.body == "cấp ủy" else (office.body, *letters):
        yield from (" ".join(filter(None, (office.head, body, level, area.name))) for level in levels)
    if whole := _leading(office.body, area) if office.head in _LEADERS else "":
        yield f"{office.head} {whole}"
        yield from (" ".join(filter(None, (office.head, level, area.name))) for level in levels)


def _capital(title: str) -> str:
    """`phó chủ tịch` as `Phó Chủ tịch`."""
    words = title.split()
    if not words:
        return title
    if words[0].lower() == "phó" and len(words) > 1:
        return f"Phó {words[1][:1].upper()}{words[1][1:]} {' '.join(words[2:])}".strip()
    return f"{title[:1].upper()}{title[1:]}"


def with_country(title: str, organisation: str | None, office: Office) -> str | None:
    """The organisation with the other country that only the text around names, in brackets: `Bộ Y tế (Xênia)`.

    None where the country is printed, and for envoys and Viet Nam's own offices.
    """
    area = office.area
    if area is None or area.level != COUNTRY or office.envoy or office.of_a_union:
        return None
    if office_of(Position(title, organisation), foreign=True).area is not None:
        return None
    return f"{organisation or ''} ({area.name})".strip()


def with_area(title: str, organisation: str | None, area: Area | None) -> str | None:
    """The organisation with its area, where it is printed without: `UBND tỉnh` as `UBND tỉnh Mường Sa`."""
    if area is None or organisation is None or area.level == COUNTRY or _TERM.search(organisation):
        return organisation
    found = office_of(Position(title, organisation)).area
    return organisation if found else office_name(organisation, area.name)
