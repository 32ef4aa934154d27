"""baodautu.vn, on MasterCMS: no h1, no metas of time."""

from crawler.sites.layout import Family, Layout

FAMILY = Family(
    key="baodautu",
    article=r"-d(?P<number>\d{4,})\.html$",
    telling=True,
    layouts=(
        Layout(
            body="#content_detail_news",
            title=".title-detail",
            lead=".sapo_detail",
            author=".author-share-top .author",
            published=".post-time",
            noise=".list_news_relation_top, .news_relate_one, #boxcauhoi",
            tags=".tag_detail_item",
        ),
    ),
)
