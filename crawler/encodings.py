"""From bytes to Vietnamese text: which encoding a page or feed is in, and the legacy fonts undone.

Order of evidence: byte-order mark, NUL bytes, the HTTP header, the page's own declaration, charset-normalizer.
Before Unicode, Vietnamese was written in fonts that drew Vietnamese letters at the places of Western ones. Such pages
declare a Western encoding or none; TCVN 5712 (the `.VnTime` fonts, the State's standard until 2002) and VNI (the
South's) are told by how many words become Vietnamese under their tables.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_SAMPLE = 60_000
_GAIN = 0.4
"""How many more of the words must be Vietnamese once the font is undone."""
_FEWEST = 5
"""Marked words of the shortest text that is looked at."""
_MARKED = 0.1
"""Share of the words that carry a mark in any Vietnamese text; of an English one with prices in £, next to none do."""
_MARKUP = re.compile(r"<(?i:(script|style)\b.*?(?:</\1\s*>|\Z)|[^>]{0,500}>)", re.DOTALL)

_TCVN3_FROM = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ¡¢§£¤¥¦"
_TCVN3_TO = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = str.maketrans(_TCVN3_FROM, _TCVN3_TO)

_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS = {"â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303"}
_VNI_HATS |= {"ä": "\u0302\u0323"}
_VNI_BREVES = {"ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303"}
_VNI_BREVES |= {"ë": "\u0306\u0323"}
_VNI_BASES = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_BASES)
    for letter in "aeouyôö":
        marks = _VNI_TONES | (_VNI_HATS if letter in "aeo" else {}) | (_VNI_BREVES if letter == "a" else {})
        for sign, mark in marks.items():
            table[letter + sign] = unicodedata.normalize("NFC", _VNI_BASES.get(letter, letter) + mark)
    table |= {key.upper(): value.upper() for key, value in table.items()}
    return table | {key[0].upper() + key[1]: value.upper() for key, value in table.items() if len(key) == 2}


_VNI = _vni_table()
_VNI_FORM = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
_SYLLABLE = re.compile(
    rf"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[{_VOWELS}]{{1,3}}(?:ch|ng|nh|[cmnpt])?"
)
_WORD = re.compile(r"[^\W\d_]+(?:[\xa0-\xbf\xd7\xf7][^\W\d_]*)*|[\xa1-\xbf]+[^\W\d_]*")

_SOME_LETTERS = 20
_COMMON_HAN = frozenset("的一是不了在人有这中大来上国年月日和为以到地会要于")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and how it was found."""

    text: str
    encoding: str
    flags: tuple[str, ...] = ()
    """Repairs and doubts: `tcvn3-repaired`, `vni-repaired`, `encoding-guessed`, `encoding-declared-wrong`, …"""


