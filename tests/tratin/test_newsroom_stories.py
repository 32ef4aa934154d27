"""The stories hold together: what their files tell of them is printed in them, and nothing in them is a real place."""

import re
import unicodedata
from datetime import timedelta
from importlib.resources import files

import pytest

from index.analysis.normalize import key
from index.topics.taxonomy import bundled
from tratin.newsroom.paper import papers, stories
from tratin.newsroom.press import slug_of
from tratin.newsroom.story import read_story

EDITIONS = [*stories(edition=1), *(story for story in stories(edition=2) if story.edition == 2)]
_PLACE = re.compile(
    r"\b(?:tỉnh|huyện|thị xã|TP|thành phố|phường|xã|UBND tỉnh|Tỉnh ủy|Huyện ủy)"
    r" ((?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+)(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+)?)"
)


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).replace("Ð", "Đ")
    return " ".join(key(word) for word in re.findall(r"[\w-]+", plain))


def by_slug(story):
    return f"{story.slug}-{story.edition}"


@pytest.mark.parametrize("story", EDITIONS, ids=by_slug)
def test_officials_and_their_offices_are_in_the_text_as_the_file_lists_them(story):
    text = folded(story.text)
    for name, offices in story.officials:
        assert folded(name) in text
        assert offices
        for office in offices:
            assert folded(office.title) in text
            assert folded(office.organisation or "") in text


@pytest.mark.parametrize("story", EDITIONS, ids=by_slug)
def test_topics_sections_and_related_stories_exist(story):
    slugs = {topic.slug for topic in bundled().topics}
    assert 1 <= len(story.topics) <= 3
    assert set(story.topics) <= slugs
    (paper,) = (paper for paper in papers() if paper.key == story.paper)
    assert story.section in paper.sections
    assert set(story.related) <= {other.slug for other in stories() if other.paper == story.paper}
    assert story.slug == slug_of(story.slug.replace("-", " "))


def test_there_is_enough_to_search_in():
    kept = stories()
    assert len(kept) >= 66
    assert {topic for story in kept for topic in story.topics} == {topic.slug for topic in bundled().topics}
    assert max(story.published for story in kept) - min(story.published for story in kept) > timedelta(days=2 * 365)
    ordinary = [story for story in kept if not story.traps]
    assert all(len(story.text.split()) >= 150 for story in ordinary)
    assert sum(len(story.text.split()) >= 500 for story in kept) >= 2


def test_addresses_are_all_different():
    for paper in papers():
        paths = [paper.story_path(story) for story in stories() if story.paper == paper.key]
        assert len(paths) == len(set(paths))
        assert all(re.search(paper.article, path) for path in paths)


def test_no_place_of_the_stories_is_a_province_or_district_of_viet_nam():
    lines = (files("index.officials.recognition.lexicon") / "places.tsv").read_text(encoding="utf-8").splitlines()
    real = {folded(line.split("\t")[0]) for line in lines if line and not line.startswith("#")}
    assert len(real) > 500
    people = {folded(name) for story in stories() for name, _ in story.officials}
    named = {folded(found) for story in EDITIONS for found in _PLACE.findall(story.text)}
    places = {name for name in named if not any(person.startswith(name) for person in people)}
    assert {"lam khê", "vân trạch", "đông duyên"} <= places
    assert not places & real


def test_one_official_goes_from_one_office_to_another_and_two_people_share_a_name():
    held = {
        (name, office.title, office.organisation, office.former)
        for story in stories()
        for name, offices in story.officials
        for office in offices
    }
    assert ("Đoàn Khắc Nhượng", "Chủ tịch", "UBND tỉnh", True) in held
    assert ("Đoàn Khắc Nhượng", "Bí thư", "Tỉnh ủy Lam Khê", False) in held
    assert ("Lê Quang Hưởng", "Giám đốc", "Sở Giao thông vận tải", False) in held
    assert ("Lê Quang Hưởng", "Chủ tịch", "UBND huyện Đông Trạch", False) in held


def test_a_story_that_cannot_be_read_is_named(tmp_path):
    path = tmp_path / "paper" / "a-story.md"
    path.parent.mkdir()
    path.write_text("+++\nsection = 'x'\n+++\n# Title\n\nLead\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a-story\.md"):
        read_story(path)
