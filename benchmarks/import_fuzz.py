"""Broken files of others, made by chance: an import must read what is whole, tell of the rest, and end by itself.

    python -m benchmarks.import_fuzz                      # 100,000 lines, 2,000 WARC files
    python -m benchmarks.import_fuzz --lines 5000 --files 100 --seed 7

Lines are objects with broken names, values, numbers, dates, URLs and bytes, between sound ones of which every one must
come in. WARC files are cut, flipped, spliced and lied to; a page that comes in must be one of those that went in, and
whole. Prints what was seen as JSON; the exit status is 1 when anything that must never happen did.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from crawler.article import Article
from crawler.imports.field_names import FIELDS, FieldNames
from crawler.imports.files import Importer
from crawler.imports.result import Imported, Rejected

Report = dict[str, object]
_NAMES = [name for names in FIELDS.values() for name in names] + ["x", "", "\ud800", "a.b", "title ", "💧", "n" * 500]
_TEXTS = ["", " ", "x", "Cầu mới", "\x00", "\ud800", "a\nb", "<p>a</p>" * 50, "<" * 99, "</p>", ".", "..", "🙂" * 9]
_URLS = ["https://a.example/1", "javascript:alert(1)", "data:,x", "http://a\r\nb/", "//a/b", "http://[::1", "http://"]
_URLS += ["https://á.example/", "http://" + "a" * 300 + ".example/", "https://a.example/" + "x/" * 2000, "ftp://a/"]
_URLS += ["http://a:99999/", "https://a.example/\u2028x"]
_DATES = ["2025-03-04", "04/03/2025", "31/02/2025", "0000-00-00", "9999-12-31T23:59:59Z", "0001-01-01", "hôm qua"]
_DATES += ["1e400", "2025-W10", "2025-03-04T25:00", "-1", "99999999999999999999", "4 tháng 3", "12/13/2025 1:00 AM"]
_DATES += ["T", "+07:00"]
_NUMBERS = [0, -1, 1, 2**63, 10**30, 1e308, float("nan"), float("inf"), 1741050300, 20250304, True, False, None]


def lines(count: int, seed: int) -> Report:
    """Import `count` broken lines among as many sound ones."""
    chance, wrong, seen = random.Random(seed), [], Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        with path.open("wb") as out:
            for number in range(count):
                out.write(_broken_line(chance).replace(b"\n", b" ") + b"\n")
                out.write(b'{"id": "sound-%d", "title": "x", "body": "y"}\n' % number)
        began = time.monotonic()
        sound = 0
        for one in _read(path):
            if isinstance(one, Imported) and one.article.id.startswith("sound-"):
                sound += 1
            elif isinstance(one, Imported):
                seen["came in"] += 1
                wrong += _faults(one.article, one.where)
            elif isinstance(one, Rejected):
                seen["rejected"] += 1
                if not one.where.startswith(f"{path}:") or not one.reason or "Traceback" in one.reason:
                    wrong.append(f"rejected without a place or a reason: {one}")
        if sound != count:
            wrong.append(f"{count - sound} sound lines did not come in")
        seconds = time.monotonic() - began
    return {"lines": 2 * count, **seen, "seconds": round(seconds, 1), "wrong": wrong[:20]}


def _read(path: Path) -> list[object]:
    with Importer((), FieldNames()) as importer:
        return [*importer.read(path, lambda _done, _total: None), *importer.revisits()]


def _faults(article: Article, where: str) -> list[str]:
    """What must be true of every article that comes in."""
    wrong = []
    if article.id in (".", "..") or not article.id or not article.title.strip():
        wrong.append("id or title")
    if article.url and (not article.url.startswith(("http://", "https://")) or any(c <= " " for c in article.url)):
        wrong.append("url")
    for moment in (article.published, article.updated, article.fetched):
        if moment:
            when = date.fromisoformat(moment) if len(moment) == 10 else datetime.fromisoformat(moment)
            if isinstance(when, datetime) and when.tzinfo is None:
                wrong.append("a time without a zone")
    if "\x00" in article.text:
        wrong.append("NUL")
    try:
        json.dumps(article.as_json(), ensure_ascii=False).encode()
        if Article.from_json(article.as_json()) != article:
            wrong.append("it does not come back as it was")
    except UnicodeEncodeError:
        wrong.append("a surrogate")
    return [f"{where}: {', '.join(wrong)}"] if wrong else []


def _broken_line(chance: random.Random) -> bytes:
    kind = chance.random()
    if kind < 0.05:
        return chance.randbytes(chance.randrange(200))
    if kind < 0.07:
        return b'{"id": "a", "title": "x", "n": ' + b"9" * chance.randrange(4000, 6000) + b"}"
    if kind < 0.09:
        depth = chance.randrange(500, 50_000)
        return b'{"id": "a", "title": "x", "n": ' + b"[" * depth + b"]" * depth + b"}"
    given = {chance.choice(_NAMES): _value(chance, 0) for _ in range(chance.randrange(1, 9))}
    if chance.random() < 0.8:
        given |= {"id": chance.choice(["a-1", ".", "..", "../x", 5, -5, 1.0, "á", "x" * 81]), "title": "Cầu mới"}
    line = json.dumps(given, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    if chance.random() < 0.2:
        at = chance.randrange(len(line))
        line = line[:at] + chance.choice([b"", b"\x00", b"\xff", b'"', b"}", chance.randbytes(3)]) + line[at + 1 :]
    return line[: chance.randrange(len(line))] if chance.random() < 0.05 else line


def _value(chance: random.Random, depth: int) -> object:
    kind = chance.randrange(7 if depth < 3 else 5)
    if kind == 5:
        return [_value(chance, depth + 1) for _ in range(chance.randrange(4))]
    if kind == 6:
        keys = ["name", "@id", "url", "$date", "$oid", "$numberLong", "x"]
        return {chance.choice(keys): _value(chance, depth + 1) for _ in range(chance.randrange(3))}
    return chance.choice([_TEXTS, _URLS, _DATES, _NUMBERS, _TEXTS][kind])


def warcs(count: int, seed: int) -> Report:
    """Import `count` WARC files, each damaged in one or more places."""
    chance, wrong, seen = random.Random(seed), [], Counter[str]()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            records = [_record(chance, n) for n in range(chance.randint(1, 6))]
            packed = chance.choice(["plain", "members", "whole"])
            content = bytearray(b"".join(gzip.compress(r) if packed == "members" else r for r in records))
            content = bytearray(gzip.compress(bytes(content))) if packed == "whole" else content
            path = Path(folder) / ("a.warc" if packed == "plain" else "a.warc.gz")
            whole = number % 10 == 0
            if not whole:
                for _ in range(chance.randint(1, 3)):
                    content = _damaged(chance, content)
            path.write_bytes(content)
            began = time.monotonic()
            results = _read(path)
            slowest = max(slowest, time.monotonic() - began)
            came = [one.article for one in results if isinstance(one, Imported)]
            told = [one for one in results if isinstance(one, Rejected)]
            seen["articles"] += len(came)
            seen["told"] += len(told)
            if whole and (len(came) != len(records) or told):
                wrong.append(f"file {number}: {len(came)} of {len(records)} articles of a sound file, {told[:1]}")
            if packed == "members" and any(article.paragraphs[-1] != _LAST for article in came):
                wrong.append(f"file {number}: half an article came in under a checksum of its own")
    return {"files": count, **seen, "slowest_seconds": round(slowest, 2), "wrong": wrong[:20]}


_LAST = "Theo ban quản lý dự án, công trình hoàn thành trước mùa mưa."


def _record(chance: random.Random, number: int) -> bytes:
    text = "".join(f"<p>Đoạn {n}: xã Suối Mơ khởi công cây cầu bắc qua suối Mơ, nối hai thôn.</p>" for n in range(9))
    page = (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="2026-10-05T08:30:00+07:00"></head><body><article>'
        f"<h1>Khởi công cây cầu số {number} của xã</h1><div class='body'>{text}<p>{_LAST}</p></div></article>"
        f"</body></html>"
    ).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    if chance.random() < 0.3:
        page = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
        http += b"Transfer-Encoding: chunked\r\n"
    block = http + b"\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://suoimo.example/bai-post{1000 + number}.html\r\n"
        f"WARC-Date: 2026-10-05T01:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _damaged(chance: random.Random, content: bytearray) -> bytearray:
    at = chance.randrange(len(content)) if content else 0
    match chance.randrange(6):
        case 0:
            return content[:at]
        case 1 if content:
            content[at] ^= 1 << chance.randrange(8)
        case 2:
            return content[:at] + chance.randbytes(chance.randrange(1, 3000)) + content[at:]
        case 3:
            return content[:at] + content[at + chance.randrange(1, 3000) :]
        case 4:
            size = chance.choice([b"0", b"-1", b"99999999999", b"9" * 40, b"x", b"", b"300"])
            found = content.find(b"Content-Length: ", at)
            if found >= 0:
                end = content.find(b"\r\n", found)
                return content[: found + 16] + size + content[end:]
        case _:
            return content[:at] + bytes(chance.randrange(5000)) + content[at:]
    return content


def main() -> None:
    """Run both and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    reports = {"lines": lines(given.lines, given.seed), "warc": warcs(given.files, given.seed)}
    print(json.dumps(reports, ensure_ascii=False, indent=1))
    sys.exit(any(report["wrong"] for report in reports.values()))


if __name__ == "__main__":
    main()
