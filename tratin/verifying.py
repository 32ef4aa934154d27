"""Verifying: is every byte as it was written, does the index hold what the store holds, does it answer a real query?

Each room holds its own files against its checksums; what they know of each other is compared here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from crawler.errors import StoreError
from crawler.ground.fault import Fault
from crawler.store.reading import StoreReader
from crawler.store.verifying import verify_store
from crawler.verifying import verify_archive, verify_frontier
from index.officials.registry.verifying import compare_registry, prove_registry, verify_registry
from tratin.alerts.verifying import verify_alerts
from tratin.parts import indexing_of
from tratin.settings import Settings
from tratin.settings_seal import changed_settings, verify_settings

_SAMPLE = 25
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Verification:
    """What `tratin verify` found."""

    articles: int
    """Articles in the store that should be found."""
    documents: int
    """Documents in the index."""
    generation: str | None
    behind: int
    """Changes of the store that the index has not seen yet."""
    missing: tuple[str, ...]
    """Ids that the index lacks although it has seen their change (the first few)."""
    extra: tuple[str, ...]
    """Ids that the index still holds although the store does not (the first few)."""
    other_version: tuple[str, ...]
    """Ids whose indexed version is not the store's latest although it has seen the change (the first few)."""
    queried: int
    """Articles looked up by the words of their titles."""
    unanswered: tuple[str, ...]
    """Ids among these that were not found."""
    faults: tuple[Fault, ...]
    """Damage, each with what is lost and the command that mends it."""
    notices: tuple[str, ...]
    """What somebody may want to know and is no fault: settings that were changed since they were last read."""

    @property
    def sound(self) -> bool:
        """Whether everything is as it was written, and agrees."""
        return not (self.missing or self.extra or self.other_version or self.unanswered or self.faults)

    @property
    def mends(self) -> tuple[str, ...]:
        """The commands that mend the faults, each once."""
        return tuple(dict.fromkeys(fault.mend for fault in self.faults))

    def as_json(self) -> dict[str, Any]:
        """The report."""
        return {"sound": self.sound, **asdict(self)}


def verify(settings: Settings) -> Verification:
    """Check every byte that is kept, compare store, registry and index, and look up a sample of articles.

    Raises:
        StoreError: there is no store, or it is so damaged that nothing can be compared with it.
        IndexMismatch: another version of Tra Tin wrote the index.
    """
    faults = [*verify_store(settings.store_path), *verify_archive(settings.warc_dir)]
    index, damage = indexing_of(settings).inspected()
    faults += verify_settings(settings.data, expected=index is not None)
    faults += verify_alerts(settings)
    read, others = verify_registry(settings.registry_path, expected=index is not None)
    faults += [*damage, *others]
    seen = index.stamp.change if index else 0
    stored = _stored(settings, seen, faults)
    late = stored.late
    wanted = {id: version for id, version in stored.latest.items() if id not in late}
    indexed: dict[str, int] = {}
    comparable = index is not None and not damage and stored.readable
    if index is not None and comparable:
        indexed = {id: version for id, version in index.versions_held().items() if id not in late}
        if not others:
            faults += compare_registry(settings.registry_path, read, indexed)
            with suppress(StoreError), StoreReader(settings.store_path) as store:  # what is damaged there is told above
                known = (article for article in store.live() if article.id in indexed)
                faults += prove_registry(settings.registry_path, known)
    both = sorted(wanted.keys() & indexed.keys())
    sample = both[:: max(1, len(both) // _SAMPLE)][:_SAMPLE]
    return Verification(
        articles=stored.count,
        documents=index.stamp.documents if index else 0,
        generation=index.stamp.generation if index else None,
        behind=len(late),
        missing=_few(wanted.keys() - indexed.keys()) if comparable else (),
        extra=_few(indexed.keys() - wanted.keys()),
        other_version=_few(id for id in both if indexed[id] != wanted[id]),
        queried=len(sample),
        unanswered=tuple(id for id in sample if index and not index.answers(id)),
        faults=tuple(faults),
        notices=tuple(changed_settings(settings.data)),
    )


@dataclass(frozen=True, slots=True)
class _StoreState:
    """What the store says, as far as it can be read."""

    latest: Mapping[str, int]
    count: int
    late: frozenset[str]
    """Articles that changed after what the index has seen."""
    readable: bool = True


def _stored(settings: Settings, seen: int, faults: list[Fault]) -> _StoreState:
    """Read the store, and hold the frontier against it; a store that is known to be damaged may be unreadable.

    A command may be writing: what is read here in this order lets no change of its seem a difference.
    """
    damaged = any(fault.where == str(settings.store_path) for fault in faults)
    try:
        with StoreReader(settings.store_path) as store:
            faults += verify_frontier(
                settings.frontier_path, lambda article: store.state(article) is not None, settings.revisit_days
            )
            latest, count = store.latest_versions(), store.count()
            return _StoreState(latest, count, frozenset(change.id for change in store.changes(seen)))
    except StoreError:
        if not damaged:
            raise
        return _StoreState({}, 0, frozenset(), readable=False)


def _few(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(ids)[:_LISTED])
