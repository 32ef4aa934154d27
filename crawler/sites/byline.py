"""Bylines: whose name stands over or under an article, and what else is printed where names stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from bs4.element import Tag

from crawler.dates import MONTH, parse_moment
from crawler.elements import Elements
from crawler.html import Block, Metas, blocks, is_type, plain, printed, text_of
from crawler.sites import class_words
from crawler.sites.published import is_date_line
from crawler.tree import tags_inside

_LABEL = re.compile(
    r"^[\s\-–—|(]*(?:(?:(?:theo|by|bởi|par|von|por|di|door|av|"
    r"(?:(?:được )?(?:gửi|đăng|viết|tạo)|posted|written|submitted) (?:bởi|by)|"
    r"(?:escrito|publicado) por|(?:écrit|publié) par|(?:geschrieben|verfasst) von|(?:scritto|pubblicato) da)\s+(?=\w))|"
    r"(?:(?:người (?:viết|đăng)|author|written by|autore?|auteur|"
    r"(?:nhóm )?(?:phóng viên|pv|tác giả(?: bài viết)?|thực hiện)|"
    r"(?:tin|bài|ảnh|clip|video|đồ họa|đồ hoạ|trình bày|nội dung|biên tập|biên dịch|text|photos?)"
    r"(?:\s*(?:,|và|-|–|/|&|\s)\s*(?:tin|bài|ảnh|clip|video|đồ họa|đồ hoạ|trình bày))*)\s*:\s*))",
    re.IGNORECASE,
)
_ANY_LABEL = re.compile(r"^[^\W\d_]{3,14}\s?:\s+(?=\w)")
"""A word before a name where an element is known to tell the author: `Текст: …`."""
_NAMED_AUTHOR = re.compile(r"(?:(?:tên )?tác giả|người viết|author|written by)(?: bài viết)?\s?:\s|by\s", re.IGNORECASE)
_BY = re.compile(r"(?:^|\s)(?:by|von|par|por|bởi)\s+(?P<name>.+)$", re.IGNORECASE)
_LONGEST = 400
"""Signs of the longest byline; what is longer is a text."""
_SPLIT = re.compile(r" ?[;,|&] ?| [-–—] | và ")
_TRAILING_DATE = re.compile(
    r"(?:[ ,|·–—-]+(?:on|le|el|am) )?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    r"\(? ?(?:thứ \w{1,5},? ?)?(?:ngày )?(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.*$|"
    r"[ ,|·–—-]+(?:on|at|am|um|le)? ?(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)? )?(?:{MONTH})\.?(?: \d{{1,2}})?(?:st|nd|rd|th)?,? (?:\d{{4}}|\d{{1,2}}\b).*$|"
    r"[ ,|·–—-]+(?:on |at )\d{1,2}:\d\d.*$",
    re.IGNORECASE,
)
_TRAILING_LABEL = re.compile(
    r"[ ,|·•–—-]+(?:publi[ée]+|publicado|pubblicato|veröffentlicht|aktualisiert|erschienen|posted|published|updated|"
    r"(?-i:đăng)|xuất bản|cập nhật)(?: \w{1,3})?\W*$",
    re.IGNORECASE,
)
"""What is said of the date after a name: `Publié le`. `Đăng` with a capital is the end of a name."""
_ROLE = re.compile(
    r"\s*(?:\((?:thực hiện|ghi|tổng hợp|(?:lược |biên )?dịch|biên soạn|sưu tầm|lược thuật)\)|(?<=\w) thực hiện)$",
    re.IGNORECASE,
)
"""What somebody did for an article, after the name."""
_GLUED_AGENCY = re.compile(r"(?<=[a-zà-ỹ])(?:TTXVN|VOV|VNA|TTXVN/.*)$")
_SOURCE = re.compile(
    r"^(?:báo|tạp chí|cổng|đài|thông tấn|tổng hợp|theo)\b|\b(?:TTXVN|VOV|VTV|Bnews|Chinhphu|NDO|VGP)\b|"
    r"\.(?:vn|com|net|org)\b|\+|@|http",
    re.IGNORECASE,
)
_AGENCIES = re.compile(
    r"\b(?:AFP|AP|Reuters|Tân Hoa xã|Xinhua|TASS|RIA|Sputnik|Kyodo|Yonhap|Bloomberg|CNN|BBC|NHK|DPA|EFE|THX)\b",
    re.IGNORECASE,
)
_ORIGIN = re.compile(r"\((?P<inside>[^()]{1,80})\)$")
_NO_NAMES = frozenset(
    {"by", "bởi", "theo", "tác giả", "author", "admin", "administrator", "editor", "follow", "posted by"}
)
_MOST_NAMES = 8
_WORDS_OF_NAME = 6
_LINES_OF_BYLINE = 4
_CREDIT = re.compile(
    r"\(? ?(?:theo|nguồn|(?:tin|bài)(?:,? (?:và )?ảnh)?|ảnh|thực hiện|đồ họa|video|clip|tổng hợp|trình bày)"
    r" ?[: ].{2,80}",
    re.IGNORECASE,
)
_END_MARK = re.compile(r"[.!?…:;\"”。！？؟]$")


def is_name(text: str) -> bool:
    """Whether a text could be one person's name or pen name: one to five capitalised words."""
    bare = _bare(text)
    parts = bare.replace("/", " ").split()
    if not 1 <= len(parts) <= 5 or len(bare) > 40 or len(bare) < 2 or any(c.isdigit() or c == ":" for c in bare):
        return False
    if bare.casefold() in _NO_NAMES:
        return False
    return all(part[0].isupper() or _has_no_case(part[0]) for part in parts)


