"""Asked for an office, is the answer that office? Provinces, districts and ministries, typed in several ways.

    python -m benchmarks.offices --data var [--on 2017-05-20 --on 2017-06-15] [--json]

Every one of the 63 provinces of before 2025 is asked for the chair of its People's Committee and the secretary of its
Party committee, with marks, without, written out and abbreviated, on each day; every district of the gazetteer, and
every ministry of 2017 for its minister and deputy ministers, in two and three ways. Counted are answers for the office
asked for, answers that say that nobody is known, and answers for another office, of which there must be none: another
head, body, level or place, or a holder whom no sentence of that office names. Exit status 1 when there is one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from index.analysis.normalize import fold
from index.officials.directory.directory import Directory
from index.officials.posts.areas import CENTRAL_CITIES
from index.officials.posts.offices import read_office
from index.officials.recognition.gazetteer import places
from tratin.settings import load

_DAYS = ("2017-02-08", "2017-05-20", "2017-06-15")
_OLD = frozenset(
    [
        "Hà Tây",
        "Sơn Tây",
        "Hà Đông",
        "Hà Bắc",
        "Hải Hưng",
        "Vĩnh Phú",
        "Bắc Thái",
        "Nghệ Tĩnh",
        "Hà Nam Ninh",
        "Nam Hà",
        "Sông Bé",
        "Minh Hải",
        "Huế",
        "Sài Gòn",
        "Bình Trị Thiên",
        "Hoàng Liên Sơn",
        "Hà Tuyên",
        "Phú Khánh",
        "Nghĩa Bình",
        "Thuận Hải",
        "Cửu Long",
        "Quảng Nam - Đà Nẵng",
    ]
)
"""Provinces of the gazetteer that were none in 2017."""


def provinces() -> list[str]:
    """The 63 provinces and cities of 2008 to 2025."""
    names = (place.name for _, place in places() if not place.within and place.level in ("tỉnh", "thành phố"))
    return [name for name in dict.fromkeys(names) if name not in _OLD]


Key = tuple[str, str, str, str]
"""Head, body, area and its level; both empty for an office of the whole State."""


def questions() -> Iterator[tuple[Key, str, str]]:
    """The office asked for, how it is typed and what is typed."""
    for province in provinces():
        yield from _of_province(province)
    for name, kind in sorted({(place.name, place.level) for _, place in places() if place.within}):
        yield from _of_district(name, kind)
    for ministry in _MINISTRIES:
        yield from _of_ministry(ministry)


def _of_province(province: str) -> Iterator[tuple[Key, str, str]]:
    city = province in CENTRAL_CITIES
    level, committee, short = ("thành phố", "Thành ủy", "TP.") if city else ("tỉnh", "Tỉnh ủy", "T.")
    chair: Key = ("chủ tịch", "ủy ban nhân dân", province, "province")
    secretary: Key = ("bí thư", "cấp ủy", province, "province")
    name = "TP.HCM" if province == "Hồ Chí Minh" else f"{level} {province}"
    yield chair, "marks", f"Chủ tịch UBND {name}"
    yield chair, "no marks", _plain(f"chủ tịch ubnd {level} {province}")
    yield chair, "written out", f"Chủ tịch Ủy ban nhân dân {level} {province}"
    yield chair, "abbreviated", f"CT UBND {short} {province}"
    yield secretary, "marks", f"Bí thư {committee} {province}"
    yield secretary, "no marks", _plain(f"bí thư {committee} {province}")
    yield secretary, "written out", f"Bí thư {committee} {level} {province}"
    yield secretary, "abbreviated", f"BT {committee} {short} {province}"


def _of_district(name: str, kind: str) -> Iterator[tuple[Key, str, str]]:
    committee = {"huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy"}.get(kind)
    if committee is None or name in CENTRAL_CITIES:
        return  # Huế was a district's city then, and is a province now
    bare = name.removeprefix("Quận ")
    chair: Key = ("chủ tịch", "ủy ban nhân dân", name, "district")
    secretary: Key = ("bí thư", "cấp ủy", name, "district")
    yield chair, "district", f"Chủ tịch UBND {kind} {bare}"
    yield chair, "its marks off", _plain(f"chủ tịch ubnd {kind} {bare}")
    yield secretary, "district", f"Bí thư {committee} {name}"
    yield secretary, "its marks off", _plain(f"bí thư {committee} {name}")


_MINISTRIES = (
    "Công an",
    "Công Thương",
    "Giáo dục và Đào tạo",
    "Giao thông vận tải",
    "Kế hoạch và Đầu tư",
    "Khoa học và Công nghệ",
    "Lao động, Thương binh và Xã hội",
    "Ngoại giao",
    "Nội vụ",
    "Nông nghiệp và Phát triển nông thôn",
    "Quốc phòng",
    "Tài chính",
    "Tài nguyên và Môi trường",
    "Thông tin và Truyền thông",
    "Tư pháp",
    "Văn hóa, Thể thao và Du lịch",
    "Xây dựng",
    "Y tế",
)
"""Those of 2017."""


def _of_ministry(name: str) -> Iterator[tuple[Key, str, str]]:
    body = read_office(f"Bộ trưởng Bộ {name}").body
    for head in ("bộ trưởng", "thứ trưởng"):
        key: Key = (head, body, "", "")
        yield key, "ministry", f"{head.capitalize()} Bộ {name}"
        yield key, "its short name", f"{head.capitalize()} {name}"
        yield key, "small letters", _plain(f"{head} bộ {name}")


def _plain(text: str) -> str:
    return " ".join(fold(word) for word in text.lower().split())


@click.command()
@click.option("--data", type=click.Path(path_type=Path), default=Path("var"), show_default=True)
@click.option("--on", "days", multiple=True, default=_DAYS, show_default=True, help="A day asked about, repeated.")
@click.option("--json", "as_json", is_flag=True)
def main(data: Path, days: tuple[str, ...], as_json: bool) -> None:
    """Ask for the chairs and secretaries of all provinces and districts, for ministers and their deputies."""
    directory = Directory(load(data).registry_path)
    counts: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for key, way, typed in questions():
        for day in map(date.fromisoformat, days):
            answered = _answer(directory, typed, day, key)
            counts.setdefault(way, Counter())[answered] += 1
            if answered == "another office":
                wrong.append(f"{typed} on {day}")
    if as_json:
        click.echo(json.dumps({"counts": counts, "wrong": wrong}, ensure_ascii=False))
    for way, found in counts.items() if not as_json else ():
        click.echo(f"{way:14} " + "  ".join(f"{what} {found[what]}" for what in _KINDS))
    for line in wrong if not as_json else ():
        click.echo(f"another office: {line}")
    if wrong:
        raise SystemExit(1)


_KINDS = ("right office", "nobody known", "another office")


def _answer(directory: Directory, typed: str, on: date, key: Key) -> str:
    """Whether the answer is of the office asked for, its holder borne out by a sentence."""
    office = directory.asked(typed).office
    page = directory.office(office.id, on) if office else None
    if page is None or not page.holders:
        return "nobody known"
    borne_out = all(holder.evidence and holder.status != "said" for holder in page.holders)
    found = directory.key(page.office.id) or ()
    return "right office" if tuple(map(_plain, found)) == tuple(map(_plain, key)) and borne_out else "another office"


if __name__ == "__main__":
    main()
