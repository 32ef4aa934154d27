"""When an article was published: every witness on the page, and a rule for when they disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bs4.element import Tag

from crawler.dates import MONTH, Moment, parse_moment, url_moment, url_month
from crawler.html import Metas, is_type, text_of

_PUBLISHED_NAMES = """
    article:published_time datepublished pubdate publishdate publish-date publish_date dc.date.issued dc.date.created
    dcterms.created dc.date date article.published og:published_time date.published publication_date
"""
_MODIFIED_NAMES = "article:modified_time datemodified og:updated_time lastmod last-modified dcterms.modified"
_UPDATE_WORD = re.compile(
    r"cập nhật|chỉnh sửa|updated|modified|mis à jour|aktualisiert|actualizado|atualizado|aggiornato", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_DATE_WORD_LIST = """
    thứ hai ba tư năm sáu bảy bẩy chủ nhật ngày tháng giờ phút lúc h gmt utc am pm sa ch t z đăng xuất bản cập
    posted published publish on at updated date time monday tuesday wednesday thursday friday saturday sunday mon tue
    wed thu fri sat sun january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep oct nov dec trước giây tuần
    publié le à mis jour par am um uhr veröffentlicht aktualisiert de publicado el em às submitted
    by von por bởi written phát hành đã
"""
_DATE_WORDS = frozenset((*_DATE_WORD_LIST.split(), *MONTH.split("|")))
_MOST_ZONES = timedelta(hours=14)
"""How far the clocks of two places on Earth are apart at most."""


@dataclass(slots=True)
class Witnesses:
    """What the page and its URL say about the day and time of publication."""

    stated: list[Moment] = field(default_factory=list)
    """For machines: metas, JSON-LD, `datetime` attributes."""
    seen: list[Moment] = field(default_factory=list)
    """In print, nearest to the title first."""
    ago: list[Moment] = field(default_factory=list)
    """In print, told against the time of fetching (`3 giờ trước`): of use only where nothing else tells a day."""
    updated: list[Moment] = field(default_factory=list)
    """Times of the last edit, stated or in print."""
    edited: Moment | None = None
    """The time of the last edit in print."""
    stamp: Moment | None = None
    """When the URL's number was given."""
    month: str | None = None
    """The month in the URL's path."""
    now: Moment | None = None
    """When the page was fetched."""


def stated_dates(metas: Metas, data: Iterable[dict[str, Any]], url: str, now: Moment | None) -> Witnesses:
    """The witnesses outside the printed page."""
    found = Witnesses(stamp=url_moment(url), month=url_month(url), now=now)
    articles = [record for record in data if is_type(record, "Article", "Posting")]
    published = [
        *metas.all(*_PUBLISHED_NAMES.split()),
        *(str(record.get("datePublished") or "") for record in articles),
    ]
    modified = [*metas.all(*_MODIFIED_NAMES.split()), *(str(record.get("dateModified") or "") for record in articles)]
    found.stated = [moment for text in published if (moment := parse_moment(text))]
    found.updated = [moment for text in modified if (moment := parse_moment(text))]
    return found


def add_printed(found: Witnesses, tags: Iterable[Tag]) -> None:
    """Add what these elements print, or carry in `datetime` or `content`."""
    for tag in tags:
        for attribute in ("datetime", "content", *(("title",) if tag.name == "abbr" else ())):
            if (value := tag.get(attribute)) and (moment := parse_moment(str(value))):
                found.stated.append(moment)
        add_text(found, text_of(tag))


def moment_of(tag: Tag, now: Moment | None) -> Moment | None:
    """The date that an element carries for machines, or else prints."""
    for attribute in ("datetime", "content", *(("title",) if tag.name == "abbr" else ())):
        if (value := tag.get(attribute)) and (moment := parse_moment(str(value))):
            return moment
    return parse_moment(text_of(tag), now)


def add_text(found: Witnesses, text: str) -> None:
    """Add the date that a printed line tells, as an update if it says so."""
    if not text or len(text) > 160:
        return
    if (moment := parse_moment(text)) is None:
        moment = parse_moment(text, found.now)
        if moment is not None and not _UPDATE_WORD.search(text):
            found.ago.append(moment)
            return
    if moment is not None:
        if _UPDATE_WORD.search(text):
            found.updated.append(moment)
            found.edited = found.edited or moment
        else:
            found.seen.append(moment)