def decode(content: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page or feed; never raises, what cannot be read becomes U+FFFD and a flag."""
    encoding, flags = _encoding(content, content_type)
    text = content.decode(encoding, errors="replace").lstrip("\ufeff")
    if "\ufffd" in text and content.decode("utf-8", errors="ignore").count("\ufffd") < text.count("\ufffd"):
        flags = (*flags, "encoding-damaged")
    if encoding == "cp1258":
        return Decoded(unicodedata.normalize("NFC", text), encoding, (*flags, "windows-1258-composed"))
    text, repair = repair_fonts(text)
    return Decoded(text, encoding, (*flags, repair) if repair else flags)


def _encoding(content: bytes, content_type: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name, ()
    if (wide := _wide(content)) is not None:
        return wide, ("encoding-by-nul-bytes",)
    declared = _declared(content, content_type)
    if _is_utf8(content):
        return "utf-8", () if declared in (None, "utf-8", "ascii") else ("encoding-declared-wrong",)
    if declared not in (None, "utf-8", "utf-16", "utf-32", "ascii"):
        return str(declared), ()
    if declared == "utf-8" and content.decode("utf-8", errors="replace").count("\ufffd") * 1000 < len(content):
        return "utf-8", ("encoding-damaged",)
    return _guess(content), ("encoding-guessed",)


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte of markup is NUL."""
    head = content[:400]
    half = len(head) // 2
    if half < 4:
        return None
    if head[1::2].count(0) > half * 0.7 and head[0::2].count(0) < half * 0.2:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.7 and head[1::2].count(0) < half * 0.2:
        return "utf-16-be"
    return None


def _declared(content: bytes, content_type: str | None) -> str | None:
    head = content[:4096]
    found = _HEADER.search(content_type or "")
    names = [found.group(1)] if found else []
    names += [match.group(1).decode("ascii", "replace") for form in (_XML, _META) if (match := form.search(head))]
    for name in names:
        try:
            known = codecs.lookup(name).name
            "a".encode(known)
        except (LookupError, UnicodeError, ValueError):
            continue
        return "cp1252" if known == "iso8859-1" else known.replace("utf-16-le", "utf-16").replace("utf-16-be", "utf-16")
    return None


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(content) - 4 and error.reason == "unexpected end of data"
    return True


def _chinese(content: bytes) -> str | None:
    """GB 18030, where it reads nearly everything and the most common words are among it; else None."""
    text = content.decode("gb18030", errors="ignore")
    han = [letter for letter in text if "\u4e00" <= letter <= "\u9fff"]
    foreign = sum(letter > "\x7f" for letter in text)
    common = sum(letter in _COMMON_HAN for letter in han)
    enough = len(han) >= _SOME_LETTERS and len(han) >= 0.7 * foreign and common >= 0.05 * len(han)
    return "gb18030" if enough else None


def _japanese(content: bytes) -> str | None:
    """The Japanese encoding in which a third of all that is not ASCII is kana; None when in none."""
    for name in ("shift_jis", "euc_jp"):
        foreign = [letter for letter in content.decode(name, errors="replace") if letter > "\x7f"]
        kana = sum("\u3040" <= letter <= "\u30fa" for letter in foreign)
        if len(foreign) >= _SOME_LETTERS and kana >= 0.3 * len(foreign):
            return name
    return None


def _guess(content: bytes) -> str:
    sample = content[:_SAMPLE]
    if (eastern := _japanese(sample) or _chinese(sample)) is not None:
        return eastern
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_SAMPLE], cp_isolation=["cp1258", "cp1252", "utf_8", "utf_16"]).best()
    return best.encoding if best is not None else "cp1252"


def repair_fonts(text: str) -> tuple[str, str | None]:
    """Text written in a TCVN3 or VNI font turned into Unicode, and the flag that says so; other text as it came."""
    sample = text[:_SAMPLE]
    if len(sample) - len(sample.encode("ascii", "ignore")) < _FEWEST:
        return text, None
    every = _WORD.findall(_MARKUP.sub(" ", sample))
    words = [word for word in every if not word.isascii() and len(word) > 1]  # `£` alone is a price's
    if len(words) < max(_FEWEST, _MARKED * len(every)):
        return text, None
    as_it_came = _vietnamese(words)
    if as_it_came > 1 - _GAIN:
        return text, None
    scores = {
        None: as_it_came,
        "tcvn3-repaired": _vietnamese([word.translate(_TCVN3) for word in words]),
        "vni-repaired": _vietnamese([_VNI_FORM.sub(_vni, word) for word in words]),
    }
    best = max(scores, key=lambda flag: scores[flag])
    if best is None or scores[best] < 0.8 or scores[best] < scores[None] + _GAIN:
        return text, None
    return (text.translate(_TCVN3) if best == "tcvn3-repaired" else _VNI_FORM.sub(_vni, text)), best


def _vni(found: re.Match[str]) -> str:
    return _VNI[found.group()]


def _vietnamese(words: list[str]) -> float:
    """The share of words that are well-formed Vietnamese syllables."""
    return sum(_SYLLABLE.fullmatch(word.lower()) is not None for word in words) / len(words)