def _has_no_case(letter: str) -> bool:
    """Whether a letter's script knows no capitals: Han, kana, Hangul, Arabic."""
    return letter.isalpha() and letter.lower() == letter.upper()


def as_author(text: str, own_names: Iterable[str] = ()) -> str | None:
    """The names in a byline as printed, joined by "; "; None when it names no person, or the paper itself.

    Labels (`Tác giả:`, `Theo`), a date and the agency after a name (`Hoài An/TTXVN`) are no part of it.
    """
    text = printed(text)
    if len(text) > _LONGEST:
        return None
    text = _ROLE.sub("", text)
    text = _GLUED_AGENCY.sub("", _TRAILING_LABEL.sub("", _TRAILING_DATE.sub("", text)))
    text = _trimmed(_LABEL.sub("", _LABEL.sub("", text)))
    origin = _ORIGIN.search(text)
    if origin is not None and _is_source(origin["inside"].strip()):
        text = text[: origin.start()].strip()
    if not text or text.casefold() in {name.casefold() for name in own_names if name}:
        return None
    names = [_person(name) for name in _SPLIT.split(text) if name]
    if not 1 <= len(names) <= _MOST_NAMES or not all(is_name(name) and not _is_source(_bare(name)) for name in names):
        return None
    return "; ".join(names)


def _is_source(text: str) -> bool:
    """Whether a text names an agency, a paper or an address, and no person."""
    return _SOURCE.search(text) is not None or _AGENCIES.search(text) is not None


def _person(name: str) -> str:
    """The name without the agency after it."""
    first, *rest = re.split(r"\s*/\s*", name)
    if first and rest and any(_is_source(part) or part.isupper() for part in rest):
        return first
    before, _, inside = name.partition("(")
    return before.strip() if before and _SOURCE.fullmatch(inside.rstrip(")").strip()) else name


def _trimmed(text: str) -> str:
    """Without signs at the ends, and without brackets around the whole."""
    text = text.strip(" -–—|*,;:")
    whole = text.startswith("(") or text.count("(") != text.count(")")
    return text.strip("() ") if whole else text


def _bare(name: str) -> str:
    return re.sub(r"\s*\([^()]{1,30}\)$", "", name)


def author_in_place(elements: Elements, css: str, own_names: Sequence[str]) -> tuple[str | None, bool]:
    """The author printed where the layout says; and whether there is such a place at all, empty or not."""
    tags = elements.select(css)
    for part in css.split(", "):
        names = [name for tag in elements.select(part) if (name := as_author(text_of(tag), own_names))]
        if names:
            return "; ".join(dict.fromkeys(names)), True
    return None, bool(tags)


def authors_by_class(region: Sequence[Tag], own_names: Sequence[str]) -> str | None:
    """The names in elements whose class or itemprop speaks of an author, each once; the inmost that can speaks."""
    marked = [tag for tag in region if _speaks_of_author(tag)]
    around: set[int] = set()
    found: list[list[str]] = []
    for tag in reversed(marked):
        if id(tag) in around:
            continue
        text = _ANY_LABEL.sub("", str(tag.get("content") or "") if tag.name == "meta" else text_of(tag))
        if len(text) <= 100 and (name := as_author(text, own_names) or _first_name(tag, own_names)):
            found.append(name.split("; "))
            around |= {id(parent) for parent in tag.parents}
    every = [name for several in reversed(found) for name in several]
    names = [name for name in every if not any(other != name and other in name for other in every)]
    return "; ".join(list(dict.fromkeys(names))[:_MOST_NAMES]) or None


def _first_name(tag: Tag, own_names: Sequence[str]) -> str | None:
    """The name in the first line of an element that is no date, where the date before and the post after it are
    lines, or elements, of their own."""
    lines = [line.text for line in islice(blocks(tag), _LINES_OF_BYLINE + 1)]
    inmost = [part for part in tags_inside(tag, 2 * _MOST_NAMES) if not tags_inside(part, 1)]
    parts = [text for part in inmost if (text := text_of(part))]
    if "".join(parts).replace(" ", "") == "".join(lines).replace(" ", ""):
        lines = parts
    if len(lines) == 2 and lines[0].strip(" :").casefold() in _NO_NAMES:
        return as_author(lines[1], own_names)
    undated = [line for line in lines if parse_moment(line) is None and not line[0].isdigit()]  # `2 hours ago`
    if not 2 <= len(lines) <= _LINES_OF_BYLINE or not undated:
        return None
    name = as_author(undated[0], own_names)
    return name if name and " " in name else None


