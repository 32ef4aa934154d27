"""Relevance of an installation's search on judged queries: a run for `score_search.py`, unjudged hits listed.

    python -m benchmarks.relevance DATA QUERIES.jsonl RUN.jsonl

Then `python ../shared/tools/score_search.py QUERIES.jsonl RUN.jsonl` prints nDCG@10 and recall@20.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from search.request import SearchRequest
from tratin.parts import open_searcher
from tratin.settings import load


def main(data: str, queries: str, run: str) -> None:
    """Answer every query; write the run; print queries without hits and unjudged articles in the top ten."""
    searcher = open_searcher(load(Path(data)))
    rows = [json.loads(line) for line in Path(queries).read_text(encoding="utf-8").splitlines()]
    with Path(run).open("w", encoding="utf-8") as out:
        for row in rows:
            page = searcher.search(SearchRequest(text=row["q"], limit=30))
            ids = [hit.id for hit in page.hits]
            out.write(json.dumps({"qid": row["qid"], "ids": ids}) + "\n")
            judged = set(row["grades"]) | set(row["judged_irrelevant"])
            unjudged = [hit.id for hit in page.hits[:10] if hit.id not in judged]
            print(f"{row['q']}: {page.total} match, {page.took_ms} ms; unjudged in the top ten: {' '.join(unjudged)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
