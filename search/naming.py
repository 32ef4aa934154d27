"""Naming: what slugs and ids are called, and which of them a word typed behind `chủ đề:` or `quan chức:` means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache

from crawler.ground.clock import day_number
from index import query as q
from index.analysis.normalize import fold, key
from index.authority import ACTING, CASE
from index.document import IndexedOfficial
from index.engine import Generation
from index.facets import ABROAD, BY_NAME, HOME
from index.officials.directory.directory import Directory
from index.officials.posts.areas import place_names
from index.officials.posts.name_keys import office_name
from index.officials.posts.offices import expand
from index.officials.registry.headline_office import headline
from index.schema import Form
from index.topics.taxonomy import Taxonomy
from search.results import COUNT_TYPES, FacetCount, OfficialCount, OfficialLabel, OrganisationCount, TopicCount
from search.suggest import Candidate, Suggestion

_CALLED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "authority": {**dict.fromkeys(("co", "yes"), (ACTING,)), **dict.fromkeys(("vu an", "case"), (CASE,))},
    "country": {
        **dict.fromkeys(("viet nam", "vn", "trong nuoc", "ta", "home"), (HOME,)),
        **dict.fromkeys(("nuoc ngoai", "ngoai", "foreign", "abroad"), (ABROAD,)),
    },
}
"""What may be typed behind `chính quyền:` and `nước:`."""
_MOST_OFFICES = 20_000


class Naming:
    """Names of topics and officials, as they are while one generation answers."""

    def __init__(self, taxonomy: Taxonomy, directory: Directory) -> None:
        self._taxonomy = taxonomy
        self.directory = directory
        self._label = lru_cache(maxsize=1 << 15)(directory.label)
        self._held = lru_cache(maxsize=1 << 15)(directory.held)
        self._current = lru_cache(maxsize=1 << 15)(directory.current_id)
        self.seat = lru_cache(maxsize=1 << 10)(directory.seat)
        """The one office that words name whole, in other words; None for all else."""
        self._slugs = {
            _plain(name): topic.slug for topic in taxonomy.topics for name in (topic.slug, topic.vi, topic.en)
        }

    def topic(self, slug: str) -> str:
        """A topic's Vietnamese name; the slug itself when it is in no taxonomy."""
        topic = self._taxonomy.topic(slug)
        return topic.vi if topic else slug

    @cached_property
    def organisations(self) -> Mapping[str, str]:
        """What every organisation is called, by its id."""
        return self.directory.organisations()

    def topics(self) -> Iterator[tuple[str, str]]:
        """Slug and Vietnamese name of every topic, in the taxonomy's order."""
        return ((topic.slug, topic.vi) for topic in self._taxonomy.topics)

    def official(self, official: IndexedOfficial, published: str | None) -> OfficialLabel:
        """An official of an article: the name as it prints it, the id that stands today, the office of its day."""
        current = self._current(official.id)
        on = day_number(date.fromisoformat(published[:10])) if published else None
        title, organisation, _ = headline(self._held(current), on) or (None, None, "")
        return OfficialLabel(current, official.name, title, organisation)

    def counted(self, facet: str, value: str, count: int) -> FacetCount:
        """How many articles carry a value of a facet: a topic by its name, an official with the latest office."""
        if facet == "topic":
            return TopicCount(value, self.topic(value), count)
        if facet == "official":
            name, title, organisation = self._label(value) or (value, None, None)
            return OfficialCount(self._current(value), name, office_name(title, organisation) or None, count)
        if facet == "organisation":
            return OrganisationCount(value, self.organisations.get(value, value), count)
        counted: FacetCount = COUNT_TYPES[facet](value, count)
        return counted

    def known(self) -> frozenset[str]:
        """The full names of all officials, as syllable keys with blanks between."""
        notes = (note.name for note in self.directory.names())
        return frozenset(" ".join(key(word) for word in name.split()) for name in notes if " " in name)

    def about(self, node: q.About, generation: Generation) -> tuple[str, ...] | None:
        """The values of the keyword field that the text means; None when it is no known name, but text to look for."""
        if node.field == "topic":
            return self._topics_called(node.text) or None
        if node.field in ("official", "said"):
            named = self.directory.named(node.text) or self.directory.spoken_of(node.text)
            return named or self.holders(node.text) or None
        if node.field == "organisation":
            carried = (id for id, _ in generation.values("organisation"))
            called = {id: self.organisations.get(id, id) for id in carried}
            if node.text in called:
                return (node.text,)
            meant = set(printed_with(expand(node.text), map(expand, called.values())))
            return tuple(id for id, name in called.items() if expand(name) in meant) or None
        if node.field in _CALLED:
            return _CALLED[node.field].get(_plain(node.text))
        if node.field == "source":
            return (node.text.strip().lower(),)
        facet = BY_NAME.get(node.field)
        if facet is None or not facet.printed:
            return None
        return printed_with(node.text, (value for value, _ in generation.values(facet.name)))

    def holders(self, text: str) -> tuple[str, ...]:
        """The officials whom the news bears out in the one office that the words mean, of whatever day."""
        office = self.directory.asked(text, 0).office
        held = self.directory.office(office.id) if office else None
        return tuple(holder.official.id for holder in held.holders if holder.status != "said") if held else ()

    def _topics_called(self, text: str) -> tuple[str, ...]:
        wanted = _plain(text)
        exact = self._slugs.get(wanted)
        if exact or not wanted:
            return (exact,) if exact else ()
        return tuple(dict.fromkeys(slug for name, slug in self._slugs.items() if f" {wanted} " in f" {name} "))

    def entries(self, generation: Generation) -> Iterable[Candidate]:
        """What can be suggested: topics, the officials of a generation with their latest office, offices and places."""
        counted = dict(generation.values("topic"))
        for slug, name in self.topics():
            yield Candidate(Suggestion("topic", name, None, slug), counted.get(slug, 0))
        for official_id, count in generation.values("official"):
            name, title, organisation = self._label(official_id) or (official_id, None, None)
            detail = office_name(title, organisation) or None
            yield Candidate(Suggestion("official", name, detail, official_id), count)
        for office in self.directory.offices_listed(0, _MOST_OFFICES):
            yield Candidate(Suggestion("office", office.name, None, office.id), office.articles or office.holders)
        named = {" ".join(keys): name for name, keys in place_names()}
        words = ["_".join(keys.split()) for keys in named]
        printed = generation.terms.frequencies(Form.WORD, words)
        for name, count in zip(named.values(), printed, strict=True):
            yield Candidate(Suggestion("place", name), count)


def printed_with(text: str, values: Iterable[str]) -> tuple[str, ...]:
    """The printed names that have these words, one after the other; marks count where any was typed."""
    typed, bare = _word_keys(text), _plain(text)
    alike = _plain if typed == bare else _word_keys
    return tuple(value for value in values if f" {typed} " in f" {alike(value)} ") if bare else ()


def _word_keys(text: str) -> str:
    """Words with their marks, without signs."""
    return " ".join(filter(None, (key(word) for word in text.replace("-", " ").split())))


def _plain(text: str) -> str:
    """Words without marks and signs."""
    return " ".join(filter(None, (fold(key(word)) for word in text.replace("-", " ").split())))
