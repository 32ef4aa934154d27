"""Bundle: a result set as a ZIP that opens offline: a page, every article, citations, a table, and the hash of each."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, cast

from crawler.article import Article
from crawler.ground.clock import now, stamp
from web.cite import bibtex, footnote, ris
from web.export import table
from web.i18n import t
from web.rendering import render

MOST = 1000
"""Articles of one bundle; more are left out, and the page of the bundle says so."""
COLUMNS = ("id", "version", "published", "source", "title", "url", "sha256", "file")


@dataclass(frozen=True, slots=True)
class Subject:
    """What the bundle holds the answer to."""

    name: str
    address: str
    total: int
    generation: str


class _Pipe:
    """What `zipfile` writes to and the answer reads from: nothing of the bundle is held."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def write(self, chunk: bytes) -> int:
        self._chunks.append(bytes(chunk))
        return len(chunk)

    def flush(self) -> None:
        """Nothing waits."""

    def read(self) -> bytes:
        chunks, self._chunks = self._chunks, []
        return b"".join(chunks)


def bundle(asked: Subject, articles: Iterable[tuple[Article, str]]) -> Iterator[bytes]:
    """The bytes of the ZIP; `articles` are beside their address here."""
    pipe = _Pipe()
    sums: list[str] = []
    made = stamp()
    with zipfile.ZipFile(cast(IO[bytes], pipe), "w", zipfile.ZIP_DEFLATED) as files:

        def put(name: str, text: str) -> bytes:
            content = text.encode()
            info = zipfile.ZipInfo(name, now().timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            files.writestr(info, content)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
            return pipe.read()

        rows, lines, bib, references = [], [], [], []
        for article, address in articles:
            file = f"articles/{article.id}.html"
            note = footnote(article, address)
            yield put(file, render("bundle-article.html", article=article, address=address, note=note, made=made))
            rows.append((article, file, note))
            lines.append(json.dumps(article.as_json(), ensure_ascii=False) + "\n")
            bib.append(bibtex(article, address))
            references.append(ris(article, address))
        yield put("index.html", render("bundle.html", asked=asked, rows=rows, made=made))
        yield put("articles.jsonl", "".join(lines))
        yield put("citations.bib", "\n".join(bib))
        yield put("citations.ris", "".join(references))
        yield put("results.csv", table(COLUMNS, [_row(article, file) for article, file, _ in rows]))
        cut = t("bundle.cut", n=len(rows), total=asked.total) + "\n" if len(rows) < asked.total else ""
        yield put(
            "README.txt", f"{asked.name}\n{asked.address}\n{made} · {asked.generation}\n{cut}{t('bundle.readme')}\n"
        )
        files.writestr("SHA256SUMS", "".join(sums))
    yield pipe.read()


def _row(article: Article, file: str) -> tuple[str, ...]:
    plain = (article.published or "", article.source or "", article.title, article.url or "", article.sha256, file)
    return (article.id, str(article.version), *plain)
