"""Citations of an article as printed: Vietnamese footnote, BibTeX, RIS and CSL-JSON, with hash and time of fetch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from crawler.article import Article
from web.i18n import day
from web.i18n import moment as printed_moment

_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    sign: f"\\{sign}" for sign in "&%$#_{}"
}


def footnote(article: Article, address: str) -> str:
    """One line as Vietnamese footnotes have it: author (day), title, newspaper, address, access, hash."""
    who = f"{article.author} " if article.author else ""
    when = f"({day(article.published)}), " if article.published else ""
    parts = [f"{who}{when}“{article.title}”", article.source, article.url or address]
    if article.fetched:
        parts.append(f"truy cập {printed_moment(article.fetched)}")
    return ", ".join(part for part in parts if part) + f" [SHA-256 {article.sha256[:16]}…]."


def bibtex(article: Article, address: str) -> str:
    """A biblatex `@online` entry."""
    fields = {
        "title": f"{{{_tex(article.title)}}}",
        "author": f"{{{_tex(article.author)}}}" if article.author else None,
        "organization": _tex(article.source) if article.source else None,
        "date": article.published[:10] if article.published else None,
        "url": _plain_url(article.url or address),
        "urldate": article.fetched[:10] if article.fetched else None,
        "langid": "vietnamese",
        "note": f"SHA-256 {article.sha256}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@online{{{article.id},\n{lines}\n}}\n"


def ris(article: Article, address: str) -> str:
    """A RIS record of type NEWS, lines ended by CR LF as the format has them."""
    fields = [
        ("TY", "NEWS"),
        ("ID", article.id),
        ("TI", article.title),
        ("AU", article.author),
        ("T2", article.source),
        ("DA", article.published[:10].replace("-", "/") if article.published else None),
        ("PY", article.published[:4] if article.published else None),
        ("UR", article.url or address),
        ("Y2", article.fetched[:10].replace("-", "/") if article.fetched else None),
        ("LA", "vi"),
        ("N1", f"SHA-256 {article.sha256}; fetched {article.fetched or 'unknown'}; version {article.version}"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields if value is not None)


def csl(article: Article, address: str) -> str:
    """CSL-JSON: a list of one item."""
    item: dict[str, Any] = {"id": article.id, "type": "article-newspaper", "title": article.title, "language": "vi"}
    item["URL"] = article.url or address
    if article.author:
        item["author"] = [{"literal": article.author}]
    if article.source:
        item["container-title"] = article.source
    for name, when in (("issued", article.published), ("accessed", article.fetched)):
        if when:
            item[name] = {"date-parts": [[int(part) for part in when[:10].split("-")]]}
    item["note"] = f"SHA-256: {article.sha256}; fetched: {article.fetched or 'unknown'}; version: {article.version}"
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def pwid(url: str, fetched: str, archive: str) -> str:
    """An archived copy as a persistent web identifier: `urn:pwid:ARCHIVE:TIME:page:URL`, the time in UTC."""
    moment = datetime.fromisoformat(fetched).astimezone(UTC)
    return f"urn:pwid:{archive}:{moment:%Y-%m-%dT%H:%M:%SZ}:page:{url}"


def news_article(article: Article, address: str) -> dict[str, Any]:
    """schema.org NewsArticle: what the newspaper printed, and where it is kept."""
    known = {
        "url": article.url or address,
        "identifier": article.id,
        "headline": article.title,
        "description": article.lead,
        "datePublished": article.published,
        "dateModified": article.updated,
        "author": {"@type": "Person", "name": article.author} if article.author else None,
        "publisher": {"@type": "Organization", "name": article.source} if article.source else None,
        "articleSection": article.section,
        "keywords": ", ".join(article.tags) or None,
        "archivedAt": address,
        "inLanguage": "vi",
    }
    return {"@context": "https://schema.org", "@type": "NewsArticle"} | {k: v for k, v in known.items() if v}


Citation = Callable[[Article, str], str]
FORMATS: dict[str, tuple[str, str, str, Citation]] = {
    "footnote": ("Cước chú", "text/plain", "txt", lambda article, address: footnote(article, address) + "\n"),
    "bibtex": ("BibTeX", "application/x-bibtex", "bib", bibtex),
    "ris": ("RIS", "application/x-research-info-systems", "ris", ris),
    "csl": ("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl),
}
"""Name in the address → label, media type, file suffix, writer."""


def _tex(text: str) -> str:
    return re.sub(r"[\\~^&%$#_{}]", lambda sign: _TEX[sign.group()], " ".join(text.split()))


def _plain_url(url: str) -> str:
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
