"""What a reader types finds what a reader means, counts are honest, and marks are exactly what matched."""

from __future__ import annotations

import shutil
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.json_types import as_json
from search.cursor import Cursor, asked
from search.errors import BadRequest, CursorExpired, CursorUnknown, IndexUnavailable
from search.request import SearchRequest, filters
from search.results import ResultPage
from search.searcher import Searcher
from tests.search.conftest import NEWS, article, build, renewed
from tratin.parts import open_searcher
from tratin.settings import Settings


def ask(searcher: Searcher, text: str, **more: object) -> ResultPage:
    return searcher.search(replace(SearchRequest(text=text), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["", "Lò Văn Mười", "dân vận", "dân vận khéo tỉnh", "không có gì như thế này"])
def test_a_count_is_the_total_of_the_results(searcher: Searcher, typed: str) -> None:
    for more in ({}, {"filters": filters("topic", ("dan-van-mat-tran",))}, {"since": date(2024, 1, 1)}):
        assert searcher.count(replace(SearchRequest(text=typed), **more)) == ask(searcher, typed, **more).total


def matched(page: ResultPage) -> set[str]:
    return {hit.id for hit in page.hits if not hit.missing}


def lit(page: ResultPage, id: str) -> list[str]:
    hit = next(hit for hit in page.hits if hit.id == id)
    shown = [(hit.title, hit.title_spans), *((snippet.text, snippet.spans) for snippet in hit.snippets)]
    return [unicodedata.normalize("NFC", text[a:b]) for text, spans in shown for a, b in spans]


@pytest.mark.parametrize(
    "typed",
    [
        "Lò Văn Mười",
        "lò văn mười",
        "lo van muoi",
        unicodedata.normalize("NFD", "Lò Văn Mười"),
        "LÒ VĂN MƯỜI",
    ],
)
def test_a_name_is_found_in_every_spelling(searcher: Searcher, typed: str) -> None:
    assert matched(ask(searcher, typed)) == {"dan-van"}


def test_a_name_with_marks_finds_nobody_else(searcher: Searcher) -> None:
    """Another article has a Lò, a Văn and a Mười, but no Lò Văn Mười."""
    assert matched(ask(searcher, "Lò Văn Mười")) == {"dan-van"}
    assert matched(ask(searcher, "lo van nam")) == {"homonym"}


def test_other_marks_than_typed_are_tried_only_where_nobody_is_called_so_and_never_silently(searcher: Searcher) -> None:
    page = ask(searcher, "Lò Văn Nam")
    assert matched(page) == {"homonym"}
    assert {chip.kind for chip in page.query.understood} & {"spelling", "marks"}
    assert ask(searcher, "Lò Văn Nam", off=frozenset({"marks:Lò Văn Nam", "spelling:Lò Văn Nam"})).total == 0


@pytest.mark.parametrize(
    "typed", ["Uỷ ban nhân dân", "ủy ban nhân dân", "UBND tỉnh Tạ Hòa Bình", "ta hoa binh", "Thủy Khê"]
)
def test_tone_placement_composition_and_abbreviations_do_not_matter(searcher: Searcher, typed: str) -> None:
    assert "nfd" in matched(ask(searcher, typed))


def test_marks_are_exactly_what_matched_in_decomposed_text_too(searcher: Searcher) -> None:
    words = lit(ask(searcher, "Tạ Hòa Bình"), "nfd")
    assert words == ["Tạ Hoà Bình"]


def test_a_word_typed_with_marks_never_lights_another(searcher: Searcher) -> None:
    page = ask(searcher, "đảng")
    assert matched(page) == {"dan-van"}
    assert lit(page, "dan-van") == ["Đảng"]


def test_a_quoted_phrase_is_met_whole_and_lit_whole(searcher: Searcher) -> None:
    page = ask(searcher, "„dân vận khéo“")
    assert matched(page) == {"dan-van"}
    assert {word.lower() for word in lit(page, "dan-van")} == {"dân vận khéo"}
    assert ask(searcher, '"khéo dân vận"').total == 0


@pytest.mark.parametrize("typed", ["15/2024/NQ-HĐND", "15/2024/nq-hdnd", "Nghị quyết 15", "số hiệu:15/2024/NQ-HĐND"])
def test_a_document_is_found_by_its_number(searcher: Searcher, typed: str) -> None:
    assert matched(ask(searcher, typed)) == {"dan-van"}


def test_the_chair_is_not_the_deputy_unless_asked(searcher: Searcher) -> None:
    page = ask(searcher, "Chủ tịch UBND tỉnh")
    assert matched(page) == {"nfd"}
    chip = next(chip for chip in page.query.understood if chip.kind == "office")
    assert chip.off is not None
    off = frozenset({chip.off.removeprefix("off=")})
    assert matched(ask(searcher, "Chủ tịch UBND tỉnh", off=off)) == {"nfd", "deputy"}
    assert matched(ask(searcher, "Phó Chủ tịch UBND tỉnh")) == {"deputy"}


def test_operators_fields_and_exclusion_hold(searcher: Searcher) -> None:
    assert matched(ask(searcher, "cầu -khánh")) & {"wire-1"} == set()
    assert {"dan-van", "deputy"} <= matched(ask(searcher, "khéo OR Bến Lội"))
    assert matched(ask(searcher, 'tiêu đề:"thông xe"')) == {"wire-2"}
    assert matched(ask(searcher, "nguồn:vantrach.example thông xe")) == {"wire-2"}
    assert matched(ask(searcher, '"phong trào rộng"~2')) == {"dan-van"}
    assert matched(ask(searcher, "khán* cầu")) == {"wire-1"}


def test_filters_and_facets_count_matches_only(searcher: Searcher) -> None:
    page = ask(searcher, "cầu Bến Lội")
    assert page.total == 4
    assert page.undated == 1
    assert sum(month.count for month in page.facets.months) == page.total - page.undated
    assert {one.source: one.count for one in page.facets.sources} == {"baolamkhe.example": 3, "vantrach.example": 1}
    later = ask(searcher, "cầu Bến Lội", since=date(2025, 1, 1))
    assert matched(later) <= {"wire-1", "wire-2"}
    assert later.total == 2
    assert ask(searcher, "cầu Bến Lội", filters=filters("source", ["-vantrach.example"])).total == 3


def test_copies_are_folded_and_still_counted(searcher: Searcher) -> None:
    page = ask(searcher, "cầu Bến Lội", since=date(2025, 1, 1))
    assert [hit.similar for hit in page.hits if not hit.missing] == [1]
    assert page.total == 2


def test_a_relaxed_hit_says_what_it_misses_and_is_counted_apart(searcher: Searcher) -> None:
    page = ask(searcher, "Bến Lội dân vận")
    assert page.total == 0
    assert page.relaxed == len(page.hits) + sum(hit.similar for hit in page.hits) > 0
    assert all(hit.missing for hit in page.hits)


def test_undated_articles_come_last_by_date(searcher: Searcher) -> None:
    for sort in ("newest", "oldest"):
        assert [hit.id for hit in ask(searcher, "Bến Lội", sort=sort).hits][-1] == "undated"


def test_pages_follow_one_another_without_gap_or_overlap(searcher: Searcher) -> None:
    seen: list[str] = []
    cursor = None
    for _ in range(20):
        page = ask(searcher, "", limit=2, cursor=cursor, sort="newest")
        seen += [hit.id for hit in page.hits]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) | {"wire-1", "wire-2"} == {one.id for one in NEWS}


