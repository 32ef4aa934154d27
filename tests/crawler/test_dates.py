"""Dates as they are printed, in every form that the sites are known to use."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import Moment, parse_moment, url_moment, url_month

NOW = Moment(date(2026, 3, 7), time(10, 0))

PRINTED = {
    "01/03/2026  09:51": "2026-03-01T09:51:00+07:00",
    "Thứ Bảy, 07/03/2026 - 08:52": "2026-03-07T08:52:00+07:00",
    "Thứ bảy, 7/3/2026, 00:05 (GMT+7)": "2026-03-07T00:05:00+07:00",
    "Thứ Hai, ngày 20/07/2026 - 06:31": "2026-07-20T06:31:00+07:00",
    "07/03/2026 08:01 GMT+7": "2026-03-07T08:01:00+07:00",
    "07/03/2026 \xa0 08:52 (GMT+07:00)": "2026-03-07T08:52:00+07:00",
    "07-03-2026 - 00:01 AM": "2026-03-07T00:01:00+07:00",
    "28-07-2018 - 13:35 PM": "2018-07-28T13:35:00+07:00",
    "9/5/2026 1:30:00 PM": "2026-09-05T13:30:00+07:00",
    "13/5/2026 1:30:00 PM": "2026-05-13T13:30:00+07:00",
    "9/5/2026 1:30:00 CH": "2026-05-09T13:30:00+07:00",
    "05/08/2026 20:35": "2026-08-05T20:35:00+07:00",
    "Sat, 05 Sep 26 13:30:00 +0700": "2026-09-05T13:30:00+07:00",
    "Sat, 05 Sep 2026 06:30:00 GMT": "2026-09-05T13:30:00+07:00",
    "Sat, 05 Sep 2026 13:30:00 GMT+7": "2026-09-05T13:30:00+07:00",
    "2026-03-07T00:01:00": "2026-03-07T00:01:00+07:00",
    "2026-03-07 08:52:11": "2026-03-07T08:52:11+07:00",
    "2026-03-07T01:47:00Z": "2026-03-07T08:47:00+07:00",
    "2026-03-07T08:52:11.000 +07:00": "2026-03-07T08:52:11+07:00",
    "2026-03-07T08:52:11+0700": "2026-03-07T08:52:11+07:00",
    "Thứ Bảy, Ngày 07 tháng 03 năm 2026, 08:47": "2026-03-07T08:47:00+07:00",
    "Thứ 5, 14.05.2020 | 15:04:59": "2020-05-14T15:04:59+07:00",
    "08:47 | 07/03/2026": "2026-03-07T08:47:00+07:00",
    "08h47, ngày 07/03/2026": "2026-03-07T08:47:00+07:00",
    "Cập nhật lúc 10:30 ngày 7/3/2026": "2026-03-07T10:30:00+07:00",
    "September 09, 2026 9:33 AM GMT+7": "2026-09-09T09:33:00+07:00",
    "Thứ năm, 05/03/2026 12:05 AM": "2026-03-05T00:05:00+07:00",
    "March 12, 2026 2:05 PM GMT+7": "2026-03-12T14:05:00+07:00",
    "12 Tháng 3, 2026": "2026-03-12",
    "Ngày đăng: 24.3.2021": "2021-03-24",
    "4 giờ trước": "2026-03-07T06:00:00+07:00",
    "3 ngày trước": "2026-03-04",
    "20/07 - 06:31": "2025-07-20T06:31:00+07:00",
}


@pytest.mark.parametrize(("text", "iso"), PRINTED.items())
def test_a_printed_date_is_understood(text: str, iso: str) -> None:
    moment = parse_moment(text, NOW)
    assert moment is not None
    assert moment.iso == iso


@pytest.mark.parametrize("text", ["", "32/13/2026", "Nghị định số 58/2026/NĐ-CP", "1.345 tỷ đồng", "đang cập nhật"])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_moment(text, NOW) is None


def test_relative_dates_need_to_know_when_the_page_was_fetched() -> None:
    assert parse_moment("4 giờ trước") is None
    assert parse_moment("sáng 18/1") is None


@given(st.datetimes(datetime(1998, 1, 1), datetime(2040, 1, 1)))
def test_every_minute_survives_the_common_forms(when: datetime) -> None:
    minute = when.replace(second=0, microsecond=0)
    for form in ("%d/%m/%Y %H:%M", "%H:%M, %d-%m-%Y", "%Y-%m-%dT%H:%M:%S+07:00", "Thứ Hai, ngày %d/%m/%Y - %H:%M"):
        moment = parse_moment(minute.strftime(form))
        assert moment is not None
        assert moment.iso == f"{minute.isoformat()}+07:00"


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    parse_moment(text, NOW)
    url_moment(text)
    url_month(text)


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://baochinhphu.vn/ten-bai-102260228093004191.htm", "2026-02-28T09:30:04+07:00"),
        ("https://cafef.vn/ten-bai-18826030622484142.chn", "2026-03-06T22:48:41+07:00"),
        ("https://baotintuc.vn/thoi-su/ten-bai-20260906151500864.htm", "2026-09-06T15:15:00+07:00"),
        ("https://example.vn/2026/03/07/ten-bai", "2026-03-07"),
        ("https://example.vn/portal/Pages/2026-3-7/ten-bai.aspx", "2026-03-07"),
        ("https://baohatinh.vn/ten-bai-post310001.html", None),
        ("https://vietnamnet.vn/ten-bai-2490001.html", None),
    ],
)
def test_the_clock_in_a_url_is_read(url: str, iso: str | None) -> None:
    moment = url_moment(url)
    assert (moment.iso if moment else None) == iso


def test_the_month_in_a_path_is_read() -> None:
    assert url_month("https://example.vn/chinh-tri/202603/ten-bai-1024567/") == "2026-03"
    assert url_month("https://example.vn/chinh-tri/1024567/") is None


def test_a_time_without_zone_is_vietnams() -> None:
    assert Moment.of(datetime(2026, 3, 7, 8, 0)).iso == "2026-03-07T08:00:00+07:00"
    assert NOW.day - timedelta(days=1) == date(2026, 3, 6)
