"""Whoosh's view of our segments: the codec through which `whoosh.index.open_dir` and Whoosh's own Searcher read them.

The names `index.codec.TraTinCodec` and `index.codec.Segment` stand in every index's table of contents, so they are part
of the file format and never move. Segments are written in bulk (`index.engine.embedded.writer`);
Whoosh's writers cannot add to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from whoosh.analysis import RegexTokenizer
from whoosh.codec import base
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, KEYWORD, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import _DEF_INDEX_NAME, TOC

from index.engine.embedded.flat.segment import FlatSegment, segment_file
from index.engine.kernel.space import UNDATED
from index.schema import COLUMNS, KEYWORDS, TEXTS

INDEX_NAME: str = _DEF_INDEX_NAME


class TraTinCodec(base.Codec):  # type: ignore[misc]  # Whoosh has no types
    """Opens segments of flat arrays for Whoosh."""

    def terms_reader(self, storage: FileStorage, segment: Segment) -> Any:
        """Terms and postings of a segment."""
        from index.codec.segment_reader import TermsReader

        return TermsReader(segment.open(storage))

    def per_document_reader(self, storage: FileStorage, segment: Segment) -> Any:
        """Lengths, columns and stored fields of a segment."""
        from index.codec.segment_reader import PerDocumentReader

        return PerDocumentReader(segment.open(storage), segment)

    def per_document_writer(self, storage: FileStorage, segment: Segment) -> NoReturn:
        """Not offered: segments are written in bulk."""
        raise NotImplementedError("Tra Tin's segments are written in bulk: run `tratin reindex`")

    field_writer = per_document_writer

    def new_segment(self, storage: FileStorage, indexname: str) -> NoReturn:
        """Not offered: segments are written in bulk."""
        raise NotImplementedError("Tra Tin's segments are written in bulk: run `tratin reindex`")


class Segment(base.Segment):  # type: ignore[misc]
    """A segment as the table of contents lists it: a file, how many documents, and which of them are deleted."""

    def __init__(self, segid: str, documents: int, deleted: Iterable[int] = ()) -> None:
        self.indexname = INDEX_NAME
        self.segid = segid
        self.compound = False
        self.documents = documents
        self.deleted = frozenset(deleted)

    def open(self, storage: FileStorage) -> FlatSegment:
        """Map the segment's file."""
        return FlatSegment(Path(storage.folder) / segment_file(self.segid))

    def codec(self, **_: Any) -> TraTinCodec:
        """The codec that reads it."""
        return TraTinCodec()

    def should_assemble(self) -> bool:
        """Never into a compound file: arrays must stay aligned and mappable."""
        return False

    def doc_count_all(self) -> int:
        """Documents, deleted ones too."""
        return self.documents

    def deleted_count(self) -> int:
        """How many are deleted."""
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        """The numbers of the deleted."""
        return iter(self.deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return docnum in self.deleted

    def delete_document(self, docnum: int, delete: bool = True) -> NoReturn:
        """Not offered: a generation never changes."""
        raise NotImplementedError("a generation of Tra Tin's index never changes: run `tratin reindex`")


def whoosh_schema() -> Schema:
    """The fields of `index.schema` as Whoosh knows them, so that its own searcher can read the index."""
    schema = Schema()
    for name in TEXTS:
        schema.add(name, TEXT(analyzer=RegexTokenizer(r"\S+")))
    for name in KEYWORDS:
        schema.add(name, ID(unique=True) if name == "id" else KEYWORD(commas=True))
    for name, code in COLUMNS.items():
        schema.add(name, COLUMN(NumericColumn(code, default=UNDATED if name == "day" else 0)))
    schema.add("stored", STORED())
    return schema


def write_toc(directory: Path, segments: Iterable[Segment]) -> Path:
    """Write Whoosh's table of contents; returns its path. The caller makes it durable."""
    storage = FileStorage(str(directory))
    TOC(whoosh_schema(), list(segments), 1).write(storage, INDEX_NAME)
    return toc_file(directory)


def toc_file(directory: Path) -> Path:
    """Where the table of contents of the generation in a folder lies."""
    return directory / str(TOC._filename(INDEX_NAME, 1))