def test_a_cursor_of_another_query_is_refused(searcher: Searcher) -> None:
    cursor = ask(searcher, "", limit=2).next
    with pytest.raises(BadRequest) as refused:
        ask(searcher, "cầu", cursor=cursor)
    assert refused.value.parameter == "cursor"


def test_a_cursor_outlives_reindexes_in_every_process_until_its_generation_is_removed(fresh: Settings) -> None:
    reader = build(fresh, NEWS)
    cursor = ask(reader, "", limit=2).next
    second = build(fresh, [article("more", "Bản tin mới")])
    last = build(fresh, [article("more-still", "Bản tin mới nữa")])
    never_opened_it = open_searcher(fresh)
    expected = [hit.id for hit in ask(reader, "", limit=2, cursor=cursor).hits]
    assert expected
    for worker in (second, last, never_opened_it):
        assert [hit.id for hit in ask(worker, "", limit=2, cursor=cursor).hits] == expected
    newest = ask(last, "", limit=2).next
    assert ask(reader, "", limit=2, cursor=newest).hits  # before it has looked for another generation
    renewed(reader)
    assert reader.documents == len(NEWS) + 2
    for retired in (fresh.data / "index").glob("*/retired"):
        shutil.rmtree(retired.parent)
    with pytest.raises(CursorExpired, match="start again"):
        ask(open_searcher(fresh), "", limit=2, cursor=cursor)


