"""A figure means one number however its thousands and decimals are parted."""

from __future__ import annotations

import pytest

from index.analysis.special import figure_key


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("300", "300"),
        ("1.300", "1300"),
        ("1,300", "1300"),
        ("12.300", "12300"),
        ("123.300", "123300"),
        ("1234.567", "1234.567"),
        ("1234,567", "1234.567"),
        ("1.300.000", "1300000"),
        ("1,300,000", "1300000"),
        ("1.300,5", "1300.5"),
        ("1.300,5000", "1300.5000"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1.50", "1.50"),
        ("1.5000", "1.5000"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1,2,3", "1.2.3"),
        ("12,5.3", "12.5.3"),
    ],
)
def test_dots_and_commas_part_thousands_before_three_figures_and_decimals_before_others(
    printed: str, plain: str
) -> None:
    assert figure_key(printed) == plain
