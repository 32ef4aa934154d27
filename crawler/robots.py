"""robots.txt: asked of each origin once a day, remembered, and what real servers send in its place."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from crawler.errors import Disallowed, FetchError, Refused
from crawler.exchange import Exchange
from crawler.robots_txt import RobotsTxt, parse_robots
from crawler.urls import origin_of

TOKEN = "TraTin"
"""The product token that a robots.txt addresses us by."""
MAX_ROBOTS = 500 * 1024
"""Bytes that are read (RFC 9309, 2.5); the rest is ignored."""
DAY = 24 * 3600.0
SOON = 600.0
"""Seconds for which an unreachable robots.txt is taken as such."""
LONGEST_DELAY = 600.0
"""Seconds of Crawl-delay beyond which a line is taken for a mistake."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an origin's robots.txt came to: `rules` in `text`, `all` is allowed, or `none` is, for a `reason`."""

    verdict: Literal["rules", "all", "none"]
    fetched: float
    """Unix seconds."""
    text: str = ""
    reason: str = ""

    def stale(self, now: float) -> bool:
        """Whether it must be asked for again: it is old, or from a future that only a wrong clock can have written."""
        return not 0 <= now - self.fetched <= (SOON if self.verdict == "none" else DAY)


class RulesMemory(Protocol):
    """Where rules are kept between runs; the frontier is one."""

    def recall_rules(self, origin: str) -> Rules | None:
        """What was kept for an origin."""

    def keep_rules(self, origin: str, rules: Rules) -> None:
        """Keep it."""


class Robots:
    """Asks each origin for its rules once a day, and answers for every URL."""

    def __init__(self, ask: Callable[[str], Exchange]) -> None:
        self._ask = ask
        self._memory: RulesMemory | None = None
        self._known: dict[str, tuple[Rules, RobotsTxt]] = {}

    def remember_in(self, memory: RulesMemory) -> None:
        """Keep the rules of this and of later runs there."""
        self._memory = memory

    def check(self, url: str) -> None:
        """Pass if the URL may be fetched.

        Raises:
            Disallowed: a rule forbids it, or the rules cannot be known now.
        """
        rules, parsed = self._rules(origin_of(url))
        if rules.verdict == "none":
            raise Disallowed(f"robots.txt: {rules.reason}")
        if rules.verdict == "rules" and not parsed.allows(url, TOKEN):
            raise Disallowed("robots.txt forbids it")

    def delay(self, url: str) -> float:
        """The Crawl-delay that the URL's origin asks for, in seconds; 0 when it asks for none."""
        _, parsed = self._rules(origin_of(url))
        return min(parsed.delay(TOKEN) or 0.0, LONGEST_DELAY)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of the URL's origin names, as canonical URLs; none before it was asked."""
        known = self._known.get(origin_of(url))
        return known[1].sitemaps_at(origin_of(url)) if known else ()

    def _rules(self, origin: str) -> tuple[Rules, RobotsTxt]:
        known = self._known.get(origin)
        if known and not known[0].stale(time.time()):
            return known
        rules = self._memory.recall_rules(origin) if self._memory else None
        if rules is None or rules.stale(time.time()):
            rules = self._fetch(origin)
            if self._memory:
                self._memory.keep_rules(origin, rules)
        self._known[origin] = rules, parse_robots(rules.text)
        return self._known[origin]

    def _fetch(self, origin: str) -> Rules:
        try:
            return read_rules(self._ask(f"{origin}/robots.txt"), time.time())
        except Refused:
            raise
        except FetchError as error:
            return Rules("none", time.time(), reason=f"cannot be had ({error})")


def read_rules(answer: Exchange, now: float) -> Rules:
    """What an answer to /robots.txt means.

    4xx means that there are no rules; 5xx and 429 that they cannot be known, so nothing is fetched. A web page in the
    place of rules is most often a challenge, so it is never read as "all is allowed".
    """
    if answer.status == 429 or answer.status >= 500 or answer.status < 200:
        return Rules("none", now, reason=f"answers {answer.status}")
    if answer.status >= 300:
        return Rules("all", now)
    text = _text(answer.page(answer.url, MAX_ROBOTS * 8).content)
    if text.lstrip().startswith("<"):
        return Rules("none", now, reason="a web page is in its place (a challenge, or every path answers with one)")
    return Rules("rules", now, text)


def _text(body: bytes) -> str:
    """Decoded, without the byte-order mark that would hide the first line from the parser, cut at a whole line."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = body.decode("utf-16", "replace")
    else:
        text = body.decode("utf-8", "replace")
    # Half a mark at the start is none of the first line either.
    text = text.lstrip("\ufeff").removeprefix("\ufffd").replace("\x00", "")
    if len(text) > MAX_ROBOTS:
        text = text[:MAX_ROBOTS].rpartition("\n")[0]
    return text
