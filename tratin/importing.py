"""Import: articles from files into the store; what was rejected, left out or passed over is counted and named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.progress import Progress, TaskID

from crawler.article import Article
from crawler.imports.files import Importer
from crawler.imports.result import Imported, Rejected, Result, Skipped
from crawler.store.writing import Store

BATCH = 1000
LISTED = 1000
"""Rejections and incomplete articles that are listed; all are counted."""
MOST_NAMES = 1000
"""Different names of fields that are counted apart."""
PREVIEWED = 5
"""Articles that a dry run shows."""


@dataclass(frozen=True, slots=True)
class Incomplete:
    """An article that came in without what an article has: `body`, `published`."""

    where: str
    missing: tuple[str, ...]


@dataclass(slots=True)
class Import:
    """What an import did; lists hold the first thousand, counts count all."""

    dry_run: bool = False
    read: int = 0
    """Articles that could be read: new, changed and unchanged ones."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    rejected_count: int = 0
    incomplete: list[Incomplete] = field(default_factory=list)
    missing: Counter[str] = field(default_factory=Counter)
    """How many articles came in without a body, without a date."""
    names: dict[str, Counter[str]] = field(default_factory=dict)
    """Our field → the names of others that were read as it, each with how often."""
    unread: Counter[str] = field(default_factory=Counter)
    """Fields of others that held something and that nobody read."""
    doubts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    """What is no article, by kind."""
    preview: list[Article] = field(default_factory=list)
    """The first articles as they would be stored; filled by a dry run only."""

    def as_json(self) -> dict[str, Any]:
        """The contract's shape, and what was left out. Of a dry run, what would be new or changed is not known."""
        unknown = self.dry_run
        report: dict[str, Any] = {
            "read": self.read,
            "new": None if unknown else self.new,
            "changed": None if unknown else self.changed,
            "unchanged": None if unknown else self.unchanged,
            "rejected": [
                {"where": printable(refusal.where), "reason": printable(refusal.reason)} for refusal in self.rejected
            ],
            "rejected_count": self.rejected_count,
            "without_body": self.missing["body"],
            "without_date": self.missing["published"],
            "incomplete": [
                {"where": printable(article.where), "missing": list(article.missing)} for article in self.incomplete
            ],
            "read_as": {ours: dict(theirs.most_common()) for ours, theirs in sorted(self.names.items())},
            "unread_fields": dict(self.unread.most_common()),
            "doubts": dict(self.doubts.most_common()),
            "skipped": dict(self.skipped.most_common()),
        }
        if self.dry_run:
            report |= {"dry_run": True, "articles": [article.as_json() for article in self.preview]}
        return report

    def reject(self, refusal: Rejected) -> None:
        """Count what could not be read."""
        self.rejected_count += 1
        if len(self.rejected) < LISTED:
            self.rejected.append(refusal)

    def note(self, imported: Imported) -> None:
        """Count an article, what it lacks and what of its object was not read."""
        self.read += 1
        article = imported.article
        missing = [] if article.paragraphs else ["body"]
        missing += [] if article.published else ["published"]
        if missing:
            self.missing.update(missing)
            if len(self.incomplete) < LISTED:
                self.incomplete.append(Incomplete(imported.where, tuple(missing)))
        for ours, theirs in imported.names:
            _count(self.names.setdefault(ours, Counter()), theirs)
        for name in imported.unread:
            _count(self.unread, name)
        self.doubts.update(imported.doubts)


def printable(text: str) -> str:
    """A text that can be printed: half surrogates, as in file names that are not UTF-8, are spelt out."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _count(counter: Counter[str], name: str) -> None:
    name = printable(name if len(name) <= 100 else f"{name[:100]}…")
    counter[name if name in counter or len(counter) < MOST_NAMES else "(other names)"] += 1


def import_paths(paths: Sequence[Path], store: Store | None, importer: Importer, bars: Progress) -> Import:
    """Keep every article that the files and folders hold, committing every thousand; without a store, only look.

    Raises:
        StoreError: the store cannot be written; what was committed stays.
    """
    report = Import(dry_run=store is None)
    for path in paths:
        task = bars.add_task(path.name, total=None)

        def watch(done: int, total: int, task: TaskID = task, name: str = path.name) -> None:
            bars.update(
                task, description=f"{name}: {report.read} articles, KB", completed=done >> 10, total=total >> 10
            )

        _take(importer.read(path, watch), store, report)
    _take(importer.revisits(), store, report)
    return report


def _take(results: Iterator[Result], store: Store | None, report: Import) -> None:
    for result in results:
        if isinstance(result, Rejected):
            report.reject(result)
        elif isinstance(result, Skipped):
            _count(report.skipped, result.kind)
        elif store is None:
            report.note(result)
            if len(report.preview) < PREVIEWED:
                report.preview.append(result.article)
        elif clash := None if result.captured else _clash(result.article, store):
            report.reject(Rejected(result.where, clash))
        else:
            report.note(result)
            _keep(result, store, report)
            if report.read % BATCH == 0:
                store.commit()
    if store is not None:
        store.commit()


def _clash(article: Article, store: Store) -> str | None:
    """Why an article cannot be kept under its id: another newspaper's, of another title, has it."""
    if article.url is None or (held := next(iter(store.aliases(article.id)), None)) is None:
        return None
    if _paper(held) == _paper(article.url):
        return None
    shown = store.get(article.id)
    if shown is None or shown.title == article.title:
        return None
    return f"id {article.id!r} is that of {held[:200]}, another newspaper's article: give it another id, or none"


def _paper(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")


def _keep(imported: Imported, store: Store, report: Import) -> None:
    outcome, _ = store.reread(imported.article) if imported.captured else store.keep(imported.article)
    if outcome == "new":
        report.new += 1
    elif outcome == "changed":
        report.changed += 1
    else:
        report.unchanged += 1
