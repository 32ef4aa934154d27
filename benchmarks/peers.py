"""Relevance beside three plain engines, on one corpus and the same judged queries, in one run.

    python -m benchmarks.peers DATA ARTICLES.jsonl.xz FOLDER QUERIES.jsonl [MORE.jsonl …]

The peers are built once in FOLDER (a quarter of an hour, most of it stock Whoosh) and are what a newspaper's own
programmer would have set up in a day:

* tantivy: syllables, title 2 and text 1, the same without marks 1 and .5, any of the words;
* stock Whoosh: pyvi's words, BM25F with title 2, an OR group with factor .9;
* SQLite FTS5: `unicode61 remove_diacritics 2`, title 2, lead 1.5, body 1, all the words first, then any.

nDCG@10 and recall@20 by kind of query. Articles that nobody judged count as 0, except for queries with
`"pool_complete": false`, where they are left out of the list first (condensed nDCG).
"""

from __future__ import annotations

import json
import lzma
import math
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from index.analysis.normalize import fold
from index.analysis.segmenter import segmenter
from index.analysis.tokens import syllables
from search.request import SearchRequest
from tratin.parts import open_searcher
from tratin.settings import load

MOST = 30
Ask = Callable[[str], list[str]]


def articles(path: Path) -> Iterator[dict[str, str]]:
    """Every article with title, lead and body."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield {field: row.get(field) or "" for field in ("id", "title", "lead", "body")}


def keys(text: str) -> list[str]:
    """Syllable keys."""
    return [one.key for one in syllables(text)]


def words(text: str) -> list[str]:
    """pyvi's words, small letters, syllables joined by `_`."""
    return [word.lower() for word in segmenter().tokenize(text).split() if any(map(str.isalnum, word))]


def tantivy(folder: Path, path: Path) -> Ask:
    """Any of the syllables, with and without marks."""
    import tantivy as engine

    weights = {"title": 2.0, "text": 1.0, "title_bare": 1.0, "text_bare": 0.5}
    builder = engine.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    for field in weights:
        builder.add_text_field(field, tokenizer_name="whitespace")
    schema = builder.build()
    if not (folder / "tantivy").exists():
        (folder / "tantivy").mkdir(parents=True)
        writer = engine.Index(schema, str(folder / "tantivy")).writer(256 << 20, 1)
        for row in articles(path):
            title, text = keys(row["title"]), keys(row["lead"] + "\n" + row["body"])
            fields = {"title": title, "text": text, "title_bare": map(fold, title), "text_bare": map(fold, text)}
            texts = {field: " ".join(several) for field, several in fields.items()}
            writer.add_document(engine.Document(id=row["id"], **texts))
        writer.commit()
        writer.wait_merging_threads()
    index = engine.Index.open(str(folder / "tantivy"))
    searcher = index.searcher()

    def ask(text: str) -> list[str]:
        parts = []
        for key in keys(text):
            for field, weight in weights.items():
                term = engine.Query.term_query(schema, field, fold(key) if field.endswith("bare") else key)
                parts.append((engine.Occur.Should, engine.Query.boost_query(term, weight)))
        hits = searcher.search(engine.Query.boolean_query(parts), MOST).hits
        return [searcher.doc(at)["id"][0] for _, at in hits]

    return ask


def whoosh(folder: Path, path: Path) -> Ask:
    """Any of pyvi's words, more of them better."""
    from whoosh import analysis, fields, index, query

    if not (folder / "whoosh").exists():
        (folder / "whoosh").mkdir(parents=True)
        text = fields.TEXT(analyzer=analysis.RegexTokenizer(r"\S+"), phrase=False)
        schema = fields.Schema(id=fields.ID(stored=True), title=text, text=text)
        writer = index.create_in(folder / "whoosh", schema).writer(limitmb=512)
        for row in articles(path):
            both = words(row["lead"]) + words(row["body"])
            writer.add_document(id=row["id"], title=" ".join(words(row["title"])), text=" ".join(both))
        writer.commit()
    searcher = index.open_dir(folder / "whoosh").searcher()

    def ask(text: str) -> list[str]:
        asked = [query.Or([query.Term("title", word, boost=2.0), query.Term("text", word)]) for word in words(text)]
        return [hit["id"] for hit in searcher.search(query.Or(asked, scale=0.9), limit=MOST)]

    return ask


def fts5(folder: Path, path: Path) -> Ask:
    """All of the words, then any."""
    made = (folder / "fts5.db").exists()
    folder.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(folder / "fts5.db")
    if not made:
        tokenizer = "unicode61 remove_diacritics 2"
        database.execute(f"CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, title, lead, body, tokenize='{tokenizer}')")
        database.executemany("INSERT INTO t VALUES (:id, :title, :lead, :body)", articles(path))
        database.commit()

    def ask(text: str) -> list[str]:
        quoted = [f'"{word}"' for word in keys(text)]
        found: list[str] = []
        for sign in (" AND ", " OR "):
            sql = f"SELECT id FROM t WHERE t MATCH ? ORDER BY bm25(t, 0, 2.0, 1.5, 1.0) LIMIT {MOST}"
            found += [id for (id,) in database.execute(sql, (sign.join(quoted),)) if id not in found] if quoted else []
        return found[:MOST]

    return ask


def ours(data: Path) -> Ask:
    """Tra Tin as it answers everybody."""
    searcher = open_searcher(load(data))
    return lambda text: [hit.id for hit in searcher.search(SearchRequest(text=text, limit=MOST)).hits]


def scores(query: dict[str, Any], found: Sequence[str]) -> tuple[float, float]:
    """nDCG@10 (gain 2^grade - 1) and recall@20 of a list of ids."""
    grades: dict[str, int] = query["grades"]
    if not query.get("pool_complete", True):
        found = [id for id in found if id in grades or id in query["judged_irrelevant"]]

    def gained(several: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(several[:10]))

    best = gained(sorted(grades.values(), reverse=True))
    recall = len(set(found[:20]) & set(grades)) / min(20, max(1, len(grades)))
    return (gained([grades.get(id, 0) for id in found]) / best if best else 0.0), recall


def main(data: str, path: str, folder: str, *files: str) -> None:
    """Print a row for every kind of query, a column for every engine."""
    asks = {"Tra Tin": ours(Path(data))} | {
        name: build(Path(folder), Path(path))
        for name, build in (("tantivy", tantivy), ("stock Whoosh", whoosh), ("SQLite FTS5", fts5))
    }
    for file in files:
        rows = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        by_kind: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            for name, ask in asks.items():
                measured = scores(row, ask(row["q"]))
                by_kind["all"][name].append(measured)
                by_kind[row["kind"]][name].append(measured)
        print(f"\n{Path(file).name}: nDCG@10/recall@20\n{'':26}" + "".join(f"{name:>15}" for name in asks))
        for kind, measured in by_kind.items():
            cells = [
                "/".join(f"{sum(one[part] for one in each) / len(each):.3f}" for part in (0, 1))
                for each in measured.values()
            ]
            print(f"{kind:20}{len(measured['Tra Tin']):5} " + "".join(f"{cell:>15}" for cell in cells), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
