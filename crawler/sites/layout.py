"""Layout: where one platform prints the parts of an article; Family: the layouts a platform had over the years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors, a part of the article each. An empty one leaves the part to the general rules."""

    body: str
    """The containers of paragraphs, in reading order; where one of them is found, the page has this layout."""
    title: str = ""
    lead: str = ""
    author: str = ""
    published: str = ""
    """Elements that print the time of publication, or carry it in `datetime` or `content`."""
    captions: str = ""
    """Captions printed outside the body."""
    noise: str = ""
    """What stands inside the body and is no part of the article."""
    boxes: str = ""
    """Editorial boxes: kept, though their class looks like noise."""
    tags: str = ""
    section: str = ""
    valid_until: date | None = None
    """The last day that pages were printed this way; None: still so. A later article is flagged."""


@dataclass(frozen=True, slots=True)
class Family:
    """One publishing platform: what its article URLs look like, and its layouts, the present one first."""

    key: str
    article: str
    """Regular expression of article URLs; its group `number`, if any, is the site's own number of the article."""
    layouts: tuple[Layout, ...]
    telling: bool = False
    """Its class names are found on no other platform: pages of unconfigured sites are recognised by them."""
