"""Shared readers of HTML: the parsed page, printed text, text blocks in reading order, metas and JSON-LD."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, cast

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from crawler.tree import PRINTED, holds, inside, keep_text, known_text, printed_size_of

_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul
"""
_UNPRINTED_NAMES = """
    script style noscript svg template head title select option button input textarea iframe video audio
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
BESIDE_IN_AMP = ("amp-consent", "amp-sidebar", "amp-ad")
"""AMP's elements over and beside an article."""
_UNPRINTED = frozenset(_UNPRINTED_NAMES.split())
_BOLD, _ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em"})
_PLAIN: frozenset[str] = frozenset()
_WIDEST_CELL = 200
_INVISIBLE = "\u200b\u2060\ufeff"
_UNSEEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_STYLE = re.compile(r"<(?i:style)\b[^>]{0,200}>([^<]*)")
_UNSEEN_RULE = re.compile(r"\{[^{}]{0,300}display ?: ?none", re.IGNORECASE)
_RULE = re.compile(r"[{}]|(?<![\w-])(?i:display ?: ?(?P<value>[a-z-]{1,20}))")
_ONE_SIGN = re.compile(r"[.#][\w-]{1,100}")
_HIDING = frozenset(
    (
        *("hidden", "hide", "d-none", "invisible", "is-hidden", "visually-hidden", "visuallyhidden", "sr-only"),
        *("screen-reader-text", "screen-reader", "element-invisible", "offscreen", "uk-hidden", "display-none"),
    )
)
"""Classes by which Bootstrap, Tailwind, WordPress, Drupal and UIkit hide an element, or leave it to screen readers."""
_SHOWING = re.compile(
    r"(?:sm|md|lg|xl|2xl|print|group-\w+|peer-\w+)[:\\]|d-(?:sm|md|lg|xl|xxl)-(?!none)|visible|show(?:n|ing)?$|active$|in$|"
    r"not-sr-only|lazy"
)
_STATE = re.compile(
    r"<script[^>]{0,200}__(?:NEXT|NUXT)_DATA__[^>]{0,200}>\s*|"
    r"window\.__[A-Z_]{3,40}__\s*=\s*(?=\{)",
    re.IGNORECASE,
)
_MOST_STATES = 5


def printed(text: str) -> str:
    """Text as a reader sees it: white space (NBSP too) collapsed, zero-width characters dropped, composed (NFC)."""
    if not text.isascii():
        for sign in _INVISIBLE:
            if sign in text:
                text = text.replace(sign, "")
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def is_hidden(tag: Tag) -> bool:
    """Whether an element is marked as one that readers do not see."""
    if not tag.attrs:
        return False
    style = tag.get("style")
    if style and _UNSEEN.search(str(style).lower()):
        return True
    if tag.get("hidden") is not None or tag.get("aria-hidden") == "true":
        return True
    classes = tag.get("class")
    return bool(classes) and _is_hiding(str(classes))


@lru_cache(maxsize=4096)
def _is_hiding(classes: str) -> bool:
    """Whether classes of the usual style sheets hide an element at every width; `hidden md:block` shows it at some."""
    given = {*classes.lower().split()}
    return not given.isdisjoint(_HIDING) and not any(_SHOWING.match(sign) for sign in given)


def hidden_by_style(text: str) -> frozenset[str]:
    """The classes (`.note`) and ids (`#note`) that the style sheets in a page hide at every width."""
    hidden: set[str] = set()
    for sheet in _STYLE.finditer(text):
        if not _UNSEEN_RULE.search(sheet.group(1)):
            continue
        depth, start, selectors, display = 0, sheet.start(1), "", ""
        for token in _RULE.finditer(text, sheet.start(1), sheet.end(1)):
            sign = token.group()
            if sign not in "{}":
                display = display or token["value"].lower()
                continue
            if sign == "{":
                depth += 1
                selectors = text[start : token.start()] if depth == 1 else ""
            elif depth:
                depth -= 1
                if not depth and display:
                    signs = {selector.strip() for selector in selectors.split(",")}
                    plain = {sign for sign in signs if _ONE_SIGN.fullmatch(sign)}
                    hidden = hidden | plain if display == "none" else hidden - plain
            start, display = token.end(), ""
    return frozenset(hidden)


