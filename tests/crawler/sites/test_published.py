"""The date of publication: right, or none."""

from __future__ import annotations

from datetime import date, time

import pytest

from crawler.article import Article
from crawler.dates import Moment
from crawler.page import Page
from crawler.sites.published import Witnesses, add_text, agree
from crawler.sites.reader import read_page

BODY = "<p>" + "Ủy ban nhân dân tỉnh Lâm Sơn họp phiên thường kỳ để bàn nhiệm vụ của năm nay. " * 6 + "</p>"
PLAIN = "https://baolamson.vn/ten-bai-24680.html"


def dated(
    head: str = "", line: str = "", url: str = PLAIN, fetched: str | None = "2026-03-20T08:00:00+07:00"
) -> Article:
    page = f"<html><head><title>Tỉnh họp bàn</title>{head}</head><body><h1>Tỉnh họp bàn</h1>{line}<div>{BODY}</div>"
    article = read_page(Page(url, url, page.encode(), fetched=fetched), None).article
    assert isinstance(article, Article), article
    return article


def published(value: str) -> str:
    return f'<meta property="article:published_time" content="{value}">'


def modified(value: str) -> str:
    return f'<meta property="article:modified_time" content="{value}">'


def shown(value: str) -> str:
    return f'<span class="date">{value}</span>'


def test_the_machines_seconds_are_kept_where_print_agrees() -> None:
    article = dated(published("2026-03-12T14:05:33+07:00"), shown("12/03/2026 14:05"))
    assert article.published == "2026-03-12T14:05:33+07:00"


def test_local_time_labelled_utc_is_read_as_printed() -> None:
    article = dated(published("2026-03-12T22:05:33Z"), shown("12/03/2026 22:05"))
    assert article.published == "2026-03-12T22:05:00+07:00"


def test_of_two_times_on_one_day_the_printed_one_holds() -> None:
    article = dated(published("2026-03-12T07:05:33+07:00"), shown("12/03/2026 14:05"))
    assert article.published == "2026-03-12T14:05:00+07:00"


def test_a_printed_date_of_the_last_edit_does_not_move_publication() -> None:
    head = published("2026-03-02T08:00:00+07:00") + modified("2026-03-12T14:05:00+07:00")
    article = dated(head, shown("12/03/2026 14:05"))
    assert article.published == "2026-03-02T08:00:00+07:00"
    assert article.updated == "2026-03-12T14:05:00+07:00"


def test_witnesses_that_disagree_without_excuse_give_no_date() -> None:
    assert dated(published("2025-01-02T10:00:00+07:00"), shown("12/03/2026 14:05")).published is None


def test_a_contradiction_is_decided_by_the_clock_in_the_url() -> None:
    url = "https://baolamson.vn/ten-bai-102260312120500123.htm"
    article = dated(published("2026-12-03T14:05:00+07:00"), shown("12/03/2026 14:05"), url, fetched=None)
    assert article.published == "2026-03-12T14:05:00+07:00"


def test_the_clock_in_a_number_alone_is_no_date() -> None:
    assert dated(url="https://baolamson.vn/ten-bai-102260312120500123.htm").published is None


def test_a_day_in_the_path_is_a_date() -> None:
    assert dated(url="https://baolamson.vn/2026/03/12/tinh-lam-son-hop-ban").published == "2026-03-12"


def test_no_date_lies_after_the_fetch() -> None:
    assert dated(line=shown("12/03/2027 14:05")).published is None


def test_todays_date_in_the_masthead_is_not_the_articles() -> None:
    page = "<div class='date'>Thứ Sáu, 20/03/2026</div>" + "<ul>" + "<li><a href='/x'>Mục</a></li>" * 30 + "</ul>"
    html = f"<html><title>Tỉnh họp bàn</title><body>{page}<h1>Tỉnh họp bàn</h1>{BODY}"
    article = read_page(Page(PLAIN, PLAIN, html.encode()), None).article
    assert isinstance(article, Article)
    assert article.published is None


def test_dates_of_related_articles_are_not_the_articles() -> None:
    other = '<span class="date">01/02/2026</span> <a href="/b-24001.html">Một bài khác về trường học xã</a>'
    assert dated(line=f"<ul><li>{other}</li></ul>").published is None


@pytest.mark.parametrize(
    "line", ["Ngày đăng: 12/03/2026 14:05", "14:05 | 12/03/2026", "Thứ Năm, ngày 12/03/2026 - 14:05"]
)
def test_a_date_line_needs_no_class(line: str) -> None:
    assert dated(line=f"<div>{line}</div>").published == "2026-03-12T14:05:00+07:00"


def test_relative_dates_count_from_the_fetch() -> None:
    assert dated(line=shown("4 giờ trước")).published == "2026-03-20T04:00:00+07:00"
    assert dated(line=shown("4 giờ trước"), fetched=None).published is None


def test_a_stated_last_edit_alone_is_no_publication() -> None:
    assert dated(modified("2026-03-12T14:05:00+07:00")).published is None


def test_a_date_of_last_edit_in_print_is_taken_when_there_is_no_other() -> None:
    article = dated(line=shown("Cập nhật lúc 14:05, Thứ Năm, 12/03/2026 (GMT+7)"))
    assert article.published == "2026-03-12T14:05:00+07:00"


def test_what_is_told_against_the_time_of_fetching_counts_only_where_nothing_else_does() -> None:
    now = Moment(date(2026, 3, 14), time(10, 0))
    found = Witnesses(stated=[Moment(date(2026, 3, 2))], now=now)
    add_text(found, "3 giờ trước")
    assert agree(found)[0] == Moment(date(2026, 3, 2))
    alone = Witnesses(now=now)
    add_text(alone, "3 giờ trước")
    assert agree(alone)[0] == Moment(date(2026, 3, 14), time(7, 0))
