"""`sources`: what is held of each newspaper, month by month."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby

from search.results import MonthCount
from web.api.operation import Json, operation
from web.api.schemas import listing, ref
from web.charts import months_between
from web.parts import parts


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """Articles of one newspaper by month of publication."""

    source: str | None
    count: int
    undated: int
    months: tuple[MonthCount, ...]
    crawled: str | None = None
    """When its last successful crawl ended."""

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
    kept = []
    crawled = parts().crawled()
    for source, rows in groupby(parts().store.coverage(), key=lambda row: row.source):
        months = [(row.month, row.count) for row in rows]
        dated = tuple(MonthCount(month, count) for month, count in months if month)
        kept.append(
            SourceCoverage(
                source,
                sum(n for _, n in months),
                sum(n for month, n in months if not month),
                dated,
                crawled.get(source or ""),
            )
        )
    return tuple(sorted(kept, key=lambda one: -one.count))


_SOURCE: Json = {
    "type": "object",
    "properties": {
        "source": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "count": {"type": "integer"},
        "undated": {"type": "integer"},
        "months": {"type": "array", "items": ref("MonthCount")},
        "crawled": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "gaps": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["source", "count", "undated", "months", "crawled", "gaps"],
}


@operation("/sources", listing("sources", _SOURCE))
def sources() -> Json:
    """Every newspaper held: articles by month, undated ones, and months without any."""
    return {"sources": [{**asdict(one), "gaps": list(one.gaps)} for one in coverage()]}
