"""The body of an article: paragraphs and subheads in order, captions apart, everything else left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from bs4.element import Tag

from crawler.elements import Elements
from crawler.html import BESIDE_IN_AMP, Block, blocks, is_hidden, printed, text_of
from crawler.sites import class_words
from crawler.sites.boilerplate import is_call_box, is_debris, leads_elsewhere, trimmed
from crawler.sites.cards import card_groups, comments
from crawler.sites.layout import Layout
from crawler.tree import above, holds, inside, is_in, size_of

_PHOTO_CREDIT = re.compile(r"(?:^|[.(\s])(?:Ảnh|Nguồn ảnh|Ảnh minh [hH][oọạ]a?|Photo|Nguồn)\s*:", re.IGNORECASE)
_PHOTO_START = re.compile(r"(?:Ảnh|Hình|Trong ảnh|Photo)\b", re.IGNORECASE)
_LONGEST_CALL = 400
_CENTRED = re.compile(r"text-align:\s*center")
_LONGEST_CAPTION = 400
_HEADINGS = ("h2", "h3", "h4", "h5")
_LARGE = 0.4
"""Share of a container's characters above which an element is not beside the text, whatever its name says."""
_SOME_TEXT = 400
"""Characters of a container that are an article where what is left of it are comments."""
_SENTENCE = 60
"""Characters of the shortest cell of a table that may be a paragraph."""
_FEW = 0.2
_STOPS = (".", "!", "?", "…", "”", "»", "。")
_HEADLINE = 25
"""Characters of the shortest link that may be another article's headline."""
_QUOTED = re.compile(r"(?:^|[\s_-])(?:pull-?|block)?quotes?(?:$|[\s_-])")
_QUOTES = " \"“”«»‘’'.…"
_SHORTEST_QUOTATION = 15
_SHOWN = ("img", "picture", "video", "iframe", "svg", "canvas", "object", "amp-img")
_ELSEWHERE = re.compile(r"https?://|//|mailto:|.*\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|odt)(?:$|[?#])", re.IGNORECASE)
_ASIDE = frozenset({"aside", "nav", "footer", "form", "dialog", *BESIDE_IN_AMP})
_INLINE = frozenset({"a", "b", "strong", "i", "em", "u", "font", "sup", "sub", "mark"})  # their classes name no boxes


@dataclass(slots=True)
class Body:
    """What stands between the lead and the end of an article."""

    lines: list[Block]
    captions: list[str]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The lines' printed texts."""
        return tuple(line.text for line in self.lines)

    @property
    def size(self) -> int:
        """Characters of running text, links to elsewhere not counted."""
        return sum(max(0, line.size - line.linked) for line in self.lines)

    @property
    def texts(self) -> int:
        """How many lines are as long as a sentence."""
        return sum(line.size - line.linked >= _SENTENCE for line in self.lines)

    @property
    def entries(self) -> int:
        """How many lines are printed, where next to none of the text is in lines as long as a sentence; else 0."""
        long = sum(line.size for line in self.lines if line.size >= _SENTENCE)
        return len(self.lines) if long < _FEW * sum(line.size for line in self.lines) else 0

    @property
    def rows(self) -> int:
        """How many rows of tables are printed."""
        return sum(line.tag.name == "tr" for line in self.lines)

    @property
    def prose(self) -> int:
        """The part of `size` that is no row of a table, save a row that is one sentence, and not mostly figures."""
        running = (line for line in self.lines if not _is_row(line) and not _is_figures(line.text))
        return sum(max(0, line.size - line.linked) for line in running)


def read_body(
    containers: Iterable[Tag],
    elements: Elements,
    layout: Layout | None,
    heading: Tag | None,
    head: Iterable[Tag],
    is_article: Callable[[str], bool],
    is_own: Callable[[str], bool],
    hidden: Iterable[str] = (),
) -> Body:
    """The body inside these containers: after the `heading`, if that stands inside, and without the `head`.

    `head` are the elements of lead and date; `is_article` tells links to related articles from links to sources,
    `is_own` links to the same site from others; `hidden` are selectors of what readers do not see.
    """
    body = Body([], [])
    noise, boxes = (_chosen(elements, css) for css in ((layout.noise, layout.boxes) if layout else ("", "")))
    noise |= {id(tag) for tag in head}
    unseen = frozenset(id(tag) for css in hidden for tag in elements.select(css))
    for container in containers:
        beside = _boxes_beside(container, is_own)
        walk = _Walk(container, noise | beside, boxes, heading, unseen)
        lines: list[Block] = []
        before: Block | None = None
        label: Block | None = None
        for line in blocks(container, walk.skips):
            if walk.passes_heading() and sum(before.size for before in lines) < _LONGEST_CAPTION:
                lines.clear()
            if _is_card(before, line, container, is_article):
                if lines and lines[-1] is label:
                    lines.pop()
            elif not is_debris(line, is_article) and not leads_elsewhere(before, line):
                lines.append(line)
            label = line if line.tag.name in _HEADINGS and not line.linked else label
            before = line
        body.lines += [line for line in lines if not _is_caption(line)]
        body.captions += [*walk.captions, *(line.text for line in lines if _is_caption(line))]
    body.lines = trimmed(_without_pull_quotes(body.lines))
    body.captions = _once(body.captions)
    return body


