"""`annotate`: officials and topics of each article of a file, from its text alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from crawler.article import Article
from crawler.errors import ArticleError
from index.officials.recognition.found_officials import FoundOfficial
from index.officials.recognition.recognizer import recognize
from index.topics.classifier import classify


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def annotate(file: Path) -> None:
    """Officials and topics of each article in FILE (JSON Lines), one JSON line each.

    Example: tratin annotate articles.jsonl > annotated.jsonl
    """
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                click.echo(json.dumps(_annotated(line, f"{file}:{number}"), ensure_ascii=False))


def _annotated(line: str, where: str) -> dict[str, Any]:
    try:
        article = Article.from_json(json.loads(line))
    except (ValueError, ArticleError) as error:
        raise ArticleError(f"{where}: {error}; correct the line or remove it, then run again") from None
    return {
        "id": article.id,
        "officials": [_official(official) for official in recognize(article)],
        "topics": [topic.slug for topic in classify(article)],
    }


def _official(found: FoundOfficial) -> dict[str, Any]:
    return {
        "name": found.name,
        "mentions": [mention.text for mention in found.mentions],
        "mention_spans": [[mention.start, mention.end] for mention in found.mentions],
        "positions": [
            {
                "title": position.title,
                "organisation": position.organisation,
                "former": position.former,
                "mode": position.mode,
                "place": position.place,
            }
            for position in found.positions
        ],
        "rank": found.rank,
        "foreign": found.foreign,
    }
