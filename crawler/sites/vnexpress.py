"""vnexpress.net."""

from crawler.sites.layout import Family, Layout

FAMILY = Family(
    key="vnexpress",
    article=r"-(?P<number>\d{7})(?:-p\d+)?\.html$",
    telling=True,
    layouts=(
        Layout(
            body="article.fck_detail, .fck_detail",
            title="h1.title-detail, h1.title_news_detail",
            lead="p.description",
            author=".author_mail strong, p.author",
            published=".header-content .date, span.date, span.time",
            noise=".box-tinlienquanv2, .box_brief_info, .list-news, .banner-ads",
            tags=".tags .item-tag a, .block_tag a",
            section=".breadcrumb a",
        ),
    ),
)
