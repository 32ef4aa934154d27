"""Positions come back as they were packed, whichever stretch is asked for."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.engine.embedded.flat.positions import Positions, packed
from index.engine.kernel.array_file import ArrayFile, ArrayFileWriter

_POSITION = st.one_of(st.integers(0, 300), st.sampled_from([4094, 4095, 4096, 65_535, 70_000]), st.integers(0, 2**20))


def written(folder: Path, numbers: list[int]) -> Positions:
    with ArrayFileWriter(folder / "flat") as writer:
        for part, array in packed(np.array(numbers, np.uint32)).items():
            writer.add(f"body.{part}", array)
        writer.close({})
    return Positions(ArrayFile(folder / "flat"), "body")


@given(st.lists(_POSITION, max_size=60), st.data())
def test_every_stretch_holds_the_positions_given(numbers: list[int], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(numbers)))
    stop = data.draw(st.integers(start, len(numbers)))
    with TemporaryDirectory() as folder:
        positions = written(Path(folder), numbers)
        assert len(positions) == len(numbers)
        assert positions.between(start, stop).tolist() == numbers[start:stop]


def test_near_positions_take_a_byte_and_a_half() -> None:
    arrays = packed(np.arange(4096, dtype=np.uint32))
    assert sum(array.nbytes for array in arrays.values()) == 6144
    assert set(arrays) == {"positions", "upper"}


def test_more_positions_than_are_packed_at_a_time_come_back(tmp_path: Path) -> None:
    numbers = (np.arange((1 << 22) + 3) % 5_000).astype(np.uint32)
    positions = written(tmp_path, numbers.tolist())
    assert np.array_equal(positions.between(0, len(positions)), numbers)
