"""Every other site: the words that Vietnamese content systems use in classes and ids, and the usual article URLs.

A part is looked for by standard markup first (itemprop), then by these words. `noi-dung` is the body, `tieu-de` the
title, `trich-yeu`, `tom-tat` and `sapo` the lead, `tac-gia` and `nguoi-viet` the author, `ngay-dang` the date.
"""

import re

from bs4.element import Tag

NUMBERED = (
    r"(?:-(?:post|ar|d|i|a|id|n|t)?(\d{4,20})(?:\.(?:html?|aspx?|vnp|vov|tpo|ldo|epi|vgp|chn|bld|antd|vtv))?/?"
    r"|/(\d{4,20})(?:\.(?:html?|aspx?|vgp))?/?|--(\d+)/?"
    r"|[?&](?:ItemID|docid|newsid|articleid|id|idnews)=(\d{3,})(?:&.*)?)$"
)
NUMBERED_FOLDER = r"/(?!20\d\d[01]\d/)(\d{5,})/[^/]+/?$"
_UNNUMBERED = (
    r"/-/asset_publisher/\w+/content/[^/]+|/Pages/\d{4}-\d{1,2}-\d{1,2}/[^/]+\.aspx"
    r"|/20\d\d/[01]\d(?:/[0-3]\d)?/[^/]{8,}$|/(?:[a-z0-9]+-){5,}[a-z0-9]+(?:\.html?|\.aspx)?/?$"
)
ARTICLE = rf"(?i:{NUMBERED}|{NUMBERED_FOLDER}|{_UNNUMBERED})"


def words(*given: str) -> re.Pattern[str]:
    """A pattern that finds any of these words at the start of a part of a class or id; a `$` ends the part too."""
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(word.replace('$', '(?![a-z])') for word in given)})")


def names(tag: Tag) -> str:
    """The class and id of an element, lower-case, `camelCase` taken apart."""
    classes = tag.get("class") or ()
    joined = " ".join((*classes, str(tag.get("id") or ""))) if not isinstance(classes, str) else classes
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", joined).lower() if joined.strip() else ""


TITLE = words("title", "tieu-?de", "headline", "tit$")
LEAD = words(
    *(
        "sapo",
        "lead$",
        "summary",
        "tom-?tat",
        "trich-?yeu",
        "description",
        "desc$",
        "intro",
        "chapp?eau",
        "mo-?ta",
        "sap$",
    ),
    *("dan-?nhap", "shortcontent", "brief", "abs$", "detail-sp$"),
)
AUTHOR = words("author", "tac-?gia", "nguoi-?viet", "byline", "but-?danh", "writer", "nguoi-?dang")
DATE = words(
    *("date", "time", "datetime", "publish", "ngay", "posted", "thoi-?gian", "pdate", "created", "meta$", "period"),
    *("post-?meta", "info$", "news-?info", "pub", "clock"),
)
BODY = words(
    *(
        "article-?body",
        "article-?content",
        "content",
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
    *("pic-?desc", "note-?img", "media-?desc"),
)
NOISE = words(
    *("relat", "lien-?quan", "tin-?lien", "tinlq", "ads?$", "adv", "banner", "quang-?cao", "sda", "rennab", "share"),
    *(
        "social",
        "chia-?se",
        "comment",
        "binh-?luan",
        "tags?$",
        "tu-?khoa",
        "keywords?$",
        "breadcrumb",
        "rating",
        "vote",
    ),
    *("danh-?gia", "toolbar", "print", "google-?news", "follow", "newsletter", "subscri", "popup", "modal", "menu"),
    *(
        "navi",
        "nav$",
        "navbar",
        "sidebar",
        "most-?",
        "read-?more",
        "xem-?them",
        "xem-?nhieu",
        "doc-?them",
        "doc-?nhieu",
    ),
    *("tin-?moi", "tin-?khac", "tin-?cung", "cac-?tin", "other-?news", "player", "audio", "tts", "source$", "nguon$"),
    *("author", "tac-?gia", "byline", "but-?danh", "copyright", "pagination", "paging", "footer", "insert-?neww"),
    *(
        "link-?content",
        "suggest",
        "recommend",
        "widget",
        "login",
        "search",
        "cung-?chuyen-?muc",
        "box-?tin",
        "wiki-news",
    ),
    *("qrcode", "font-?size", "news-?other", "list-?news", "tool-?box", "tools$", "hotline"),
)
