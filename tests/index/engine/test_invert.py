"""A segment's postings stand in the order of its terms, however many there are."""

from pathlib import Path

import pytest

from index.engine.embedded.flat.invert import Inverted
from index.engine.embedded.flat.segment import FlatSegment


@pytest.mark.parametrize("different", [3, 70_000])
def test_every_term_has_its_documents_and_positions_in_order(different: int, tmp_path: Path) -> None:
    terms = [f"t{number * 7919 % different}" for number in range(2 * different)]
    texts = [terms[: different + 1], ["t1", *terms[different:]]]
    batch = Inverted()
    for text in texts:
        batch.add(streams={"body": (text, None)}, keywords={}, day=None, version=1, stored=b"")
    batch.write(tmp_path / "segment")
    body = FlatSegment(tmp_path / "segment").fields["body"]
    assert list(body.terms) == sorted(term.encode() for term in set(terms))
    for ordinal in {0, 1, len(body.terms) // 2, len(body.terms) - 1}:
        term, postings = body.terms[ordinal].decode(), body.slice(ordinal)
        places = [[at for at, other in enumerate(text) if other == term] for text in texts]
        assert postings.positions is not None
        assert postings.docs.tolist() == [doc for doc, at in enumerate(places) if at]
        assert postings.positions.tolist() == [at for each in places for at in each]
