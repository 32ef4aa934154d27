"""Finding elements by CSS many times on one page: candidates from an index, soupsieve decides."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

import soupsieve
from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.tree import inside, tags_inside

_KEYS = (("#", re.compile(r"#([\w-]+)")), (".", re.compile(r"\.([\w-]+)")), ("[", re.compile(r"\[([\w-]+)")))
_PLAIN = re.compile(r"(?P<name>[a-z][a-z0-9]*)?(?P<signs>(?:[.#][A-Za-z_][\w-]*)*)")
_ATTRIBUTE = re.compile(r"(?P<name>[a-z][a-z0-9]*)?\[(?P<attribute>(?!type)[a-z-]+)=(?P<value>[\w:.-]+)\]")
_SIGN = re.compile(r"[.#][\w-]+")
_BRACKETED = re.compile(r"\[[^\]]*\]|:[\w-]+\(.*\)")
_NAME = re.compile(r"^[a-z][a-z0-9]*", re.IGNORECASE)


class Elements:
    """The elements of one page, in document order, by id, class, attribute and name.

    A selector is looked up by its last compound (`.title` in `h1 > .title`; under what holds it, for a mere name such
    as `.tags a`), and only the candidates are matched: a reader asks some fifteen selectors of thousands of elements.
    """

    def __init__(self, soup: BeautifulSoup) -> None:
        self._by: defaultdict[str, list[Tag]] = defaultdict(list)
        self._every = tags_inside(soup)
        for tag in self._every:
            self._by[tag.name].append(tag)
            if name := tag.attrs.get("id"):
                self._by[f"#{name}"].append(tag)
            if classes := tag.attrs.get("class"):
                for word in {*str(classes).split()}:
                    self._by[f".{word}"].append(tag)

    def select(self, css: str) -> list[Tag]:
        """The elements that match any part of a selector list, by part, then in document order."""
        return [tag for part in _parts(css) for tag in self._part(part)]

    def pick(self, css: str) -> list[Tag]:
        """The elements that match the first part of a selector list that matches any."""
        return next((found for part in _parts(css) if (found := self._part(part))), [])

    def _part(self, css: str) -> list[Tag]:
        if not all(sign in self._by for sign in _named(css)):
            return []
        above, _, last = css.rpartition(" ")
        if above and _NAME.fullmatch(last):
            holders = self._part(above.rstrip("> "))
            found = {id(tag): tag for holder in holders for tag in inside(holder, last)}
            candidates = list(found.values())
        else:
            candidates = self._candidates(_key(css))
        if (plain := _PLAIN.fullmatch(css)) is not None:
            return [tag for tag in candidates if _is_plainly(tag, plain["name"], plain["signs"])]
        if (plain := _ATTRIBUTE.fullmatch(css)) is not None:
            name, attribute, value = plain["name"], plain["attribute"], plain["value"]
            return [tag for tag in candidates if name in (None, tag.name) and tag.get(attribute) == value]
        return [tag for tag in candidates if soupsieve.match(css, tag)] if candidates else []

    def _candidates(self, key: str) -> list[Tag]:
        """The elements under a key; those that have an attribute are looked for when somebody asks."""
        if key[0] == "[" and key not in self._by:
            self._by[key] = [tag for tag in self._every if key[1:] in tag.attrs]
        return self._by.get(key, [])


def _parts(css: str) -> list[str]:
    return css.split(", ") if css else []


@lru_cache(maxsize=1024)
def _key(css: str) -> str:
    last = css.split()[-1].split(":")[0]
    for sign, form in _KEYS:
        if found := form.search(last):
            return sign + found.group(1)
    name = _NAME.match(last)
    return name.group().lower() if name else last


@lru_cache(maxsize=1024)
def _named(css: str) -> tuple[str, ...]:
    """The classes and ids without which no element matches: those outside brackets."""
    return tuple(_SIGN.findall(_BRACKETED.sub("", css)))


def _is_plainly(tag: Tag, name: str | None, signs: str) -> bool:
    """Whether `name.class#id` says what an element is; soupsieve takes thirty times as long to say the same."""
    if name is not None and tag.name != name:
        return False
    return all(
        sign[1:] in str(tag.get("class") or "").split() if sign[0] == "." else tag.get("id") == sign[1:]
        for sign in _SIGN.findall(signs)
    )
