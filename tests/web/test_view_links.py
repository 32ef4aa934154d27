"""ViewLinks between views: links, or buttons of one form where a long query would stand in every link."""

from __future__ import annotations

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.results import MonthCount
from web.charts import histogram
from web.links import Address
from web.view_links import ViewLinks, changed, changes

_PAIRS = st.lists(
    st.tuples(st.sampled_from(["q", "topic", "source", "sort", "off"]), st.text(alphabet="aế =&%+;#\"'", min_size=1)),
    max_size=6,
    unique=True,
)
LONG = ("phát triển kinh tế xã hội cầu Bến Mây bảo đảm " * 30)[:900]
TICKED = (
    "&topic=y-te&topic=-giao-thong&topic=-nong-nghiep&official=le-van-sao&official=tran-thi-mai"
    "&source=baomau.example&source=bao-khac.example&from=2020-01-01&to=2030-01-01&sort=newest&explain=1&off=marks:cầu"
)


@given(_PAIRS, _PAIRS)
def test_a_step_leads_where_its_link_would(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    here, there = Address("/", tuple(before)), Address("/", tuple(after))
    assert sorted(changed(here, changes(here, there)).pairs) == sorted(there.pairs)


@given(_PAIRS, st.sampled_from(["q", "topic", "cursor"]), st.text(min_size=1), st.booleans())
def test_a_step_that_adds_a_value_leads_where_the_link_with_that_value_does(
    pairs: list[tuple[str, str]], name: str, value: str, by_form: bool
) -> None:
    views = ViewLinks(Address("/", (*pairs, ("cursor", "x"))), by_form)
    said = {"aria_label": value, "lang": None}
    assert views.add(name, value, "pick", **said) == views.open(views.here.add(name, value), "pick", **said)


def test_a_page_of_a_very_long_query_with_every_facet_ticked_stays_small(
    client: FlaskClient, whole: FlaskClient
) -> None:
    for reader in (client, whole):
        for query in (f"q={LONG}", f"q={LONG}{TICKED}", f"q=cầu{TICKED}", f"q=(cầu OR {LONG[:880]})&lang=en"):
            answer = reader.get(f"/?{query}")
            assert answer.status_code == 200
            assert len(answer.data) < 60_000, (query[:20], len(answer.data))


def test_buttons_lead_where_links_would(whole: FlaskClient) -> None:
    query = f"cầu OR {LONG[:300]}"
    page = BeautifulSoup(whole.get("/", query_string={"q": query, "sort": "newest"}).text, "html.parser")
    assert not page.select(".pick[href]")
    held = {field["name"]: field["value"] for field in page.select("#steps input")}
    pick = next(button for button in page.select("button.pick") if "Lê Văn Sao" in button.text)
    answer = whole.get("/step", query_string={**held, "step": pick["value"]})
    assert answer.status_code == 302
    filtered = BeautifulSoup(whole.get(answer.location).text, "html.parser")
    assert filtered.select_one("#q")["value"] == query
    chip = filtered.select_one(".chip.filter")
    assert "Lê Văn Sao" in chip.text
    held = {field["name"]: field["value"] for field in filtered.select("#steps input")}
    without = whole.get("/step", query_string={**held, "step": chip.select_one("button")["value"]}).location
    assert "official" not in without
    export = next(button for button in page.select("button") if button.text == "CSV")
    assert export["formaction"] == "/search.csv"
    later = whole.get("/", query_string={"q": query, "sort": "newest", "limit": 1})
    more = BeautifulSoup(later.text, "html.parser").select_one("[value*='.cursor=']")
    held = {"q": query, "sort": "newest", "limit": "1"}
    second = BeautifulSoup(
        whole.get(whole.get("/step", query_string={**held, "step": more["value"]}).location).text, "html.parser"
    )
    export = next(button for button in second.select("button") if button.text == "CSV")
    assert export["formaction"] == "/search.csv"


def test_a_step_leads_to_no_other_place(client: FlaskClient) -> None:
    for step in ("", "x", "=", ".", "*", "//evil.example", ".q=//evil.example", "%", "~topic", "*" * 999):
        location = client.get("/step", query_string={"q": "cầu", "step": step}).location
        assert location == "/" or location.startswith("/?")


def test_a_chart_of_many_months_has_quarters_and_then_years() -> None:
    months = [MonthCount(f"{year}-{month:02}", 1) for year in range(2001, 2021) for month in range(1, 13)]
    for many, periods in (
        (36, ["2001-01", "2001-02"]),
        (60, ["2001-Q1", "2001-Q2"]),
        (240, ["2001", "2002"]),
    ):
        chart = histogram(months[:many])
        assert chart is not None
        assert [bar.period for bar in chart.bars[:2]] == periods
        assert sum(bar.count for bar in chart.bars) == many
        assert chart.bars[0].since == "2001-01-01"