def author_beside_date(region: Iterable[Tag], own_names: Sequence[str]) -> str | None:
    """The name after `by` in a line that is called a date: `Submitted by A B on Thu, 03/12/2026`."""
    for tag in region:
        if len(text := text_of(tag)) > 120:
            continue
        found = _BY.search(text)
        if found is None or not (class_words.DATE.found_in(class_words.names(tag)) or _is_by_and_date(found, text)):
            continue
        if (name := as_author(found["name"], own_names)) and " " in name:
            return name
    return None


def _is_by_and_date(found: re.Match[str], text: str) -> bool:
    """Whether a line says nothing but who wrote the text, and then when."""
    return not found.start() and parse_moment(text) is not None and is_date_line(text, _WORDS_OF_NAME)


def _speaks_of_author(tag: Tag) -> bool:
    if tag.get("itemprop") == "author" or tag.get("rel") == "author":
        return True
    return class_words.AUTHOR.found_in(class_words.names(tag))


def author_in_data(data: Sequence[dict[str, object]], own_names: Sequence[str]) -> str | None:
    """The persons whom JSON-LD names as authors of the article, those named elsewhere in it by their @id too."""
    known = {str(record["@id"]): record for record in data if "@id" in record and record.get("name")}
    for record in data:
        if not is_type(record, "Article", "Posting"):
            continue
        given = record.get("author")
        names = []
        for person in given if isinstance(given, list) else [given]:
            if isinstance(person, dict) and not person.get("name"):
                person = known.get(str(person.get("@id")))
            if isinstance(person, dict):
                person = None if is_type(person, "Organization") else person.get("name")
            if name := as_author(plain(person), own_names):
                names.append(name)
        if names:
            return "; ".join(dict.fromkeys(names))
    return None


def author_in_metas(metas: Metas, own_names: Sequence[str]) -> str | None:
    """All names under the first kind of meta that names persons; an address or one word alone is none."""
    for kind in ("article:author", "author", "dable:author"):
        authors = (as_author(value, own_names) for value in metas.all(kind) if "://" not in value)
        if names := [name for name in authors if name and " " in name]:
            return "; ".join(dict.fromkeys(names))
    return None


def take_byline(lines: list[Block], own_names: Sequence[str]) -> str | None:
    """Remove byline and credits from the end of the body; the name they tell, if any."""
    author: str | None = None
    for _ in range(4):
        if len(lines) < 2:
            break
        last = lines[-1]
        name = as_author(last.text, own_names)
        if name and _is_signed(last, lines[-2]):
            author = author or name
        elif not _is_credit(last):
            break
        lines.pop()
    return author


def signature_after(holder: Tag, own_names: Sequence[str]) -> str | None:
    """The name under the text, where it is called the author's, or set as a signature is: in the next line outside the
    text's element."""
    for place in islice((sibling for sibling in holder.next_siblings if isinstance(sibling, Tag)), 4):
        lines = list(islice(blocks(place), 2))
        for line in lines:
            if _NAMED_AUTHOR.match(line.text) and (name := as_author(line.text, own_names)) and " " in name:
                return name
        if lines:
            (line, *more) = lines
            name = as_author(line.text, own_names) if not more and " " in line.text else None
            return name if name and (_is_right(line.tag) or line.bold >= 0.8 * line.size) else None
    return None


def _is_signed(line: Block, before: Block) -> bool:
    if len(line.text) > 90 or line.tag.name in ("h1", "h2", "h3", "li") or _END_MARK.search(line.text):
        return False
    styled = max(line.bold, line.italic) >= 0.8 * line.size or _is_right(line.tag) or bool(_LABEL.match(line.text))
    if styled or class_words.AUTHOR.found_in(class_words.names(line.tag)):
        return True
    return len(line.text.split()) >= 2 and bool(_END_MARK.search(before.text))


def _is_credit(line: Block) -> bool:
    text = line.text
    if len(text) > 90 or line.tag.name in ("h2", "h3"):
        return False
    if text.startswith("(") and text.endswith(")") and _is_source(text):
        return True
    if not _CREDIT.fullmatch(text) or _END_MARK.search(text):
        return False
    styled = _is_right(line.tag) or max(line.bold, line.italic) >= 0.8 * line.size
    return styled or ":" in text[:25] or len(text) <= 45


def _is_right(tag: Tag) -> bool:
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return (
        "text-align:right" in style
        or str(tag.get("align") or "").lower() == "right"
        or bool(re.search(r"(?:^|[\s_-])(?:text-)?right(?![a-z])", class_words.names(tag)))
    )
