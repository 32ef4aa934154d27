"""The headline of one whose office nobody names any more yields to an office that the news has called past since."""

from __future__ import annotations

import pytest

from index.officials.registry.headline_office import HeldOffice, headline

SILENT = HeldOffice("a", "Bí thư", "Tỉnh ủy Mường Sa", 10, 50, None, None, 3, False, silent=True)
LEFT = HeldOffice("b", "Bộ trưởng", "Bộ Y tế", 60, 90, None, 100, 8, False, past=4)


def test_a_silent_office_yields_to_one_called_past_since() -> None:
    assert headline([SILENT, LEFT]) == ("nguyên Bộ trưởng", "Bộ Y tế", "b")


@pytest.mark.parametrize(
    ("own", "other"),
    [
        pytest.param({"silent": False}, {}, id="it is still named"),
        pytest.param({"last": None}, {}, id="nobody knows when it was last named"),
        pytest.param({}, {"until": 50}, id="the other was left before"),
        pytest.param({}, {"minor": True}, id="the other is a seat beside others"),
        pytest.param({}, {"past": 3}, id="the other is called past no oftener than this one is named"),
    ],
)
def test_it_yields_to_nothing_less(own: dict[str, object], other: dict[str, object]) -> None:
    held = [SILENT._replace(**own), LEFT._replace(**other)]  # type: ignore[arg-type]
    assert headline(held) == ("Bí thư", "Tỉnh ủy Mường Sa", "a")


def test_on_a_day_it_yields_to_nothing() -> None:
    assert headline([SILENT, LEFT], on=120) == ("Bí thư", "Tỉnh ủy Mường Sa", "a")