def is_date_line(text: str, others: int) -> bool:
    """Whether a line tells a date and at most so many other words."""
    words = [word for word in _WORD.findall(text.lower()) if word not in _DATE_WORDS]
    return len(words) <= others


def agree(found: Witnesses) -> tuple[Moment | None, Moment | None, tuple[str, ...]]:
    """Published and updated, and flags. A day is given only where no witness speaks against it without an excuse.

    Excuses: the printed time is that of the last edit; the machine's time is whole hours off (local time labelled UTC
    or the reverse, a paper in another zone). A contradiction without excuse is decided by the URL, whose number is
    given at most two days before publication and never after it; otherwise there is no date.
    """
    stated, seen = ([moment for moment in given if _possible(moment, found)] for given in (found.stated, found.seen))
    flags: tuple[str, ...] = ()
    if not stated and not seen:
        seen = [moment for moment in found.ago if _possible(moment, found)]
    if not stated and not seen and found.edited is not None and _possible(found.edited, found):
        seen, flags = [found.edited], ("date-of-last-edit",)
    if not stated and not seen:
        published = found.stamp if found.stamp is not None and found.stamp.clock is None else None
        return published, None, ("date-from-url",) if published else ("undated",)
    published, more = _agree(stated, seen, found)
    updated = next((moment for moment in found.updated if published and _not_before(moment, published)), None)
    return published, updated, (*flags, *more)


def _agree(stated: Sequence[Moment], seen: Sequence[Moment], found: Witnesses) -> tuple[Moment | None, tuple[str, ...]]:
    days = {moment.day for moment in (*stated, *seen)}
    if len(days) == 1:
        return _clock(stated, seen), ()
    if stated and seen:
        of_one_mind = len({moment.day for moment in stated}) == 1
        if of_one_mind and any(seen[0].day == late.day for late in found.updated):
            return _clock(stated, ()), ("printed-date-is-last-edit",)
        if _is_zone_slip(stated[0], seen[0]):
            return seen[0], ("zone-corrected",)
        if of_one_mind and (same := [moment for moment in seen if moment.day == stated[0].day]):
            return _clock(stated, same), ()
    elif seen and len({moment.day for moment in seen if moment.clock}) == 1:
        return next(moment for moment in seen if moment.clock), ()
    likely = {day for day in days if found.stamp and timedelta(0) <= day - found.stamp.day <= timedelta(days=2)}
    if len(likely) == 1:
        chosen = [[moment for moment in given if moment.day in likely] for given in (stated, seen)]
        return _clock(*chosen), ("dates-disagree-url-decides",)
    return None, ("dates-disagree",)


def _clock(stated: Sequence[Moment], seen: Sequence[Moment]) -> Moment:
    """The most exact of moments of one day; where machine and print differ in the minute, the print."""
    exact = [moment for moment in stated if moment.clock]
    in_print = [moment for moment in seen if moment.clock]
    if not in_print or not in_print[0].clock:
        return (exact or [*stated, *seen])[0]
    minute = in_print[0].clock.replace(second=0)
    return next((moment for moment in exact if moment.clock and moment.clock.replace(second=0) == minute), in_print[0])


def _is_zone_slip(stated: Moment, seen: Moment) -> bool:
    if stated.clock is None or seen.clock is None:
        return False
    slip = abs(_seconds(stated) - _seconds(seen))
    return 60 <= slip <= _MOST_ZONES.total_seconds() + 60 and min(slip % 3600, 3600 - slip % 3600) < 60


def _seconds(moment: Moment) -> float:
    clock = moment.clock
    return moment.day.toordinal() * 86400 + (clock.hour * 3600 + clock.minute * 60 + clock.second if clock else 0)


def _possible(moment: Moment, found: Witnesses) -> bool:
    if moment.day.year < 1995 or (found.now is not None and moment.day > found.now.day + timedelta(days=1)):
        return False
    if found.month is not None and not moment.iso.startswith(found.month):
        return False
    return found.stamp is None or moment.day >= found.stamp.day - timedelta(days=1)


def _not_before(moment: Moment, published: Moment) -> bool:
    return moment.day >= published.day and (
        moment.clock is None or published.clock is None or _seconds(moment) >= _seconds(published)
    )
