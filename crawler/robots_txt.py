"""The rules of a robots.txt: RFC 9309, and what Google's parser does where that leaves the choice.

The library for it (Protego) ends a group at a line it does not know, reads `TraTin/0.1` as another name than `TraTin`
and takes no relative sitemap, so these hundred lines are our own. What decides, in the order of the standard:

* A group begins with one or more User-agent lines; only an Allow or Disallow line closes their list. Any other line
  (Sitemap, Crawl-delay, an unknown one) changes nothing, and lines before the first group count for nobody.
* The product token of a User-agent line ends at the first character that is no letter, `-` or `_`; case does not
  count. All groups that name the token are one; only where none does, those of `*` are.
* The longest pattern that matches decides, and of an Allow and a Disallow of one length the Allow. `*` is any text,
  `$` at the end is the end; a pattern and a URL are compared octet by octet, percent-escaped in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote_to_bytes, urljoin

from crawler.errors import UrlError
from crawler.urls import canonical

LONGEST_LINE = 16_663
"""Characters of a line that are read; a URL is at most an eighth of it (Google's limit)."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[A-Za-z_-]*")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEYS = (
    ("user-agent", ("user-agent", "useragent", "user agent")),
    ("allow", ("allow",)),
    ("disallow", ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw")),
    ("sitemap", ("sitemap", "site-map")),
    ("crawl-delay", ("crawl-delay", "crawldelay", "crawl delay")),
)
"""The keys as they are meant, each with the ways it is often written."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An Allow or Disallow line; a pattern's length is its weight."""

    allow: bool
    pattern: str

    def matches(self, path: str) -> bool:
        """Whether it speaks of this path and query. Of a Disallow, `%7E` and `~` are one sign, as the RFC has it."""
        if _matches(self.pattern, path):
            return True
        return not self.allow and "%" in self.pattern and _matches(_ESCAPE.sub(_unreserved, self.pattern), path)


@dataclass(slots=True)
class _Group:
    agents: list[str] = field(default_factory=list)
    """Product tokens in lower case; `*` for everybody."""
    rules: list[Rule] = field(default_factory=list)
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class RobotsTxt:
    """A parsed robots.txt."""

    groups: tuple[_Group, ...]
    sitemaps: tuple[str, ...]
    """As written; relative ones too."""

    def allows(self, url: str, token: str) -> bool:
        """Whether the crawler of that product token may fetch a URL."""
        path = _path(url)
        best: tuple[int, bool] = (0, True)
        for group in self._groups(token):
            for rule in group.rules:
                weight = (len(rule.pattern), rule.allow)
                if weight > best and rule.matches(path):
                    best = weight
        return best[1]

    def delay(self, token: str) -> float | None:
        """Seconds between two requests that the token's groups ask for."""
        return next((group.delay for group in self._groups(token) if group.delay is not None), None)

    def sitemaps_at(self, origin: str) -> tuple[str, ...]:
        """The sitemaps as canonical URLs, relative ones as of that origin; what is no URL is left out."""
        found = []
        for written in self.sitemaps:
            try:
                found.append(canonical(urljoin(f"{origin}/", written)))
            except (UrlError, ValueError):
                continue
        return tuple(dict.fromkeys(found))

    def _groups(self, token: str) -> list[_Group]:
        own = token.lower()
        named = [group for group in self.groups if own in group.agents]
        return named or [group for group in self.groups if "*" in group.agents]


def parse_robots(text: str) -> RobotsTxt:
    """The rules in a robots.txt; what is no line of one is passed over."""
    groups: list[_Group] = []
    sitemaps: list[str] = []
    closed = True
    for raw in _LINE_END.split(text.removeprefix("\ufeff")):
        key, value = _key_and_value(raw[:LONGEST_LINE])
        if key == "user-agent":
            if closed:
                groups.append(_Group())
                closed = False
            groups[-1].agents.append("*" if re.match(r"\*(?:\s|$)", value) else _token(value))
        elif key == "sitemap" and value:
            sitemaps.append(value)
        elif key == "crawl-delay" and groups:
            groups[-1].delay = _seconds(value) if groups[-1].delay is None else groups[-1].delay
        elif key in ("allow", "disallow") and groups:
            closed = True
            groups[-1].rules += _rules(key == "allow", value)
    return RobotsTxt(tuple(groups), tuple(sitemaps))


def _key_and_value(line: str) -> tuple[str | None, str]:
    line = line.partition("#")[0].strip()
    key, colon, value = line.partition(":")
    if not colon:
        # Some write no colon: that is a rule if there are two words, and no more.
        words = line.split()
        if len(words) != 2:
            return None, ""
        key, value = words
    written = key.strip().lower()
    known = (name for name, spellings in _KEYS if written.startswith(spellings))
    return next(known, None), value.strip()


def _token(value: str) -> str:
    found = _TOKEN.match(value)
    return found.group().lower() if found else ""


def _rules(allow: bool, value: str) -> list[Rule]:
    pattern = quote(_ESCAPE.sub(lambda found: found.group().upper(), value), safe=_ASCII)
    rules = [Rule(allow, pattern)] if pattern else []
    folder, slash, name = pattern.rpartition("/")
    if allow and slash and name.startswith("index.htm"):
        rules.append(Rule(True, f"{folder}/$"))
    return rules


_ASCII = "".join(map(chr, range(128)))


def _seconds(value: str) -> float | None:
    """A number of seconds, with a point or, as Vietnamese write it, a comma; None for anything else."""
    found = re.match(r"\d{1,9}(?:[.,]\d{1,9})?(?![\w.,:-])", value)
    return float(found.group().replace(",", ".")) if found else None


def _path(url: str) -> str:
    """Path and query of a URL as sent: without fragment, `/` when there is none."""
    without = url.partition("#")[0]
    rest = without.partition("//")[2] if re.match(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//", without) else without
    start = re.search(r"[/?;]", rest)
    path = rest[start.start() :] if start else "/"
    return path if path.startswith("/") else f"/{path}"


def _unreserved(match: re.Match[str]) -> str:
    byte = unquote_to_bytes(match.group())
    return byte.decode("ascii") if byte[0] in _UNRESERVED else match.group()


def _matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches from the path's start: each part between `*` at its first place; linear in both."""
    anchored = pattern.endswith("$")
    first, *parts = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    if not parts:
        return position == len(path) or not anchored
    last = parts.pop() if anchored else None
    for part in parts:
        found = path.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return last is None or (len(path) - len(last) >= position and path.endswith(last))
