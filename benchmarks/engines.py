"""The engines, each with the same five questions: any of the words, all, a phrase, within a year, with counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np

from benchmarks.corpus import CATEGORIES, Row
from index.document import Document
from index.engine.clauses import Clause, Spelling
from index.engine.embedded import generations
from index.engine.embedded.flat.segment import MAX_DOCUMENTS
from index.engine.embedded.phrases import StreamPhrases
from index.engine.embedded.snapshot import Snapshot
from index.engine.embedded.writer import GenerationWriter, write_segment
from index.engine.kernel.matches import Matches
from index.engine.kernel.matching import Matcher
from index.engine.kernel.scoring import Deadline, Scorer
from index.query import Key

TOP = 10
_FLUSH = 5000


class Engine(Protocol):
    """Builds an index in a folder, opens it, answers with the numbers of the ten best rows."""

    name: str

    def build(self, folder: Path, rows: Sequence[Row]) -> None: ...
    def open(self, folder: Path) -> None: ...
    def any_of(self, words: list[str]) -> list[int]: ...
    def all_of(self, words: list[str]) -> list[int]: ...
    def phrase(self, words: list[str]) -> list[int]: ...
    def dated(self, words: list[str], since: int, until: int) -> list[int]: ...
    def counted(self, words: list[str]) -> tuple[list[int], list[int]]: ...


class Ours:
    """Tra Tin: the bulk writer, the snapshot, and the scorer that answers every search."""

    name = "Tra Tin"

    def build(self, folder: Path, rows: Sequence[Row]) -> None:
        with generations.writing(folder, "benchmark"):
            writer = GenerationWriter(folder, None)
            rest = iter(rows)
            while part := list(islice(rest, _FLUSH)):
                writer.take(write_segment(writer.folder, (document(row) for row in part)))
            writer.tidy(MAX_DOCUMENTS)
            writer.commit({}, 0)

    def open(self, folder: Path) -> None:
        self.snapshot = Snapshot.open(folder)
        self.scorer = Scorer(Matcher(self.snapshot, StreamPhrases(self.snapshot)))
        self.numbers = np.array([int(value) for value in self.snapshot.keywords("id").values])
        self.ids = self.snapshot.keywords("id")
        self.categories = self.snapshot.keywords("source")
        self.days = self.snapshot.days
        self.scorer.warm(self.snapshot.frequent("body", 1_000), Deadline(1))
        self.asked = 0

    def _words(self, words: list[str]) -> list[Clause]:
        return [Clause((Spelling(((Key(word),),)),)) for word in words]

    def _top(self, matches: Matches) -> list[int]:
        return self.numbers[self.ids.ordinals[self.ids.doc_starts[matches.top(TOP, self.days)]]].tolist()

    def any_of(self, words: list[str]) -> list[int]:
        return self._top(self.scorer.any_of(self._words(words)))

    def all_of(self, words: list[str]) -> list[int]:
        return self._top(self.scorer.all_of(self._words(words)))

    def phrase(self, words: list[str]) -> list[int]:
        self.asked += 1  # a weight of its own each time: where a phrase was found before is kept
        spelling = Spelling(tuple((Key(word),) for word in words), 1 + self.asked * 1e-9)
        return self._top(self.scorer.of(Clause((spelling,), ("body",))))

    def dated(self, words: list[str], since: int, until: int) -> list[int]:
        mask = (self.days >= since) & (self.days <= until)
        return self._top(self.scorer.any_of(self._words(words)).where(mask))

    def counted(self, words: list[str]) -> tuple[list[int], list[int]]:
        matches = self.scorer.any_of(self._words(words))
        return self._top(matches), self.categories.counts(matches.docs).tolist()


def document(row: Row) -> Document:
    """A row as the writer takes it: two text fields, its number as id, its category as source."""
    keywords = {"id": (str(row.number),), "source": (f"{row.category:02d}",)}
    streams = {"title": (row.title, None), "body": (row.text, None)}
    return Document(str(row.number), 1, row.day, streams, keywords, stored=b"%d" % row.number)


class Tantivy:
    """tantivy through its Python binding: whitespace tokens, positions, day and category as fast fields."""

    name = "tantivy"

    def _schema(self):
        import tantivy

        builder = tantivy.SchemaBuilder()
        for field in ("title", "text"):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
        builder.add_integer_field("number", stored=False, fast=True, indexed=False)
        builder.add_integer_field("day", stored=False, fast=True, indexed=True)
        builder.add_integer_field("category", stored=False, fast=True, indexed=False)
        return builder.build()

    def build(self, folder: Path, rows: Sequence[Row]) -> None:
        import tantivy

        folder.mkdir(parents=True)
        writer = tantivy.Index(self._schema(), str(folder)).writer(256 << 20, 1)
        for row in rows:
            document = tantivy.Document()
            document.add_text("title", " ".join(row.title))
            document.add_text("text", " ".join(row.text))
            for field, value in (("number", row.number), ("day", row.day), ("category", row.category)):
                document.add_integer(field, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        import tantivy

        self.t = tantivy
        index = tantivy.Index.open(str(folder))
        index.reload()
        self.schema, self.searcher = index.schema, index.searcher()

    def _word(self, word: str):
        query, schema = self.t.Query, self.schema
        title = query.boost_query(query.term_query(schema, "title", word), 2.0)
        return query.boolean_query(
            [(self.t.Occur.Should, title), (self.t.Occur.Should, query.term_query(schema, "text", word))]
        )

    def _any(self, words: list[str]):
        query, schema, should = self.t.Query, self.schema, self.t.Occur.Should
        parts = []
        for word in words:
            parts.append((should, query.boost_query(query.term_query(schema, "title", word), 2.0)))
            parts.append((should, query.term_query(schema, "text", word)))
        return query.boolean_query(parts)

    def _top(self, query) -> list[int]:
        hits = self.searcher.search(query, TOP, count=False).hits
        return [at.doc for _, at in hits]

    def any_of(self, words: list[str]) -> list[int]:
        return self._top(self._any(words))

    def all_of(self, words: list[str]) -> list[int]:
        return self._top(self.t.Query.boolean_query([(self.t.Occur.Must, self._word(word)) for word in words]))

    def phrase(self, words: list[str]) -> list[int]:
        if len(words) == 1:
            return self._top(self.t.Query.term_query(self.schema, "text", words[0]))
        return self._top(self.t.Query.phrase_query(self.schema, "text", words))

    def dated(self, words: list[str], since: int, until: int) -> list[int]:
        query, must = self.t.Query, self.t.Occur.Must
        days = query.const_score_query(
            query.range_query(self.schema, "day", self.t.FieldType.Integer, since, until), 0.0
        )
        return self._top(query.boolean_query([(must, self._any(words)), (must, days)]))

    def counted(self, words: list[str]) -> tuple[list[int], list[int]]:
        query = self._any(words)
        buckets = self.searcher.aggregate(query, {"c": {"terms": {"field": "category", "size": CATEGORIES}}})
        counts = [0] * CATEGORIES
        for bucket in buckets["c"]["buckets"]:
            counts[int(bucket["key"])] = int(bucket["doc_count"])
        return self._top(query), counts


class Fts5:
    """SQLite FTS5, contentless, with a plain table for days and categories."""

    name = "SQLite FTS5"

    def build(self, folder: Path, rows: Sequence[Row]) -> None:
        folder.mkdir(parents=True)
        db = sqlite3.connect(folder / "fts.db")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, day INTEGER, category INTEGER)")
        tokenizer = "unicode61 remove_diacritics 0 tokenchars ''_''"
        db.execute(f"CREATE VIRTUAL TABLE t USING fts5(title, text, content='', tokenize='{tokenizer}')")
        texts = ((row.number, " ".join(row.title), " ".join(row.text)) for row in rows)
        db.executemany("INSERT INTO t (rowid, title, text) VALUES (?, ?, ?)", texts)
        db.executemany("INSERT INTO row VALUES (?, ?, ?)", ((row.number, row.day, row.category) for row in rows))
        db.execute("INSERT INTO t (t) VALUES ('optimize')")
        db.commit()
        db.close()

    def open(self, folder: Path) -> None:
        self.db = sqlite3.connect(f"file:{folder / 'fts.db'}?mode=ro", uri=True)

    def _top(self, match: str, where: str = "", *values: object) -> list[int]:
        sql = f"SELECT t.rowid FROM t {where} ORDER BY bm25(t, 2.0, 1.0) LIMIT {TOP}"
        return [number for (number,) in self.db.execute(sql, (match, *values))]

    @staticmethod
    def _joined(words: Iterable[str], sign: str) -> str:
        return f" {sign} ".join(f'"{word}"' for word in words)

    def any_of(self, words: list[str]) -> list[int]:
        return self._top(self._joined(words, "OR"), "WHERE t MATCH ?")

    def all_of(self, words: list[str]) -> list[int]:
        return self._top(self._joined(words, "AND"), "WHERE t MATCH ?")

    def phrase(self, words: list[str]) -> list[int]:
        return self._top(f'text : "{" ".join(words)}"', "WHERE t MATCH ?")

    def dated(self, words: list[str], since: int, until: int) -> list[int]:
        join = "JOIN row ON row.id = t.rowid WHERE t MATCH ? AND row.day BETWEEN ? AND ?"
        return self._top(self._joined(words, "OR"), join, since, until)

    def counted(self, words: list[str]) -> tuple[list[int], list[int]]:
        match = self._joined(words, "OR")
        counts = [0] * CATEGORIES
        sql = "SELECT category, count(*) FROM t JOIN row ON row.id = t.rowid WHERE t MATCH ? GROUP BY 1"
        for category, count in self.db.execute(sql, (match,)):
            counts[category] = count
        return self._top(match, "WHERE t MATCH ?"), counts


class StockWhoosh:
    """Whoosh with its own codec and its own searcher."""

    name = "stock Whoosh"

    def build(self, folder: Path, rows: Sequence[Row]) -> None:
        from whoosh import analysis, columns, fields, index

        folder.mkdir(parents=True)
        text = fields.TEXT(analyzer=analysis.RegexTokenizer(r"\S+"))
        schema = fields.Schema(
            number=fields.STORED,
            title=text,
            text=text,
            day=fields.NUMERIC(int, sortable=True),
            category=fields.COLUMN(columns.NumericColumn("i")),
        )
        writer = index.create_in(folder, schema).writer(limitmb=512)
        for row in rows:
            writer.add_document(number=row.number, title=row.title, text=row.text, day=row.day, category=row.category)
        writer.commit()

    def open(self, folder: Path) -> None:
        from whoosh import index, query, sorting

        self.q, self.facet = query, sorting.FieldFacet("category", maptype=sorting.Count)
        self.searcher = index.open_dir(folder).searcher()

    def _word(self, word: str):
        return self.q.Or([self.q.Term("title", word, boost=2.0), self.q.Term("text", word)])

    def _top(self, query) -> list[int]:
        return [hit.docnum for hit in self.searcher.search(query, limit=TOP)]

    def any_of(self, words: list[str]) -> list[int]:
        return self._top(self.q.Or([self._word(word) for word in words]))

    def all_of(self, words: list[str]) -> list[int]:
        return self._top(self.q.And([self._word(word) for word in words]))

    def phrase(self, words: list[str]) -> list[int]:
        return self._top(self.q.Phrase("text", words))

    def dated(self, words: list[str], since: int, until: int) -> list[int]:
        query = self.q.Or([self._word(word) for word in words])
        within = self.q.NumericRange("day", since, until)
        return [hit.docnum for hit in self.searcher.search(query, limit=TOP, filter=within)]

    def counted(self, words: list[str]) -> tuple[list[int], list[int]]:
        found = self.searcher.search(
            self.q.Or([self._word(word) for word in words]), limit=TOP, groupedby={"c": self.facet}
        )
        groups = found.groups("c")
        return [hit.docnum for hit in found], [groups.get(number, 0) for number in range(CATEGORIES)]


ENGINES = {"tratin": Ours, "tantivy": Tantivy, "fts5": Fts5, "whoosh": StockWhoosh}