def _without_pull_quotes(lines: list[Block]) -> list[Block]:
    """The lines but for quotations that repeat, set large, what a paragraph says word for word."""
    said = "\n".join(line.text for line in lines if not _is_quotation(line))
    return [line for line in lines if not (_is_quotation(line) and line.text.strip(_QUOTES) in said)]


def _is_quotation(line: Block) -> bool:
    """Whether a line is set as a quotation."""
    if not _SHORTEST_QUOTATION <= line.size <= _LONGEST_CAPTION:
        return False
    return any(tag.name in ("blockquote", "q") or _QUOTED.search(class_words.names(tag)) for tag in _around(line.tag))


def _around(tag: Tag) -> list[Tag]:
    return [tag, *islice(tag.parents, 2)]


def captions_in(tags: Iterable[Tag]) -> list[str]:
    """The captions among these elements, which stand outside any body."""
    captions: list[str] = []
    for tag in tags:
        if tag.name == "figcaption":
            captions.append(text_of(tag))
        elif above(tag, "figure") is not None or tag.name in ("h1", "h2", "h3"):
            continue
        elif tag.name == "table":
            walk = _Walk(tag)
            captions += walk.captions if walk.skips(tag) else []
        elif class_words.CAPTION.found_in(class_words.names(tag)) and 0 < len(text := text_of(tag)) <= _LONGEST_CAPTION:
            captions.append(text)
    return _once(captions)


def _once(captions: list[str]) -> list[str]:
    """Without repetitions; every empty caption stays, one for each picture."""
    return [text for place, text in enumerate(captions) if not text or text not in captions[:place]]


class _Walk:
    """Decides at every element of one container whether it is part of the running text, and keeps the captions."""

    def __init__(
        self,
        container: Tag,
        noise: frozenset[int] = frozenset(),
        boxes: frozenset[int] = frozenset(),
        heading: Tag | None = None,
        unseen: frozenset[int] = frozenset(),
    ) -> None:
        self.captions: list[str] = []
        self._limit = _LARGE * size_of(container)
        self._noise = noise
        self._unseen = unseen
        self._boxes = boxes
        self._heading = heading
        self._passed = False

    def skips(self, tag: Tag) -> bool:
        """Whether to leave this element out; what it captions is kept."""
        name = tag.name
        if tag is self._heading:
            self._passed = True
            return True
        if id(tag) in self._boxes:
            return False
        if id(tag) in self._noise or (self._is_unseen(tag) and not self._is_large(tag)):
            return True
        if name == "figcaption":
            self.captions.append(text_of(tag))
            return True
        if name == "img":
            self._image(tag)
            return False
        if name in _ASIDE and not self._is_large(tag):
            return True
        if name == "figure":
            return self._figure(tag)
        if name == "table":
            return self._picture_table(tag)
        if name == "article" and any(len(text_of(link)) >= _HEADLINE for link in inside(tag, "a")):
            return not self._is_large(tag)
        if name in ("ul", "ol") and is_link_list(tag):
            return True
        if name in ("div", "section") and size_of(tag) <= _LONGEST_CALL and not self._is_large(tag):
            return is_call_box(tag) or self._by_name(tag)
        return self._by_name(tag)

    def _is_unseen(self, tag: Tag) -> bool:
        return id(tag) in self._unseen or is_hidden(tag)

    def passes_heading(self) -> bool:
        """Whether the headline was met since this was asked last."""
        passed, self._passed = self._passed, False
        return passed

    def _by_name(self, tag: Tag) -> bool:
        names = "" if tag.name in _INLINE else class_words.names(tag)
        if not names:
            return False
        if class_words.CAPTION.found_in(names) and not self._is_large(tag) and not holds(tag, "figcaption"):
            if text := text_of(tag):
                self.captions.append(text)
            return True
        return class_words.NOISE.found_in(names) and not self._is_large(tag)

    def _is_large(self, tag: Tag) -> bool:
        return size_of(tag) > self._limit

    def _image(self, tag: Tag) -> None:
        caption = printed(str(tag.get("cms-photo-caption") or ""))
        if caption and above(tag, "figure", "table") is None:
            self.captions.append(caption)

    def _figure(self, tag: Tag) -> bool:
        """A figure's caption is its figcaption (kept empty when printed empty), or what else is printed in it."""
        if holds(tag, "table", "blockquote", "pre") and not holds(tag, "img", "picture", "video"):
            return False  # a block editor frames tables and quotations as it frames pictures
        if not holds(tag, *_SHOWN) and (links := inside(tag, "a", most=1)) and text_of(links[0]) == text_of(tag):
            return True  # a card of another page
        captions = inside(tag, "figcaption")
        self.captions += [text_of(caption) for caption in captions]
        if not captions and (text := " ".join(line.text for line in blocks(tag, self._is_unseen))):
            if len(text) > _LONGEST_CAPTION:
                return False
            self.captions.append(text)
        return True

    def _picture_table(self, tag: Tag) -> bool:
        """A table that holds pictures and a few words is a picture with its caption."""
        if not holds(tag, "img") or holds(tag, "table"):
            return False
        texts = [text for cell in inside(tag, "td", "th", "caption") if (text := text_of(cell))]
        if max(map(len, texts), default=0) > _LONGEST_CAPTION or len(texts) > 6:
            return False
        if sum(map(len, texts)) > _LONGEST_CAPTION * max(1, len(inside(tag, "img"))):
            return False
        self.captions += texts
        return True


