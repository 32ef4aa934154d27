"""Which versions an index and who reads it must share, whatever the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from index.errors import IndexMismatch


def check_shared(written: Mapping[str, str], ours: Mapping[str, str], names: Iterable[str]) -> None:
    """See that an index `written` with these versions may be read with `ours`; names that `ours` lacks do not matter.

    Raises:
        IndexMismatch: naming the first version that differs.
    """
    for name in names:
        if name in ours and written.get(name) != ours[name]:
            raise IndexMismatch(
                f"the index was written with {name} {written.get(name, 'unknown')}, this Tra Tin has "
                f"{ours[name]}: run `tratin reindex --full`"
            )
