"""Recall of full names in five spellings, and of document numbers in three.

    python -m benchmarks.names DATA ARTICLES.jsonl.xz [HOW_MANY]

Truth is looked up in the articles' own text: a name is held where its syllables stand in a row, compared NFC, with one
tone placement, case-blind. Names are drawn from runs of capitalised syllables that begin with a common family name.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from index.analysis.normalize import fold, key
from search.request import SearchRequest
from search.searcher import Searcher
from tratin.parts import open_searcher
from tratin.settings import load

_WORD = re.compile(r"\w+")
_FAMILIES = "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Đinh|Trương"  # the most common ones
_NAME = re.compile(rf"\b(?:{_FAMILIES})(?: [^\W\d_]+){{2,3}}\b")
_NUMBER = re.compile(r"\b\d{1,4}/(?:(?:19|20)\d\d/)?[A-ZĐ]{2,6}(?:-[A-ZĐ]{2,8})+\b")
_OLD = ("òa", "óa", "ỏa", "õa", "ọa", "ùy", "úy", "ủy", "ũy", "ụy")
_NEW = ("oà", "oá", "oả", "oã", "oạ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")


def articles(path: Path) -> Iterator[tuple[str, str]]:
    """Id and whole text of every article."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], "\n".join(row.get(part) or "" for part in ("title", "lead", "body"))


def keys(text: str) -> tuple[str, ...]:
    """Syllables as truth compares them."""
    return tuple(key(word) for word in _WORD.findall(unicodedata.normalize("NFC", text)))


def other_tone(name: str) -> str:
    """The same with the other tone placement, where it has one."""
    for old, new in zip(_OLD, _NEW, strict=True):
        name = re.sub(rf"(?<!q){old}\b", new, name)
    return name


def held(corpus: list[tuple[str, tuple[str, ...]]], names: list[tuple[str, ...]]) -> dict[tuple[str, ...], set[str]]:
    """Ids of the articles that hold each name in a row."""
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in names:
        by_first[name[0]].append(name)
    found: dict[tuple[str, ...], set[str]] = {name: set() for name in names}
    for id, row in corpus:
        for at, first in enumerate(row):
            for name in by_first.get(first, ()):
                if row[at : at + len(name)] == name:
                    found[name].add(id)
    return found


def matched(searcher: Searcher, text: str) -> set[str]:
    """Ids of everything that matches."""
    return {hit.id for hit in searcher.matches(SearchRequest(text=text))}


def main(data: str, path: str, many: str = "400") -> None:
    """Print recall by spelling, what marked names find besides, and recall of document numbers."""
    searcher = open_searcher(load(Path(data)))
    texts = list(articles(Path(path)))
    corpus = [(id, keys(text)) for id, text in texts]
    runs = (name for _, text in texts for name in set(_NAME.findall(unicodedata.normalize("NFC", text))))
    counted = Counter(name for name in runs if name.istitle())
    frequent = [name for name, count in counted.most_common() if count >= 3]
    names = random.Random(20170206).sample(frequent[: 5 * int(many)], int(many))
    truth = held(corpus, [keys(name) for name in names])
    spellings = {
        "as typed": str,
        "lower case": str.lower,
        "without marks": lambda name: " ".join(fold(key(word)) for word in name.split()),
        "NFD": lambda name: unicodedata.normalize("NFD", name),
        "other tone placement": other_tone,
    }
    for label, spell in spellings.items():
        missed, extra, worst = 0, 0, []
        for name in names:
            found, wanted = matched(searcher, spell(name)), truth[keys(name)]
            missed += len(wanted - found)
            extra += len(found - wanted) if label != "without marks" else 0
            if wanted - found or (found - wanted and label != "without marks"):
                worst.append(f"{name} (-{len(wanted - found)} +{len(found - wanted)})")
        total = sum(len(truth[keys(name)]) for name in names)
        print(f"{label}: recall {1 - missed / total:.4f}, {extra} articles besides; {', '.join(worst[:8])}")
    _numbers(searcher, texts)


def _numbers(searcher: Searcher, texts: list[tuple[str, str]]) -> None:
    truth: dict[str, set[str]] = defaultdict(set)
    for id, text in texts:
        for number in _NUMBER.findall(unicodedata.normalize("NFC", text)):
            truth[number].add(id)
    for label, spell in (
        ("as printed", str),
        ("lower case", str.lower),
        ("without marks", lambda n: "/".join(fold(p) for p in n.lower().replace("đ", "d").split("/"))),
    ):
        missed = {number for number, ids in truth.items() if ids - matched(searcher, spell(number))}
        print(f"document numbers {label}: {len(truth) - len(missed)} of {len(truth)}; {', '.join(sorted(missed)[:8])}")


if __name__ == "__main__":
    main(*sys.argv[1:])
