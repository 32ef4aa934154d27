"""Reading: an article's text as the grammar reads it, with the way back to the text as printed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from operator import add

_LOWER = "a-zà-öø-ýăđĩũơưạ-ỹ"
"""First letters of most words; a few capitals of the last range are among them, which begin no abbreviation."""
_APOSTROPHES = "'’‘ʼ`´′"
_TOKEN = re.compile(
    rf"[{_LOWER}]+ (?=\S)"  # most tokens are told at once
    r"|(?:"
    rf"đ/c|[{_LOWER}][^\W\d_]*(?:[{_APOSTROPHES}][^\W\d_]+)*"
    rf"|[HK] ?[{_APOSTROPHES}] ?[A-ZĐÁÀẢÃẠĂÂÉÊÍÓÔƠÚƯÝ]\w*"  # H'Mận, K ’ Mận
    r"|(?:[A-ZĐ]\.){2,}(?=\s?\w)"
    r"|(?:P?GS\.?)?(?:TSKH|TS|ThS|BS)\.(?=\s?[A-ZĐ])"
    r"|(?:[A-ZĐƯ]+,)+[A-ZĐƯ]+(?:[&-][A-ZĐƯ]+)+\b"  # VH,TT&DL
    r"|(?:[A-ZĐƯ]+(?:(?: ?& ?|[./-])[A-ZĐƯ]+)+\b)"  # NN&PTNT, TN & MT, LĐ-TB&XH, TP.HCM, T.Ư
    r"|Đ/c|(?:TP|Tp|TX|Tx)\.(?=[^\S\n]?\w)"
    r"|(?:TP|Tp|TX|Tx)\.\n(?=(?!Ông|Bà|Theo|Tại|Đồng chí)[A-ZĐ]\w*(?: [A-ZĐ]\w|\b(?<=HCM)))"  # and no sentence's end
    r"|(?:TT|PGS|GS|[A-ZĐ])\.(?=\s?\w)"
    rf"|[^\W\d_]+(?:[{_APOSTROPHES}][^\W\d_]+)*"
    r"|\d+(?:[.,/:]\d+)*"
    r"|\S|\n)[^\S\n]*"
)
"""A token with the blanks behind it: a search that begins at a token is the quickest."""
ONE_SPELLING = {
    "lí": "lý", "kĩ": "kỹ", "mĩ": "mỹ", "kì": "kỳ", "kí": "ký", "kỉ": "kỷ", "qui": "quy", "quí": "quý",
}  # fmt: skip
"""Syllables that are written with `i` and with `y`: either spelling → the one of the lexicon."""
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))


class _Read(dict[str, str]):
    """What was made of tokens with the blanks behind them, so that each is read once; begun anew when it is large."""

    def __init__(self, reading: Callable[[str], str]) -> None:
        self._reading = reading

    def __missing__(self, part: str) -> str:
        if len(self) > _MOST_READ:
            self.clear()
        read = self[part] = self._reading(part)
        return read


_MOST_READ = 100_000


def _token(part: str) -> str:
    """Without the blanks behind it."""
    return part.rstrip() or "\n"


def _lowered(token: str) -> str:
    """`TN & MT` as `tn&mt`, `H’ Mận` as `h'mận`, `quản lí` as `quản lý`."""
    low = token.lower()
    if low.isalnum():
        return ONE_SPELLING.get(low, low)
    return low.replace(" ", "").translate(_ONE_APOSTROPHE) or low


_TOKENS = _Read(_token)
_LOWS = _Read(lambda part: _lowered(_token(part)))
_UNUSUAL = tuple("\u00a0\u00ad\u00d0\u00f0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_NEW_TONE = re.compile("[uUoO](?:(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<=[uU])(?<![qQ].)[ỳýỷỹỵỲÝỶỸỴ])(?!\\w)")
"""`hoà`, `uỷ`: the tone on the second vowel of an open syllable. It begins with a set so that the search can leap."""
_AROUND = 50_000
"""Characters, at least, on either side of a name in which it may be told more plainly."""
_LEVELS = {"h.": "huyện", "q.": "quận", "p.": "phường", "tp.": "tp", "tx.": "thị", "h": "huyện"}
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_ODD = re.compile(f"[{''.join(sorted(_DROPPED))}][\u0300-\u036f]*|[^\u0300-\u036f][\u0300-\u036f]+")
"""What does not stay as printed: invisible characters, and letters with marks of their own."""
_SAME_WIDTH = str.maketrans({"\u00a0": " ", "\u00d0": "Đ", "\u00f0": "đ"})


def _old_style(match: re.Match[str]) -> str:
    """`uỷ` as `ủy`, `oà` as `òa`: the tone moves to the first vowel."""
    first, second = match[0][0], match[0][1]
    base = unicodedata.normalize("NFD", second)
    return unicodedata.normalize("NFC", first + base[1]) + base[0]


class TokenText:
    """Tokens of one text: as read (NFC, one tone placement, odd characters gone), lowered, and where they stand."""

    __slots__ = (
        *("_map", "_pairs", "ends", "highland", "lows", "starts", "text", "tokens"),
        *("alone", "more_often", "small"),
    )

    def __init__(self, printed: str) -> None:
        self._map: tuple[list[int], list[int]] | None = None
        self._pairs: dict[tuple[str, str], list[int]] | None = None
        text = printed
        if any(char in text for char in _UNUSUAL) or not unicodedata.is_normalized("NFC", text):
            text, self._map = _plain(text)
        text = _NEW_TONE.sub(_old_style, text)
        self.text = text
        parts = _TOKEN.findall(text)
        at = list(accumulate(map(len, parts), initial=len(text) - len("".join(parts))))
        at.pop()
        self.starts = at
        self.tokens = list(map(_TOKENS.__getitem__, parts))
        self.lows = list(map(_LOWS.__getitem__, parts))
        self.ends = list(map(add, at, map(len, self.tokens)))
        self.more_often: dict[tuple[str, str, int], bool] = {}
        """What was found out `around` a token, once for all that ask: of two forms of a name, shorter and longer;"""
        self.alone: dict[tuple[str, int, frozenset[str], frozenset[str]], tuple[int, ...]] = {}
        """of words, where they stand alone;"""
        self.small: dict[tuple[str, int], bool] = {}
        """of a name, whether it stands in small letters."""
        self.highland: list[int] = []
        """Names of the highlands: `H'Mận`, `K ’ Mận`."""
        if any(apostrophe in text for apostrophe in _APOSTROPHES):
            self.highland = [i for i, low in enumerate(self.lows) if low[1:2] == "'" and low[0] in "hk"]

    def __len__(self) -> int:
        return len(self.tokens)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Printed offsets of the tokens first … last-1."""
        return self.printed(self.starts[first], self.ends[last - 1])

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the printed text of a stretch of `text`."""
        if self._map is None:
            return start, end
        return self._map[0][start], self._map[1][end - 1]

    def words(self, first: int, last: int) -> set[str]:
        """The different words among tokens first … last-1, levels of places written out."""
        return {_LEVELS.get(low, low) for low in self.lows[first:last] if low[0].isalnum()}

    def around(self, i: int) -> tuple[int, int]:
        """Offsets into `text` between which the rest of the article is asked about token i: all of a usual article."""
        part = self.starts[i] // _AROUND * _AROUND
        return max(0, part - _AROUND), part + 2 * _AROUND

    def occurrences(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Offsets into `text` of every place that has the tokens first … last-1, two at least, the same way."""
        if self._pairs is None:
            self._pairs = defaultdict(list)
            for i, pair in enumerate(pairwise(self.tokens)):
                self._pairs[pair].append(i)
        size, form = last - first, self.tokens[first:last]
        for i in self._pairs[form[0], form[1]]:
            if self.tokens[i : i + size] == form:
                yield self.starts[i], self.ends[i + size - 1]

    def close(self, i: int) -> bool:
        """Token i stands one space, or nothing, behind token i-1."""
        return i > 0 and self.starts[i] - self.ends[i - 1] <= 1


