"""The registry: stable ids, corrections, and the directory that reads it. All people and places' news are invented."""

from __future__ import annotations

import sqlite3
import threading
from datetime import date
from pathlib import Path

import pytest

from crawler.article import Article
from index.document import IndexedOfficial
from index.errors import RegistryError
from index.officials.directory.directory import Directory
from index.officials.posts.name_keys import name_key
from index.officials.recognition.found_officials import FoundOfficial, Mention, Position
from index.officials.recognition.recognizer import recognize
from index.officials.registry.entry import entry_of
from index.officials.registry.evidence import Sentences
from index.officials.registry.registry import Registry

GIANG = "Chủ tịch UBND tỉnh Hà Giang"


def article(id: str, sentence: str, published: str | None = "2024-01-10") -> Article:
    return Article(id, "Tin trong tỉnh", paragraphs=(sentence,), published=published)


def found(
    text: Article, name: str, title: str, organisation: str | None = None, *, former: bool = False
) -> FoundOfficial:
    """An official as a recognizer would find him or her in that text."""
    at = text.text.index(name)
    office = f"{title} {organisation}" if organisation else title
    start = text.text.find(office)
    end = start + len(office) if start >= 0 else -1
    position = Position(title, organisation, former, start=start, end=end)
    return FoundOfficial(name, (Mention(at, at + len(name), name),), (position,))


def tell(registry: Registry, id: str, name: str, title: str, organisation: str, day: str = "2024-01-10") -> None:
    """Record an article that says one thing."""
    text = article(id, f"Ngày thường. {title} {organisation} {name} dự họp. Hết.", day)
    registry.record(entry_of(text, (found(text, name, title, organisation),)))


def resolved(registry: Registry, *, full: bool = False) -> dict[str, tuple[IndexedOfficial, ...]]:
    """Decide who is who; the officials of the articles where they are new or others."""
    told = registry.officials_of(registry.resolve_all(full=full))
    registry.indexed()
    return told


