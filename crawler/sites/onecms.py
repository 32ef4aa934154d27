"""OneCMS (images on 1cdn.vn): baonghean.vn, hanoimoi.vn, congly.vn."""

from crawler.sites.layout import Family, Layout

FAMILY = Family(
    key="onecms",
    article=r"-(?P<number>\d{5,8})\.html$",
    telling=True,
    layouts=(
        Layout(
            body=".b-maincontent",
            title=".sc-longform-header-title, .c-detail-head__title",
            lead=".sc-longform-header-sapo, .block-sc-sapo",
            author=".sc-longform-header-author, .block-sc-author, .c-detail-head__author",
            published=".sc-longform-header-date, .block-sc-publish-time, .c-detail-head__time",
            noise=".c-news-detail-related, .b-grid, .onecms__story",
            tags=".c-tags a, .c-widget-tags a",
        ),
    ),
)