@pytest.mark.parametrize("name", ["..", "../index", ".", "/etc", "x" * 300, "a\0b"])
def test_a_cursor_opens_nothing_but_generations(fresh: Settings, name: str) -> None:
    reader = build(fresh, NEWS)
    request = SearchRequest(text="", limit=2)
    forged = Cursor(name, 2, asked(request)).encode()
    with pytest.raises((CursorExpired, BadRequest, CursorUnknown)):
        reader.search(replace(request, cursor=forged))


def test_a_withdrawn_article_is_gone_from_search(fresh: Settings) -> None:
    from crawler.store.writing import Store

    build(fresh, NEWS)
    with Store(fresh.store_path) as store:
        store.withdraw("dan-van", "yêu cầu của tòa soạn")
        store.commit()
    assert ask(build(fresh, []), "dân vận khéo").total == 0


def test_without_an_index_the_message_says_what_to_do(fresh: Settings) -> None:
    from crawler.store.writing import Store

    Store(fresh.store_path).close()
    with pytest.raises(IndexUnavailable, match="tratin reindex"):
        open_searcher(fresh)


def test_an_article_page_lights_what_the_result_lights(searcher: Searcher) -> None:
    page = searcher.marked("dan-van", SearchRequest(text="dân vận khéo"))
    assert page is not None
    text = page.article.title
    assert [text[a:b] for a, b in page.title_spans] == ["dân vận khéo"] or [text[a:b] for a, b in page.title_spans] == [
        "dân vận",
        "khéo",
    ]
    assert len(page.paragraph_spans) == len(page.article.paragraphs)
    assert searcher.marked("nobody", SearchRequest(text="cầu")) is None


def test_why_adds_up_to_the_score(searcher: Searcher) -> None:
    import re

    hit = ask(searcher, "Lò Văn Mười dân vận", explain=True).hits[0]
    parts = [float(found) for line in hit.why for found in re.findall(r"\(([+-][\d.]+)\)", line)]
    assert sum(parts) == pytest.approx(hit.score, abs=0.02)
    assert [str(reason) for reason in hit.reasons] == [*hit.why]
    assert {zone for reason in hit.reasons for zone, _ in reason.zones} <= {"title", "lead", "body"}


def test_a_typed_or_is_called_by_all_its_words(searcher: Searcher) -> None:
    hit = ask(searcher, "khéo OR cầu", explain=True).hits[0]
    assert hit.why[0].startswith("“khéo OR cầu”: ")
    missed = [hit.missing for hit in ask(searcher, "(khéo OR cầu) tàu ngầm").hits if hit.missing]
    assert missed
    assert all(name in ("khéo OR cầu", "tàu ngầm", "tàu", "ngầm") for names in missed for name in names)


def test_suggestions_name_topics_and_go_on_with_words(searcher: Searcher) -> None:
    assert any(one.kind == "topic" for one in searcher.suggest("giao thong"))
    assert any("nhân dân" in one.text for one in searcher.suggest("uỷ ban nhân d"))


def test_related_articles_share_words_and_are_no_copies(searcher: Searcher) -> None:
    assert {hit.id for hit in searcher.related("wire-1")} <= {"deputy", "undated", "dan-van", "homonym", "nfd"}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet='aăâđ ĐLò"“”()-:*~/0123456789.,ANDORNOTtừđến\n\u0301\u200b', max_size=60))
def test_nothing_a_person_types_raises(searcher: Searcher, typed: str) -> None:
    page = ask(searcher, typed)
    assert page.total >= 0
    for hit in page.hits:
        for snippet in hit.snippets:
            assert all(0 <= a < b <= len(snippet.text) for a, b in snippet.spans)


def test_too_long_a_query_and_wrong_parameters_are_named(searcher: Searcher) -> None:
    for wrong, name in (
        (SearchRequest(text="a" * 3000), "q"),
        (SearchRequest(sort="best"), "sort"),
        (SearchRequest(limit=0), "limit"),
        (SearchRequest(since=date(2025, 1, 1), until=date(2024, 1, 1)), "from"),
    ):
        with pytest.raises(BadRequest) as refused:
            searcher.search(wrong)
        assert refused.value.parameter == name


def test_the_json_is_the_contract(searcher: Searcher) -> None:
    page = as_json(ask(searcher, "cầu"))
    assert list(page) == [
        *("query", "total", "relaxed", "undated", "took_ms", "partial", "generation", "hits", "facets", "next")
    ]
    assert {"id", "version", "url", "title", "title_spans", "source", "published", "snippets", "topics"} <= set(
        page["hits"][0]
    )
