"""Which file is read how: the front of the imports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

from crawler.bulk import MOST_TAGS, is_bulky, too_much
from crawler.captures import Captures
from crawler.imports.field_names import FieldNames
from crawler.imports.jsonlines import JsonObject, NoObject, is_array, read_array, read_lines
from crawler.imports.objects import read_object
from crawler.imports.result import Imported, Rejected, Result, Skipped
from crawler.imports.saved import is_part_of_page, read_mhtml, read_saved
from crawler.imports.tables import read_csv, read_parquet
from crawler.imports.wacz import DAMAGES, warcs_in
from crawler.imports.warc_pages import Captured, WarcPages, WarcSource, Watch
from crawler.page import NotArticle, Page
from crawler.sites.reader import read_page
from crawler.sites.site import Site

_PACKED = ("", ".gz", ".xz", ".bz2", ".zst")


def _packed(*endings: str) -> tuple[str, ...]:
    return tuple(f"{ending}{packing}" for ending in endings for packing in _PACKED)


_JSON_LINES = _packed(".jsonl", ".ndjson", ".jl")
_JSON = _packed(".json")
_TABLES = _packed(".csv", ".tsv")
_PARQUET = (".parquet",)
_WARC = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")
"""ARC, which came before WARC, is read no further than to be told so."""
_ZIP = (".wacz", ".zip")
_MHTML = (".mhtml", ".mht")
_HTML = _packed(".html", ".htm", ".xhtml")
_KNOWN = (*_JSON_LINES, *_JSON, *_TABLES, *_PARQUET, *_WARC, *_ZIP, *_MHTML, *_HTML)
SAID = (
    ".jsonl, .json, .csv, .tsv, .html (also .gz, .xz, .bz2, .zst), .parquet, .warc, .warc.gz, .warc.zst, .wacz, .mhtml"
)


class Importer:
    """Reads files and folders, then the revisits in all of them. One bad line or record never ends it.

    Args:
        sites: whose pages are read as their own readers read them.
        names: which names of others are read as which fields.
        archive: where revisits may find the capture that they point to; None: only in the files.
    """

    def __init__(self, sites: Sequence[Site], names: FieldNames, archive: Captures | None = None) -> None:
        self._sites, self._names = sites, names
        self._warc = WarcPages(archive)

    def close(self) -> None:
        """Forget what was noted of WARC files."""
        self._warc.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path, watch: Watch) -> Iterator[Result]:
        """Everything in a file, or in a folder's files in the order of their names."""
        if not path.is_dir():
            yield from self._guarded(path, watch)
            return
        files = [member for member in sorted(path.rglob("*")) if member.is_file()]
        pages = {member for member in files if member.name.lower().endswith(_HTML)}
        for file in files:
            if is_part_of_page(file, pages):
                yield Skipped("parts of saved pages")
            elif file.name.lower().endswith(_KNOWN):
                yield from self._guarded(file, watch)
            else:
                yield Skipped(f"{file.suffix.lower()[:20]} files" if file.suffix else "files without an ending")

    def revisits(self) -> Iterator[Result]:
        """What the revisit records of all files read so far point to."""
        try:
            yield from self._articles(self._warc.revisits())
        except (OSError, *DAMAGES) as error:
            yield Rejected("revisits", f"a WARC file cannot be read again: {_reason(error)}")

    def _guarded(self, path: Path, watch: Watch) -> Iterator[Result]:
        try:
            yield from self._file(path, watch)
        except (OSError, *DAMAGES) as error:
            yield Rejected(str(path), f"{_reason(error)}: check the file and its permissions")

    def _file(self, path: Path, watch: Watch) -> Iterator[Result]:
        name = path.name.lower()
        if name.endswith(_JSON_LINES):
            yield from self._objects(path, read_lines(path, watch), ":")
        elif name.endswith(_JSON):
            if is_array(path):
                yield from self._objects(path, read_array(path), "#")
            else:
                yield from self._objects(path, read_lines(path, watch), ":")
        elif name.endswith(_TABLES):
            yield from self._objects(path, read_csv(path, watch), ":")
        elif name.endswith(_PARQUET):
            yield from self._objects(path, read_parquet(path, watch), "#")
        elif name.endswith(_WARC):
            source = WarcSource(str(path), lambda: path.open("rb"), path.stat().st_size)
            yield from self._articles(self._warc.read(source, watch))
        elif name.endswith(_ZIP):
            yield from self._zip(path, watch)
        elif name.endswith(_MHTML):
            yield self._saved(path, read_mhtml)
        elif name.endswith(_HTML):
            yield self._saved(path, read_saved)
        else:
            yield Rejected(str(path), f"nothing known by this name: {SAID} and folders of them are read")

    def _objects(self, path: Path, objects: Iterator[JsonObject | NoObject], sign: str) -> Iterator[Result]:
        for record in objects:
            where = f"{path}{sign}{record.number}"
            if isinstance(record, NoObject):
                yield Rejected(where, record.reason)
            else:
                yield _bounded(read_object(record.value, self._names, where))

    def _zip(self, path: Path, watch: Watch) -> Iterator[Result]:
        for member in warcs_in(path):
            if not isinstance(member, WarcSource):
                yield member
                continue
            try:
                yield from self._articles(self._warc.read(member, watch))
            except DAMAGES as error:
                yield Rejected(member.name, f"this file of the zip cannot be read on ({_reason(error)})")

    def _saved(self, path: Path, read: Callable[[Path], Page | Rejected]) -> Result:
        page = read(path)
        return page if isinstance(page, Rejected) else self._article(page, str(path))

    def _articles(self, pages: Iterator[Captured | Rejected | Skipped]) -> Iterator[Result]:
        for page in pages:
            yield self._article(page.page, page.where) if isinstance(page, Captured) else page

    def _article(self, page: Page, where: str) -> Imported | Rejected:
        if is_bulky(page.content):
            return Rejected(where, f"more than {MOST_TAGS} tags: no article is")
        site = next((site for site in self._sites if site.owns(page.final_url)), None)
        reading = read_page(page, site)
        if isinstance(reading.article, NotArticle):
            return Rejected(where, f"no article ({reading.article.kind}): {reading.article.reason}")
        return _bounded(Imported(reading.article, where, captured=True))


def _bounded(result: Imported | Rejected) -> Imported | Rejected:
    """The result, or why its text is longer than any article is."""
    much = too_much(result.article) if isinstance(result, Imported) else None
    return Rejected(result.where, much) if much else result


def _reason(error: BaseException) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(words.split())[:160] or type(error).__name__
