"""`/compare`: up to five queries over time, as counts and as shares; `/heat`: topics by officials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import Blueprint, Response, jsonify, request

from search.request import Filter, SearchRequest
from search.results import DayCount, OfficialCount, Summary, TopicCount
from web.backend import backend
from web.charts import Collected, Period, months_of, periods_of
from web.export import table
from web.i18n import t
from web.links import Address, here
from web.params import MAX_QUERY, choice, repeated, search_request
from web.problems import BadParameter
from web.rendering import render

pages = Blueprint("compare", __name__)
MOST = 5
_WIDTH, _HEIGHT = 1000, 260
_TOPICS, _OFFICIALS = 15, 12


@dataclass(frozen=True, slots=True)
class Series:
    """One query over the periods of the chart."""

    query: str
    summary: Summary
    counts: tuple[int, ...]
    shares: tuple[float | None, ...]
    """In a hundred of what was collected; None where nothing was."""
    lines: tuple[str, ...]
    """The chart's lines as SVG points, broken where nothing was collected."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Queries beside each other over time."""

    series: tuple[Series, ...]
    periods: tuple[Period, ...]
    collected: tuple[int, ...]
    unfinished: bool
    """Whether the collection ends within the last period."""
    top: float
    """What the top of the chart stands for."""


@pages.get("/compare")
def page() -> str:
    """The queries on one chart with its table; the form alone without any."""
    queries, shown_as = _queries(), choice(request.args, "as", ("share", "count"))
    within = _within()
    compared = _compared(queries, within, shown_as) if queries else None
    return render(
        "compare.html",
        queries=queries,
        compared=compared,
        shown_as=shown_as,
        most=MOST,
        address=here(),
        within=Address("/", tuple(pair for pair in here().pairs if pair[0] not in ("q", "as"))),
    )


@pages.get("/compare.csv")
def as_csv() -> Response:
    """The table: a row a period, and for every query its articles and their share of what was collected."""
    columns, rows = _table()
    answer = Response(table(columns, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="tratin-compare.csv"'
    return answer


@pages.get("/compare.json")
def as_json() -> Response:
    """The same table as a list of objects."""
    return _objects(*_table())


def _objects(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    return jsonify([dict(zip(columns, row, strict=True)) for row in rows])


def _table() -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Its columns and its rows."""
    compared = _compared(_queries() or ("",), _within(), "share")
    columns = ["period", "from", "to", "collected"]
    for series in compared.series:
        columns += [series.query or "*", f"{series.query or '*'} %"]
    rows = []
    for n, period in enumerate(compared.periods):
        row = [period.name, period.since, period.until, str(compared.collected[n])]
        for series in compared.series:
            share = series.shares[n]
            row += [str(series.counts[n]), "" if share is None else f"{share:.4f}"]
        rows.append(tuple(row))
    return tuple(columns), rows


def _queries() -> tuple[str, ...]:
    queries = repeated(request.args, "q", MAX_QUERY)
    if len(queries) > MOST:
        raise BadParameter("q", t("problem.too-many", name="q", most=MOST))
    return queries


def _within() -> SearchRequest:
    """The filters that hold for every query."""
    given = request.args.copy()
    given.poplist("q")
    return search_request(given)


def _compared(queries: Sequence[str], within: SearchRequest, shown_as: str) -> Comparison:
    summaries = [backend().searcher.summary(replace(within, text=query, sort="relevance")) for query in queries]
    spanned = [day.day for summary in summaries for day in summary.days]
    days = [DayCount(day, 1) for day in sorted(set(spanned))]
    periods = tuple(periods_of(months_of(days), days))
    held = backend().collected()
    collected = tuple(held.within(period.since, period.until) for period in periods)
    counted = [_counted(summary, periods) for summary in summaries]
    shares = [
        tuple(100 * n / all_ if all_ else None for n, all_ in zip(row, collected, strict=True)) for row in counted
    ]
    values: list[tuple[float | None, ...]] = []
    for row, share in zip(counted, shares, strict=True):
        plain = tuple(float(n) if all_ else None for n, all_ in zip(row, collected, strict=True))
        values.append(share if shown_as == "share" else plain)
    top = max((value for row_ in values for value in row_ if value is not None), default=0.0) or 1.0
    series = tuple(
        Series(query, summary, row, share, tuple(_lines(value, top)))
        for query, summary, row, share, value in zip(queries, summaries, counted, shares, values, strict=True)
    )
    return Comparison(series, periods, collected, bool(periods) and periods[-1].until > held.last, top)


def _counted(summary: Summary, periods: Sequence[Period]) -> tuple[int, ...]:
    matches = Collected(summary.days)
    return tuple(matches.within(period.since, period.until) for period in periods)


def _lines(values: Sequence[float | None], top: float) -> list[str]:
    """The points of every stretch without a gap; a point alone is a short line, so that it is seen."""
    step = _WIDTH / max(len(values) - 1, 1)
    points = [
        None if v is None else (round(n * step, 1), round(_HEIGHT * (1 - v / top), 1)) for n, v in enumerate(values)
    ]
    lines = []
    for gap, stretch in groupby(points, key=lambda point: point is None):
        if not gap:
            held = [point for point in stretch if point]
            ends = held if len(held) > 1 else [(held[0][0] - 2, held[0][1]), (held[0][0] + 2, held[0][1])]
            lines.append(" ".join(f"{x:g},{y:g}" for x, y in ends))
    return lines


@dataclass(frozen=True, slots=True)
class Cell:
    """Articles of a topic that name an official, and how warm that is, 0 to 4."""

    count: int
    warmth: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Topics by officials."""

    topics: tuple[TopicCount, ...]
    officials: tuple[OfficialCount, ...]
    cells: tuple[tuple[Cell, ...], ...]
    """A row a topic."""


@pages.get("/heat")
def heat() -> str:
    """Which official is named in which topic; every cell opens its articles."""
    wanted = search_request(request.args)
    return render("heat.html", wanted=wanted, heat=_heat(wanted), address=here().to("/").drop("cursor"))


@pages.get("/heat.csv")
def heat_csv() -> Response:
    """The same table."""
    answer = Response(table(*_heat_table()), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="tratin-heat.csv"'
    return answer


@pages.get("/heat.json")
def heat_json() -> Response:
    """The same table as a list of objects."""
    return _objects(*_heat_table())


def _heat_table() -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Its columns and its rows."""
    found = _heat(search_request(request.args))
    columns = ("topic", *(official.name for official in found.officials))
    rows = [
        (topic.name, *(str(cell.count) for cell in row)) for topic, row in zip(found.topics, found.cells, strict=True)
    ]
    return columns, rows


def _heat(wanted: SearchRequest) -> Heat:
    wanted = replace(wanted, limit=1, cursor=None, sort="newest", explain=False)
    facets = backend().searcher.search(wanted).facets
    officials, topics = facets.officials[:_OFFICIALS], facets.topics[:_TOPICS]
    columns = []
    for official in officials:
        named = replace(wanted, filters=(*wanted.filters, Filter("official", official.id)))
        columns.append({topic.slug: topic.count for topic in backend().searcher.search(named).facets.topics})
    most = max((count for column in columns for count in column.values()), default=0) or 1
    counts = [[column.get(topic.slug, 0) for column in columns] for topic in topics]
    cells = tuple(tuple(Cell(count, -(-count * 4 // most)) for count in row) for row in counts)
    return Heat(topics, officials, cells)
