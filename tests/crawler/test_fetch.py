"""The fetcher against servers that mean harm, or are merely broken: every case ends in an error that says why."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler

import pytest

from crawler.errors import (
    BrokenAnswer,
    DamagedBody,
    FetchError,
    Refused,
    TooBig,
    TooManyRedirects,
    TooSlow,
)
from crawler.fetch import Fetcher, Validators
from crawler.guard import Guard
from tests.crawler.conftest import HOST, SMALL
from tests.crawler.loopback import Answer, Paper

URL = f"http://{HOST}/a"


def test_a_page_comes_with_its_status_headers_and_time(paper: Paper, fetcher: Fetcher) -> None:
    paper.pages["/a"] = Answer("xin chào".encode(), headers={"ETag": '"1"'})
    page = fetcher.fetch(URL).page
    assert (page.url, page.final_url, page.status, page.headers["etag"]) == (URL, URL, 200, '"1"')
    assert page.content.decode() == "xin chào"
    assert (page.fetched or "").endswith("+07:00")


def test_an_unchanged_page_answers_304(paper: Paper, fetcher: Fetcher) -> None:
    paper.pages["/a"] = Answer(b"x", headers={"ETag": '"1"'})
    assert fetcher.fetch(URL, Validators('"1"')).page.status == 304


def test_the_user_agent_is_honest(paper: Paper, fetcher: Fetcher) -> None:
    paper.pages["/a"] = "x"
    fetcher.fetch(URL)
    assert {one["user-agent"] for one in paper.headers} == {"TraTin/test"}
    assert all(one["host"] == HOST for one in paper.headers)


def test_redirects_are_followed_and_every_hop_is_kept(paper: Paper, fetcher: Fetcher) -> None:
    paper.pages |= {"/a": Answer(b"", 301, {"Location": "/b?utm_source=x#top"}), "/b": "there"}
    fetched = fetcher.fetch(URL)
    assert fetched.page.final_url == f"http://{HOST}/b"
    assert [one.status for one in fetched.exchanges] == [301, 200]


def test_a_circle_of_redirects_ends(paper: Paper, fetcher: Fetcher) -> None:
    paper.pages |= {"/a": Answer(b"", 302, {"Location": "/b"}), "/b": Answer(b"", 302, {"Location": "/a"})}
    with pytest.raises(TooManyRedirects):
        fetcher.fetch(URL)


def test_redirects_without_end_end(paper: Paper, fetcher: Fetcher) -> None:
    paper.pages["*"] = lambda handler: Answer(b"", 302, {"Location": handler.path + "a"})
    paper.pages["/robots.txt"] = ""
    with pytest.raises(TooManyRedirects):
        fetcher.fetch(URL)
    assert len(paper.asked) < 10


def test_a_paper_that_redirects_to_itself_with_a_cookie_is_read(paper: Paper, fetcher: Fetcher) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> Answer:
        if "muid=7" in (handler.headers.get("Cookie") or ""):
            return Answer(b"in")
        return Answer(b"", 302, {"Location": "/a", "Set-Cookie": "muid=7; path=/"})

    paper.pages["/a"] = answer
    assert fetcher.fetch(URL).page.content == b"in"


def test_no_cookie_goes_to_another_host(paper: Paper) -> None:
    fetcher = Fetcher("TraTin/test", guard=Guard({HOST: paper.address, "b.example": paper.address}), delay=0)
    paper.pages |= {
        "/a": Answer(b"", 302, {"Location": "http://b.example/b", "Set-Cookie": "secret=1; Domain=example; path=/"}),
        "/b": "x",
    }
    fetcher.fetch(URL)
    assert all("cookie" not in one for one in paper.headers if one["host"] == "b.example")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x/", "http://a:b@c/", "javascript:1", "http://a b/"])
def test_a_redirect_to_what_is_no_page_is_not_followed(paper: Paper, fetcher: Fetcher, target: str) -> None:
    paper.pages["/a"] = Answer(b"", 302, {"Location": target})
    with pytest.raises(BrokenAnswer):
        fetcher.fetch(URL)


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/", "http://[::1]/", "http://169.254.169.254/", "http://0/"])
def test_a_redirect_into_the_private_network_is_refused(paper: Paper, fetcher: Fetcher, target: str) -> None:
    paper.pages["/a"] = Answer(b"", 302, {"Location": target})
    with pytest.raises(Refused, match=r"not a public address|no web server.s"):
        fetcher.fetch(URL)


def _slowly(*, headers: bool) -> object:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if not headers:
            handler.wfile.write(b"Content-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
        for number in range(200):
            handler.wfile.write(b"X-%d: a\r\n" % number if headers else b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    return drip


@pytest.mark.parametrize("headers", [True, False])
def test_a_slow_drip_is_cut_off_at_the_deadline(paper: Paper, fetcher: Fetcher, headers: bool) -> None:
    paper.pages["/a"] = _slowly(headers=headers)
    with pytest.raises(TooSlow):
        fetcher.fetch(URL)


def test_a_silent_server_is_given_up(paper: Paper, fetcher: Fetcher) -> None:
    paper.pages["/a"] = lambda _handler: time.sleep(3)
    with pytest.raises(TooSlow):
        fetcher.fetch(URL)


def test_an_endless_body_is_cut_off(paper: Paper, fetcher: Fetcher) -> None:
    sent = 0

    def endless(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.close_connection = True
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(2000):
            handler.wfile.write(b"x" * 65536)
            sent += 65536

    paper.pages["/a"] = endless
    with pytest.raises(TooBig):
        fetcher.fetch(URL)
    assert sent < 50_000_000


def test_endless_headers_are_cut_off(paper: Paper, fetcher: Fetcher) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100_000):
            handler.wfile.write(b"X-%d: %s\r\n" % (number, b"a" * 100))

    paper.pages["/a"] = endless
    with pytest.raises(BrokenAnswer):
        fetcher.fetch(URL)


def _twice_packed(size: int) -> bytes:
    return gzip.compress(gzip.compress(b"\0" * size))


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"\0" * 10**7)),
        ("deflate", zlib.compress(b"\0" * 10**7)),
        ("gzip, gzip", _twice_packed(10**8)),
        ("gzip", b"".join(gzip.compress(b"\0" * 10**5) for _ in range(100))),
    ],
)
def test_a_bomb_does_not_go_off(paper: Paper, fetcher: Fetcher, coding: str, body: bytes) -> None:
    paper.pages["/a"] = Answer(body, headers={"Content-Encoding": coding})
    with pytest.raises(TooBig):
        fetcher.fetch(URL)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_packed_pages_are_unpacked(paper: Paper, fetcher: Fetcher, coding: str) -> None:
    packed = gzip.compress(b"hello" * 99) if coding == "gzip" else zlib.compress(b"hello" * 99)
    paper.pages["/a"] = Answer(packed, headers={"Content-Encoding": coding})
    assert fetcher.fetch(URL).page.content == b"hello" * 99


@pytest.mark.parametrize(
    ("coding", "body"), [("rot13", b"uryyb"), ("br", b"\x0b\x02\x80hel"), ("gzip", gzip.compress(b"x" * 999)[:-9])]
)
def test_a_body_that_is_not_what_it_says_is_damaged(paper: Paper, fetcher: Fetcher, coding: str, body: bytes) -> None:
    paper.pages["/a"] = Answer(body, headers={"Content-Encoding": coding})
    with pytest.raises(DamagedBody):
        fetcher.fetch(URL)


def _raw(paper: Paper, said: bytes) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(said)

    paper.pages["/a"] = answer


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello!!",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"",
        b"\x00\xff\x00\xff\r\n\r\n",
    ],
)
def test_a_broken_answer_is_told_as_such(paper: Paper, fetcher: Fetcher, said: bytes) -> None:
    _raw(paper, said)
    with pytest.raises(BrokenAnswer):
        fetcher.fetch(URL)


def test_what_comes_after_the_length_that_was_said_is_ignored(paper: Paper, fetcher: Fetcher) -> None:
    _raw(paper, b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and a second answer")
    assert fetcher.fetch(URL).page.content == b"hello"


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        fetcher = Fetcher("t", guard=Guard({HOST: f"127.0.0.1:{free.getsockname()[1]}"}), delay=0, limits=SMALL)
        with pytest.raises(FetchError):
            fetcher.fetch(URL)


def test_requests_at_a_host_come_one_at_a_time_and_no_closer_than_its_delay(paper: Paper) -> None:
    begun: list[float] = []
    ended: list[float] = []

    def answer(_handler: BaseHTTPRequestHandler) -> Answer:
        begun.append(time.monotonic())
        time.sleep(0.02)
        ended.append(time.monotonic())
        return Answer(b"x")

    paper.pages["*"] = answer
    paper.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 0.1\n"
    fetcher = Fetcher("t", guard=Guard({HOST: paper.address}), delay=0.05, limits=SMALL)
    threads = [threading.Thread(target=fetcher.fetch, args=(f"{URL}{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(later - before >= 0.1 for before, later in zip(ended, begun[1:], strict=False))
