"""Words are pyvi's words, for every text, and nothing of pyvi is loaded to find them."""

import json
import lzma
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import crf
from index.analysis.segmenter import Segmenter, segmenter
from index.errors import ModelError

CORPUS = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "news.jsonl.xz"

SYLLABLES = (  # noqa: SIM905 - a sentence is easier to read than a list
    "Ủy ban nhân dân tỉnh Hà Tĩnh họp bàn về chuyển đổi số , . - ... 15/2020/NĐ-CP 1.300 18% TP. Tp. Mr. http://a.vn/b "
    "a@b.vn ==> >> học sinh học sinh học PHAN Minh Chính chủ trì UBND đã đến thăm “ ” \u200b _ __ x_y 2017 (a) Đ."
).split(" ")
TEXTS = st.lists(st.sampled_from([*SYLLABLES, "\n", "  ", "\u00a0", "e\u0323\u0302"]), max_size=60).map(" ".join)


def pyvi_tokenize(text: str) -> str:
    from pyvi.ViTokenizer import ViTokenizer

    tokenized: str = ViTokenizer.tokenize(text)
    return tokenized


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_texts_of_vietnamese_pieces_are_segmented_as_pyvi_does(text: str) -> None:
    assert segmenter().tokenize(text) == pyvi_tokenize(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
@settings(max_examples=400, deadline=None)
def test_any_text_is_segmented_as_pyvi_does(text: str) -> None:
    assert segmenter().tokenize(text) == pyvi_tokenize(text)


@pytest.mark.real
def test_real_articles_are_segmented_as_pyvi_does() -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus is not beside the checkout (../shared/data/news.jsonl.xz)")
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        for article in map(json.loads, islice(lines, 200)):
            text = f"{article['title']}\n{article['lead'] or ''}\n{article['body'] or ''}"
            assert segmenter().tokenize(text) == pyvi_tokenize(text)


@pytest.mark.parametrize("many", range(2, 14))
@pytest.mark.parametrize("word", ["Minh", "học sinh", "\x00 a", "Ủy"])
def test_ties_are_broken_as_pyvi_breaks_them(word: str, many: int) -> None:
    text = " ".join([word] * many)
    assert segmenter().tokenize(text) == pyvi_tokenize(text)


def test_forgetting_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.analysis.segmenter._MEMO_CHUNKS", 3)
    words = Segmenter(crf.read_weights(), *crf.read_compounds())
    text = "Ủy ban nhân dân tỉnh họp bàn về chuyển đổi số"
    assert [words.tokenize(text) for _ in range(3)] == [pyvi_tokenize(text)] * 3
    assert words.epoch > 1


def test_segmenting_loads_neither_pyvi_nor_its_libraries() -> None:
    program = (
        "import sys; from index.analysis.analyzer import analyze; analyze('Ủy ban nhân dân');"
        "print([name for name in ('pyvi', 'sklearn', 'scipy', 'sklearn_crfsuite') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=CORPUS.parents[3]
    )
    assert ran.stdout.strip() == "[]"


def test_another_model_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(crf.KNOWN_SHA256, "pyvi/models/pyvi3.pkl", "0" * 64)
    with pytest.raises(ModelError, match="install that version"):
        crf.read_weights()


def test_a_missing_model_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crf, "KNOWN_SHA256", {"pyvi/models/none.pkl": ""})
    with pytest.raises(ModelError, match="pip install"):
        crf._known_file("pyvi/models/none.pkl")