def test_articles_are_told_until_the_index_has_them(path: Path) -> None:
    with Registry(path) as registry:
        tell(registry, "a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Cà Mau", "2023-12-01")
        assert registry.resolve_all() == ["a-1"]
    with Registry(path) as registry:  # the index was not written: it is asked for again
        assert registry.resolve_all() == ["a-1"]
        tell(registry, "a-2", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Cà Mau", "2023-12-02")
        assert registry.resolve_all() == ["a-1", "a-2"]
        registry.indexed()
    with Registry(path) as registry:
        assert registry.resolve_all() == []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "officials.sqlite"


def test_articles_get_their_officials_with_stable_ids(path: Path) -> None:
    with Registry(path) as registry:
        tell(registry, "a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
        tell(registry, "a-2", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Cà Mau")
        told = resolved(registry)
    assert [(o.id, o.name, o.title, o.organisation) for o in told["a-1"]] == [
        ("lo-van-buoi", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
    ]
    assert told["a-2"][0].id == "lo-van-buoi-2"
    with Registry(path) as registry:
        tell(registry, "a-0", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Cà Mau", "2023-12-01")
        assert {id: o[0].id for id, o in resolved(registry, full=True).items()} == {"a-0": "lo-van-buoi-2"}


def test_only_what_changed_is_given_again(path: Path) -> None:
    with Registry(path) as registry:
        tell(registry, "a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
        registry.resolve_all()
        registry.indexed()
        assert registry.resolve_all() == []
        told = registry.recorded("a-1")
        tell(registry, "a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang", "2023-11-30")
        assert registry.recorded("a-1") != told, "another day is another article"
        assert registry.recorded("a-2") is None


def test_resolving_bit_by_bit_or_all_at_once_is_the_same(path: Path, tmp_path: Path) -> None:
    told = [
        ("a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang", "2024-01-01"),
        ("a-2", "Lò Văn Bưởi", "Bí thư", "Tỉnh ủy Hà Giang", "2024-02-01"),
        ("a-3", "Lò Văn Bưởi", "Giám đốc", "Sở Y tế Cà Mau", "2024-02-02"),
        ("a-4", "Lò Văn Bưỡi", "Chủ tịch", "UBND tỉnh Hà Giang", "2024-02-03"),
        ("a-5", "Lò Văn Bưởi", "Giám đốc", "Sở Y tế Cà Mau", "2024-03-02"),
    ]
    one_by_one: dict[str, str] = {}
    with Registry(path) as registry:
        for line in told:
            tell(registry, *line)
            one_by_one.update({id: o[0].id for id, o in resolved(registry).items()})
    with Registry(tmp_path / "other.sqlite") as registry:
        for line in told:
            tell(registry, *line)
        together = {id: o[0].id for id, o in resolved(registry).items()}
    assert one_by_one == together
    assert len(set(together.values())) == 2


def test_a_forgotten_article_leaves_no_trace_of_its_words(path: Path) -> None:
    with Registry(path) as registry:
        tell(registry, "a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
        registry.resolve_all()
        registry.forget("a-1")
        registry.resolve_all()
    directory = Directory(path)
    assert directory.official("lo-van-buoi") is None
    assert directory.find("Lò Văn Bưởi") == ()
    assert directory.find_offices(GIANG) == ()


def test_a_crash_before_resolving_leaves_the_registry_as_it_was(path: Path) -> None:
    with Registry(path) as registry:
        tell(registry, "a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
        registry.resolve_all()
    with Registry(path) as registry:
        tell(registry, "a-2", "Mạc Thị Thịnh", "Bí thư", "Tỉnh ủy Cà Mau")
    assert Directory(path).count() == 1


def correct(path: Path, text: str) -> None:
    path.with_suffix(".toml").write_text(text, encoding="utf-8")


def test_the_archivist_merges_and_the_old_id_leads_on(path: Path) -> None:
    with Registry(path) as registry:
        tell(registry, "a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
        tell(registry, "a-2", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Cà Mau")
        registry.resolve_all()
    correct(path, '[[merge]]\nids = ["lo-van-buoi-2", "lo-van-buoi"]\n')
    with Registry(path) as registry:
        assert {o[0].id for o in resolved(registry).values()} == {"lo-van-buoi-2"}
        assert registry.resolve_all(full=True) == []
    page = Directory(path).official("lo-van-buoi")
    assert page is not None
    assert (page.id, page.redirected, page.articles) == ("lo-van-buoi-2", "lo-van-buoi", 2)


def test_the_archivist_splits_renames_and_adds_an_alias(path: Path) -> None:
    with Registry(path) as registry:
        for id in ("a-1", "a-2"):
            tell(registry, id, "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
        tell(registry, "a-3", "Bảy Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
        resolved(registry)
    correct(
        path,
        '[[split]]\nid = "lo-van-buoi"\narticles = ["a-2"]\nnew = "lo-van-buoi-con"\n'
        '[[rename]]\nid = "lo-van-buoi"\nname = "Lò Văn Bưởi (cha)"\n'
        '[[alias]]\nid = "lo-van-buoi"\nnames = ["Bảy Bưởi"]\norganisation = "Hà Giang"\n',
    )
    with Registry(path) as registry:
        told = resolved(registry)
        assert registry.warnings == ()
    assert {id: o[0].id for id, o in told.items()} == {"a-2": "lo-van-buoi-con", "a-3": "lo-van-buoi"}
    assert told["a-3"][0].name == "Lò Văn Bưởi (cha)"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[merge]\n", "not valid TOML"),
        ('[[merge]]\nids = ["a"]\n', r"\[\[merge\]\] number 1: ids needs two"),
        ('[[join]]\nids = ["a", "b"]\n', r"unknown entry \[\[join\]\]"),
        ('[[split]]\nid = "a"\narticles = []\nnew = "b"\n', "articles must be a list"),
        ('[[rename]]\nid = "Lò"\nname = "x"\n', "an id has lower-case letters"),
        ('[[rename]]\nid = "a"\nnam = "x"\n', "unknown 'nam'"),
    ],
)
def test_a_mistake_in_the_corrections_names_the_entry(path: Path, text: str, complaint: str) -> None:
    correct(path, text)
    with pytest.raises(RegistryError, match=complaint):
        Registry(path)


def test_a_correction_of_someone_unknown_is_a_warning(path: Path) -> None:
    correct(path, '[[rename]]\nid = "ai-do"\nname = "Ai Đó"\n')
    with Registry(path) as registry:
        registry.resolve_all()
        assert "ai-do" in registry.warnings[0]


def test_a_file_that_is_no_registry_is_refused(path: Path) -> None:
    path.write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(RegistryError, match=r"officials\.sqlite"):
        Registry(path)
    with pytest.raises(RegistryError, match=r"officials\.sqlite"):
        Directory(path).count()


@pytest.fixture
def directory(path: Path) -> Directory:
    """Bưởi chairs until March, Mận from April; another Bưởi runs a department elsewhere."""
    with Registry(path) as registry:
        for n, day in enumerate(("2024-01-10", "2024-02-10", "2024-03-10")):
            tell(registry, f"b-{n}", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang", day)
        for n, day in enumerate(("2024-04-10", "2024-05-10")):
            tell(registry, f"m-{n}", "Giàng Thị Mận", "Chủ tịch", "UBND tỉnh Hà Giang", day)
        tell(registry, "c-1", "Lò Văn Bưởi", "Giám đốc", "Sở Y tế Cà Mau", "2024-05-12")
        registry.resolve_all()
    return Directory(path)


def test_an_office_on_a_day_tells_who_and_why(directory: Directory) -> None:
    (note, *_) = directory.find_offices("Chủ tịch UBND tỉnh Hà Giang")
    page = directory.office(note.id, date(2024, 2, 20))
    assert page is not None
    (holder,) = page.holders
    assert holder.official.name == "Lò Văn Bưởi"
    assert holder.confidence > 0.9
    assert "Chủ tịch UBND tỉnh Hà Giang Lò Văn Bưởi dự họp." in {s.text for s in holder.evidence}
    assert [h.official.name for h in page.others] == ["Giàng Thị Mận"]


def test_between_two_holders_the_answer_is_less_sure_and_says_what_contradicts(directory: Directory) -> None:
    office = directory.find_offices(GIANG)[0].id
    sure, unsure = (directory.office(office, day) for day in (date(2024, 2, 1), date(2024, 3, 25)))
    assert sure is not None
    assert unsure is not None
    assert unsure.holders[0].confidence < sure.holders[0].confidence
    assert unsure.holders[0].against


def test_nobody_is_made_up_for_a_day_without_evidence(directory: Directory) -> None:
    office = directory.find_offices(GIANG)[0].id
    long_before, after_the_merger = (directory.office(office, day) for day in (date(2015, 1, 1), date(2031, 1, 1)))
    assert long_before is not None
    assert long_before.holders == ()
    assert after_the_merger is not None
    assert after_the_merger.holders == ()
    assert after_the_merger.endings[0].new == "Tuyên Quang"


def test_the_page_of_an_official_has_dated_tenures_and_namesakes(directory: Directory) -> None:
    page = directory.official("lo-van-buoi")
    assert page is not None
    (tenure,) = page.tenures
    assert (tenure.first, tenure.last, tenure.times) == (date(2024, 1, 10), date(2024, 3, 10), 3)
    assert tenure.status == "succeeded"
    assert [(note.id, note.organisation) for note in page.homonyms] == [("lo-van-buoi-2", "Sở Y tế Cà Mau")]


@pytest.mark.parametrize(
    "typed",
    [
        "Lò Văn Bưởi", "lo van buoi", "Văn Bưởi", "buoi", "lo van bu", "chủ tịch hà giang bưởi",
        "bưởi chủ tịch UBND tỉnh Hà Giang", "chu tich ubnd ha giang buoi",
    ],
)  # fmt: skip
def test_officials_are_found_with_or_without_marks_by_any_part_and_by_office(directory: Directory, typed: str) -> None:
    assert directory.find(typed)[0].id == "lo-van-buoi"


def test_offices_are_found_by_abbreviations_and_without_marks(directory: Directory) -> None:
    ids = {directory.find_offices(typed)[0].id for typed in (GIANG, "chu tich ubnd ha giang", "chủ tịch hà giang")}
    assert len(ids) == 1


@pytest.mark.parametrize("typed", ["chủ tịch hà giang mận", "chủ tịch mận hà giang"])
def test_looking_up_goes_through_those_who_have_the_rarest_word(directory: Directory, typed: str) -> None:
    _, (first, *_) = directory._having(name_key(typed).split(), "official")
    assert first == "man"  # one has it, two have the others
    assert [note.name for note in directory.find(typed)] == ["Giàng Thị Mận"]


def test_lists_stand_in_vietnamese_order_of_given_names(directory: Directory) -> None:
    assert [note.name for note in directory.listed()] == ["Lò Văn Bưởi", "Lò Văn Bưởi", "Giàng Thị Mận"]


def test_naming_for_the_search(directory: Directory) -> None:
    assert directory.label("lo-van-buoi") == ("Lò Văn Bưởi", "nguyên Chủ tịch", "UBND tỉnh Hà Giang")
    assert directory.label("nobody") is None
    assert set(directory.named("Bưởi")) == {"lo-van-buoi", "lo-van-buoi-2"}
    assert directory.current_id("nobody") == "nobody"


def test_without_a_registry_nobody_is_known(tmp_path: Path) -> None:
    directory = Directory(tmp_path / "none.sqlite")
    assert directory.find("ai") == directory.find("ai đó") == ()
    assert directory.office("chu-tich-nuoc") is None
    assert directory.count() == 0


def test_threads_may_share_a_directory(directory: Directory) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(directory.find("Bưởi")))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2] * 8


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("Trong khi đó, Chủ tịch UBND tỉnh Hà Giang Giàng Thị Mận cho biết.", False),
        ("Bà Giàng Thị Mận, đại biểu Quốc hội khóa 13, nói.", True),
        ("Bà Giàng Thị Mận, đại biểu Quốc hội các khóa XI, XII và XIV, nói.", True),
        ("Bà Giàng Thị Mận, đại biểu Quốc hội khóa XIV, XV, nói.", False),
        ("Bà Giàng Thị Mận, đại biểu Quốc hội khóa XV đoàn Hà Giang, nói.", False),
        ("Bà Giàng Thị Mận, Ủy viên Trung ương Đảng khóa XII, nói.", True),
        ("Bà Giàng Thị Mận, Ủy viên Trung ương Đảng khóa XIII, nói.", False),
        ("Bà Giàng Thị Mận, đại biểu HĐND tỉnh Hà Giang khóa XI, nói.", False),
        ("Đến thời điểm này, Chủ tịch UBND tỉnh Hà Giang Giàng Thị Mận đã chỉ đạo.", False),
        ("Cùng lúc đó, bà Giàng Thị Mận, Chủ tịch UBND tỉnh Hà Giang, lên tiếng.", False),
        ("Lúc đó, Chủ tịch UBND tỉnh Hà Giang Giàng Thị Mận đang đi công tác.", False),
        ("Nhân kỷ niệm 92 năm ngày báo chí của cả nước ta (21/6/1932 - 21/6/2024), Chủ tịch UBND tỉnh Hà Giang "
         "Giàng Thị Mận gửi thư.", False),
        ("Thời điểm đó, bà Giàng Thị Mận làm Chủ tịch UBND tỉnh Hà Giang.", True),
        ("Người ký thời điểm đó là bà Giàng Thị Mận - Chủ tịch UBND tỉnh Hà Giang.", True),
        ("Lúc bấy giờ Chủ tịch UBND tỉnh Hà Giang Giàng Thị Mận đi công tác.", True),
    ],
)  # fmt: skip
def test_only_words_beside_an_office_tell_that_it_was_held_then(text: str, past: bool) -> None:
    one = article("a-1", text)
    official, *_ = recognize(one)
    assert Sentences(one).evidence(official, official.positions[0]).past is past


def test_a_sentence_that_says_then_is_no_evidence_for_now(path: Path) -> None:
    with Registry(path) as registry:
        text = article("a-1", "Người ký là bà Giàng Thị Mận, Chủ tịch UBND tỉnh Hà Giang vào thời điểm đó.")
        registry.record(entry_of(text, (found(text, "Giàng Thị Mận", "Chủ tịch", "UBND tỉnh Hà Giang"),)))
        registry.resolve_all()
    page = Directory(path).official("giang-thi-man")
    assert page is not None
    assert page.tenures[0].status == "former"


def test_evidence_spans_point_into_the_articles_text(path: Path) -> None:
    text = article("a-1", "Mở đầu. Chủ tịch UBND tỉnh Hà Giang Lò Văn Bưởi nói tại TP. Hà Giang. Kết thúc.")
    with Registry(path) as registry:
        registry.record(entry_of(text, (found(text, "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang"),)))
        registry.resolve_all()
    page = Directory(path).official("lo-van-buoi")
    assert page is not None
    (sentence,) = page.tenures[0].evidence
    assert text.text[sentence.start : sentence.end] == sentence.text
    assert sentence.text == "Chủ tịch UBND tỉnh Hà Giang Lò Văn Bưởi nói tại TP. Hà Giang."


def test_a_page_prints_the_first_and_the_last_sentences(path: Path) -> None:
    days = [f"2024-01-{day:02}" for day in range(10, 17)]
    with Registry(path) as registry:
        for number, day in enumerate(days):
            tell(registry, f"a-{number}", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang", day)
        registry.resolve_all()
    directory = Directory(path)
    page, office = directory.official("lo-van-buoi"), directory.office("chu-tich-uy-ban-nhan-dan-ha-giang")
    assert page is not None
    assert office is not None
    for evidence in (page.tenures[0].evidence, office.holders[0].evidence):
        assert [str(sentence.day) for sentence in evidence] == [*days[:2], *days[-2:]]


def test_of_undated_articles_four_sentences_are_printed(path: Path) -> None:
    with Registry(path) as registry:
        for number in range(6):
            text = article(f"a-{number}", "Chủ tịch UBND tỉnh Hà Giang Lò Văn Bưởi dự họp.", None)
            registry.record(entry_of(text, (found(text, "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang"),)))
        registry.resolve_all()
    page = Directory(path).official("lo-van-buoi")
    assert page is not None
    assert [sentence.article for sentence in page.tenures[0].evidence] == ["a-0", "a-1", "a-2", "a-3"]


def test_a_forgotten_article_is_not_counted_under_the_usual_name_of_a_misprint(path: Path) -> None:
    with Registry(path) as registry:
        for number in range(4):
            tell(registry, f"a-{number}", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
        tell(registry, "a-4", "Lò Văn Bưởn", "Chủ tịch", "UBND tỉnh Hà Giang")
        assert {o[0].id for o in resolved(registry).values()} == {"lo-van-buoi"}
        registry.forget("a-4")
        registry.resolve_all()
    page = Directory(path).official("lo-van-buoi")
    assert page is not None
    assert (page.articles, page.aliases) == (4, ())


def test_names_that_differ_in_marks_only_lead_to_their_own_people(path: Path) -> None:
    text = article("a-1", "Chủ tịch UBND tỉnh Mường Sa Lò Văn Hùng và Bí thư Tỉnh ủy Mường Sa Lò Văn Hưng cùng dự.")
    people = (
        found(text, "Lò Văn Hùng", "Chủ tịch", "UBND tỉnh Mường Sa"),
        found(text, "Lò Văn Hưng", "Bí thư", "Tỉnh ủy Mường Sa"),
    )
    with Registry(path) as registry:
        registry.record(entry_of(text, people))
        (one, other) = resolved(registry)["a-1"]
        registry.record(entry_of(text, people))  # another version of it: everybody keeps the id
        assert [who.id for who in registry.officials_of(registry.resolve_all())["a-1"]] == [one.id, other.id]
    named = Directory(path).named_in("a-1")
    assert named == {"Lò Văn Hùng": one.id, "Lò Văn Hưng": other.id}
    assert one.id != other.id


def test_a_hidden_article_is_not_quoted(path: Path) -> None:
    with Registry(path) as registry:
        tell(registry, "a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang", "2024-01-10")
        tell(registry, "a-2", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang", "2024-01-11")
        resolved(registry)
    directory = Directory(path)
    page = directory.official("lo-van-buoi")
    assert page is not None
    assert {one.article for one in page.tenures[0].evidence} == {"a-1", "a-2"}
    directory = directory.hiding(frozenset({"a-2"}))
    page, office = directory.official("lo-van-buoi"), directory.office(page.tenures[0].office.id)
    assert page is not None
    assert office is not None
    assert {one.article for one in page.tenures[0].evidence} == {"a-1"}
    assert {one.article for holder in office.holders for one in holder.evidence} == {"a-1"}


_OLDER = """
    DROP TABLE tally; DROP TABLE together; DROP TABLE pending;
    DROP INDEX found_official; DROP INDEX evidence_day; DROP INDEX evidence_mode;
    CREATE INDEX found_official ON found (official); CREATE TABLE dirty (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 3;
"""


@pytest.mark.parametrize(
    "older", [_OLDER, f"{_OLDER} DROP TABLE evidence; ALTER TABLE found DROP COLUMN day; PRAGMA user_version = 2;"]
)
def test_a_registry_of_an_older_format_asks_for_a_reindex_which_brings_it_up(path: Path, older: str) -> None:
    with Registry(path) as registry:
        tell(registry, "a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
        registry.resolve_all()
        registry.indexed()
    with sqlite3.connect(path) as db:
        db.executescript(older)
    with pytest.raises(RegistryError, match="`tratin reindex` brings it up"):
        Directory(path).official("lo-van-buoi")
    with Registry(path) as registry:
        assert registry.recorded("a-1") is None, "every article is recorded again"
        registry.resolve_all()
        tell(registry, "a-1", "Lò Văn Bưởi", "Chủ tịch", "UBND tỉnh Hà Giang")
        assert [one.id for one in resolved(registry)["a-1"]] == ["lo-van-buoi"]
    about = Directory(path).official("lo-van-buoi")
    assert about is not None
    assert about.office == "Chủ tịch UBND tỉnh Hà Giang"


def test_articles_are_told_again_when_their_official_turns_out_to_be_of_another_country(path: Path) -> None:
    with Registry(path) as registry:
        tell(registry, "a-1", "Vương Thử", "Chủ tịch", "Thượng viện")
        registry.resolve_all()
        registry.indexed()
        assert not registry.officials_of(["a-1"])["a-1"][0].foreign
        for number in range(2, 5):
            tell(registry, f"a-{number}", "Vương Thử", "Chủ tịch", "Trung Quốc")
        assert "a-1" in registry.resolve_all()
        assert registry.officials_of(["a-1"])["a-1"][0].foreign


def test_a_name_cut_short_is_no_other_way_to_print_it(path: Path) -> None:
    with Registry(path) as registry:
        for number, name in enumerate(("Đinh La Bưởi", "Đinh La Bưởi", "Đinh La", "ĐINH LA BƯỞI")):
            tell(registry, f"a-{number}", name, "Bí thư", "Tỉnh ủy Hà Giang")
        registry.resolve_all()
    page = Directory(path).official("dinh-la-buoi")
    assert page is not None
    assert page.articles == 4
    assert page.aliases == ("ĐINH LA BƯỞI",)
