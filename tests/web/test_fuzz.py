"""Requests that no reader would send: nothing makes the server fail."""

from __future__ import annotations

import os
import random
from urllib.parse import quote, urlencode

from flask.testing import FlaskClient

REQUESTS = int(os.environ.get("TRATIN_FUZZ", "1500"))
_PATHS = (
    *("/", "/search.csv", "/search.jsonl", "/search.atom", "/advanced", "/edited.atom", "/topics", "/sources"),
    *("/help", "/statements"),
    *("/officials", "/offices", "/article/{}", "/article/{}/versions", "/article/{}/diff", "/article/{}/archived"),
    *("/article/{}/cite", "/official/{}", "/official/{}.atom", "/topic/{}", "/topic/{}.atom", "/office/{}"),
    *("/office/{}.atom", "/api/v1/search", "/api/v1/suggest", "/api/v1/officials", "/api/v1/offices", "/api/v1/health"),
    *("/api/v1/articles/{}", "/api/v1/articles/{}/versions", "/api/v1/officials/{}", "/api/v1/offices/{}"),
    *("/api/v1/topics/{}", "/static/{}", "/{}"),
)
_NAMES = (
    *("q", "topic", "official", "source", "from", "to", "sort", "limit", "cursor", "lang", "off", "explain", "version"),
    *("format", "on", "all", "phrase", "near", "page", "letter", "", "[]", "q[0]"),
)
_VALUES = (
    *(
        "cầu",
        '"',
        '""',
        "(" * 400,
        ")" * 50,
        "a" * 3000,
        "\x00",
        "\ud800",
        "\uffff",
        "🙂" * 200,
        "../../etc/passwd",
        "%",
    ),
    *(
        "%%%",
        "-",
        "--",
        "-y-te",
        "y-te",
        "NOT",
        "OR OR",
        "title:",
        "title:(",
        "*",
        "a*",
        "~5",
        '"a b"~99999999999',
        "{}",
    ),
    *(
        "2024-02-30",
        "9999-12-31",
        "0000-00-00",
        "-1",
        "0",
        "1e9",
        "9" * 40,
        "１",
        "true",
        "null",
        "baomau-2",
        "baomau-9",
    ),
    *(
        "le-van-sao",
        "<script>",
        "'; DROP TABLE version; --",
        "c\u00e2\u0300u",
        "\u202eabc",
        "\t",
        "\r\nX: y",
        "en",
        "vi",
    ),
    *(
        "newest",
        "bibtex",
        "20",
        "2",
        "|" * 99,
        "AND " * 200,
        "((a OR b) -c) " * 40,
        "15/2020/NĐ-CP",
        "UBND",
        "A\u0301" * 99,
    ),
)
_HEADERS = ("If-None-Match", "Accept-Encoding", "Accept", "Range", "Host", "X-Forwarded-For")


def test_no_request_makes_the_server_fail(whole: FlaskClient) -> None:
    chance = random.Random(20_000)
    for number in range(REQUESTS):
        path = chance.choice(_PATHS).replace("{}", _anything(chance)[:200] or "x")
        query = [(chance.choice(_NAMES), _anything(chance)) for _ in range(chance.randrange(5))]
        address = f"{quote(path, errors='surrogatepass')}?{urlencode(query, errors='surrogatepass')}"
        method = chance.choice(("GET", "GET", "GET", "HEAD", "POST", "OPTIONS"))
        headers = {chance.choice(_HEADERS): chance.choice(("*", "gzip", 'W/"x"', ";q=x", "localhost", "a, b"))}
        answer = whole.open(address, method=method, headers=headers)
        answer.get_data()
        assert answer.status_code < 500 or answer.status_code == 501, (number, path, query, answer.text[:500])


def _anything(chance: random.Random) -> str:
    if chance.random() < 0.8:
        return chance.choice(_VALUES)
    ranges = ((32, 127), (0xC0, 0x1EFF))
    return "".join(chr(chance.randrange(*chance.choice(ranges))) for _ in range(chance.randrange(30)))
