"""Every answer that an engine of ours gives to cases that we wrote is the one on record, to the last figure."""

from __future__ import annotations

import pytest

from tests.golden.records import Case, cases, difference
from tests.golden.rooms import ROOMS

REWRITE = (
    "If this is wanted: `python -m tests.golden --write {room}`, then read `git diff tests/golden` line by line and "
    "commit it with the change."
)


@pytest.mark.parametrize(
    ("room", "case"), [pytest.param(room, case, id=f"{room}-{case.line}") for room in ROOMS for case in cases(room)]
)
def test_the_answer_is_the_one_on_record(room: str, case: Case) -> None:
    if told := difference(case, list(ROOMS[room](case.asked))):
        pytest.fail(f"{room}.txt:{case.line}: {case.asked}\n{told}\n\n{REWRITE.format(room=room)}", pytrace=False)
