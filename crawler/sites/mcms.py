"""MCMS ("ePi"): nhandan.vn, baohatinh.vn, vietnamplus.vn, tienphong.vn, sggp.org.vn and others."""

from datetime import date

from crawler.sites.layout import Family, Layout

_NOW = Layout(
    body=".article__body.cms-body",
    title="h1.article__title",
    lead=".article__sapo",
    author=".article__author .name",
    published="time.time[datetime], meta.cms-date",
    captions=".article__avatar figcaption",
    noise=".article__author, .article__source, .rennab, .sda_middle, .cms-relate-box, article.story",
    boxes=".notebox",
    tags=".article__tag a[href*='tag']",
    section=".breadcrumb .active, .breadcrumb .main a",
)

FAMILY = Family(
    key="mcms",
    article=r"-post(?P<number>\d+)\.(?:html|vnp|tpo|amp)$",
    telling=True,
    layouts=(
        _NOW,
        Layout(
            body="div.content.article-body.cms-body, div.content.cms-body",
            title="h1.details__headline, h1.cms-title",
            lead=".details__summary, .cms-desc",
            author=".details__author, .cms-author",
            published="time[datetime], .details__meta time, meta.cms-date",
            noise=".sda_middle, .rennab, article.story",
            tags=".details__tags a",
            valid_until=date(2023, 6, 30),
        ),
    ),
)
