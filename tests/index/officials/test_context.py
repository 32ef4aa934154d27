"""What an article, a newspaper and all articles together tell of areas. All people are invented."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from crawler.article import Article
from index.officials.directory.directory import Directory
from index.officials.posts.areas import COMMUNE, COUNTRY, DISTRICT, PROVINCE, Area
from index.officials.posts.article_areas import Areas
from index.officials.posts.name_keys import office_name
from index.officials.posts.offices import Context, office_of, read_office
from index.officials.posts.printing import printed, with_area
from index.officials.recognition.found_officials import Position
from index.officials.recognition.recognizer import recognize
from index.officials.registry.entry import entry_of
from index.officials.registry.registry import Registry

SA = Area("Mường Sa", PROVINCE)


def article(id: str, *sentences: str, day: str = "2024-01-10", source: str | None = None) -> Article:
    return Article(id, "Tin trong tỉnh", paragraphs=sentences, published=day, source=source)


def areas(text: str) -> dict[str, Area]:
    told = article("a-1", text)
    return dict(Areas(told, recognize(told)).main)


def resolved(path: Path, *articles: Article) -> Directory:
    with Registry(path) as registry:
        for told in articles:
            registry.record(entry_of(told, recognize(told)))
        registry.resolve_all()
        registry.indexed()
    return Directory(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "officials.sqlite"


@pytest.mark.parametrize(
    ("office", "area"),
    [
        ("Chủ tịch UBND tỉnh Mường Sa", SA),
        ("Bí thư Tỉnh ủy Mường Sa", SA),
        ("Bí thư Tỉnh uỷ MƯỜNG SA", SA),
        ("Bí thư Huyện ủy Nậm Khao", Area("Nậm Khao", DISTRICT)),
        ("Chủ tịch UBND TP Sa Thành", Area("Sa Thành", DISTRICT)),
        ("Chủ tịch UBND xã Bản Lụa, huyện Nậm Khao, tỉnh Mường Sa", Area("Bản Lụa", COMMUNE, "Mường Sa")),
        ("Chủ tịch UBND tỉnh", None),
    ],
)
def test_a_level_and_a_name_make_an_area_that_no_table_has(office: str, area: Area | None) -> None:
    assert read_office(office).area == area


def test_a_commune_is_not_the_district_whose_name_it_took() -> None:
    assert read_office("Chủ tịch UBND xã Nậm Khao").id != read_office("Chủ tịch UBND huyện Nậm Khao").id


def test_a_bare_office_takes_the_area_of_its_own_level() -> None:
    around = Context({PROVINCE: SA})
    assert office_of(Position("Chủ tịch", "UBND tỉnh"), around).area == SA
    assert office_of(Position("Chủ tịch", "Ủy ban MTTQ tỉnh"), around).tier == "province"
    assert office_of(Position("Chủ tịch", "UBND xã"), around).area is None
    assert office_of(Position("Giám đốc", "Sở Lao động - Thương binh và Xã hội"), around).area == SA


def test_the_text_tells_the_province_where_no_office_does() -> None:
    assert areas("Sáng nay, tỉnh Mường Sa khánh thành cầu. Cả Mường Sa mừng.")[PROVINCE] == SA
    assert PROVINCE not in areas("Tỉnh Mường Sa và tỉnh Đông Khao ký kết hợp tác.")
    assert PROVINCE not in areas("Chủ tịch UBND tỉnh Lò Văn Bưởi dự hội nghị."), "a person is no province"


def test_the_district_just_named_is_that_of_a_bare_office(path: Path) -> None:
    told = article(
        "a-1",
        "Bà Mạc Thị Thịnh, Phó Chủ tịch UBND huyện Thượng Sa, dự.",
        "Tại huyện Nậm Khao, Chủ tịch UBND huyện Lò Văn Bưởi tiếp dân.",
    )
    page = resolved(path, told).official("lo-van-buoi")
    assert page is not None
    assert [tenure.office.name for tenure in page.tenures] == ["Chủ tịch UBND huyện Nậm Khao"]


def test_a_newspaper_of_one_province_leaves_its_name_out(path: Path) -> None:
    local = [article(f"l-{n}", f"Tỉnh Mường Sa có tin {n}.", source="sa.example") for n in range(5)]
    national = [
        article(f"n-{n}", f"Tỉnh {p} có tin.", source="n.example") for n, p in enumerate(["Hà Giang", "Cà Mau"])
    ]
    bare = "Chủ tịch UBND tỉnh Lò Văn Bưởi tiếp công dân."
    said = article("l-9", bare, source="sa.example"), article("n-9", bare, day="2024-03-01", source="n.example")
    directory = resolved(path, *local, *national, *said)
    (first, *_) = directory.find("Lò Văn Bưởi")
    assert first.office == "Chủ tịch UBND tỉnh Mường Sa"


def test_leaders_who_go_on_after_a_merger_of_provinces_are_the_same_people(path: Path) -> None:
    moved = [
        article(
            f"m-{name[-1]}",
            f"Ông {name}, Chủ tịch UBND tỉnh Mường Sa, nguyên Bí thư Tỉnh ủy Đông Khao, phát biểu.",
            day="2025-07-01",
        )
        for name in ("Tráng Văn Mận", "Giàng Văn Đào")
    ]
    before = article("b-1", "Phó Chủ tịch UBND tỉnh Đông Khao Lò Văn Bưởi dự hội nghị.", day="2025-05-01")
    after = article("b-2", "Phó Chủ tịch UBND tỉnh Mường Sa Lò Văn Bưởi dự hội nghị.", day="2025-08-01")
    early = article("b-0", "Phó Chủ tịch UBND tỉnh Mường Sa Lò Văn Bưởi dự hội nghị.", day="2024-08-01")
    assert len(resolved(path, *moved, before, after).find("Lò Văn Bưởi")) == 1
    assert len(resolved(path.with_name("other"), before, after).find("Lò Văn Bưởi")) == 2, "no merger is known"
    assert len(resolved(path.with_name("early"), *moved, before, after, early).find("Lò Văn Bưởi")) == 2


def test_homes_learnt_later_bring_earlier_articles_home(path: Path) -> None:
    said = article("l-9", "Chủ tịch UBND tỉnh Lò Văn Bưởi tiếp công dân.", source="sa.example")
    assert [note.office for note in resolved(path, said).find("Lò Văn Bưởi")] == [""]
    local = [article(f"l-{n}", f"Tỉnh Mường Sa có tin {n}.", source="sa.example") for n in range(5)]
    assert [note.office for note in resolved(path, *local).find("Lò Văn Bưởi")] == ["Chủ tịch UBND tỉnh Mường Sa"]


def test_a_registry_of_the_first_format_keeps_its_ids_and_asks_for_every_article_again(path: Path) -> None:
    told = article("a-1", "Chủ tịch UBND tỉnh Mường Sa Lò Văn Bưởi tiếp công dân.")
    resolved(path, told)
    with sqlite3.connect(path) as db:
        db.executescript("""
            DROP INDEX article_province; DROP INDEX article_source; DROP INDEX found_official; DROP TABLE moved;
            ALTER TABLE found DROP COLUMN day;
            ALTER TABLE article DROP COLUMN source; ALTER TABLE article DROP COLUMN province;
            UPDATE article SET context = json_extract(context, '$.areas');
            UPDATE found SET official = 'lo-van-buoi-7'; UPDATE official SET id = 'lo-van-buoi-7';
            PRAGMA user_version = 1;
        """)
    with Registry(path) as registry:
        assert registry.recorded("a-1") is None
        registry.resolve_all()
        registry.record(entry_of(told, recognize(told)))
        assert [one.id for one in registry.officials_of(registry.resolve_all())["a-1"]] == ["lo-van-buoi-7"]


@pytest.mark.parametrize(
    ("title", "organisation", "name"),
    [
        ("Trưởng Ban", "Ban Dân vận Tỉnh ủy", "Trưởng Ban Dân vận Tỉnh ủy"),
        ("Trưởng Công an", "Công an xã Bản Lụa", "Trưởng Công an xã Bản Lụa"),
        ("Chủ tịch", "UBND tỉnh Mường Sa", "Chủ tịch UBND tỉnh Mường Sa"),
        ("Bộ trưởng", None, "Bộ trưởng"),
        (None, None, ""),
    ],
)
def test_words_that_title_and_organisation_share_are_said_once(
    title: str | None, organisation: str | None, name: str
) -> None:
    assert office_name(title, organisation) == name


def test_an_organisation_printed_without_its_area_is_shown_with_it() -> None:
    assert with_area("Chủ tịch", "UBND tỉnh", SA) == "UBND tỉnh Mường Sa"
    assert with_area("Chủ tịch", "UBND quận", Area("Quận 2", DISTRICT)) == "UBND Quận 2"
    assert with_area("Chủ tịch", "UBND TP.HCM", Area("Hồ Chí Minh", PROVINCE)) == "UBND TP.HCM"
    assert with_area("Bộ trưởng", "Bộ Y tế", None) == "Bộ Y tế"


def test_a_province_named_in_passing_is_not_that_of_a_commune_where_others_are_named_as_often() -> None:
    commune = "Trả lời báo của TP Hà Nội, ông Lê Văn Mẫu, Chủ tịch UBND xã Bản Lụa, cho biết như vậy."
    assert areas(commune)[COMMUNE].within == "Hà Nội"
    assert areas(f"{commune} Người dân quê Quảng Ngãi về thăm quê.")[COMMUNE].within == ""


def test_a_central_body_takes_no_area_from_the_article() -> None:
    context = Context({PROVINCE: SA})
    section = Position("Phó Trưởng phòng", "Phòng Tuyên truyền, Cục CSGT (Bộ Công an)")
    assert office_of(section, context).area is None
    assert office_of(Position("Trưởng phòng", "Phòng Tham mưu Công an tỉnh"), context).area == SA


def test_words_that_only_look_like_a_place_are_none() -> None:
    assert office_of(Position("Tổng giám đốc", "Thông tấn xã Việt Nam")).area is None
    assert office_of(Position("Bộ trưởng", "Bộ Thống nhất Hàn Quốc")).area == Area("Hàn Quốc", COUNTRY)
    assert office_of(Position("Chủ tịch", "UBND huyện Thống Nhất")).area == Area("Thống Nhất", DISTRICT, "Đồng Nai")


@pytest.mark.parametrize(
    ("title", "organisation", "shown"),
    [
        ("Chủ tịch", "UBND huyện Điện Biên", "UBND huyện Điện Biên"),
        ("Chủ tịch", "UBND TP. Lào Cai", "UBND TP Lào Cai"),
        ("Trưởng", "Công an TP. Lào Cai", "Công an TP Lào Cai"),
        ("Trưởng", "Công an TP.Lào Cai", "Công an TP Lào Cai"),
        ("Giám đốc", "Sở Y tế TP. Hồ Chí Minh", "Sở Y tế TP.HCM"),
    ],
)
def test_the_level_of_an_area_is_printed_one_way_and_is_the_one_said(title: str, organisation: str, shown: str) -> None:
    position = Position(title, organisation)
    context = Context({PROVINCE: Area("Điện Biên" if "Điện" in organisation else "Lào Cai", PROVINCE)})
    assert printed(office_of(position, context), Counter({(title, organisation): 1}))[1] == shown


@pytest.mark.parametrize(
    ("title", "organisation", "place", "shown"),
    [
        ("Bộ trưởng", "Bộ Y tế", "Lào", ("Bộ trưởng", "Bộ Y tế (Lào)")),
        ("Tổng Bí thư", None, "Lào", ("Tổng Bí thư", "(Lào)")),
        ("Bộ trưởng", "Y tế Lào", "Lào", ("Bộ trưởng", "Y tế Lào")),
        ("Chủ tịch", "Ủy ban châu Âu", "Lào", ("Chủ tịch", "Ủy ban châu Âu")),
        ("Đại sứ", None, "Lào", ("Đại sứ", None)),
    ],
)
def test_an_office_of_another_country_is_shown_with_it(
    title: str, organisation: str | None, place: str, shown: tuple[str, str | None]
) -> None:
    office = office_of(Position(title, organisation, place=place), foreign=True)
    assert printed(office, Counter({(title, organisation): 2})) == shown


def test_what_several_states_share_is_of_none_of_them() -> None:
    offices = [office_of(Position("Chủ tịch", "Ủy ban châu Âu", place=of), foreign=True) for of in ("Lào", "Nga")]
    assert {office.id for office in offices} == {"chu-tich-uy-ban-chau-au-eu"}
    own = office_of(Position("Vụ trưởng", "Vụ châu Âu Bộ Ngoại giao"))
    assert own.area is None


@pytest.mark.parametrize(("organisation", "whole"), [(None, False), ("Bộ", False), ("Bộ Y tế", True)])
def test_a_minister_of_nobody_knows_which_ministry_holds_no_office(organisation: str | None, whole: bool) -> None:
    assert office_of(Position("Bộ trưởng", organisation, place="Lào"), foreign=True).complete is whole


def test_an_office_of_a_state_that_is_no_more_is_known_by_its_name() -> None:
    assert office_of(Position("Bộ trưởng", "Ngoại giao Liên Xô"), foreign=True).gone
    assert not office_of(Position("Bộ trưởng", "Ngoại giao Lào"), foreign=True).gone
