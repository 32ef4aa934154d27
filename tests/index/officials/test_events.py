"""Days that a text says, resolved against the day of its article."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.officials.recognition.events import dates

PUBLISHED = date(2024, 1, 19)


def days(text: str, published: date | None = PUBLISHED) -> list[date]:
    return [said.day for said in dates(text, published)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sáng 18/1, hội nghị khai mạc", date(2024, 1, 18)),
        ("Sáng ngày 18-1-2024, tại hội trường", date(2024, 1, 18)),
        ("Ngày 18 tháng 1 năm 2024", date(2024, 1, 18)),
        ("chiều 18.1, ông đến", date(2024, 1, 18)),
        ("Chiều qua, đoàn đã rời đi", date(2024, 1, 18)),
        ("Sáng nay, đoàn đã đến", date(2024, 1, 19)),
        ("ngày 30/12, kỳ họp bế mạc", date(2023, 12, 30)),
        ("từ ngày 2/2 sẽ thu phí", date(2024, 2, 2)),
    ],
)
def test_a_date_without_a_year_is_the_one_nearest_to_the_article(text: str, day: date) -> None:
    assert days(text) == [day]


@pytest.mark.parametrize(
    "text", ["tăng 18/1000 người", "chiếm 18,1%", "đạt 18.1 tỷ đồng", "ngày 31/2 không có", "tỷ số 2-1"]
)
def test_figures_are_no_dates(text: str) -> None:
    assert days(text) == []


def test_the_year_that_an_anniversary_counts_from_is_no_day_of_the_news() -> None:
    assert days("Kỷ niệm 70 năm ngày lập xã (2/3/1954 - 2/3/2024), sáng 18/1, ông đến dự") == [date(2024, 1, 18)]


def test_without_a_day_of_its_own_only_full_dates_are_resolved() -> None:
    assert days("Sáng 18/1 và ngày 19/1/2024, sáng nay", None) == [date(2024, 1, 19)]


@given(st.text(max_size=200))
def test_spans_lie_in_the_text(text: str) -> None:
    for said in dates(text, PUBLISHED):
        assert 0 <= said.start < said.end <= len(text)


@pytest.mark.parametrize(("printed", "day"), [("14/8", date(2017, 8, 14)), ("15/8", date(2016, 8, 15))])
def test_a_date_without_year_is_at_most_sixty_days_ahead(printed: str, day: date) -> None:
    assert [found.day for found in dates(f"Sáng {printed}, cầu được thông xe.", date(2017, 6, 15))] == [day]


@pytest.mark.parametrize(("published", "found"), [(date(2017, 1, 24), [date(2016, 2, 29)]), (date(2017, 1, 25), [])])
def test_a_leap_day_without_year_is_not_looked_for_beyond_eleven_months(published: date, found: list[date]) -> None:
    assert [event.day for event in dates("Sáng 29/2, cầu được thông xe.", published)] == found
