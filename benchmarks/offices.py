"""Asked for an office, is the answer that office? Chairs and secretaries of all provinces, typed in several ways.

    python -m benchmarks.offices --data var [--on 2017-05-20 --on 2017-06-15] [--json]

Every one of the 63 provinces of before 2025 is asked for the chair of its People's Committee and the secretary of its
Party committee, with marks, without, written out and abbreviated, on each day. Counted are answers for the office asked
for, answers that say that nobody is known, and answers for another office, of which there must be none: another head,
body, level or place, or a holder whom no sentence of that office names. Exit status 1 when there is one.
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


def questions(province: str) -> Iterator[tuple[str, str, str, str]]:
    """Head, body, how it is typed and what is typed, for one province."""
    city = province in CENTRAL_CITIES
    level, committee, short = ("thành phố", "Thành ủy", "TP.") if city else ("tỉnh", "Tỉnh ủy", "T.")
    chair, secretary = ("chủ tịch", "ủy ban nhân dân"), ("bí thư", "cấp ủy")
    name = "TP.HCM" if province == "Hồ Chí Minh" else f"{level} {province}"
    yield *chair, "marks", f"Chủ tịch UBND {name}"
    yield *chair, "no marks", _plain(f"chủ tịch ubnd {level} {province}")
    yield *chair, "written out", f"Chủ tịch Ủy ban nhân dân {level} {province}"
    yield *chair, "abbreviated", f"CT UBND {short} {province}"
    yield *secretary, "marks", f"Bí thư {committee} {province}"
    yield *secretary, "no marks", _plain(f"bí thư {committee} {province}")
    yield *secretary, "written out", f"Bí thư {committee} {level} {province}"
    yield *secretary, "abbreviated", f"BT {committee} {short} {province}"


def _plain(text: str) -> str:
    return " ".join(fold(word) for word in text.lower().split())


@click.command()
@click.option("--data", type=click.Path(path_type=Path), default=Path("var"), show_default=True)
@click.option("--on", "days", multiple=True, default=_DAYS, show_default=True, help="A day asked about, repeated.")
@click.option("--json", "as_json", is_flag=True)
def main(data: Path, days: tuple[str, ...], as_json: bool) -> None:
    """Ask for the chairs and secretaries of all provinces, and count what is answered."""
    directory = Directory(load(data).registry_path)
    counts: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for province in provinces():
        for head, body, way, typed in questions(province):
            for day in map(date.fromisoformat, days):
                answered = _answer(directory, typed, day, (head, body, province))
                counts.setdefault(way, Counter())[answered] += 1
                if answered == "another office":
                    wrong.append(f"{typed} on {day}")
    if as_json:
        click.echo(json.dumps({"counts": counts, "wrong": wrong}, ensure_ascii=False))
    for way, found in counts.items() if not as_json else ():
        click.echo(f"{way:12} " + "  ".join(f"{what} {found[what]}" for what in _KINDS))
    for line in wrong if not as_json else ():
        click.echo(f"another office: {line}")
    if wrong:
        raise SystemExit(1)


_KINDS = ("right office", "nobody known", "another office")


def _answer(directory: Directory, typed: str, on: date, key: tuple[str, str, str]) -> str:
    """Whether the answer is of the office asked for, its holder borne out by a sentence."""
    office = directory.asked(typed).office
    page = directory.office(office.id, on) if office else None
    if page is None or not page.holders:
        return "nobody known"
    asked = (*key, "province")
    borne_out = all(holder.evidence and holder.status != "said" for holder in page.holders)
    return "right office" if directory.key(page.office.id) == asked and borne_out else "another office"


if __name__ == "__main__":
    main()
