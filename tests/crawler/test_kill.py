"""A few rounds of the campaign in `benchmarks/crawl_kill.py`: a crawl is killed, and goes on."""

from __future__ import annotations

from benchmarks.crawl_kill import campaign


def test_a_killed_crawl_loses_no_page_and_fetches_none_twice() -> None:
    figures = campaign(rounds=4, articles=80, seed=1)
    assert (figures["kept"], figures["lost"], figures["fetched_twice"], figures["versions"]) == (80, 0, 0, 80)
    assert figures["interrupted"] <= figures["rounds"]
