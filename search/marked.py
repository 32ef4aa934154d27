"""An article with every hit of a query marked, for the article page: the same matches as in the results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.article import Article
from crawler.store.reading import Articles
from index.authority import deeds
from index.engine import Mark
from search.answering import Answering
from search.request import SearchRequest
from search.results import OfficialLabel, Spans, TopicLabel
from search.snippet import spans_of


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """The indexed version of an article, its hits as spans into each printed text."""

    article: Article
    title_spans: Spans
    lead_spans: Spans
    paragraph_spans: tuple[Spans, ...]
    """Parallel to `article.paragraphs`."""
    caption_spans: tuple[Spans, ...]
    """Parallel to `article.captions`."""
    topics: tuple[TopicLabel, ...]
    officials: tuple[OfficialLabel, ...]
    deeds: tuple[tuple[str, str], ...] = ()
    """What an authority does in it, a kind (`index.authority.Deed`) with the words that say so."""


def marked(answering: Answering, articles: Articles, article_id: str, request: SearchRequest) -> MarkedArticle | None:
    """The article with the query marked; None when it is not in this generation, or was withdrawn since."""
    reference = answering.generation.reference(article_id)
    if reference is None or articles.state(article_id) in (None, "withdrawn"):
        return None
    (shown,) = answering.generation.shown([reference], answering.reader.read(request).query)
    article = articles.get(article_id, shown.stored.version)
    if article is None:
        return None
    naming, text, named = answering.naming, shown.stored.text, shown.stored.officials
    lines = _by_line((*article.paragraphs, *article.captions), shown.marks["body"])
    return MarkedArticle(
        article=article,
        title_spans=spans_of(shown.marks["title"]),
        lead_spans=spans_of(shown.marks["lead"]),
        paragraph_spans=lines[: len(article.paragraphs)],
        caption_spans=lines[len(article.paragraphs) :],
        topics=tuple(TopicLabel(slug, naming.topic(slug)) for slug in shown.stored.topics),
        officials=tuple(naming.official(official, shown.stored.published) for official in named),
        deeds=tuple((deed.kind, text[deed.start : deed.end]) for deed in deeds(text, shown.stored.topics, named)),
    )


def _by_line(lines: Sequence[str], marks: Sequence[Mark]) -> tuple[Spans, ...]:
    """Marks of the body zone as spans of its lines; one that runs over a line's end is cut there."""
    spans: list[Spans] = []
    begin = 0
    for line in lines:
        end = begin + len(line)
        inside = [
            Mark(max(mark.start, begin) - begin, min(mark.end, end) - begin, mark.clause)
            for mark in marks
            if mark.start < end and mark.end > begin
        ]
        spans.append(spans_of(inside))
        begin = end + 1
    return tuple(spans)