def text_of(tag: Tag | None) -> str:
    """The printed text of an element on one line; empty when there is none."""
    if tag is None:
        return ""
    text = known_text(tag)
    return keep_text(tag, " ".join(block.text for block in blocks(tag))) if text is None else text


@dataclass(slots=True)
class Block:
    """A line of printed text: what stands between two block borders or line breaks."""

    text: str
    tag: Tag
    """The innermost block element around it."""
    bold: int = 0
    """How many of its characters are bold; likewise italic and linked."""
    italic: int = 0
    linked: int = 0
    hrefs: tuple[str, ...] = ()
    after_image: bool = False
    """An image stands between the line before and this one."""

    @property
    def size(self) -> int:
        """Characters that are not white space."""
        return len(self.text) - self.text.count(" ")


def blocks(root: Tag, skip: Callable[[Tag], bool] | None = None) -> Iterator[Block]:
    """The text blocks under `root` in reading order, without the elements that `skip` refuses."""
    line, block, styles = _Line(root), root, _PLAIN
    around: list[tuple[Iterator[PageElement], Tag, frozenset[str], bool, bool]] = []
    children = iter(root.contents)
    while True:
        for child in children:
            if type(child) in PRINTED:
                if line.tag is not block and not line.parts:
                    line.tag = block
                line.add(cast(str, child), styles)
                continue
            if not isinstance(child, Tag):
                continue
            name = child.name
            if name == "img":
                line.image = True
            if name in _UNPRINTED or (skip is not None and skip(child)):
                continue
            if name == "br":
                if done := line.close():
                    yield done
                continue
            if name in BLOCKS:
                if done := line.close():
                    yield done
                line.tag = child
                if name == "tr" and (cells := _row(child)):
                    line.add(" ".join(text_of(cell) for cell in cells), _PLAIN)
                    yield from filter(None, [line.close()])
                    continue
                around.append((children, block, styles, True, False))
                block = child
            else:
                apart = name == "a" or bool(child.attrs.get("class"))
                around.append((children, block, styles, False, apart))
                styles = _styled(child, styles, line)
                line.border |= apart
            children = iter(child.contents)
            break
        else:
            if not around:
                break
            children, block, styles, ends, apart = around.pop()
            line.border |= apart
            if ends:
                if done := line.close():
                    yield done
                line.tag = block
    if done := line.close():
        yield done


def _styled(tag: Tag, styles: frozenset[str], line: _Line) -> frozenset[str]:
    """How text in an inline element is set, where what is around it is set so; a link is noted in its line."""
    name = tag.name
    if name == "a" and (href := tag.attrs.get("href")):
        line.hrefs.append(str(href))
        return styles | {"linked"}
    if name in _BOLD:
        return styles | {"bold"}
    return styles | {"italic"} if name in _ITALIC else styles


class _Line:
    """The block being gathered."""

    def __init__(self, tag: Tag) -> None:
        self.tag = tag
        self.image = False
        self._clear()

    def _clear(self) -> None:
        self.parts: list[str] = []
        self.border = False
        self.counts = {"bold": 0, "italic": 0, "linked": 0}
        self.hrefs: list[str] = []

    def add(self, text: str, styles: frozenset[str]) -> None:
        """Add text. Where an inline element ends or begins, `Hà GiangHơn` is two words that only a margin parts."""
        if self.border and text and self.parts:
            before = self.parts[-1]
            if before and before[-1].islower() and text[0].isupper():
                self.parts.append(" ")
        self.border = False
        self.parts.append(text)
        if styles:
            size = len("".join(text.split()))
            for style in styles:
                self.counts[style] += size

    def close(self) -> Block | None:
        """The finished block, or None when nothing was printed; an image seen is remembered until something is."""
        if not self.parts:
            self.border = False
            self.hrefs.clear()
            return None
        text = printed("".join(self.parts))
        block = Block(text, self.tag, **self.counts, hrefs=tuple(self.hrefs), after_image=self.image) if text else None
        self._clear()
        self.image = self.image and block is None
        return block


