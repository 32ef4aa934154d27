"""The power goes off: nothing reported is lost, everything opens. The campaign is `benchmarks/power_loss.py`."""

from __future__ import annotations

import random
import shutil

import pytest

from benchmarks.power_loss import Inode, Recording, Step, after, campaign


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not on this machine")
def test_nothing_reported_is_lost_when_the_power_goes_off_in_import_reindex_or_withdrawal() -> None:
    figures = campaign(15, 3, all_commands=False)
    assert figures["wrong"] == []
    assert figures["cuts"] >= 15


def test_what_was_not_synced_may_be_lost_and_what_was_is_not() -> None:
    """The campaign itself: it must be able to find a write that nobody made durable."""
    file = Inode()
    written = [Step("name", file, "/d/a"), Step("write", file, "/d/a", 0, b"x")]
    chance = random.Random(1)
    assert after(Recording(written), 2, "nothing", chance) == {}
    assert after(Recording(written), 2, "names without bytes", chance) == {"/d/a": b""}
    synced = [*written, Step("sync", file, "/d/a"), Step("sync names", None, "/d")]
    assert after(Recording(synced), 4, "nothing", chance) == {"/d/a": b"x"}
    assert after(Recording(synced), 3, "nothing", chance) == {}
