"""The codec against Whoosh's own: the same documents in both, every kind of query, every hit and score compared."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import whoosh.index
from whoosh import query, sorting
from whoosh.codec.whoosh3 import W3Segment
from whoosh.matching import ReadTooFar
from whoosh.searching import Searcher

from crawler.article import Article
from index import codec
from index.engine.embedded import generations
from index.engine.embedded.flat.segment import segment_file
from index.engine.embedded.writer import GenerationWriter
from index.engine.kernel.array_file import ArrayFile
from index.errors import IndexDamaged, IndexMismatch
from index.schema import KEYWORDS, TEXTS
from tests.invented import SYLLABLES, add, articles, build, stock

PARTS = [articles(60, seed=1), articles(25, seed=2, first=60), articles(40, seed=3, first=85)]
CHANGED = articles(30, seed=4, first=20)


def queries(seed: int, each: int = 12) -> list[query.Query]:
    chance = random.Random(seed)

    def term(field: str | None = None) -> query.Term:
        return query.Term(field or chance.choice(["title", "lead", "body", "body_fold"]), chance.choice(SYLLABLES))

    kinds = [
        lambda: query.Or([term() for _ in range(chance.randint(2, 5))]),
        lambda: query.And([term("body") for _ in range(chance.randint(2, 4))]),
        lambda: query.Phrase("body", chance.choices(SYLLABLES[:8], k=2)),
        lambda: query.Phrase("body", chance.choices(SYLLABLES[:8], k=3), slop=3),
        lambda: query.Prefix("body", chance.choice(SYLLABLES)[0]),
        lambda: query.Not(term()),
        lambda: query.AndMaybe(term(), term()),
        lambda: query.AndNot(term("body"), term("body")),
        lambda: query.Require(term("body"), term("body")),
        lambda: query.TermRange("month", "2024-03", "2024-07"),
        lambda: query.And([term("body"), query.TermRange("body", "b", "d")]),
        lambda: query.Wildcard("body", f"{chance.choice(SYLLABLES)[0]}*n"),
        lambda: query.FuzzyTerm("body_fold", chance.choice(["tinh", "nhan", "trng", "bac"])),
        lambda: query.Regex("body", "[bt].*n$"),
        lambda: query.And([term("body"), query.Term("topic", f"topic-{chance.randint(0, 4)}")]),
        lambda: query.Term("official", f"o-{chance.randint(0, 10)}"),
        lambda: query.Term("body_word", "_".join(chance.choices(SYLLABLES, k=2))),
        lambda: query.Or([query.Term("title", chance.choice(SYLLABLES), boost=2.0), term("body")]),
    ]
    return [query.Every(), query.Every("body_special"), *(kind() for kind in kinds for _ in range(each))]


def hits(searcher: Searcher, asked: query.Query) -> list[tuple[int, float]]:
    found = searcher.search(asked, limit=None)
    return sorted((hit.docnum, round(hit.score, 9)) for hit in found)


def differing(ours: whoosh.index.FileIndex, oracle: whoosh.index.FileIndex) -> list[query.Query]:
    with ours.searcher() as here, oracle.searcher() as there:
        return [asked for asked in queries(7) if hits(here, asked) != hits(there, asked)]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, whoosh.index.FileIndex]:
    folder = tmp_path_factory.mktemp("codec")
    stamp = build(folder / "ours", PARTS)
    return folder / "ours" / stamp.generation, stock(folder / "stock", PARTS)


def test_whooshs_searcher_finds_and_scores_the_same_on_ours(pair: tuple[Path, whoosh.index.FileIndex]) -> None:
    assert differing(whoosh.index.open_dir(pair[0]), pair[1]) == []


def test_the_segments_are_ours_and_not_whooshs(pair: tuple[Path, whoosh.index.FileIndex]) -> None:
    assert all(isinstance(one, codec.Segment) for one in whoosh.index.open_dir(pair[0])._segments())
    assert all(isinstance(one, W3Segment) for one in pair[1]._segments())


def test_every_term_has_the_same_statistics(pair: tuple[Path, whoosh.index.FileIndex]) -> None:
    names = ("weight", "doc_frequency", "min_length", "max_length", "max_weight", "min_id", "max_id")
    with whoosh.index.open_dir(pair[0]).reader() as ours, pair[1].reader() as oracle:
        assert list(ours.all_terms()) == list(oracle.all_terms())
        for field, text in oracle.all_terms():
            here, there = ours.term_info(field, text), oracle.term_info(field, text)
            statistics = [[getattr(info, name)() for name in names] for info in (here, there)]
            if field in KEYWORDS:  # no lengths there: Whoosh says 0 or 1 as it happens
                statistics = [row[:2] + row[4:] for row in statistics]
            assert statistics[0] == statistics[1], (field, text)


def test_sorting_grouping_and_limits_agree(pair: tuple[Path, whoosh.index.FileIndex]) -> None:
    asked = query.Term("body", "dân")
    with whoosh.index.open_dir(pair[0]).searcher() as here, pair[1].searcher() as there:
        for reverse in (False, True):
            by_day = sorting.FieldFacet("day", reverse=reverse)
            rows = [[h.docnum for h in s.search(asked, limit=None, sortedby=by_day)] for s in (here, there)]
            assert rows[0] == rows[1]
        groups = [s.search(asked, limit=None, groupedby="version").groups() for s in (here, there)]
        assert groups[0] == groups[1]
        assert [h.docnum for h in here.search(asked, limit=5)] == [h.docnum for h in there.search(asked, limit=5)]


def test_deleted_documents_are_gone_and_still_count_in_statistics(tmp_path: Path) -> None:
    gone = [article.id for article in PARTS[0][::3]]
    first = build(tmp_path / "ours", PARTS)
    with generations.writing(tmp_path / "ours", "test"):
        writer = GenerationWriter(tmp_path / "ours", first)
        assert writer.delete([*gone, "never-there"]) == set(gone)
        stamp = writer.commit({}, 2)
    ours = whoosh.index.open_dir(tmp_path / "ours" / stamp.generation)
    assert ours.doc_count() == sum(map(len, PARTS)) - len(gone)
    assert differing(ours, stock(tmp_path / "stock", PARTS, gone)) == []


def test_updates_are_deletions_and_additions(tmp_path: Path) -> None:
    stamp = build(tmp_path / "ours", [CHANGED], base=build(tmp_path / "ours", PARTS))
    oracle = stock(tmp_path / "stock", PARTS, [article.id for article in CHANGED])
    add(oracle, CHANGED)
    assert differing(whoosh.index.open_dir(tmp_path / "ours" / stamp.generation), oracle) == []


def test_a_merged_segment_equals_one_written_at_once(tmp_path: Path) -> None:
    updated = build(tmp_path / "ours", [CHANGED], base=build(tmp_path / "ours", PARTS))
    merged = build(tmp_path / "ours", [], base=updated, tidy=65_536)
    changed = {article.id for article in CHANGED}
    kept = [article for part in PARTS for article in part if article.id not in changed] + CHANGED
    at_once = build(tmp_path / "once", [kept])
    files = [
        tmp_path / name / stamp.generation / segment_file(stamp.segments[0].id)
        for name, stamp in (("ours", merged), ("once", at_once))
    ]
    assert len(merged.segments) == 1
    assert files[0].read_bytes() == files[1].read_bytes()
    assert differing(whoosh.index.open_dir(files[0].parent), stock(tmp_path / "stock", [kept])) == []


@pytest.mark.parametrize(
    "array", ["body.tfs", "body.docs", "body.positions", "body.upper", "title.lengths", "body.blob", "topic.docs"]
)
def test_the_comparison_notices_a_changed_array(
    array: str, pair: tuple[Path, whoosh.index.FileIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = ArrayFile._open

    def lying(self: ArrayFile, name: str, *, check: bool):
        values = honest(self, name, check=check).copy()
        if name == array:
            values[::5] += 1
        return values

    monkeypatch.setattr(ArrayFile, "_open", lying)
    try:
        noticed = bool(differing(whoosh.index.open_dir(pair[0]), pair[1]))
    except (AssertionError, IndexError, ReadTooFar):
        noticed = True  # Whoosh itself stumbles over documents that are out of order
    assert noticed


def damage(path: Path, at: int, value: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[at : at + len(value)] = value
    path.write_bytes(content)


def test_another_format_is_refused_in_a_plain_sentence(tmp_path: Path) -> None:
    stamp = build(tmp_path, [articles(3)])
    file = tmp_path / stamp.generation / segment_file(stamp.segments[0].id)
    damage(file, 8, b"\x63")
    with pytest.raises(IndexMismatch, match=r"has index format 99, this Tra Tin reads \d+: run `tratin"):
        ArrayFile(file)


@pytest.mark.parametrize("where", [0, 100, -10, -200])
def test_damage_is_noticed_wherever_it_is(tmp_path: Path, where: int) -> None:
    stamp = build(tmp_path, [articles(50)])
    file = tmp_path / stamp.generation / segment_file(stamp.segments[0].id)
    at = where % file.stat().st_size
    damage(file, at, bytes([file.read_bytes()[at] ^ 0x10]))
    with pytest.raises((IndexDamaged, IndexMismatch)):
        ArrayFile(file).verify()


def test_a_file_cut_short_is_noticed_at_opening(tmp_path: Path) -> None:
    stamp = build(tmp_path, [articles(5)])
    file = tmp_path / stamp.generation / segment_file(stamp.segments[0].id)
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match="cut short"):
        ArrayFile(file)
    file.unlink()
    with pytest.raises(IndexDamaged, match="cannot be read"):
        ArrayFile(file)


def test_whooshs_writers_are_refused(pair: tuple[Path, whoosh.index.FileIndex]) -> None:
    with pytest.raises(NotImplementedError, match="written in bulk"):
        whoosh.index.open_dir(pair[0]).writer(codec=codec.TraTinCodec())


def test_long_documents_and_many_repetitions_keep_their_numbers(tmp_path: Path) -> None:
    long = Article("long", "Một bài rất dài", paragraphs=("gió " * 70_000 + "bão",))
    stamp = build(tmp_path / "ours", [[long, *articles(3)], [articles(1, first=9)[0]]], tidy=65_536)
    ours = whoosh.index.open_dir(tmp_path / "ours" / stamp.generation)
    with ours.reader() as reader:
        assert reader.term_info("body", "gió").max_weight() == 70_000
        matcher = reader.postings("body", "bão")
        assert matcher.value_as("positions")[-1] == 70_000
        assert set(reader.indexed_field_names()) <= {*TEXTS, *KEYWORDS}
