"""Names that others give an article's fields, and which of an object's names are read as which field.

A name is looked up without its case, spaces and signs: `pub_date`, `pubDate` and `Pub Date` are one. Vietnamese names
are looked up without marks. What is ambiguous is not in the table (`created_at` is as often the time of a database row
as of publication): `--map published=created_at` says it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "news_id", "post_id", "doc_id", "document_id", "_id", "uuid", "identifier"),
    "title": ("title", "headline", "name", "post_title", "article_title", "og:title", "tiêu đề", "tên bài"),
    "url": (
        *("url", "link", "permalink", "href", "canonical_url", "article_url", "page_url", "original_url", "source_url"),
        *("web_url", "mainEntityOfPage", "og:url", "loc", "đường dẫn", "liên kết"),
    ),
    "source": (
        *("source", "publisher", "site", "site_name", "source_name", "source_domain", "domain", "hostname", "host"),
        *("newspaper", "outlet", "og:site_name", "nguồn", "tên báo"),
    ),
    "lead": (
        *("lead", "sapo", "summary", "description", "abstract", "excerpt", "standfirst", "teaser", "lede", "dek"),
        *("subtitle", "sub_title", "short_description", "og:description", "tóm tắt", "mô tả"),
    ),
    "paragraphs": ("paragraphs",),
    "body": (
        *("body", "content", "text", "articleBody", "maintext", "main_text", "full_text", "body_text", "content_text"),
        *("article_text", "cleaned_text", "raw_text", "plain_text", "content:encoded", "content_html", "body_html"),
        *("html_content", "post_content", "article", "story", "nội dung"),
    ),
    "captions": ("captions", "image_captions", "photo_captions", "chú thích ảnh"),
    "author": ("author", "authors", "byline", "creator", "dc:creator", "writer", "author_name", "tác giả"),
    "section": (
        *("section", "category", "categories", "articleSection", "section_name", "category_name", "rubric"),
        *("article:section", "chuyên mục"),
    ),
    "tags": ("tags", "keywords", "news_keywords", "tag", "hashtags", "article:tag", "từ khóa", "từ khoá"),
    "published": (
        *("published", "publish_date", "published_at", "datePublished", "date_publish", "pubDate", "publication_date"),
        *("published_date", "publish_time", "published_time", "article:published_time", "firstPublicationDate"),
        *("web_publication_date", "release_date", "post_date", "date", "datetime", "ngày đăng", "ngày xuất bản"),
        *("thời gian đăng", "ngày"),
    ),
    "updated": (
        *("updated", "dateModified", "date_modify", "modified", "modified_at", "modified_date", "last_modified"),
        *("article:modified_time", "update_date", "date_updated", "ngày cập nhật"),
    ),
    "fetched": (
        *("fetched", "fetched_at", "crawled", "crawled_at", "crawl_date", "date_crawled", "scraped_at", "scraped_date"),
        *("date_download", "download_date", "retrieved", "retrieved_at", "accessed", "filedate"),
    ),
    "version": ("version",),
    "sha256": ("sha256",),
}
"""Our fields, and the names read as each, the surest first: where an object has several, the first that holds
something is read, and the others are named as not read."""


@lru_cache(maxsize=10_000)
def key_of(name: str) -> str:
    """A name without case, marks, spaces and signs."""
    plain = unicodedata.normalize("NFD", name.strip().lower().replace("đ", "d"))
    return "".join(sign for sign in plain if sign.isalnum())


_RANKED = {key_of(name): (field, rank) for field, names in FIELDS.items() for rank, name in enumerate(names)}


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """How objects with the same names are read."""

    read: Mapping[str, tuple[str, ...]]
    """Our field → their names, the surest first."""
    unread: tuple[str, ...]
    """Names that are nobody's."""
    given: frozenset[str]
    """Names that were given by hand."""
    own: bool
    """Whether all names are our own."""
    all_read: bool
    """Whether every name is the only one of its field."""


@dataclass(frozen=True)
class FieldNames:
    """Which names are read as which fields: those given by hand first, then FIELDS."""

    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Our field → their names, in their exact spelling; `a.b` is the name `b` of the object under `a`."""
    _plans: dict[tuple[str, ...], FieldMapping] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def parse(cls, pairs: Iterable[str]) -> FieldNames:
        """From `field=theirs` pairs.

        Raises:
            ValueError: saying which pair is wrong.
        """
        given: dict[str, tuple[str, ...]] = {}
        for pair in pairs:
            ours, equals, theirs = pair.partition("=")
            ours, theirs = ours.strip(), theirs.strip()
            if not equals or not theirs:
                raise ValueError(f"{pair!r}: FIELD=THEIRS is needed, such as body=noi_dung")
            if ours not in FIELDS or ours in ("version", "sha256"):
                known = ", ".join(name for name in FIELDS if name not in ("version", "sha256"))
                raise ValueError(f"{ours!r} is no field of an article: {known}")
            given[ours] = (*given.get(ours, ()), theirs)
        return cls(given)

    def plan(self, names: tuple[str, ...]) -> FieldMapping:
        """How an object with these names is read."""
        found = self._plans.get(names)
        if found is None:
            found = self._planned(names)
            if len(self._plans) < 1000:
                self._plans[names] = found
        return found

    def _planned(self, names: tuple[str, ...]) -> FieldMapping:
        ranked: dict[str, list[tuple[int, str]]] = {}
        unread = []
        mapped = {theirs for several in self.given.values() for theirs in several}
        mapped |= {theirs.split(".")[0] for theirs in mapped if theirs not in names}
        for name in names:
            if name in mapped:
                continue
            known = _RANKED.get(key_of(name)) if len(name) < 100 else None
            if known is None:
                unread.append(name)
            else:
                ranked.setdefault(known[0], []).append((known[1], name))
        read = {ours: tuple(name for _, name in sorted(several)) for ours, several in ranked.items()}
        for ours, theirs in self.given.items():
            read[ours] = (*theirs, *read.get(ours, ()))
        by_hand = frozenset(theirs for several in self.given.values() for theirs in several)
        own = all(several == (ours,) for ours, several in read.items())
        return FieldMapping(
            read, tuple(unread), by_hand, own, not unread and all(len(names) == 1 for names in read.values())
        )
