"""Invented articles, and indexes of them: ours, and Whoosh's own as the oracle."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import whoosh.index
from whoosh.analysis import Token, Tokenizer

from crawler.article import Article
from index import codec, schema
from index.document import Document, IndexedOfficial, document
from index.engine.embedded import generations
from index.engine.embedded.stamp import EmbeddedStamp
from index.engine.embedded.writer import GenerationWriter, write_segment

_FREQUENT_FIRST = """
dân vận khéo tỉnh ủy hội đồng nhân chủ tịch phó bí thư xã mới nông thôn đường cầu nước
sông núi biển lúa cá trường học trò thầy thuốc bệnh viện nhà máy điện gió mưa bão lũ rừng
trồng cây xanh sạch đẹp họp báo tin sáng chiều mai ngày tháng năm quý đầu cuối giữa trên
dưới trong ngoài lan sơn hà giang bắc nam đông tây tâm ban
"""
SYLLABLES = tuple(_FREQUENT_FIRST.split())
_WEIGHTS = [1 / (rank + 1) for rank in range(len(SYLLABLES))]
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Tokens:
    """An Analysis as a plain tokenizer would make it."""

    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    starts: np.ndarray
    ends: np.ndarray
    words: tuple[tuple[int, int, str], ...]
    specials: tuple[tuple[int, int, str, str], ...]


def tokens(text: str) -> Tokens:
    """Every run of letters is a token; neighbours of which the first is long make words, figures are special."""
    found = list(_TOKEN.finditer(text))
    keys = tuple(match[0].lower() for match in found)
    return Tokens(
        syllables=keys,
        folded=tuple(key.encode("ascii", "ignore").decode() or "x" for key in keys),
        starts=np.array([match.start() for match in found], np.int32),
        ends=np.array([match.end() for match in found], np.int32),
        words=tuple((at, 2, "_".join(keys[at : at + 2])) for at in range(len(keys) - 1) if len(keys[at]) > 3),
        specials=tuple((at, 1, "amount", key) for at, key in enumerate(keys) if key.isdigit()),
    )


def articles(count: int, seed: int = 1, first: int = 0) -> list[Article]:
    """Articles of random syllables, frequent ones and rare ones; every seventh undated, every fifth without a lead."""
    chance = random.Random(seed)

    def words(least: int, most: int) -> str:
        return " ".join(
            [*chance.choices(SYLLABLES, _WEIGHTS, k=chance.randint(least, most)), str(chance.randint(1, 99))]
        )

    return [
        Article(
            id=f"a-{first + number:05d}",
            title=words(3, 12).capitalize(),
            source=chance.choice(["baobac.example", "baonam.example", "tindong.example"]),
            lead=words(5, 30) if number % 5 else None,
            paragraphs=tuple(words(5, 120) for _ in range(chance.randint(1, 4))),
            published=f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}" if number % 7 else None,
        )
        for number in range(count)
    ]


def laid_out(article: Article) -> Document:
    """The document of an article; topics and officials follow from its id."""
    number = sum(map(ord, article.id))
    topics = [f"topic-{number % 5}", f"topic-{number % 3}"]
    officials = [IndexedOfficial(f"o-{number % 11}", "Lò Thị Gió", "Chủ tịch", "xã Mây")] if number % 4 else []
    zones = {"title": tokens(article.title), "lead": tokens(article.lead or ""), "body": tokens(article.body)}
    return document(article, zones, list(dict.fromkeys(topics)), officials)


def build(
    index: Path, parts: Sequence[Sequence[Article]], *, base: EmbeddedStamp | None = None, tidy: int = 0
) -> EmbeddedStamp:
    """A new generation with one segment for each part; parts replace what `base` has of the same ids."""
    with generations.writing(index, "test"):
        writer = GenerationWriter(index, base)
        writer.delete(article.id for part in parts for article in part)
        for part in parts:
            writer.take(write_segment(writer.folder, map(laid_out, part)))
        if tidy:
            writer.tidy(tidy)
        return writer.commit({}, change=len(parts))


class Placed(Tokenizer):
    """Reads `position|term position|term …`, so that Whoosh's own codec gets the very tokens that ours got."""

    def __call__(self, value: str, positions: bool = False, **_: object) -> Iterator[Token]:
        token = Token(positions, removestops=False)
        for placed in value.split():
            place, _, token.text = placed.partition("|")
            token.pos = int(place)
            token.boost = 1.0
            yield token


def stock(folder: Path, parts: Sequence[Sequence[Article]], deleted: Sequence[str] = ()) -> whoosh.index.FileIndex:
    """The same documents in the same segments, written by Whoosh with its own codec."""
    folder.mkdir()
    fields = codec.whoosh_schema()
    for name in schema.TEXTS:
        fields[name].analyzer = fields[name].format.analyzer = Placed()
    index = whoosh.index.create_in(folder, fields)
    for part in parts:
        add(index, part)
    if deleted:
        writer = index.writer()
        for gone in deleted:
            writer.delete_by_term("id", gone)
        writer.commit(merge=False)
    return index


def add(index: whoosh.index.FileIndex, part: Sequence[Article]) -> None:
    """Add a segment of these articles to an index of Whoosh's own."""
    writer = index.writer()
    for article in part:
        one = laid_out(article)
        writer.add_document(
            **{
                name: " ".join(f"{at}|{term}" for at, term in zip(places or range(len(terms)), terms, strict=True))
                for name, (terms, places) in one.streams.items()
                if terms
            },
            **{name: ",".join(values) for name, values in one.keywords.items() if values},
            **({} if one.day is None else {"day": one.day}),
            version=one.version,
            stored=article.id,
        )
    writer.commit(merge=False)
