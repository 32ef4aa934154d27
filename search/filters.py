"""Filters: which documents a request lets through, whatever the query."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import numpy as np

from index.facets import FACETS, Facet
from search.kernel.kernel import Kernel
from search.kernel.matches import Mask
from search.request import SearchRequest


def allowed(kernel: Kernel, request: SearchRequest) -> Mask | None:
    """Documents that all filters let through; None when the request has no filter.

    An undated article is in no range of dates.
    """
    masks = [mask for facet in FACETS for mask in _masks(kernel, facet, request)]
    if request.since or request.until:
        masks.append(kernel.dated(request.since, request.until))
    return reduce(np.logical_and, masks) if masks else None


def _masks(kernel: Kernel, facet: Facet, request: SearchRequest) -> Iterator[Mask]:
    wanted = [kernel.carrying(facet.name, value) for value in request.wanted(facet.name)]
    if facet.every:
        yield from wanted
    elif wanted:
        yield reduce(np.logical_or, wanted)
    for one in request.filters:
        if one.facet == facet.name and one.excluded:
            yield ~kernel.carrying(facet.name, one.value)
