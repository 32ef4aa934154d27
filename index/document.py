"""Document: an article laid out in the fields of the index. The only mapping from one to the other."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from crawler.article import Article
from crawler.ground.clock import day_number
from index.errors import IndexDamaged
from index.facets import FACETS
from index.schema import ZONES

if TYPE_CHECKING:
    from index.analysis.analyzer import Analysis

Stream = tuple[Sequence[str], Sequence[int] | None]
"""Terms of one field of one document in the order of their positions; positions None stands for 0, 1, 2 …"""
_HEAD = struct.Struct("<HI")
_LEVEL = 1
"""Of zlib: a tenth larger than level 6, written in a third of the time."""
_TABLE = struct.Struct("<IB")


class Statement(NamedTuple):
    """A sentence of an article that says what an official says: offsets into `Article.text`, end exclusive."""

    start: int
    end: int
    way: str
    """How it is said, lowered: `cho biết`, `theo`."""
    direct: bool
    """Whether the official's own words stand there in quotation marks."""


@dataclass(frozen=True, slots=True)
class IndexedOfficial:
    """An official as one article gives him or her."""

    id: str
    name: str
    title: str | None = None
    organisation: str | None = None
    foreign: bool = False
    said: tuple[Statement, ...] = ()
    """What he or she says in it, in the order of the text."""
    organisations: tuple[str, ...] = ()
    """Ids of the organisations of the posts that it gives him or her, past ones left out; indexed, not stored."""


@dataclass(frozen=True, slots=True)
class Document:
    """What the writer takes: terms by field, keywords, columns and what to store."""

    id: str
    version: int
    day: int | None
    """Days since 1970-01-01; None when undated."""
    streams: Mapping[str, Stream]
    keywords: Mapping[str, tuple[str, ...]]
    stored: bytes


def document(
    article: Article,
    zones: Mapping[str, Analysis],
    topics: Sequence[str],
    officials: Sequence[IndexedOfficial],
    signature: bytes = b"",
) -> Document:
    """Lay out one article: `zones` as analysed, topics' slugs primary first, officials in order of appearance."""
    keywords = {
        "id": (article.id,),
        **{facet.name: facet.values(article, topics, officials) for facet in FACETS},
        "month": (article.published[:7],) if article.published else (),
    }
    return Document(
        id=article.id,
        version=article.version,
        day=day_number(article.day) if article.day else None,
        streams={name: stream for zone in ZONES for name, stream in _streams(zone, zones[zone])},
        keywords=keywords,
        stored=_stored(article, zones, topics, officials, signature),
    )


def _streams(zone: str, analysed: Analysis) -> Iterator[tuple[str, Stream]]:
    yield zone, (analysed.syllables, None)
    yield f"{zone}_fold", (analysed.folded, None)
    yield f"{zone}_word", ([key for _, _, key in analysed.words], [position for position, _, _ in analysed.words])
    specials = sorted({(position, key) for position, _, _, key in analysed.specials})
    yield f"{zone}_special", ([key for _, key in specials], [position for position, _ in specials])


def _stored(
    article: Article,
    zones: Mapping[str, Analysis],
    topics: Sequence[str],
    officials: Sequence[IndexedOfficial],
    signature: bytes,
) -> bytes:
    shown = [
        *(article.id, article.version, article.url, article.source, article.published),
        *(article.title, article.lead, article.paragraphs, article.captions, article.author, article.section),
        list(topics),
        [
            [official.id, official.name, official.title, official.organisation, official.foreign, official.said]
            for official in officials
        ],
    ]
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()
    offsets = b"".join(_packed(zones[zone]) for zone in ZONES)
    return _HEAD.pack(len(signature), len(text)) + signature + zlib.compress(text + offsets, _LEVEL)


def _packed(zone: Analysis) -> bytes:
    """The gap before each token and its length; then places and lengths of the special tokens."""
    begin, end = np.asarray(zone.starts, np.int64), np.asarray(zone.ends, np.int64)
    gaps = begin - np.concatenate(([0], end[:-1])) if begin.size else begin
    specials = np.array([(position, many) for position, many, _, _ in zone.specials], np.int64).reshape(-1, 2)
    return _narrow(np.stack((gaps, end - begin))) + _narrow(specials.T)


