"""A few rounds of the campaigns of `benchmarks/`; their figures are in benchmarks/README.md."""

from __future__ import annotations

from benchmarks import campaign, kill_commands


def test_changed_bytes_are_noticed_or_change_no_answer() -> None:
    assert campaign.damage(rounds=12, seed=3)["wrong"] == []


def test_readers_see_whole_generations_while_they_are_swapped() -> None:
    report = campaign.swaps(rounds=4, readers=2)
    assert report["wrong"] == []
    assert report["asked"]


def test_killed_commands_cost_nothing() -> None:
    assert campaign.kill(rounds=2, seed=5)["wrong"] == []


def test_every_command_that_writes_may_be_killed() -> None:
    assert kill_commands.campaign(rounds=3, seed=5)["wrong"] == []


def test_a_full_disk_keeps_the_old_generation() -> None:
    assert campaign.full_disk()["wrong"] == []
