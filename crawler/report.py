"""What a crawl reports: per site what came of it, and whether somebody has to look."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from crawler.store.reading import Lately

Outcome = Literal["new", "changed", "unchanged", "removed", "failed", "blocked", "skipped"]
OUTCOMES: tuple[Outcome, ...] = ("new", "changed", "unchanged", "removed", "failed", "blocked", "skipped")
FEWEST, MOST_LACKING = 10, 0.3
"""Articles that must have come in before a share is told of them, and the share without a part that is too much."""
_CHANGED = {
    "layout-does-not-fit": "print next to nothing where their layout has the text",
    "layout-unknown": "have no layout that their reader knows",
    "layout-outlived-its-end": "are later than the end of their layout",
    "body-from-json-ld": "print no text, and tell it to machines only",
    "body-from-page-state": "print no text, and leave it to a script",
}
"""Flags that speak of a changed layout, and what they say of pages."""
LISTED = 50
"""Troubles that are listed of one site; all are counted."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A URL that failed, was blocked or was skipped, and why."""

    url: str
    outcome: Outcome
    reason: str


@dataclass(slots=True)
class SiteReport:
    """One site's run; counts are of articles, `discovered` of URLs that were new to the frontier."""

    site: str
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    discovered: int = 0
    last_success: str | None = None
    """When a page was last fetched and read, in this run or an earlier one."""
    troubles: list[Trouble] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    """How often each reason came up."""
    needs: list[str] = field(default_factory=list)
    """Why the site needs somebody's attention."""
    months: dict[str, int] = field(default_factory=dict)
    """How many articles of each month the store holds of the site: its coverage."""
    pages: int = 0
    """How many pages were read as articles in this run."""
    flags: dict[str, int] = field(default_factory=dict)
    """At how many of them something was done or doubtful: a text from JSON-LD, another layout, dates that disagree."""
    lately: Lately | None = None
    """How many of its latest articles lack a part."""
    would_fetch: tuple[str, ...] = ()
    """What a dry run would have fetched."""

    def count(self, outcome: Outcome, url: str, reason: str | None = None) -> None:
        """Count what became of a URL."""
        self.counts[outcome] += 1
        if reason:
            self.reasons[reason] = self.reasons.get(reason, 0) + 1
            if len(self.troubles) < LISTED:
                self.troubles.append(Trouble(url, outcome, reason))

    def read(self, flags: tuple[str, ...]) -> None:
        """Count a page that was read as an article, and what its reader flagged."""
        self.pages += 1
        for flag in dict.fromkeys(flags):
            self.flags[flag] = self.flags.get(flag, 0) + 1

    def need(self, why: str) -> None:
        """Ask for attention, once for each reason."""
        if why not in self.needs:
            self.needs.append(why)

    def look_at(self, lately: Lately) -> None:
        """Take in how complete the latest articles are, and ask for attention where a part is missing from too many."""
        self.lately = lately
        if not self.fetched:
            return
        for missing, part in ((lately.undated, "date"), (lately.without_text, "text")):
            if lately.articles >= FEWEST and missing > MOST_LACKING * lately.articles:
                self.need(f"{missing} of its {lately.articles} latest articles gave no {part}: has the layout changed?")
        for flag, what in _CHANGED.items():
            if self.pages >= FEWEST and (count := self.flags.get(flag, 0)) > MOST_LACKING * self.pages:
                self.need(f"{count} of {self.pages} pages {what}: has the layout changed?")

    @property
    def fetched(self) -> int:
        """Articles that were asked for."""
        return sum(self.counts.values())

    def as_json(self) -> dict[str, Any]:
        """The contract's shape, and the reasons."""
        return {
            "site": self.site,
            **{outcome: self.counts[outcome] for outcome in OUTCOMES},
            "discovered": self.discovered,
            "last_success": self.last_success,
            "months": self.months,
            "pages": self.pages,
            "flags": self.flags,
            **({"lately": asdict(self.lately)} if self.lately else {}),
            "needs": self.needs,
            "reasons": self.reasons,
            "troubles": [
                {"url": trouble.url, "outcome": trouble.outcome, "reason": trouble.reason} for trouble in self.troubles
            ],
            **({"would_fetch": list(self.would_fetch)} if self.would_fetch else {}),
        }


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """All sites of one crawl."""

    sites: tuple[SiteReport, ...]

    @property
    def needs_attention(self) -> bool:
        """Whether any site does: the exit status."""
        return any(site.needs for site in self.sites)

    def as_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {"sites": [site.as_json() for site in self.sites]}
