"""The JSON API: the same answers as the pages, problems that name the parameter, manners of HTTP."""

from __future__ import annotations

import gzip
import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.cursor import Cursor, asked
from search.request import SearchRequest
from web import limits
from web.api.routes import OPERATIONS


def test_search_answers_the_result_page_of_the_contract(client: FlaskClient) -> None:
    page = client.get("/api/v1/search?q=UBND&limit=2").json
    assert list(page) == [
        "query", "total", "relaxed", "undated", "took_ms", "partial", "generation", "hits", "facets", "next",
    ]  # fmt: skip
    assert page["query"]["understood"] == [
        {"kind": "abbreviation", "from": "UBND", "to": ["Ủy ban nhân dân"], "off": "off=abbreviation:UBND"}
    ]
    assert len(page["hits"]) == 2


def test_the_cursor_and_the_link_header_lead_to_the_same_next_page(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=cầu&limit=5")
    second = client.get("/api/v1/search", query_string={"q": "cầu", "limit": 5, "cursor": first.json["next"]}).json
    address = first.headers["Link"].partition(">")[0].removeprefix("<")
    assert client.get(address).json["hits"] == second["hits"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        *(("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("limit=１", "limit")),
        *(("from=2024-13-01", "from"), ("to=2024", "to")),
        *(("q=" + "a" * 1001, "q"), ("q=a&q=b", "q"), ('q="', "q"), ("page=2", "page")),
        *(("topic=", "topic"), ("topic=-", "topic"), ("&".join(f"topic=t{n}" for n in range(21)), "topic")),
        *(("sort=best", "sort"), ("lang=fr", "lang"), ("explain=yes", "explain")),
    ],
)
def test_a_problem_names_its_parameter(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["parameter"] == parameter
    assert answer.json["status"] == 400
    assert answer.json["detail"]


def test_two_days_in_the_wrong_order_change_places(client: FlaskClient) -> None:
    client.get("/api/v1/search?from=2024-02-01&to=2022-01-01")
    asked = client.application.extensions["tratin"].searcher.asked[-1]
    assert (asked.since.isoformat(), asked.until.isoformat()) == ("2022-01-01", "2024-02-01")


def test_an_expired_cursor_is_410_with_a_link_to_start_again(client: FlaskClient) -> None:
    gone = Cursor("an-earlier-one", 20, asked(SearchRequest(text="cầu"))).encode()
    answer = client.get(f"/api/v1/search?q=cầu&cursor={gone}")
    assert answer.status_code == 410
    assert answer.json["instead"] == "/api/v1/search?q=c%E1%BA%A7u"


def test_a_cursor_that_was_never_handed_out_is_404_and_one_that_is_no_cursor_400(client: FlaskClient) -> None:
    unknown = client.get("/api/v1/search?q=cầu&cursor=" + "a" * 40)
    assert (unknown.status_code, unknown.json["parameter"]) == (404, "cursor")
    assert client.get(unknown.json["instead"]).status_code == 200
    for garbled in ("5", "%20" * 30, "a" * 601, "a" * 30 + "%0A", "ă" * 30):
        answer = client.get(f"/api/v1/search?q=cầu&cursor={garbled}")
        assert (answer.status_code, answer.json["parameter"]) == (400, "cursor")


@pytest.mark.parametrize(
    "address", ["officials?q=Minh&sort=best", "offices?q=bi&sort=best", f"offices?q=bi&place={81 * 'a'}"]
)
def test_a_value_that_a_search_of_the_lists_does_not_need_is_refused_too(client: FlaskClient, address: str) -> None:
    assert client.get(f"/api/v1/{address}").status_code == 400


@pytest.mark.parametrize("content", ["[1,2]", '["g1",Infinity,"x"]', '["g1",-1,"x"]', "{}", "null"])
def test_a_forged_cursor_is_refused(client: FlaskClient, content: str) -> None:
    cursor = urlsafe_b64encode(content.ljust(30).encode()).decode().rstrip("=")
    assert client.get(f"/api/v1/search?q=cầu&cursor={cursor}").status_code in (400, 404)


def test_a_cursor_of_another_query_is_refused_in_the_readers_language(client: FlaskClient) -> None:
    cursor = client.get("/api/v1/search?q=cầu&limit=5").json["next"]
    for lang, told in (("vi", "bộ lọc khác"), ("en", "other filters")):
        answer = client.get(f"/api/v1/search?q=trạm&cursor={cursor}&lang={lang}")
        assert (answer.status_code, answer.json["parameter"]) == (400, "cursor")
        assert told in answer.json["detail"]
        assert told in client.get(f"/?q=trạm&cursor={cursor}&lang={lang}").text


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/articles/none", "/api/v1/topics/none", "/api/v2/search"])
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_an_unchanged_answer_is_304_without_a_search(client: FlaskClient) -> None:
    searcher = client.application.extensions["tratin"].searcher
    first = client.get("/api/v1/search?q=cầu")
    asked = len(searcher.asked)
    again = client.get("/api/v1/search?q=cầu", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert len(searcher.asked) == asked
    assert "Content-Security-Policy" not in again.headers


def test_a_new_generation_makes_the_old_answer_stale(client: FlaskClient) -> None:
    first = client.get("/?q=cầu")
    client.application.extensions["tratin"].searcher.generation = "g2"
    assert client.get("/?q=cầu", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_head_and_options_answer_for_every_address(client: FlaskClient) -> None:
    for path in (
        "/",
        "/api/v1/search?q=cầu",
        "/article/baomau-3",
        "/search.csv",
        "/search.atom",
        "/topics",
        "/sources",
    ):
        head = client.head(path)
        assert head.status_code == 200
        assert not head.data
        assert {"GET", "HEAD", "OPTIONS"} <= set(client.options(path).headers["Allow"].split(", "))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_405_and_say_which_are_allowed(client: FlaskClient, method: str) -> None:
    answer = client.open("/api/v1/search", method=method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.mimetype == "application/problem+json"


def test_gzip_packs_pages_and_streams_alike(client: FlaskClient) -> None:
    for path in ("/", "/api/v1/search?q=cầu", "/search.csv", "/search.jsonl", "/static/style.css"):
        plain = client.get(path)
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        unpacked = gzip.decompress(packed.data)
        if path != "/":  # the page carries a nonce of its own
            assert unpacked == plain.data


def test_cors_is_sent_by_setting_only(make: Any) -> None:
    assert "Access-Control-Allow-Origin" not in make().test_client().get("/api/v1/topics").headers
    allowed = make(cors="*").test_client().get("/api/v1/topics").headers
    assert allowed["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in make(cors="*").test_client().get("/").headers


def test_the_rate_limit_says_when_to_come_back(make: Any) -> None:
    client = make(rate_limit=3).test_client()
    answers = [client.get("/api/v1/topics", environ_base={"REMOTE_ADDR": "192.0.2.7"}) for _ in range(8)]
    assert answers[-1].status_code == 429
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[0].status_code == 200
    assert client.get("/", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


@pytest.mark.parametrize(
    ("remote", "forwarded", "client"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "nobody", "nobody"),
        ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "", "192.0.2.7"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
    ],
)
def test_a_client_is_whom_the_last_of_our_proxies_saw(make: Any, remote: str, forwarded: str, client: str) -> None:
    app = make()
    with app.test_request_context(environ_base={"REMOTE_ADDR": remote}, headers={"X-Forwarded-For": forwarded}):
        assert limits.client(limits.networks("127.0.0.1, ::1 10.0.0.0/8")) == client


def test_security_headers_are_on_every_answer(client: FlaskClient) -> None:
    for path in ("/", "/api/v1/topics", "/nowhere", "/static/style.css", "/search.csv"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_document_describes_every_operation_and_every_reference_resolves(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").json
    assert document["openapi"].startswith("3.1")
    assert len(document["paths"]) == len(OPERATIONS)
    text = json.dumps(document)
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in document["components"]["schemas"]
    for path, ways in document["paths"].items():
        for name in [part.partition("}")[0] for part in path.split("{")[1:]]:
            assert name in {each["name"] for each in ways.get("get", {}).get("parameters", [])}


def test_every_example_of_the_document_works(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").json
    for path, ways in document["paths"].items():
        if "{" in path:
            continue
        for each in ways.get("get", {}).get("parameters", []):
            if "example" in each:
                answer = client.get(f"/api/v1{path}", query_string={each["name"]: each["example"]})
                assert answer.status_code == 200, (path, each["name"], answer.text)


def test_health_asks_a_real_question(client: FlaskClient) -> None:
    answer = client.get("/api/v1/health")
    assert answer.json["status"] == "ok"
    searcher = client.application.extensions["tratin"].searcher
    searcher._articles.clear()
    assert client.get("/api/v1/health").status_code == 503


def test_a_failure_inside_tells_the_log_no_query(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    def fail(request: object) -> None:
        raise RuntimeError("bí mật của toà soạn")

    client.application.extensions["tratin"].searcher.search = fail
    answer = client.get("/?q=bí+mật+của+toà+soạn")
    assert answer.status_code == 500
    assert "RuntimeError" in caplog.text
    assert "bí mật" not in caplog.text
    assert "Traceback" not in answer.text
