"""Filters: which documents a request lets through, whatever the query."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np

from search.kernel.kernel import Kernel
from search.kernel.matches import Mask
from search.request import SearchRequest


def allowed(kernel: Kernel, request: SearchRequest) -> Mask | None:
    """Documents that all filters let through; None when the request has no filter.

    Repeated topics and officials must all hold, any of repeated sources may; a leading `-` excludes. An undated
    article is in no range of dates.
    """
    masks = [
        *_all(kernel, "topic", request.topics),
        *_all(kernel, "official", request.officials),
        *_any(kernel, "source", request.sources),
    ]
    if request.since or request.until:
        masks.append(kernel.dated(request.since, request.until))
    return reduce(np.logical_and, masks) if masks else None


def _all(kernel: Kernel, field: str, values: Iterable[str]) -> list[Mask]:
    return [_carrying(kernel, field, value) for value in values]


def _any(kernel: Kernel, field: str, values: Iterable[str]) -> list[Mask]:
    values = list(values)
    wanted = [_carrying(kernel, field, value) for value in values if not value.startswith("-")]
    unwanted = [_carrying(kernel, field, value) for value in values if value.startswith("-")]
    return [reduce(np.logical_or, wanted), *unwanted] if wanted else unwanted


def _carrying(kernel: Kernel, field: str, value: str) -> Mask:
    """Documents with the value, or without it where it is excluded."""
    return ~kernel.carrying(field, value[1:]) if value.startswith("-") else kernel.carrying(field, value)
