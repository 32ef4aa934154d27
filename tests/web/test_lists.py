"""Lists: sorted, narrowed and joined as the reader asks, on the page and in the API alike."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def names(client: FlaskClient, address: str) -> list[str]:
    return [link.text for link in soup(client, address).select(".listed th[scope=row] a")]


def figures(client: FlaskClient, address: str, column: int) -> list[str]:
    return [row.select("th, td")[column].text.strip() for row in soup(client, address).select(".listed tbody tr")]


@pytest.mark.parametrize("page", ["/officials", "/offices", "/topics", "/sources"])
def test_a_sorted_column_says_so_and_the_others_sort(whole: FlaskClient, page: str) -> None:
    head = soup(whole, page).select(".listed thead th")
    assert sum(th.has_attr("aria-sort") for th in head) == (page != "/offices")
    ways = [th.a["href"] for th in head if th.a]
    assert len(ways) >= 2
    for way in ways:
        column = soup(whole, way).select_one(".listed thead [aria-sort]")
        assert column is not None
        assert sorted(names(whole, way)) == sorted(names(whole, page)), "sorting loses nothing"


def test_topics_stand_by_articles_by_name_and_by_the_newest(whole: FlaskClient) -> None:
    counts = [int(n) for n in figures(whole, "/topics", 2)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0
    by_name = names(whole, "/topics?sort=name")
    assert by_name.index("Đối ngoại – hội nhập") < by_name.index("Giáo dục – đào tạo"), "đ comes before g"
    assert figures(whole, "/topics?sort=last", 3)[0] == "24/12/2024"


def test_offices_are_narrowed_to_a_level_and_a_place(whole: FlaskClient) -> None:
    assert "Bộ trưởng Bộ Y tế" in names(whole, "/offices?tier=central")
    assert names(whole, "/offices?tier=commune") == []
    assert names(whole, "/offices?place=Nơi Không Có") == []
    assert whole.get("/offices?tier=huyen").status_code == 400
    listed = whole.get("/api/v1/offices?tier=central&sort=last").json["offices"]
    assert [one["name"] for one in listed] == names(whole, "/offices?tier=central&sort=last")


def test_officials_of_this_country_come_first_and_the_rest_on_request(whole: FlaskClient) -> None:
    everyone = names(whole, "/officials?foreign=any")
    assert set(names(whole, "/officials")) | set(names(whole, "/officials?foreign=1")) == set(everyone)
    counts = [int(n) for n in figures(whole, "/officials", 2)]
    assert counts == sorted(counts, reverse=True)
    listed = whole.get("/api/v1/officials?foreign=0&sort=articles").json["officials"]
    assert [one["name"] for one in listed] == names(whole, "/officials")


def test_chosen_topics_must_all_hold_or_any_as_the_reader_says(whole: FlaskClient) -> None:
    counts = {one["slug"]: one["count"] for one in whole.get("/api/v1/search").json["facets"]["topics"]}
    first, second = list(counts)[:2]
    address = f"topic={first}&topic={second}"
    both = whole.get(f"/api/v1/search?{address}").json["total"]
    either = whole.get(f"/api/v1/search?{address}&any=topic").json["total"]
    assert either == counts[first] + counts[second] - both
    assert either > both
    page = soup(whole, f"/?{address}")
    other = page.find("a", string="có ít nhất một")
    assert soup(whole, other["href"]).select_one("#count").text.split()[0] == str(either)
    assert whole.get("/api/v1/search?any=source").status_code == 400


def test_a_cursor_of_any_is_no_cursor_of_all(whole: FlaskClient) -> None:
    first = whole.get("/api/v1/search?topic=y-te&any=topic&limit=1").json
    if first["next"]:
        assert whole.get(f"/api/v1/search?topic=y-te&limit=1&cursor={first['next']}").status_code == 400


def test_compare_and_heat_are_reached_from_every_page_and_about_a_topic_or_an_official(whole: FlaskClient) -> None:
    tools = [link["href"] for link in soup(whole, "/help").select(".tools a")]
    assert {"/compare", "/heat", "/check"} <= set(tools)
    slug = whole.get("/api/v1/search").json["facets"]["topics"][0]["slug"]
    for page in ("/official/le-van-sao", f"/topic/{slug}"):
        ways = [link["href"] for link in soup(whole, page).select(".on a")]
        compared = soup(whole, next(way for way in ways if way.startswith("/compare")))
        assert compared.select_one(".legend .n").text.split()[0] not in ("0", "")
        assert soup(whole, next(way for way in ways if way.startswith("/heat"))).select("table.heat td a")


def test_organisations_are_counted_narrow_the_list_and_are_named(whole: FlaskClient) -> None:
    counted = whole.get("/api/v1/search?q=").json["facets"]["organisations"]
    assert counted, "nobody of the newsroom belongs to an organisation"
    for one in counted:
        narrowed = whole.get("/api/v1/search", query_string={"organisation": one["id"]}).json
        assert narrowed["total"] == one["count"], one
        called = whole.get("/api/v1/search", query_string={"q": f'cơ quan:"{one["name"]}"'}).json
        assert called["total"] >= one["count"], one
    health = next(one for one in counted if one["name"] == "Bộ Y tế")
    page = soup(whole, f"/?organisation={health['id']}")
    assert "Bộ Y tế" in page.select_one("main").text
    assert f"organisation={health['id']}" not in [chip["href"] for chip in page.select(".chips a")]
    without = whole.get("/api/v1/search", query_string={"organisation": f"-{health['id']}"}).json
    everything = whole.get("/api/v1/search?q=").json["total"]
    assert without["total"] == everything - health["count"]


def test_a_numbered_list_says_which_of_how_many_it_shows(whole: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.officials.ON_A_PAGE", 1)
    total = whole.get("/api/v1/officials?foreign=0").json["total"]
    assert total > 1
    assert soup(whole, "/officials").select_one(".places").text == f"1–1 / {total}"
    last = soup(whole, f"/officials?page={total}")
    assert last.select_one(".places").text == f"{total}–{total} / {total}"
    assert last.select_one("a[rel=next]") is None


def test_statements_are_narrowed_to_a_topic_on_their_page(whole: FlaskClient) -> None:
    offered = [one["value"] for one in soup(whole, "/statements").select("select[name=topic] option")]
    assert set(offered) >= {"", "y-te"}
    narrowed = soup(whole, "/statements?topic=y-te&q=&from=&to=")
    assert narrowed.select_one("option[selected]")["value"] == "y-te"
    listed = whole.get("/api/v1/statements?topic=y-te").json["statements"]
    assert {topic["slug"] for one in listed for topic in one["topics"]} >= {"y-te"}
    assert len(narrowed.select(".evidence > li")) == len(listed)
    assert soup(whole, "/statements?topic=").select(".evidence > li")


def test_organisations_are_listed_narrowed_and_found(whole: FlaskClient) -> None:
    counted = {one["id"]: one["count"] for one in whole.get("/api/v1/search?q=").json["facets"]["organisations"]}
    answer = whole.get("/api/v1/organisations").json
    assert answer["total"] == len(answer["organisations"]) == len(names(whole, "/organisations"))
    assert {one["id"]: one["articles"] for one in answer["organisations"] if one["id"] in counted} == counted
    assert [one["articles"] for one in answer["organisations"]] == sorted(counted.values(), reverse=True)
    assert names(whole, "/organisations?q=bo y te") == ["Bộ Y tế"]
    assert names(whole, "/organisations?q=bỏ y tế") == [], "marks that are typed count"
    assert names(whole, "/organisations?tier=commune") == []
    assert "Bộ Y tế" in names(whole, "/organisations?tier=central")
    by_name = names(whole, "/organisations?sort=name")
    assert sorted(by_name) == sorted(names(whole, "/organisations"))


def test_an_organisation_has_its_offices_its_people_and_its_newest_articles(whole: FlaskClient) -> None:
    ministry = soup(whole, "/organisations?q=Bộ Y tế").select_one(".listed tbody th a")
    page = soup(whole, ministry["href"])
    told = whole.get(f"/api/v1{ministry['href'].replace('organisation/', 'organisations/')}").json
    assert page.h1.text == told["name"] == "Bộ Y tế"
    offices = [link["href"] for link in page.select(".facet a[href^='/office/']")]
    assert offices == [f"/office/{one['id']}" for one in told["offices"]]
    people = [link["href"] for link in page.select(".facet a[href^='/official/']")]
    assert people == [f"/official/{one['official']['id']}" for one in told["officials"]]
    assert page.select(".hits .hit")
    assert soup(whole, offices[0]).select_one(".trail a[href^='/organisation/']").text == "Bộ Y tế", "and back"
    assert "<entry>" in whole.get(f"{ministry['href']}.atom").text
    assert whole.get("/organisation/khong-co").status_code == 404
    assert whole.get(ministry["href"], headers={"Accept": "application/json"}).json == told


def test_what_stands_of_an_organisation_stands_whole_on_request(
    whole: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.organisations._SHOWN", 0)
    address = soup(whole, "/organisations?q=Bộ Y tế").select_one(".listed tbody th a")["href"]
    page = soup(whole, address)
    for link, kind in (("office", "offices"), ("official", "members")):
        assert not page.select(f".facet a[href^='/{link}/']")
        more = page.select_one(f"a.more[href*='more={kind}']")
        opened = soup(whole, more["href"])
        assert opened.select(f".facet a[href^='/{link}/']")
        assert opened.select_one(f"a.more[href='{address}']"), "and the way back"


@pytest.mark.parametrize(
    ("page", "asked", "found"),
    [("/topics", "giao duc", ["Giáo dục – đào tạo"]), ("/topics", "khong co", []), ("/sources", "BAOMAU", 1)],
)
def test_topics_and_newspapers_are_found_by_name(whole: FlaskClient, page: str, asked: str, found: object) -> None:
    listed = names(whole, f"{page}?q={asked}")
    assert listed == found if isinstance(found, list) else len(listed) >= 1
    kind = page.removeprefix("/")
    assert len(whole.get(f"/api/v1/{kind}?q={asked}").json[kind]) == len(listed)
    assert len(names(whole, page)) > len(listed) or kind == "sources"
    sorted_too = soup(whole, f"{page}?sort=name&q={asked}")
    assert sorted_too.select_one(".asking input[name=sort]")["value"] == "name"
