"""From an object that others wrote (a JSON object, a row of a table) to an article; what is left out is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from crawler.article import Article
from crawler.bulk import MOST_TAGS, is_bulky
from crawler.errors import ArticleError, UrlError
from crawler.html import blocks
from crawler.imports.field_names import FieldMapping, FieldNames
from crawler.imports.moments import is_blank, read_moment
from crawler.imports.result import Imported, Rejected
from crawler.tree import parse
from crawler.urls import canonical

_MARKUP = re.compile(r"</(?:p|div|span|a|b|i|em|strong|h[1-6]|ul|li|table|figure|article|section)>|<br ?/?>|<p>", re.I)
_NOT_IN_URL = re.compile('[\x00-\x20\x7f-\xa0\u2028\u2029<>"]')
_LISTS = frozenset({"paragraphs", "body", "captions", "tags"})
_DOTS = frozenset({".", ".."})
_TEXT, _SEVERAL, _NAMED, _TIME = (str,), (str, list), (str, list, dict), (str, int, float, dict, date)
_FITS: Mapping[str, tuple[type, ...]] = {
    "id": (str, int, float, dict),
    "title": _TEXT,
    "url": (str, dict),
    "source": (str, dict),
    "lead": _TEXT,
    "paragraphs": (list,),
    "body": (str, list),
    "captions": _SEVERAL,
    "author": _NAMED,
    "section": _NAMED,
    "tags": _SEVERAL,
    "published": _TIME,
    "updated": _TIME,
    "fetched": _TIME,
    "version": (int,),
    "sha256": _TEXT,
}
"""What may stand under a name of others to be read as a field; anything else is named as not read."""


def read_object(given: Mapping[str, Any], names: FieldNames, where: str) -> Imported | Rejected:
    """The article that an object is, or why it is none."""
    plan = names.plan(tuple(given))
    reader = _ObjectReader(given, plan)
    try:
        article = reader.article()
    except (ArticleError, UrlError) as error:
        return Rejected(where, str(error))
    except RecursionError:
        return Rejected(where, "not an article: nested too deep")
    except ValueError as error:
        return Rejected(where, f"cannot be read as an article ({str(error)[:120]})")
    return Imported(
        article,
        where,
        names=() if plan.own else tuple((ours, theirs) for ours, theirs in reader.used.items() if ours != theirs),
        unread=tuple(reader.unread()),
        doubts=tuple(reader.doubts),
    )


class _ObjectReader:
    def __init__(self, given: Mapping[str, Any], plan: FieldMapping) -> None:
        self._given, self._plan = given, plan
        self.used: dict[str, str] = {}
        self.doubts: list[str] = []

    def article(self) -> Article:
        """Raises ArticleError or UrlError, naming the field that cannot be read."""
        fields = {field: _READERS[field](self, field) for field in self._plan.read}
        source = fields.get("source")
        if source and source.startswith(("http://", "https://")):  # trafilatura calls the URL `source`
            address = _checked(source)
            fields["url"] = fields.get("url") or address
            fields["source"] = urlsplit(address).hostname
        if not fields.get("paragraphs"):
            fields["paragraphs"] = fields.get("body")
        for field, value in fields.items():
            if value.__class__ is str:
                _whole(field, value)
            elif field in _LISTS:
                for text in value or ():
                    _whole(field, text)
        return Article.from_json(fields)

    def unread(self) -> Iterator[str]:
        """Names that hold something and were not read."""
        if self._plan.all_read:
            return
        used = set(self.used.values()) | {name.split(".")[0] for name in self.used.values()}
        for name in self._plan.unread:
            if not _is_empty(self._given[name]):
                yield name
        for several in self._plan.read.values():
            for name in several:
                if name not in used and not _is_empty(self._given.get(name)):
                    yield name

    def _value(self, field: str) -> Any:
        """What the first name of a field that holds something holds."""
        for name in self._plan.read[field]:
            value = self._given.get(name)
            if value is None and "." in name and name not in self._given:
                value = _inside(self._given, name)
            if _is_empty(value):
                continue
            if name == field or name in self._plan.given or isinstance(value, _FITS[field]):
                self.used[field] = name
                return value
        return None

    def _text(self, field: str) -> str | None:
        value = self._value(field)
        if value is None:
            return None
        text = _plain(value, self.used[field])
        if field == self.used[field]:
            return text
        return _without_markup(text, self.doubts)

    def _id(self, field: str) -> Any:
        value = self._value(field)
        if isinstance(value, dict) and set(value) == {"$oid"}:  # as MongoDB exports it
            value = value["$oid"]
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            value = int(value)
        if isinstance(value, str) and (value := value.strip()) in _DOTS:
            raise ArticleError(f"id {value!r}: no URL can carry it")
        return value

    def _url(self, field: str) -> str | None:
        value = self._value(field)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if value is None:
            return None
        return _checked(_plain(value, self.used[field]))

    def _source(self, field: str) -> str | None:
        value = self._value(field)
        if isinstance(value, dict):
            value = value.get("name") or value.get("url") or value.get("domain")
        return None if value is None else _plain(value, self.used[field])

    def _paragraphs(self, field: str) -> list[str]:
        value = self._value(field)
        if value is None:
            return []
        if not isinstance(value, list):
            raise ArticleError(f"{self.used[field]} is a {type(value).__name__}: a list of texts is needed")
        for line in value:
            _plain(line, self.used[field])
        return value

    def _body(self, field: str) -> list[str]:
        value = self._value(field)
        if value is None:
            return []
        name = self.used[field]
        texts = value if isinstance(value, list) else [value]
        return [line for text in texts for line in _lines(_plain(text, name), self.doubts)]

    def _list(self, field: str) -> list[str]:
        value = self._value(field)
        if value is None:
            return []
        name = self.used[field]
        if isinstance(value, str) and name != field:
            value = re.split("[,;]", value) if field == "tags" else [value]
        if not isinstance(value, list):
            raise ArticleError(f"{name} is a {type(value).__name__}: a list of texts is needed")
        named = [part.get("name") if isinstance(part, dict) else part for part in value]
        return [text.strip() for part in named if part is not None and (text := _plain(part, name)).strip()]

    def _joined(self, field: str) -> str | None:
        value = self._value(field)
        if value is None:
            return None
        name = self.used[field]
        texts = []
        for part in value if isinstance(value, list) else [value]:
            text = part.get("name") if isinstance(part, dict) else part
            if text is not None and (plain := _plain(text, name).strip()):
                texts.append(plain)
        return ", ".join(dict.fromkeys(texts)) or None

    def _moment(self, field: str) -> str | None:
        value = self._value(field)
        if value is None:
            return None
        name = self.used[field]
        moment = read_moment(value)
        if moment is not None or is_blank(value):
            return moment
        shown = repr(value)[:40]
        if name == field:
            raise ArticleError(f"{field} is {shown}: a date or date-time is needed, such as 2025-03-04T08:05:00+07:00")
        self.doubts.append(f"{name} not understood as a date: left out")
        return None


_READERS: Mapping[str, Callable[[_ObjectReader, str], Any]] = {
    "id": _ObjectReader._id,
    "title": _ObjectReader._text,
    "url": _ObjectReader._url,
    "source": _ObjectReader._source,
    "lead": _ObjectReader._text,
    "paragraphs": _ObjectReader._paragraphs,
    "body": _ObjectReader._body,
    "captions": _ObjectReader._list,
    "author": _ObjectReader._joined,
    "section": _ObjectReader._joined,
    "tags": _ObjectReader._list,
    "published": _ObjectReader._moment,
    "updated": _ObjectReader._moment,
    "fetched": _ObjectReader._moment,
    "version": _ObjectReader._value,
    "sha256": _ObjectReader._value,
}


def _plain(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise ArticleError(f"{name} is a {type(value).__name__}: text is needed")
    return value


def _is_empty(value: Any) -> bool:
    if value.__class__ is str:
        return not value or value.isspace()
    return value is None or value in ([], {})


def _inside(given: Mapping[str, Any], path: str) -> Any:
    value: Any = given
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _whole(name: str, text: str | None) -> None:
    if text and "\x00" in text:
        raise ArticleError(f"{name} holds a NUL character: the file is damaged there")


def _checked(url: str) -> str:
    """An http(s) URL as it was given.

    Raises:
        UrlError: it is none, or holds what no URL may.
    """
    url = url.strip()
    if (found := _NOT_IN_URL.search(url)) is not None:
        raise UrlError(f"url {url[:80]!r} holds {found[0]!r}: no URL does")
    try:
        canonical(url)
    except UrlError as error:
        raise UrlError(f"url {error}") from None
    return url


def _lines(text: str, doubts: list[str]) -> list[str]:
    """Paragraphs of a text: its lines, or where it is HTML, its blocks."""
    text = _without_markup(text, doubts)
    return [line for printed in text.split("\n") if (line := printed.strip())]


def _without_markup(text: str, doubts: list[str]) -> str:
    if "<" not in text or not _MARKUP.search(text):
        return text
    if is_bulky(text.encode("utf-8", "replace")):
        raise ArticleError(f"more than {MOST_TAGS} tags: no article is")
    if "HTML made into text" not in doubts:
        doubts.append("HTML made into text")
    body = parse(f"<html><body>{text}</body></html>").body
    return "\n".join(block.text for block in blocks(body)) if body else ""
