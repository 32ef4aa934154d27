"""Cards: alike boxes side by side, each of which leads to another page; and readers' comments, each with its answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from bs4.element import Tag

from crawler.html import text_of
from crawler.tree import inside, is_in, size_of, tags_inside

_BOXES = frozenset({"div", "article", "section", "li", "td"})
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LONGEST_CARD = 500
_HEADLINE = 15
"""Characters of the shortest card."""
_LONG_LINK = 25
_LEAST = 2
_NO_PAGE = re.compile(r"mailto:|tel:|javascript:|#|data:|sms:|whatsapp:", re.IGNORECASE)
_ANSWER = re.compile(
    r"(?:reply|trả lời|antworten|répondre|responder|rispondi|beantwoorden|回复|返信|رد|ответить)\W{0,3}", re.IGNORECASE
)
_MOST_LEVELS = 5


def card_groups(root: Tag, is_own: Callable[[str], bool]) -> list[list[Tag]]:
    """The groups of cards in an element: two or more boxes of one name and class side by side, each a headline that
    is linked, or lies under a link, with little text.

    `is_own` tells whether a link stays on the site: a list of links to others without headings is part of the text.
    """
    groups: list[list[Tag]] = []
    for parent in (root, *tags_inside(root)):
        alike: defaultdict[tuple[str, str], list[Tag]] = defaultdict(list)
        for child in parent.children:
            if isinstance(child, Tag) and child.name in _BOXES and 0 < size_of(child) <= 2 * _LONGEST_CARD:
                alike[child.name, str(child.get("class") or "").partition(" ")[0]].append(child)
        for (name, kind), boxes in alike.items():
            if len(boxes) < _LEAST or not (kind or name in ("article", "li")):
                continue
            if all(_is_card(box, is_own) for box in boxes) and len({_leads_to(box) for box in boxes}) == len(boxes):
                groups.append(boxes)
    return groups


def _leads_to(box: Tag) -> str:
    return str(inside(box, "a", most=1)[0].get("href"))


def _is_card(box: Tag, is_own: Callable[[str], bool]) -> bool:
    """Whether a box is a headline that leads to another page of the site, and little else."""
    links = [link for link in inside(box, "a", most=4) if link.get("href")]
    if not links or _NO_PAGE.match(str(links[0]["href"])):
        return False
    text = text_of(box)
    if len(text) > _LONGEST_CARD:
        return False
    headings = inside(box, *_HEADINGS, most=1)
    said = text_of(headings[0]) if headings else ""
    if said and len(text) >= _HEADLINE:
        over = any(not link.get_text(strip=True) for link in links)
        return over or any(is_in(headings[0], link) or is_in(link, headings[0]) for link in links)
    first = next((link for link in links if link.get_text(strip=True)), None)
    title = text_of(first)
    return first is not None and len(title) >= _LONG_LINK and text.startswith(title) and is_own(str(first["href"]))


def comments(root: Tag) -> list[Tag]:
    """Readers' comments: the boxes side by side that each hold one link or button by which it is answered."""
    buttons = inside(root, "a", "button", "span")
    answers = [tag for tag in buttons if tag.string and _ANSWER.fullmatch(tag.string.strip())]
    if len(answers) < _LEAST:
        return []
    holding: defaultdict[int, int] = defaultdict(int)
    for answer in answers:
        for parent in _up_to(answer, root):
            holding[id(parent)] += 1
    found: dict[int, Tag] = {}
    for answer in answers:
        outer = [parent for parent in _up_to(answer, root) if holding[id(parent)] == 1][:_MOST_LEVELS]
        if outer:
            found[id(outer[-1])] = outer[-1]
    return list(found.values())


def _up_to(tag: Tag, root: Tag) -> Iterable[Tag]:
    """The elements around one, the nearest first, inside another."""
    for parent in tag.parents:
        if parent is root:
            return
        yield parent
