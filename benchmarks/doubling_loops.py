"""Everything that reads what others wrote, whole, on texts made to slow it down, doubled: loops as well as patterns.

    python -m benchmarks.doubling_loops                   # every reader, every unit
    python -m benchmarks.doubling_loops --reader officials --largest 400000

A text repeats one unit. Each reader reads it at a size and at twice that size; CPU time that grows more than threefold
is slower than linear (2 is linear, 4 quadratic), unless a second look does not bear it out. Prints what is slower than
linear; the exit status is 1 when there is any. A reader that bounds what it reads is linear by that.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.doubling import surely
from crawler.article import Article
from crawler.dates import parse_moment, url_moment
from crawler.encodings import decode, repair_fonts
from crawler.errors import CrawlerError
from crawler.feeds import read_feed
from crawler.imports.field_names import FieldNames
from crawler.imports.files import Importer
from crawler.page import Page
from crawler.robots_txt import parse_robots
from crawler.sitemaps import read_sitemap
from crawler.sites.reader import read_page
from crawler.unpack import unchunked
from crawler.urls import canonical
from index import authority
from index.analysis.analyzer import analyze
from index.document import IndexedOfficial
from index.duplicates import signature
from index.officials.recognition.recognizer import recognize
from index.officials.registry.entry import entry_of
from index.statements.finding import statements
from index.topics.classifier import classify
from search.parser.parse import parse
from search.snippet import cut, opening
from web.diff import compare

SMALLEST, LARGEST = 10_000, 160_000
"""Characters of the texts, doubled from the one to the other."""
NOTICEABLE = 0.05
"""Seconds of CPU below which no growth is looked at."""
ENOUGH = 1.0
"""Seconds after which no larger text is tried."""
_ADDRESS = "https://bao.example/bai-1-post1.html"

UNITS = (
    " ", "\n", "\t", "\u00a0", "\u200b", "a", "A", "à", "đ", "1", "-", ".", ",", ":", ";", "?", "\"", "“", "”", "(",
    ")", "/", "@", "A-", "a ", "A ", "a\n", "1.", "1/", "1,", "a@", "a@a.", "0-0", "e\u0301", "…", "’", "– ", "- ",
    ". ", ", ", "<", ">", "&", "&amp;", "<p>", "</p>", "<b>", "<div>", "<a href=x>", "<!--", "<p>a", "<br>", "<td>",
    "<li><a href=/a>a</a>", "<script>", "<style>", "<p>Nguồn: ", "<div class=\"tin lien quan\">", "<h1>a</h1>",
    "<time>1/1/2025</time>", "<img src=a>", "http://a/", "https://a.vn ", "%", "%C3", "../", "a/", "?a=1&", "ông ",
    "Ông Nguyễn Văn An, ", "Ông Nguyễn Văn An cho biết: “", "Nguyễn ", "Nguyễn Văn An ", "NGUYỄN VĂN AN ",
    "Rơ Châm ", "Chủ tịch ", "Chủ tịch UBND tỉnh ", "Phó Chủ tịch, ", "nguyên ",
    "nguyên Chủ tịch UBND tỉnh Hòa Thượng Nguyễn Văn An. ", "Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh ", "tỉnh ",
    "UBND tỉnh Hà Nam và ", "Bộ ", "Sở Y tế, ", "Tổng thống Mỹ John ", "Kim-", "đã ", "hiện ", "được bầu làm ",
    "từ chức ", "ông ấy ", "bị cáo ", "đồng chí ", "theo ", "Theo ông ", "cho biết ", "nói: “", "UBND ", "UBND đã ",
    "quyết định số 1 ", "Nghị định 15/2020/NĐ-CP ", "ngày 1/1/2025 ", "năm 2020 ", "từ 2020 đến ", "TP. ", "AND ",
    "OR ", "NOT ", "title:", "title:(", "\"a\" ", "ủy ban ", "“a” ", "a~9 ", "* ", "=?utf-8?q?", "a;q=1,", "\\",
    "\u0000", "{", "[", "{\"a\":", "😀", "Bốn ", "tháng 3 ", "+07:00 ", "giờ trước ",
)  # fmt: skip


def _page(text: str) -> Page:
    head = "<html><head><title>Cầu mới thông xe</title></head><body><h1>Cầu mới thông xe</h1><article>"
    return Page(
        _ADDRESS, _ADDRESS, f"{head}{text}</article></body></html>".encode(), fetched="2025-03-01T00:00:00+07:00"
    )


def _article(text: str) -> Article:
    return Article(
        "a-1",
        text[:400].strip() or "Cầu mới",
        lead=text[:2000],
        paragraphs=(text,),
        published="2025-03-01",
    )


def _title(text: str) -> Page:
    return Page(_ADDRESS, _ADDRESS, f"<title>{text}</title><h1>{text}</h1><meta name=author content='{text}'>".encode())


def _attributes(text: str) -> Page:
    whole = f"<html><body class='{text}'><div style='{text}' id='{text}'><a href='{text}'>{text}</a><p>{text}</div>"
    return Page(_ADDRESS, _ADDRESS, whole.encode())


def _imported(text: str) -> list[object]:
    with tempfile.TemporaryDirectory() as folder, Importer((), FieldNames()) as importer:
        path = Path(folder) / "a.jsonl"
        given = {
            "id": "a-1",
            "title": text[:2000],
            "body": text,
            "url": f"https://a.example/{text[:2000]}",
            "date": text,
        }
        path.write_text(json.dumps(given) + "\n", encoding="utf-8")
        return list(importer.read(path, lambda _done, _total: None))


def _table(text: str) -> list[object]:
    with tempfile.TemporaryDirectory() as folder, Importer((), FieldNames()) as importer:
        path = Path(folder) / "a.csv"
        path.write_text(f"id,title,body\n1,{text}\n2,{text},{text}\n", encoding="utf-8", errors="replace")
        return list(importer.read(path, lambda _done, _total: None))


def _officials(text: str) -> object:
    article = _article(text)
    found = recognize(article)
    return found, entry_of(article, found), statements(article.text, found)


def _acts(text: str) -> object:
    named = [IndexedOfficial("a", "An")]
    return authority.deeds(text, ["chinh-tri"], named), authority.values(text, ["chinh-tri"], named)


def _snippets(text: str) -> object:
    return opening(text, "body"), cut(text, [], "body")


def _compared(text: str) -> object:
    half = len(text) // 2
    one = Article("a", text[:99], paragraphs=tuple(text[:half].split("\n")))
    other = Article("a", text[:98], paragraphs=tuple(text.split("\n")))
    return compare(one, other)


READERS: dict[str, Callable[[str], object]] = {
    "page": lambda text: read_page(_page(text), None),
    "page's title": lambda text: read_page(_title(text), None),
    "attributes": lambda text: read_page(_attributes(text.replace("'", "")), None),
    "feed": lambda text: read_feed(_of_kind("rss", text)),
    "sitemap": lambda text: list(read_sitemap(_of_kind("urlset", text), 1000)),
    "robots": lambda text: parse_robots(f"User-agent: {text}\nDisallow: {text}").allows(
        f"https://a.example/{text}", "tratin"
    ),
    "encoding": lambda text: (decode(text.encode("utf-8", "replace"), "text/html"), repair_fonts(text)),
    "chunks": lambda text: unchunked(text.encode("utf-8", "replace")),
    "moment": lambda text: (parse_moment(text), url_moment(text)),
    "URL": lambda text: _refusing(canonical, text, "https://a.example/"),
    "import line": _imported,
    "import table": _table,
    "analysis": analyze,
    "signature": lambda text: signature(text.split()),
    "officials": _officials,
    "topics": lambda text: classify(_article(text)),
    "authority": _acts,
    "query": lambda text: parse(text, today=date(2025, 3, 1)),
    "snippets": _snippets,
    "comparison": _compared,
}


def _of_kind(root: str, text: str) -> Page:
    item = "item" if root == "rss" else "url"
    whole = f"<{root}><{item}><loc>{text}</loc><link>{text}</link><title>{text}</title></{item}>{text}</{root}>"
    return Page(_ADDRESS, _ADDRESS, whole.encode("utf-8", "replace"), headers={"content-type": "application/xml"})


def _refusing(read: Callable[..., object], *given: object) -> object:
    try:
        return read(*given)
    except CrawlerError as error:
        return error


@dataclass(frozen=True, slots=True)
class Slow:
    """A reader and a text on which it is slower than linear."""

    reader: str
    unit: str
    characters: int
    seconds: float
    growth: float


def slow_units(
    name: str, units: tuple[str, ...] = UNITS, largest: int = LARGEST, enough: float = ENOUGH
) -> Iterator[Slow]:
    """Each unit on which a reader is slower than linear."""
    read = READERS[name]
    read("Cầu mới. " * 30)
    for unit in units:
        size, took = SMALLEST, _time(read, unit, SMALLEST)
        while took < enough and size < largest:
            size *= 2
            took = _time(read, unit, size)
        if took <= NOTICEABLE:
            continue
        half, whole = ((lambda of=unit, length=one: _time(read, of, length)) for one in (size // 2, size))
        if (found := surely(half, whole)) is not None:
            yield Slow(name, unit, size, *found)


def _time(read: Callable[[str], object], unit: str, size: int) -> float:
    text = (unit * (size // len(unit) + 1))[:size]
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        read(text)
        return time.process_time() - began
    finally:
        gc.enable()


def main() -> None:
    """Try all readers and print where they are slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", action="append", choices=list(READERS), help="all unless given")
    parser.add_argument("--largest", type=int, default=LARGEST)
    given = parser.parse_args()
    found = 0
    names = given.reader or list(READERS)
    for name in names:
        began = time.process_time()
        for slow in slow_units(name, largest=given.largest):
            found += 1
            told = f"{slow.seconds:.2f} s for {slow.characters:,} characters, {slow.growth:.1f} times"
            print(json.dumps({"slow": name, "on": slow.unit, "took": told}, ensure_ascii=False), flush=True)
        print(
            json.dumps({"reader": name, "units": len(UNITS), "cpu": round(time.process_time() - began, 1)}), flush=True
        )
    print(json.dumps({"readers": len(names), "slower_than_linear": found}))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
