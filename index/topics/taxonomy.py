"""The taxonomy: topics and the phrases that speak for them, from `taxonomy.toml` and the archivist's `topics.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from index.errors import TaxonomyError
from index.topics.key_phrases import PhraseTree

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TOPIC_FIELDS = {"slug", "vi", "en", "definition", "phrases", "share"}
_SHARE = 0.45


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic as readers see it."""

    slug: str
    """Stable: links and feeds rest on it."""
    vi: str
    en: str
    definition: str
    share: float = _SHARE
    """The part of the primary topic's evidence that makes this one a second or third topic."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Topics in file order, and every phrase with the topics it speaks for or against."""

    topics: tuple[Topic, ...]
    weights: tuple[tuple[tuple[int, float], ...], ...]
    """By phrase number: (topic number, weight) pairs; empty for a look-alike."""
    tree: PhraseTree
    home: frozenset[int]
    """Numbers of the phrases that name places and bodies of Viet Nam."""
    heads: frozenset[int]
    """Numbers of the titles whose body is no topic: `giám đốc sở` hides the `giao thông` behind it."""
    _numbers: dict[str, int] = field(default_factory=dict, repr=False)

    def topic(self, slug: str) -> Topic | None:
        """The topic of that slug, or None."""
        number = self._numbers.get(slug)
        return None if number is None else self.topics[number]

    def number(self, slug: str) -> int | None:
        """The place of that slug's topic in `topics`, or None."""
        return self._numbers.get(slug)


@cache
def bundled() -> Taxonomy:
    """The taxonomy that comes with Tra Tin."""
    return _build((_parse((files("index.topics") / "taxonomy.toml").read_text(encoding="utf-8"), "taxonomy.toml"),))


def load(data: Path) -> Taxonomy:
    """The bundled taxonomy with the additions of `<data>/topics.toml`, where there is one.

    Raises:
        TaxonomyError: naming the file and the entry that cannot be read.
    """
    path = data / "topics.toml"
    try:
        own = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return bundled()
    except (OSError, UnicodeDecodeError) as error:
        raise TaxonomyError(f"{path} cannot be read: {error}") from error
    given = (files("index.topics") / "taxonomy.toml").read_text(encoding="utf-8")
    return _build((_parse(given, "taxonomy.toml"), _parse(own, str(path))))


def digest(data: Path) -> str:
    """Changes whenever the bundled taxonomy or the archivist's additions do: 12 hex digits."""
    own = data / "topics.toml"
    given = (files("index.topics") / "taxonomy.toml").read_bytes()
    return sha256(given + (own.read_bytes() if own.is_file() else b"")).hexdigest()[:12]


def _parse(text: str, where: str) -> tuple[str, dict[str, Any]]:
    try:
        return where, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyError(f"{where} is not valid TOML: {error}") from error


def _build(sources: Iterable[tuple[str, dict[str, Any]]]) -> Taxonomy:
    topics: dict[str, Topic] = {}
    weights: dict[str, dict[str, float]] = {}
    home: set[str] = set()
    heads: set[str] = set()
    for where, given in sources:
        unknown = set(given) - {"topic", "friends", "home", "heads"}
        if unknown:
            raise TaxonomyError(f"{where}: unknown key {min(unknown)!r}; known are topic, friends, home, heads")
        for phrase in _texts(given.get("friends", []), f"{where}: friends"):
            weights.setdefault(phrase, {})
        for phrase in _texts(given.get("home", []), f"{where}: home"):
            weights.setdefault(phrase, {})
            home.add(phrase)
        for phrase in _texts(given.get("heads", []), f"{where}: heads"):
            weights.setdefault(phrase, {})
            heads.add(phrase)
        for entry in given.get("topic", []):
            topic = _topic(entry, where, topics)
            topics[topic.slug] = topic
            for phrase, weight in _weighted(entry.get("phrases", {}), f"{where}: topic {topic.slug!r}"):
                weights.setdefault(phrase, {})[topic.slug] = weight
    numbers = {slug: number for number, slug in enumerate(topics)}
    pairs = tuple(tuple((numbers[slug], weight) for slug, weight in by.items()) for by in weights.values())
    # A longer phrase hides the mark of home inside it (`hợp tác Việt Nam`), so it is one itself.
    marks = [f" {mark} " for mark in home if " " in mark]
    at_home = frozenset(
        number
        for number, phrase in enumerate(weights)
        if phrase in home or any(mark in f" {phrase} " for mark in marks)
    )
    titles = frozenset(number for number, phrase in enumerate(weights) if phrase in heads)
    return Taxonomy(tuple(topics.values()), pairs, PhraseTree(tuple(weights)), at_home, titles, numbers)


def _topic(entry: Mapping[str, Any], where: str, known: Mapping[str, Topic]) -> Topic:
    slug = entry.get("slug")
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug):
        raise TaxonomyError(f"{where}: slug {slug!r}: lower-case letters a-z, digits and single hyphens are needed")
    unknown = set(entry) - _TOPIC_FIELDS
    if unknown:
        raise TaxonomyError(f"{where}: topic {slug!r}: unknown key {min(unknown)!r}; known are {sorted(_TOPIC_FIELDS)}")
    before = known.get(slug)
    words = {}
    for name in ("vi", "en", "definition"):
        words[name] = entry.get(name, getattr(before, name, None))
        if not isinstance(words[name], str) or not words[name]:
            raise TaxonomyError(f"{where}: topic {slug!r} is new, so it needs {name}")
    share = entry.get("share", before.share if before else _SHARE)
    if not isinstance(share, int | float) or not 0 < share <= 1:
        raise TaxonomyError(f"{where}: topic {slug!r}: share is {share!r}: a number above 0, at most 1, is needed")
    return Topic(slug, words["vi"], words["en"], words["definition"], float(share))


def _weighted(groups: Any, where: str) -> Iterable[tuple[str, float]]:
    if not isinstance(groups, dict):
        raise TaxonomyError(f'{where}: phrases are grouped by weight, such as phrases.2 = ["..."]')
    for weight, phrases in groups.items():
        try:
            value = float(weight)
        except ValueError:
            raise TaxonomyError(f"{where}: phrases.{weight}: the weight must be a number") from None
        for phrase in _texts(phrases, f"{where}: phrases.{weight}"):
            yield phrase, value


def _texts(given: Any, where: str) -> Iterable[str]:
    if not isinstance(given, list) or not all(isinstance(text, str) and text.strip() for text in given):
        raise TaxonomyError(f"{where}: a list of phrases is needed")
    return given
