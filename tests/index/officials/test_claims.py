"""What the news bears out is held, and until what ends it. All people and places are invented."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from crawler.article import Article
from index.analysis.normalize import fold
from index.officials.directory.directory import Directory
from index.officials.directory.pages import OfficialPage, Tenure
from index.officials.recognition.recognizer import recognize
from index.officials.registry.entry import entry_of
from index.officials.registry.registry import Registry
from index.officials.registry.verifying import prove_registry

CHAIR = "Chủ tịch UBND tỉnh Mường Sa"
SECRETARY = "Bí thư Tỉnh ủy Mường Sa"


def article(number: int, text: str, day: str) -> Article:
    return Article(id=f"a-{number}", title=f"Tin số {number}", paragraphs=(text,), published=day)


def told(tmp_path: Path, *lines: tuple[str, str], corrections: str = "") -> Directory:
    """The directory after articles, each a text and its day."""
    tmp_path.mkdir(exist_ok=True)
    path = tmp_path / "officials.sqlite"
    (tmp_path / "officials.toml").write_text(corrections, encoding="utf-8")
    with Registry(path) as registry:
        for number, (text, day) in enumerate(lines):
            one = article(number, text, day)
            registry.record(entry_of(one, recognize(one)))
        registry.resolve_all()
    return Directory(path)


def days(month: str, many: int, first: int = 1) -> list[str]:
    return [f"{month}-{day:02}" for day in range(first, first + many)]


def page(directory: Directory, name: str) -> OfficialPage:
    (note, *_) = directory.find(name)
    found = directory.official(note.id)
    assert found is not None
    return found


def tenure(about: OfficialPage, office: str) -> Tenure:
    return next(one for one in (*about.tenures, *about.said) if one.office.name == office)


def chaired(by: str, month: str, many: int, first: int = 1) -> list[tuple[str, str]]:
    return [(f"{CHAIR} {by} dự lễ khánh thành cầu.", day) for day in days(month, many, first)]


MINISTER = [
    (f"Ông Lò Văn Bưởi, nguyên {CHAIR}, giữ chức Bộ trưởng Bộ Y tế.", "2024-03-01"),
    *((f"Bộ trưởng Bộ Y tế Lò Văn Bưởi thăm bệnh viện {day}.", day) for day in days("2024-03", 8, 2)),
]


def test_one_sentence_among_many_articles_is_told_apart_and_heads_nobody(tmp_path: Path) -> None:
    directory = told(
        tmp_path,
        *chaired("Lò Văn Bưởi", "2024-01", 20),
        (
            "Giám đốc Sở Y tế tỉnh Đông Khao Lò Văn Bưởi phát biểu. Chủ tịch UBND tỉnh Mường Sa Lò Văn Bưởi dự.",
            "2024-02-01",
        ),
    )
    about = page(directory, "Lò Văn Bưởi")
    assert [one.office.name for one in about.tenures] == [CHAIR]
    assert about.office == CHAIR


def test_who_is_drowned_by_the_holder_of_an_exclusive_office_does_not_hold_it(tmp_path: Path) -> None:
    slip = (f"{CHAIR} Giàng Thị Mận phát biểu.", "2024-01-05")
    directory = told(tmp_path, *chaired("Lò Văn Bưởi", "2024-01", 12), slip)
    assert page(directory, "Giàng Thị Mận").tenures == ()
    assert page(directory, "Giàng Thị Mận").office == ""
    office = directory.asked(CHAIR).office
    assert office is not None
    assert office.holders == 1


def test_a_tenure_ends_with_the_successor_although_some_still_speak_of_it(tmp_path: Path) -> None:
    directory = told(
        tmp_path,
        *chaired("Lò Văn Bưởi", "2024-01", 12),
        *chaired("Giàng Thị Mận", "2024-03", 8),
        (f"{CHAIR} Lò Văn Bưởi từng đến đây.", "2024-03-04"),
    )
    before, after = page(directory, "Lò Văn Bưởi"), page(directory, "Giàng Thị Mận")
    ended = tenure(before, CHAIR)
    assert (ended.status, ended.rival, str(ended.until)) == ("succeeded", after.id, "2024-03-01")
    assert before.office == f"nguyên {CHAIR}"
    assert tenure(after, CHAIR).status == "current"


@pytest.mark.parametrize(("times", "status"), [(1, "current"), (14, "former")])
def test_called_former_once_against_many_undoes_nothing_but_often_does(tmp_path: Path, times: int, status: str) -> None:
    called = [(f"Nguyên {CHAIR} Lò Văn Bưởi dự họp mặt.", day) for day in days("2024-02", times)]
    directory = told(tmp_path, *chaired("Lò Văn Bưởi", "2024-01", 12), *called)
    assert tenure(page(directory, "Lò Văn Bưởi"), CHAIR).status == status


def test_an_office_that_excludes_another_ends_it(tmp_path: Path) -> None:
    directory = told(tmp_path, *chaired("Lò Văn Bưởi", "2024-01", 8), *MINISTER)
    about = page(directory, "Lò Văn Bưởi")
    assert about.office == "Bộ trưởng Bộ Y tế"
    assert (tenure(about, CHAIR).status, tenure(about, CHAIR).reason) == ("former", "office")


def test_the_headline_is_that_of_the_day_asked_about(tmp_path: Path) -> None:
    directory = told(tmp_path, *chaired("Lò Văn Bưởi", "2024-01", 8), *MINISTER)
    id = page(directory, "Lò Văn Bưởi").id
    then, now = directory.official(id, date(2024, 1, 4)), directory.official(id, date(2024, 3, 4))
    assert then is not None
    assert now is not None
    assert (then.office, now.office) == (CHAIR, "Bộ trưởng Bộ Y tế")


def test_the_late_hold_nothing(tmp_path: Path) -> None:
    directory = told(
        tmp_path,
        ("Cố Chủ tịch UBND tỉnh Mường Sa Lò Văn Bưởi được đặt tên cho một con đường.", "2024-01-01"),
        ("Lễ giỗ cố Chủ tịch UBND tỉnh Mường Sa Lò Văn Bưởi.", "2024-01-02"),
    )
    about = page(directory, "Lò Văn Bưởi")
    assert {one.status for one in about.tenures} <= {"former"}


def test_a_title_without_its_body_is_no_office(tmp_path: Path) -> None:
    directory = told(tmp_path, ("Bí thư Lò Văn Bưởi nói vậy.", "2024-01-01"))
    assert all(page(directory, note.name).tenures == () for note in directory.names())
    assert all(note.office == "" for note in directory.names())


def test_what_the_archivist_rules_outweighs_the_news(tmp_path: Path) -> None:
    rule = '[[tenure]]\nid = "lo-van-buoi"\noffice = "chu-tich-uy-ban-nhan-dan-muong-sa"\nuntil = "2024-01-06"\n'
    directory = told(tmp_path, *chaired("Lò Văn Bưởi", "2024-01", 12), corrections=rule)
    ruled = tenure(page(directory, "Lò Văn Bưởi"), CHAIR)
    assert (ruled.status, ruled.reason, str(ruled.until)) == ("former", "correction", "2024-01-06")


def test_the_home_of_an_official_is_told_by_the_offices(tmp_path: Path) -> None:
    directory = told(
        tmp_path,
        (f"{CHAIR} Lò Văn Bưởi tiếp Tổng thống Pháp Jean Bernard.", "2024-01-01"),
        (f"{CHAIR} Lò Văn Bưởi tiếp Tổng thống Pháp Jean Bernard lần nữa.", "2024-01-02"),
    )
    assert [note.name for note in directory.often(5, foreign=False)] == ["Lò Văn Bưởi"]
    assert [note.name for note in directory.often(5, foreign=True)] == ["Jean Bernard"]
    assert directory.count(foreign=True) == 1
    assert directory.offices_listed()[0].name == CHAIR, "those of this country come first"


@pytest.mark.parametrize(
    "typed",
    [
        CHAIR, "chu tich ubnd tinh muong sa", "CT UBND T. Mường Sa", "Chủ tịch Ủy ban nhân dân tỉnh Mường Sa",
        "chủ tịch tỉnh Mường Sa",
    ],
)  # fmt: skip
def test_an_office_is_found_however_it_is_typed(tmp_path: Path, typed: str) -> None:
    directory = told(tmp_path, *chaired("Lò Văn Bưởi", "2024-01", 3))
    found = directory.asked(typed).office
    assert found is not None
    assert found.name == CHAIR


@pytest.mark.parametrize("name", ["Tư pháp", "Kế hoạch và Đầu tư", "Giáo dục và Đào tạo"])
def test_a_ministry_is_found_however_it_is_typed(tmp_path: Path, name: str) -> None:
    minister = f"Bộ trưởng Bộ {name}"
    directory = told(tmp_path, *((f"{minister} Lò Văn Bưởi dự họp {day}.", day) for day in days("2024-01", 3)))
    for typed in (minister, f"Bộ trưởng {name}", minister.lower(), " ".join(map(fold, minister.lower().split()))):
        found = directory.asked(typed).office
        assert found is not None, typed
        assert found.name == minister


@pytest.mark.parametrize(
    "typed",
    [
        "Phó Chủ tịch UBND tỉnh Mường Sa", "Chủ tịch UBND huyện Mường Sa", "Chủ tịch UBND TP Mường Sa",
        "Chủ tịch HĐND tỉnh Mường Sa", SECRETARY, "Chủ tịch UBND tỉnh Mường La", "Chủ tịch UBND xã Mường Sa",
        "chu tich ubnd tt. muong sa",
    ],
)  # fmt: skip
def test_another_office_is_never_the_answer_but_may_be_offered(tmp_path: Path, typed: str) -> None:
    directory = told(tmp_path, *chaired("Lò Văn Bưởi", "2024-01", 3))
    assert directory.asked(typed).offices == ()


def test_a_province_is_not_the_city_that_bears_its_name(tmp_path: Path) -> None:
    city = [(f"Chủ tịch UBND TP Sơn La Giàng Thị Mận trao quà. {n}", day) for n, day in enumerate(days("2024-01", 3))]
    directory = told(tmp_path, *city)
    assert directory.asked("Chủ tịch UBND tỉnh Sơn La").offices == ()
    found = directory.asked("chu tich ubnd tp son la").office
    assert found is not None
    assert found.name == "Chủ tịch UBND TP Sơn La"


def test_the_presidents_of_the_supreme_court_and_procuracy_lead_one_body_of_the_whole_state(tmp_path: Path) -> None:
    court = [
        (f"Chánh án TAND tối cao Lò Văn Bưởi trình bày báo cáo {n}.", day) for n, day in enumerate(days("2024-01", 3))
    ]
    directory = told(tmp_path, *court, ("Chánh án TAND Giàng Thị Mận phát biểu.", "2024-01-05"))
    about = page(directory, "Lò Văn Bưởi")
    assert about.office == "Chánh án TAND tối cao"
    assert directory.asked("chánh án tòa án nhân dân tối cao").office is not None
    assert page(directory, "Giàng Thị Mận").tenures == ()  # of nobody knows which court


def test_an_office_that_nobody_is_borne_out_to_have_held_answers_nothing(tmp_path: Path) -> None:
    directory = told(tmp_path, *chaired("Lò Văn Bưởi", "2024-01", 4), *chaired("Giàng Thị Mận", "2024-01", 4))
    assert page(directory, "Lò Văn Bưởi").tenures == ()  # two at once: neither is believed
    assert directory.asked(CHAIR).offices == ()


def test_people_are_found_as_they_are_spoken_of_and_marks_count(tmp_path: Path) -> None:
    directory = told(
        tmp_path,
        *chaired("Lò Văn Dũng", "2024-01", 3),
        ("Giám đốc Sở Y tế tỉnh Mường Sa Giàng Thị Dung phát biểu.", "2024-01-04"),
    )
    assert [note.name for note in directory.find("ông Dũng Mường Sa")] == ["Lò Văn Dũng"]
    assert [note.name for note in directory.find("bà Dung y tế")] == ["Giàng Thị Dung"]
    assert [note.name for note in directory.find("Dũng")] == ["Lò Văn Dũng"]
    assert directory.named("Dũng") == ("lo-van-dung",)
    assert directory.total("dung") == 2
    assert len(directory.find("dung", 1)) == 1


def test_the_registry_is_proved_against_the_articles(tmp_path: Path) -> None:
    lines = chaired("Lò Văn Bưởi", "2024-01", 3)
    told(tmp_path, *lines)
    path = tmp_path / "officials.sqlite"
    same = [article(number, *line) for number, line in enumerate(lines)]
    assert list(prove_registry(path, same)) == []
    (fault,) = prove_registry(path, [*same[:2], article(2, lines[2][0], "2024-05-05")])
    assert (fault.what, fault.lost) == ("it was read from another text or day of 1 articles", "the officials of a-2")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE held SET sentence = 'Không ai viết câu này.' WHERE found = 1")
    assert [one.what for one in prove_registry(path, same)] == ["it quotes what is not printed in 1 articles"]


def test_one_who_retires_holds_nothing_that_is_not_said_again(tmp_path: Path) -> None:
    held = [*chaired("Lò Văn Bưởi", "2024-01", 4), (f"{SECRETARY} Lò Văn Bưởi chủ trì.", "2024-02-01")]
    left = ("Trong đó có ông Lò Văn Bưởi, nguyên Trưởng ban Dân vận Tỉnh ủy Mường Sa, nghỉ hưu.", "2024-03-01")
    about = page(told(tmp_path / "a", *held, left), "Lò Văn Bưởi")
    assert {one.status for one in about.tenures} == {"former"}
    assert tenure(about, CHAIR).reason == "retired"
    again = chaired("Lò Văn Bưởi", "2024-04", 3)
    assert tenure(page(told(tmp_path / "b", *held, left, *again), "Lò Văn Bưởi"), CHAIR).status == "current"


def test_two_spellings_of_a_foreign_name_do_not_dispute_an_office(tmp_path: Path) -> None:
    for at, (one, other) in enumerate(
        [("Omar bin Said", "Sheikh Omar bin Said"), ("Somchai Prasert-o-cha", "Somchai Prasert-ocha")]
    ):
        lines = [(f"Thủ tướng Thái Lan {name} nói.", day) for name in (one, other) for day in days("2024-01", 3)]
        assert [one.status for one in page(told(tmp_path / str(at), *lines), one).tenures] == ["current"]


def test_a_section_whose_body_nobody_tells_is_no_office_held(tmp_path: Path) -> None:
    lines = [
        ("Trưởng phòng Tuyên truyền Lò Văn Bưởi nói. Chủ tịch UBND tỉnh Lào Cai Hà Văn Bằng dự.", "2024-01-01"),
        ("Trưởng phòng Y tế huyện Bắc Hà (Lào Cai) Giàng Văn Mận nói.", "2024-01-01"),
    ]
    directory = told(tmp_path, *lines)
    assert page(directory, "Lò Văn Bưởi").tenures == ()
    assert [one.status for one in page(directory, "Giàng Văn Mận").tenures] == ["current"]


def test_a_deed_signed_years_ago_is_evidence_for_its_day(tmp_path: Path) -> None:
    line = ("Giấy phép do Phó Giám đốc Sở Y tế tỉnh Lào Cai Lò Văn Bưởi ký ngày 25/4/2011 nay hết hạn.", "2024-01-01")
    (held,) = page(told(tmp_path, line), "Lò Văn Bưởi").tenures
    assert (held.first, held.status) == (date(2011, 4, 25), "unknown")
