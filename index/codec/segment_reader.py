"""Readers of one segment as Whoosh asks for them: terms, lengths, columns, stored fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from whoosh.codec import base
from whoosh.columns import Column, ColumnReader
from whoosh.fields import FieldType
from whoosh.formats import Format
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length, length_to_byte

from index.codec.matcher import PostingsMatcher
from index.engine.embedded.flat.segment import FieldArrays, FlatSegment
from index.schema import STORED

if TYPE_CHECKING:
    from index.codec import Segment


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """The dictionary and the postings of all fields of a segment."""

    def __init__(self, segment: FlatSegment) -> None:
        self._fields = dict(sorted(segment.fields.items()))

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldArrays, int]:
        field = self._fields.get(fieldname)
        ordinal = field.terms.find(text) if field else -1
        if field is None or ordinal < 0:
            raise KeyError((fieldname, text))
        return field, ordinal

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self._fields.get(term[0])
        return field is not None and field.terms.find(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        """The fields that hold terms."""
        return list(self._fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every (field, term), in order."""
        return ((name, text) for name, field in self._fields.items() for text in field.terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """(field, term) from a term on, running on into the fields after it."""
        for name, field in self._fields.items():
            if name >= fieldname:
                first = field.terms.lower_bound(prefix) if name == fieldname else 0
                for ordinal in range(first, len(field.terms)):
                    yield name, field.terms[ordinal]

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every ((field, term), TermInfo), in order."""
        return (((name, text), self.term_info(name, text)) for name, text in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """((field, term), TermInfo) from a term on, running on into the fields after it."""
        return (((name, text), self.term_info(name, text)) for name, text in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """A term's statistics; TermNotFound when it is not there."""
        try:
            field, ordinal = self._find(fieldname, text)
        except KeyError:
            raise TermNotFound(f"No term {fieldname}:{text!r}") from None
        return term_info(field, ordinal)

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term occurs; KeyError when it is not there."""
        return float(self.term_info_or_key_error(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many documents hold a term; KeyError when it is not there."""
        field, ordinal = self._find(fieldname, text)
        return field.df(ordinal)

    def term_info_or_key_error(self, fieldname: str, text: bytes) -> TermInfo:
        """As `term_info`; Whoosh's reader catches only KeyError in some places."""
        return term_info(*self._find(fieldname, text))

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: Any = None) -> PostingsMatcher:
        """Walks a term's postings; TermNotFound when it is not there."""
        try:
            field, ordinal = self._find(fieldname, text)
        except KeyError:
            raise TermNotFound(f"No term {fieldname}:{text!r}") from None
        return PostingsMatcher(field, ordinal, format_, (fieldname, text), scorer)

    def cursor(self, fieldname: str, fieldobj: FieldType) -> base.FieldCursor:
        """A cursor over a field's terms."""
        field = self._fields.get(fieldname)
        return FieldCursor(field, fieldobj) if field else base.EmptyCursor()

    def close(self) -> None:
        """Nothing to do: the mapping goes with its last array."""


def term_info(field: FieldArrays, ordinal: int) -> TermInfo:
    """Whoosh's statistics of one term."""
    part = field.slice(ordinal, positions=False)
    lengths = None if field.lengths is None else field.lengths[part.docs]
    return TermInfo(
        weight=float(part.docs.size if part.tfs is None else part.tfs.sum()),
        df=int(part.docs.size),
        minlength=0 if lengths is None else rounded(int(lengths.min())),
        maxlength=0 if lengths is None else rounded(int(lengths.max())),
        maxweight=1.0 if part.tfs is None else float(part.tfs.max()),
        minid=int(part.docs[0]),
        maxid=int(part.docs[-1]),
    )


def rounded(length: int) -> int:
    """A length as Whoosh scores it: rounded to one of 256."""
    return int(byte_to_length(length_to_byte(length)))


class FieldCursor(base.FieldCursor):  # type: ignore[misc]
    """Moves over the terms of one field, for automata (fuzzy terms)."""

    def __init__(self, field: FieldArrays, fieldobj: FieldType) -> None:
        self._field, self._fieldobj, self._at = field, fieldobj, 0

    def first(self) -> str | None:
        """Back to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """To the first term that is not less than `term`."""
        self._at = self._field.terms.lower_bound(self._fieldobj.to_bytes(term) if isinstance(term, str) else term)
        return self.text()

    def next(self) -> str | None:
        """To the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The term here, None past the last."""
        return str(self._fieldobj.from_bytes(self._field.terms[self._at])) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """The statistics of the term here."""
        return term_info(self._field, self._at) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._at < len(self._field.terms)


class PerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """What is kept of each document: lengths, columns, stored fields."""

    def __init__(self, flat: FlatSegment, segment: Segment) -> None:
        self._flat, self._segment = flat, segment
        self.doc_count_all, self.doc_count = segment.doc_count_all, segment.doc_count
        self.has_deletions, self.is_deleted = segment.has_deletions, segment.is_deleted
        self.deleted_docs = segment.deleted_docs

    def supports_columns(self) -> bool:
        """Yes."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether the segment has this column."""
        return fieldname in self._flat.file

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        """Reads a column."""
        return NumbersReader(self._flat.column(fieldname))

    def _lengths(self, fieldname: str) -> npt.NDArray[np.unsignedinteger[Any]] | None:
        field = self._flat.fields.get(fieldname)
        return field.lengths if field else None

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The tokens of a field in a document, rounded as Whoosh scores them."""
        lengths = self._lengths(fieldname)
        return default if lengths is None or not lengths[docnum] else rounded(int(lengths[docnum]))

    def field_length(self, fieldname: str) -> int:
        """The tokens of a field in all documents."""
        field = self._flat.fields.get(fieldname)
        return field.total if field else 0

    def min_field_length(self, fieldname: str) -> int:
        """The fewest tokens of a document, rounded."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else rounded(int(lengths.min()))

    def max_field_length(self, fieldname: str) -> int:
        """The most tokens of a document, rounded."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else rounded(int(lengths.max()))

    def stored_fields(self, docnum: int) -> dict[str, bytes]:
        """What was stored: `index.document.Stored.read` decodes it."""
        return {STORED: self._flat.stored(docnum)}


class NumbersReader(ColumnReader):  # type: ignore[misc]
    """A column of numbers."""

    def __init__(self, numbers: npt.NDArray[Any]) -> None:
        self._numbers, self._sign = numbers, 1

    def __len__(self) -> int:
        return int(self._numbers.size)

    def __getitem__(self, docnum: int) -> int:
        return int(self._numbers[docnum])

    def sort_key(self, docnum: int) -> int:
        """What to sort by."""
        return self._sign * self[docnum]

    def __iter__(self) -> Iterator[int]:
        return iter(self.load())

    def load(self) -> list[int]:
        """All numbers."""
        return [int(number) for number in self._numbers]

    def set_reverse(self) -> None:
        """Sort from the greatest."""
        self._sign = -1