def _boxes_beside(container: Tag, is_own: Callable[[str], bool]) -> frozenset[int]:
    """Cards of other articles, where they are not what the page is made of, and readers' comments on a text."""
    beside = [
        group for group in card_groups(container, is_own) if sum(map(size_of, group)) <= _LARGE * size_of(container)
    ]
    said = comments(container)
    if size_of(container) - sum(map(size_of, said)) >= _SOME_TEXT:
        beside.append(said)
    return frozenset(id(tag) for group in beside for tag in group)


def _chosen(elements: Elements, css: str) -> frozenset[int]:
    return frozenset(id(tag) for tag in elements.select(css))


def _is_card(before: Block | None, line: Block, container: Tag, is_article: Callable[[str], bool]) -> bool:
    """Whether a line is the headline of another article, or the blurb under it in one item of a list."""
    for headline, blurb in ((line, None), (before, line)):
        if headline is None or headline.tag.name not in _HEADINGS or headline.linked < 0.8 * headline.size:
            continue
        item = headline.tag.parent
        if item is None or item is container or not any(map(is_article, headline.hrefs)):
            continue
        if blurb is None or (blurb.size <= _LONGEST_CAPTION and is_in(blurb.tag, item)):
            return True
    return False


def is_link_list(tag: Tag) -> bool:
    """Whether a list is nothing but links within the site: topics, a table of contents, other articles."""
    items = [item for item in tag.children if isinstance(item, Tag) and item.name == "li"]
    links = [link for item in items for link in inside(item, "a")]
    if len(items) < 2 or len(links) < len(items):
        return False
    if any(_ELSEWHERE.match(str(link.get("href") or "")) for link in links):
        return False
    return sum(len(text_of(link)) for link in links) >= 0.9 * len(text_of(tag))


def _is_row(line: Block) -> bool:
    """Whether a line is a row or cell of figures and names; old pages set each paragraph in a cell of its own."""
    if line.tag.name not in ("tr", "td", "th"):
        return False
    alone = line.tag.name != "tr" or len(inside(line.tag, "td", "th", most=2)) == 1
    return not (alone and line.size - line.linked >= _SENTENCE and line.text.endswith(_STOPS))


def _is_figures(text: str) -> bool:
    return sum(map(str.isdigit, text)) > 0.3 * len(text)


def _is_caption(line: Block) -> bool:
    """A short line right after an image that is set like a caption, or names who took the photo."""
    if not line.after_image or len(line.text) > _LONGEST_CAPTION or line.tag.name in ("h2", "h3", "h4", "li"):
        return False
    if _PHOTO_START.match(line.text) or _PHOTO_CREDIT.search(line.text[-80:]):
        return True
    return line.italic >= 0.9 * line.size or is_centred(line.tag)


def is_centred(tag: Tag) -> bool:
    """Whether an element is set in the middle of the column."""
    if tag.name == "center" or (tag.parent is not None and tag.parent.name == "center"):
        return True
    style = str(tag.get("style") or "").lower()
    return (
        str(tag.get("align") or "").lower() == "center"
        or bool(_CENTRED.search(style))
        or "center" in class_words.names(tag)
    )
