"""How a post is printed, one way wherever it stands: `Bí thư Thành ủy TP.HCM`."""

from __future__ import annotations

import re
from collections import Counter

from index.officials.posts.areas import COUNTRY, PROVINCE, Area, kind_of, several
from index.officials.posts.name_keys import office_name
from index.officials.posts.offices import Office, office_of
from index.officials.recognition.found_officials import Position

_TERM = re.compile(r"(?i)\b(?:khóa|khoá|nhiệm kỳ)\b")
_SAIGON = re.compile(r"(?:\b(?:TP|Tp|tp)\.?\s?|\b[Tt]hành\s+phố\s+)(?:HCM|Hồ Chí Minh)\b")
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
    if _LETTERS.fullmatch(title) or (area and office.head in _LEADERS and office.body in ("cấp ủy", *_BODIES)):
        title = office.head
    if office.head == "đại biểu quốc hội" and (area is None or kind_of(area)):
        return "Đại biểu Quốc hội", _SAIGON.sub("TP.HCM", f"{kind_of(area)} {area.name}") if area else None
    if area and office.head in _LEADERS and (whole := _leading(office.body, area)):
        province = Area(area.within, PROVINCE)
        where = f", {kind_of(province)} {area.within}" if area.within and several(area) else ""
        return _capital(title), _SAIGON.sub("TP.HCM", f"{whole}{where}")
    organisation = with_area(title, organisation, area)
    return _capital(title), organisation and _INITIAL.sub("", _SAIGON.sub("TP.HCM", organisation))


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


def _capital(title: str) -> str:
    """`phó chủ tịch` as `Phó Chủ tịch`."""
    words = title.split()
    if not words:
        return title
    if words[0].lower() == "phó" and len(words) > 1:
        return f"Phó {words[1][:1].upper()}{words[1][1:]} {' '.join(words[2:])}".strip()
    return f"{title[:1].upper()}{title[1:]}"


def with_area(title: str, organisation: str | None, area: Area | None) -> str | None:
    """The organisation with its area, where it is printed without: `UBND tỉnh` as `UBND tỉnh Mường Sa`."""
    if area is None or organisation is None or area.level == COUNTRY or _TERM.search(organisation):
        return organisation
    found = office_of(Position(title, organisation)).area
    return organisation if found else office_name(organisation, area.name)