def _row(tag: Tag) -> list[Tag]:
    """The cells of a row that is printed as one line; none for a row that frames other things."""
    cells = [cell for cell in tag.children if isinstance(cell, Tag) and cell.name in ("td", "th")]
    if len(cells) < 2 or any(holds(cell, "table", "img", "a", "h1", "ul") for cell in cells):
        return []
    return cells if all(printed_size_of(cell) <= _WIDEST_CELL for cell in cells) else []


class Metas:
    """The page's `<meta>` elements by name, property or itemprop (lower case); values with entities resolved."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._values: dict[str, list[str]] = {}
        for tag in inside(soup, "meta"):
            value = printed(html.unescape(str(tag.get("content") or "")))
            if not value:
                continue
            for name in {str(tag.get(key) or "").strip().lower() for key in ("property", "name", "itemprop")} - {""}:
                self._values.setdefault(name, []).append(value)

    def all(self, *names: str) -> tuple[str, ...]:
        """Every value under these names, in the order of the names."""
        return tuple(value for name in names for value in self._values.get(name, ()))

    def first(self, *names: str) -> str | None:
        """The first value under these names."""
        return next(iter(self.all(*names)), None)


def linked_data(soup: BeautifulSoup) -> tuple[dict[str, Any], ...]:
    """Every JSON-LD object of the page, those inside lists and `@graph` too; damaged blocks are passed over."""
    found: list[dict[str, Any]] = []
    for script in inside(soup, "script"):
        if str(script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            given = json.loads(script.string or "", strict=False)
        except (ValueError, RecursionError):
            continue
        queue = [given]
        while queue and len(found) < 100:
            node = queue.pop(0)
            if isinstance(node, list):
                queue.extend(node)
            elif isinstance(node, dict):
                found.append(node)
                queue.append(node.get("@graph"))
    return tuple(found)


def page_states(text: str) -> Iterator[object]:
    """Every JSON in the markup from which a script draws the page: Next.js's, Nuxt's and what a `window.__X__` is."""
    for opening in islice(_STATE.finditer(text), _MOST_STATES):
        try:
            state, _ = json.JSONDecoder(strict=False).raw_decode(text, opening.end())
        except (ValueError, RecursionError):
            continue
        yield _by_number(state) if "__NUXT_DATA__" in opening.group() and isinstance(state, list) else state


def _by_number(parts: list[Any]) -> list[Any]:
    """The objects of a Nuxt payload, in which every value is the number of the part that holds it."""

    def part(number: object, depth: int) -> object:
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < len(parts):
            return None
        held = parts[number]
        if isinstance(held, dict):
            return {key: part(value, depth - 1) for key, value in held.items()} if depth else None
        if isinstance(held, list):
            return [part(value, depth - 1) for value in held] if depth else None
        return held

    return [part(number, 3) for number, held in enumerate(parts) if isinstance(held, dict)]


def is_type(record: dict[str, Any], *endings: str) -> bool:
    """Whether a JSON-LD object's @type (one or several) ends like one of these: `Article` holds for NewsArticle."""
    kinds = record.get("@type")
    return any(str(kind).endswith(endings) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def plain(value: object) -> str:
    """A JSON-LD text as printed: entities resolved, even twice, and tags dropped."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(html.unescape(value))
    return printed(re.sub(r"</?[a-zA-Z][^<>]{0,500}>", " ", text))
