"""The taxonomy: what comes with Tra Tin, and what an archivist may add."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.article import Article
from index.errors import TaxonomyError
from index.topics.classifier import classify
from index.topics.key_phrases import PhraseTree, tokens
from index.topics.taxonomy import bundled, load


def test_there_are_twenty_one_topics_each_with_two_names_and_a_definition() -> None:
    topics = bundled().topics
    assert len({topic.slug for topic in topics}) == 21
    assert all(topic.vi and topic.en and topic.definition for topic in topics)


def test_every_topic_has_phrases_that_decide_alone() -> None:
    taxonomy = bundled()
    for number, topic in enumerate(taxonomy.topics):
        strong = [pairs for pairs in taxonomy.weights if any(t == number and w >= 4 for t, w in pairs)]
        assert len(strong) >= 20, topic.slug


def test_without_an_own_file_the_bundled_taxonomy_is_used(tmp_path: Path) -> None:
    assert load(tmp_path) is bundled()


def test_an_archivist_adds_a_topic_and_articles_get_it(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_text(
        '[[topic]]\nslug = "tem-thu"\nvi = "Tem thư"\nen = "Stamps"\ndefinition = "Postage stamps"\n'
        'phrases.4 = ["tem thư", "con tem"]\n',
        encoding="utf-8",
    )
    taxonomy = load(tmp_path)
    assert len(taxonomy.topics) == 22
    found = classify(Article("a-1", "Hội chơi tem thư mở cửa", paragraphs=("Con tem đầu tiên.",)), taxonomy)
    assert found[0].slug == "tem-thu"
    assert found[0].phrases == ("tem thư", "con tem")


def test_an_archivist_adds_phrases_to_a_known_topic(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_text('[[topic]]\nslug = "y-te"\nphrases.4 = ["quân dân y kết hợp"]\n', "utf-8")
    article = Article("a-1", "Mô hình quân dân y kết hợp")
    assert [topic.slug for topic in classify(article, load(tmp_path))] == ["y-te"]
    assert load(tmp_path).topic("y-te") == bundled().topic("y-te")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[topic]\n", "not valid TOML"),
        ('[[topic]]\nslug = "Tem Thư"\n', "slug 'Tem Thư'"),
        ('[[topic]]\nslug = "tem"\n', "is new, so it needs vi"),
        ('[[topic]]\nslug = "y-te"\nphrases.nhieu = ["a"]\n', "must be a number"),
        ('[[topic]]\nslug = "y-te"\nphrases.4 = "bệnh"\n', "a list of phrases"),
        ('[[topic]]\nslug = "y-te"\nphrase.4 = ["bệnh"]\n', "unknown key 'phrase'"),
        ('[[topic]]\nslug = "y-te"\nshare = 3\n', "share is 3"),
        ('[[topics]]\nslug = "y-te"\n', "unknown key 'topics'"),
    ],
)
def test_a_mistake_in_the_own_file_names_the_file_and_the_entry(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "topics.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TaxonomyError, match=complaint) as caught:
        load(tmp_path)
    assert "topics.toml" in str(caught.value)


def test_the_longest_phrase_hides_what_is_inside_it() -> None:
    tree = PhraseTree(["hàn quốc", "quốc hội", "hội đàm", "quốc hội họp"])
    assert [tree.phrases[n] for n in tree.find(tokens("Hàn Quốc hội đàm"))] == ["hàn quốc", "hội đàm"]
    assert [tree.phrases[n] for n in tree.find(tokens("Quốc hội họp phiên"))] == ["quốc hội họp"]


def test_a_phrase_never_crosses_punctuation() -> None:
    tree = PhraseTree(["công an", "đất đai"])
    assert tree.find(tokens("việc công, an toàn; đất. Đai")) == []


def test_a_phrase_with_a_capital_matches_only_as_printed() -> None:
    tree = PhraseTree(["Nga"])
    assert len(tree.find(tokens("Nga và chị nga"))) == 1


def test_separators_inside_abbreviations_do_not_matter() -> None:
    tree = PhraseTree(["bộ gd&đt"])
    for printed in ("Bộ GD&ĐT", "Bộ GD-ĐT", "bộ GDĐT"):
        assert tree.find(tokens(printed)) == [0], printed


@given(st.lists(st.sampled_from(["công", "an", "tỉnh", "hội", "đàm", ",", "quốc"]), max_size=30))
def test_found_phrases_never_overlap(words: list[str]) -> None:
    tree = PhraseTree(["công an", "công an tỉnh", "quốc hội", "hội đàm", "an"])
    total = sum(len(tree.phrases[number].split()) for number in tree.find(words))
    assert total <= len(words)
