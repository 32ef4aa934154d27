"""`sources`: what is held of each newspaper, month by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from flask import request

from search.results import MonthCount
from web.api.operation import operation
from web.backend import backend
from web.charts import months_between
from web.params import Parameter, text


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """Articles of one newspaper by month of publication."""

    source: str | None
    count: int
    undated: int
    months: tuple[MonthCount, ...]
    crawled: str | None = None
    """When its last successful crawl ended."""
    JSON_ALSO: ClassVar = ("gaps",)

    @property
    def first(self) -> str | None:
        """The earliest month with an article."""
        return self.months[0].month if self.months else None

    @property
    def last(self) -> str | None:
        """The latest month with an article."""
        return self.months[-1].month if self.months else None

    @property
    def gaps(self) -> tuple[str, ...]:
        """Months between the first and the last that hold nothing."""
        held = {month.month for month in self.months}
        return tuple(name for name in months_between(self.first or "", self.last or "") if name not in held)


def coverage() -> tuple[SourceCoverage, ...]:
    """Every newspaper held, the one with most articles first."""
    listed = []
    crawled = backend().crawled()
    for source, rows in groupby(backend().articles.coverage(), key=lambda row: row.source):
        months = [(row.month, row.count) for row in rows]
        dated = tuple(MonthCount(month, count) for month, count in months if month)
        listed.append(
            SourceCoverage(
                source,
                sum(n for _, n in months),
                sum(n for month, n in months if not month),
                dated,
                crawled.get(source or ""),
            )
        )
    return tuple(sorted(listed, key=lambda covered: -covered.count))


def named(asked: str, listed: Iterable[SourceCoverage]) -> tuple[SourceCoverage, ...]:
    """Those whose name holds what was asked, in whatever case; all of them where nothing was."""
    return tuple(row for row in listed if asked.lower() in (row.source or "").lower())


@dataclass(frozen=True, slots=True)
class Sources:
    """Every newspaper held."""

    sources: tuple[SourceCoverage, ...]


_WORDS = Parameter("q", "A part of the newspaper's name.", {"type": "string", "maxLength": 200}, "bao")


@operation("/sources", Sources, parameters=(_WORDS,))
def sources() -> Sources:
    """Every newspaper held: articles by month, undated ones, and months without any."""
    return Sources(named(text(request.args, "q", 200), coverage()))
