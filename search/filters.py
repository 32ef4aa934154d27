"""Filters: which documents a request lets through, whatever the query."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from index.document import day_number
from index.snapshot import Snapshot
from search.request import SearchRequest

Mask = npt.NDArray[np.bool_]


def allowed(snapshot: Snapshot, request: SearchRequest) -> Mask | None:
    """Documents that all filters let through; None when the request has no filter.

    Repeated topics and officials must all hold, any of repeated sources may; a leading `-` excludes. An undated
    article is in no range of dates.
    """
    masks = [
        *_all(snapshot, "topic", request.topics),
        *_all(snapshot, "official", request.officials),
        *_any(snapshot, "source", request.sources),
    ]
    if request.since:
        masks.append(snapshot.dated & (snapshot.days >= day_number(request.since)))
    if request.until:
        masks.append(snapshot.dated & (snapshot.days <= day_number(request.until)))
    if not masks:
        return None
    return np.logical_and.reduce(masks)


def _all(snapshot: Snapshot, field: str, values: Iterable[str]) -> list[Mask]:
    keywords = snapshot.keywords(field)
    return [~keywords.mask(value[1:]) if value.startswith("-") else keywords.mask(value) for value in values]


def _any(snapshot: Snapshot, field: str, values: Iterable[str]) -> list[Mask]:
    keywords = snapshot.keywords(field)
    wanted = [keywords.mask(value) for value in values if not value.startswith("-")]
    unwanted = [~keywords.mask(value[1:]) for value in values if value.startswith("-")]
    return [np.logical_or.reduce(wanted), *unwanted] if wanted else unwanted
