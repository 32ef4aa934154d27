"""Every other site: the words that Vietnamese content systems use in classes and ids, and the usual article URLs.

A part is looked for by standard markup first (itemprop), then by these words. `noi-dung` is the body, `tieu-de` the
title, `trich-yeu`, `tom-tat` and `sapo` the lead, `tac-gia` and `nguoi-viet` the author, `ngay-dang` the date.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bs4.element import Tag

NUMBERED = (
    r"(?:-(?:post|ar|d|i|a|id|n|t)?(\d{4,20})(?:\.(?:html?|aspx?|vnp|vov|tpo|ldo|epi|vgp|chn|bld|antd|vtv))?/?"
    r"|/(\d{4,20})(?:\.(?:html?|aspx?|vgp))?/?|--(\d+)/?"
    r"|[?&](?:ItemID|docid|newsid|articleid|id|idnews)=(\d{3,})(?:&.*)?)$"
)
NUMBERED_FOLDER = r"/(?!20\d\d[01]\d/)(\d{5,})/[^/]+/?$"
_UNNUMBERED = (
    r"/-/asset_publisher/\w+/content/[^/]+|/Pages/\d{4}-\d{1,2}-\d{1,2}/[^/]+\.aspx"
    r"|/(?:19|20)\d\d/(?:[01]?\d|(?-i:[a-z]{3}))(?:/[0-3]?\d)?/(?=[^/]*[^\W\d])(?!page$|page/)[^/]{3,}/?(?:amp/?)?$|/(?:[a-z0-9]+-){5,}[a-z0-9]+(?:\.html?|\.aspx)?/?$"
)
_QUERIED = (
    r"[?&](?:item_?id|doc_?id|news_?id|article_?id|post_?id|entry_?id|content_?id|story_?id|id_?news|id_?article|tx_\w+(?:\[|%5B)(?:tt_)?news(?:\]|%5D)|id_?tin|tin_?id|"
    r"id_?bai_?viet|bai_?viet_?id|ma_?tin|nid|aid|p)=\d+(?:[:-][\w-]*)?(?:&|$)"
    r"|[?&]view=article&(?:[^#]*&)?id=\d+|[?&]id=\d+:[\w-]+|[?&]article\d+(?:&|$)"
)
"""The query of an article: DNN's and SharePoint's ItemID, WordPress's p, Joomla's view=article, own systems' ids."""
ARTICLE = rf"(?i:{NUMBERED}|{NUMBERED_FOLDER}|{_UNNUMBERED}|{_QUERIED})"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of which any may stand in the names of an element."""

    found_in: Callable[[str], bool]
    """Whether one stands at the start of a part of a class or id, as `names` gives them."""


def words(*classes: str) -> Words:
    """These words; a `$` ends the part too. Pages name thousands of elements by a few hundred names."""
    pattern = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(word.replace('$', '(?![a-z])') for word in classes)})")
    return Words(lru_cache(maxsize=4096)(lambda names: pattern.search(names) is not None))


_BUILDER = re.compile(r"^elementor-(?:widget-|element-)?")
"""What Elementor puts before the name of a part: `elementor-widget-theme-post-excerpt`."""
_UTILITY = re.compile(r"[:\[\]!/]|^elementor(?:-(?:widget|element|\d+))?$|^(?:has|no|with|without|is|js)-")
"""Classes that say how something looks or behaves (Tailwind's, a page builder's), not what it is."""
_FILED = re.compile(r"^(?:tag|category|post|type|status|format|author|term|page|single|section)s?-|-(?:open|closed)$")
"""What WordPress adds to an article for every tag, category and state it has."""
_ENTRY = frozenset({"hentry", "type-post", "type-page", "single-post", "h-entry"})


_NAMING = (
    *("id", "role", "data-slot", "data-role", "data-component", "data-testid", "data-hook", "data-qa"),
    "data-automation-id",
)
_NAMING_SET = frozenset(_NAMING)


@lru_cache(maxsize=4096)
def _joined(given: str, others: str) -> str:
    classes = given.split()
    entry = not _ENTRY.isdisjoint(classes)
    said = [name for name in classes if not _UTILITY.search(name) and not (entry and _FILED.search(name))]
    said = [_BUILDER.sub("", name) for name in said]
    joined = " ".join((*said, others))
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", joined).lower() if joined.strip() else ""


def names(tag: Tag) -> str:
    """The class, id, role and data-slot, -role or test name of an element, lower-case, `camelCase` apart.

    Without what names no part.
    """
    attributes = tag.attrs
    if not attributes:
        return ""
    given = str(attributes.get("class") or "")
    if _NAMING_SET.isdisjoint(attributes):
        return _joined(given, "") if given else ""
    others = [str(attributes[name]) for name in _NAMING if name in attributes]
    return _joined(given, " ".join(others)) if given or others else ""


TITLE = words("title", "tieu-?de", "headline", "tit$")
LEAD = words(
    *(
        "sapo",
        "lead$",
        "summary",
        "tom-?tat",
        "trich-?(?:yeu|dan)",
        "excerpt",
        "sub-?title",
        "sum$",
        "description",
        "desc$",
        "intro",
        "chapp?eau",
        "mo-?ta",
        "sap$",
    ),
    *(
        "dan-?nhap",
        "shortcontent",
        "brief",
        "abs$",
        "detail-sp$",
        "txt-?head",
        "standfirst",
        "stand-?first",
        "dek$",
        "subheadline",
        *("vorspann", "chapo$", "entradilla", "bajada", "copete", "occhiello", "ingress$", "manchet", "accroche"),
    ),
)
AUTHOR = words(
    *("author", "created-?by$", "uid$", "tac-?gia", "nguoi-?viet", "byline", "but-?danh", "writer", "nguoi-?dang"),
    *("autore?s?$", "auteurs?$", "signature", "verfasser"),
)
DATE = words(
    *("date", "time", "datetime", "publish", "ngay", "posted", "thoi-?gian", "pdate", "created", "meta$", "period"),
    *("post-?meta", "post-?date", "info$", "news-?info", "pub", "clock", "datum", "fecha", "dateline"),
)
BODY = words(
    *(
        "article-?body",
        "article-?content",
        "content(?!-?info)",
        "detail",
        "noi-?dung",
        "chi-?tiet",
        "main-?content",
        "body",
        "fck",
    ),
    *("cms", "journal-content", "text-?long", "bai-?viet", "entry", "story", "abody", "txt-?news", "news"),
)
CAPTION = words(
    *("caption", "photo-?cms", "chu-?thich", "pcaption", "image-?desc", "img-?desc", "photo-?desc", "wp-caption"),
    *("pic-?desc", "note-?img", "media-?desc", "desc-?cat?ption", "ck-?legend"),
)
_PHOTO_CREDIT = re.compile(
    r"(?:ảnh|nguồn ảnh|ảnh minh h[oọạ]a?|photo(?:graph)?s?|image|credit|foto|crédit photo|bild)\s?:", re.IGNORECASE
)


def is_photo_credit(text: str) -> bool:
    """Whether a line begins by naming who took a picture."""
    return len(text) <= 120 and _PHOTO_CREDIT.match(text) is not None


BESIDE = words("sidebar", "trend", "relate", "lien-?quan", "most-", "xem-?nhieu", "doc-?nhieu", "tin-?moi", "tin-?khac")
PICTURE = words("image", "img", "photo", "picture", "media", "thumb", "gallery", "slide", "figure", "anh$", "hinh")
NOISE = words(
    *("relate(?!d-?to$)", "relation", "lien-?quan", "tin-?lien", "tinlq", "ads?$", "adv(?!an|en|er[bs]|ic|is|oc)"),
    *("banner", "quang-?cao", "sda", "rennab", "share", "sharing", "social(?!-?(?:media-?)?embed)", "chia-?se"),
    *("comment", "binh-?luan", "disqus", "tags?(?=\\s|$)", "tags?-?(?:list|box|cloud|links|wrap|item|area|block|line)"),
    *("tu-?khoa", "keywords?$", "breadcrumb", "rating", "vote$", "votes$", "danh-?gia", "toolbar", "print$", "printer"),
    *("google-?news", "follow(?!ing)", "newsletter", "subscri", "popup", "modal", "menu", "navi", "nav$", "navbar"),
    *("sidebar", "most-?(?:read|view|popular|recent|shared)", "mostview", "read-?more", "xem-?them", "xem-?nhieu"),
    *("doc-?them", "doc-?nhieu", "tin-?moi", "tin-?khac", "tin-?cung", "cac-?tin", "other-?news", "player(?!-?\\d)"),
    *("audio", "tts", "source$", "nguon$", "author", "tac-?gia", "byline", "but-?danh", "copyright", "pagination"),
    *("autore?s?$", "auteurs?$", "dialog", "alertdialog", "content-?info", "complementary"),
    *(
        "abo-?(?:hinweis|box|teaser)",
        "anzeige",
        "werbung",
        "publicidade?$",
        "publicite$",
        "pub-?bli?cita",
        "news-?web-?part",
    ),
    *(
        "paging",
        "phan-?trang",
        "footer",
        "chan-?trang",
        "insert-?neww",
        "link-?content",
        "suggest",
        "recommend",
        "widget(?!-?(?:text|content|article))",
    ),
    *("login", "search", "cung-?chuyen-?muc", "box-?tin", "wiki-news", "qrcode", "font-?size", "news-?other"),
    *(
        "toc(?=\\s|$)",
        "table-of-contents",
        "edit-?section",
        "no-?print(?=\\s|$)",
        "sign-?up",
        "list-?news",
        "tool-?box",
        "tools$",
        "hotline",
        "cookie",
        "promo",
        "sponsor",
        "premium-?note",
        "paywall$",
    ),
)
