"""Time told honestly: bars that fit the span, gaps that are gaps, unfinished periods, comparisons with their tables."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.results import DayCount
from web.charts import Collected, histogram, months_of


def daily(first: str, many: int, step: int = 1) -> list[DayCount]:
    start = date.fromisoformat(first)
    return [DayCount(start + timedelta(days=n), 1) for n in range(0, many, step)]


@pytest.mark.parametrize(
    ("many", "period"),
    [(30, "2024-01-10"), (44, "2024-01-10"), (60, "2024-01-08/2024-01-14"), (270, "2024-01-08/2024-01-14")],
)
def test_a_short_span_has_days_and_a_longer_one_weeks(many: int, period: str) -> None:
    days = daily("2024-01-10", many)
    chart = histogram(months_of(days), days)
    assert chart is not None
    assert chart.bars[0].period == period
    assert sum(bar.count for bar in chart.bars) == many


@given(st.lists(st.dates(date(2015, 1, 1), date(2024, 12, 31)), min_size=2, unique=True))
def test_every_match_is_in_one_bar_and_bars_follow_each_other(found: list[date]) -> None:
    days = [DayCount(day, 1) for day in sorted(found)]
    chart = histogram(months_of(days), days if (days[-1].day - days[0].day).days < 280 else ())
    if chart is None:
        return
    assert sum(bar.count for bar in chart.bars) == len(days)
    for one, other in zip(chart.bars, chart.bars[1:], strict=False):
        assert date.fromisoformat(other.since) - date.fromisoformat(one.until) == timedelta(days=1)


def test_what_was_not_collected_is_a_gap_and_not_a_zero() -> None:
    collected = Collected([*daily("2024-01-01", 20), *daily("2024-03-01", 40)])
    days = [DayCount(date(2024, 1, 3), 2), DayCount(date(2024, 3, 6), 1), DayCount(date(2024, 4, 8), 1)]
    chart = histogram(months_of(days), days, collected)
    assert chart is not None
    assert chart.gaps == [("2024-01-22", "2024-02-25")]
    assert chart.gap_outline.count("M") == 5  # five weeks
    gap = next(bar for bar in chart.bars if bar.since == "2024-02-05")
    quiet = next(bar for bar in chart.bars if bar.since == "2024-03-11")
    assert (gap.count, gap.collected, gap.share) == (0, 0, None)
    assert (quiet.count, quiet.collected, quiet.share) == (0, 7, 0.0)


def test_a_period_in_which_the_collection_ends_is_unfinished() -> None:
    collected = Collected(daily("2024-01-01", 300))  # to 26 October
    days = [DayCount(date(2021, 2, 3), 1), DayCount(date(2024, 10, 5), 1)]
    chart = histogram(months_of(days), (), collected)
    assert chart is not None
    assert chart.unfinished
    assert [bar.unfinished for bar in chart.bars] == [False] * (len(chart.bars) - 1) + [True]
    whole = histogram(months_of(days), (), Collected(daily("2021-01-01", 1461)))
    assert whole is not None
    assert not whole.unfinished


def table(client: FlaskClient, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_two_queries_are_compared_with_table_csv_and_first_mention(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/compare?q=cầu&q=Đồng Sen").text, "html.parser")
    assert [field["value"] for field in page.select("form.check input[name=q]")] == ["cầu", "Đồng Sen", ""]
    assert len(page.select(".compared-lines .line")) == 2
    heading, *rows = table(client, "/compare.csv?q=cầu&q=Đồng Sen")
    assert heading == ["period", "from", "to", "collected", "cầu", "cầu %", "Đồng Sen", "Đồng Sen %"]
    dated = client.get("/api/v1/search?q=Đồng Sen").json
    assert sum(int(row[6]) for row in rows) == dated["total"] - dated["undated"]
    for row in rows:
        assert row[7] == ("" if row[3] == "0" else f"{100 * int(row[6]) / int(row[3]):.4f}")
    first = page.select(".legend li")[1].select("a")[1]
    opened = BeautifulSoup(client.get(first["href"]).text, "html.parser")
    assert opened.select_one(".hit") is not None
    cell = page.select_one(".twin td a")
    counted = BeautifulSoup(client.get(cell["href"]).text, "html.parser").select_one("#count").text
    assert counted.split()[0] == cell.text


def test_filters_hold_for_every_compared_query_and_only_five_are_compared(client: FlaskClient) -> None:
    rows = table(client, "/compare.csv?q=cầu&topic=y-te")[1:]
    assert sum(int(row[4]) for row in rows) < 59
    assert client.get("/compare?" + "&".join(f"q={n}" for n in range(6))).status_code == 400
    for address in ("/compare", "/compare?q=zzz", "/compare?q=cầu&as=count&lang=en", "/compare.csv"):
        assert client.get(address).status_code == 200
    assert client.get("/compare?q=cầu&as=x").status_code == 400


def test_a_cell_of_the_heat_map_opens_as_many_articles_as_it_says(whole: FlaskClient) -> None:
    page = BeautifulSoup(whole.get("/heat?q=cầu").text, "html.parser")
    cell = page.select_one(".heat td a")
    opened = BeautifulSoup(whole.get(cell["href"]).text, "html.parser")
    assert opened.select_one("#count").text.split()[0] == cell.text
    heading, *rows = table(whole, "/heat.csv?q=cầu")
    assert heading[0] == "topic"
    assert len(rows) == len(page.select(".heat tbody tr"))
    assert whole.get("/heat?q=zzz").status_code == 200


def test_the_chart_of_a_search_leads_to_its_own_table_as_csv(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/?q=cầu&topic=y-te").text, "html.parser")
    link = next(link for link in page.select(".twin a") if link.text == "CSV")
    rows = table(client, link["href"])[1:]
    found = client.get("/api/v1/search?q=cầu&topic=y-te").json
    assert sum(int(row[4]) for row in rows) == found["total"] - found["undated"]