def _plain(printed: str) -> tuple[str, tuple[list[int], list[int]] | None]:
    """NFC text without invisible characters, and where every character begins and ends in print, if any moved."""
    pieces: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    at = 0
    for odd in _ODD.finditer(printed):
        _keep(printed, at, odd.start(), pieces, begins)
        ends.extend(begin + 1 for begin in begins[len(ends) :])
        at = odd.end()
        if odd[0][0] not in _DROPPED:
            composed = unicodedata.normalize("NFC", odd[0])
            pieces.append(composed)
            begins.extend([odd.start()] * len(composed))
            ends.extend([at] * len(composed))
    _keep(printed, at, len(printed), pieces, begins)
    ends.extend(begin + 1 for begin in begins[len(ends) :])
    text = "".join(pieces).translate(_SAME_WIDTH)
    return text, (begins, ends) if at or len(text) != len(printed) else None


def _keep(printed: str, start: int, end: int, pieces: list[str], begins: list[int]) -> None:
    """Add a stretch without marks or invisible characters, which NFC hardly ever changes."""
    stretch = printed[start:end]
    if unicodedata.is_normalized("NFC", stretch):
        pieces.append(stretch)
        begins.extend(range(start, end))
        return
    for at, char in enumerate(stretch, start):
        composed = unicodedata.normalize("NFC", char)
        pieces.append(composed)
        begins.extend([at] * len(composed))