def _narrow(table: npt.NDArray[np.int64]) -> bytes:
    """A table of two rows in the narrowest of one, two or four bytes a number."""
    width = next(width for width in (1, 2, 4) if not table.size or int(table.max()) < 1 << 8 * width)
    return _TABLE.pack(table.shape[1], width) + table.astype(f"<u{width}").tobytes()


@dataclass(frozen=True)
class Offsets:
    """Where the syllable tokens of a zone stand in its text: code points, by position."""

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    _specials: npt.NDArray[np.int64]
    """First position of each special token, and how many syllable tokens it covers."""

    @cached_property
    def specials(self) -> Mapping[int, int]:
        """First position of each special token → how many syllable tokens it covers, the most if several begin there.

        Made where it is asked for: few queries are met by special tokens.
        """
        places, many = self._specials
        return dict(sorted(zip(places.tolist(), many.tolist(), strict=True)))


@dataclass(frozen=True)
class Stored:
    """What the index keeps of an article for hits, snippets and pages."""

    id: str
    version: int
    url: str | None
    source: str | None
    published: str | None
    title: str
    lead: str | None
    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]
    author: str | None
    section: str | None
    topics: tuple[str, ...]
    """Slugs, the primary one first."""
    officials: tuple[IndexedOfficial, ...]
    """In order of appearance."""
    signature: bytes
    """Finds near-duplicates: see `index.duplicates`."""
    _packed: bytes = field(repr=False)

    @classmethod
    def read(cls, content: bytes) -> Stored:
        """Decode what `document` stored.

        Raises:
            IndexDamaged: the content is not what was written.
        """
        try:
            signed, size = _HEAD.unpack_from(content)
            plain = zlib.decompress(content[_HEAD.size + signed :])
            shown: list[Any] = json.loads(plain[:size])
        except (zlib.error, struct.error, ValueError) as error:
            raise IndexDamaged(f"a stored article is damaged ({error}): run `tratin reindex --full`") from error
        name, version, url, source, published, title, lead, paragraphs, captions, author, section, topics, officials = (
            shown
        )
        return cls(
            id=name,
            version=version,
            url=url,
            source=source,
            published=published,
            title=title,
            lead=lead,
            paragraphs=tuple(paragraphs),
            captions=tuple(captions),
            author=author,
            section=section,
            topics=tuple(topics),
            officials=tuple(_official(*row) for row in officials),
            signature=signature_of(content),
            _packed=plain[size:],
        )

    @cached_property
    def body(self) -> str:
        """Paragraphs, then captions, a line each: the text of the body zone."""
        return "\n".join((*self.paragraphs, *self.captions))

    @cached_property
    def text(self) -> str:
        """Title, lead and body, a line each: `Article.text`, into which the offsets of statements point."""
        return f"{self.title}\n{self.lead or ''}\n{self.body}"

    def zone(self, name: str) -> str:
        """The text of a zone, as it was analysed."""
        return {"title": self.title, "lead": self.lead or "", "body": self.body}[name]

    @cached_property
    def offsets(self) -> Mapping[str, Offsets]:
        """By zone, where its syllable tokens stand."""
        found, at = {}, 0
        for zone in ZONES:
            (gaps, sizes), at = _widened(self._packed, at)
            specials, at = _widened(self._packed, at)
            ends = np.cumsum(gaps + sizes)
            found[zone] = Offsets(ends - sizes, ends, specials)
        return found


def _official(
    id: str, name: str, title: str | None, organisation: str | None, foreign: bool, said: Sequence[Sequence[Any]]
) -> IndexedOfficial:
    return IndexedOfficial(id, name, title, organisation, foreign, tuple(Statement(*row) for row in said))


def signature_of(content: bytes) -> bytes:
    """The signature in what `document` stored, without decoding the rest."""
    signed, _ = _HEAD.unpack_from(content)
    return content[_HEAD.size : _HEAD.size + signed]


def _widened(packed: bytes, at: int) -> tuple[npt.NDArray[np.int64], int]:
    """The table that `_narrow` wrote at a place, and the place after it."""
    count, width = _TABLE.unpack_from(packed, at)
    at += _TABLE.size
    return np.frombuffer(packed, f"<u{width}", 2 * count, at).astype(np.int64).reshape(2, count), at + 2 * count * width
