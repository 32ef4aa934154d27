"""qdnd.vn, the People's Army."""

from crawler.sites.layout import Family, Layout

FAMILY = Family(
    key="qdnd",
    article=r"-(?P<number>\d{5,8})$",
    layouts=(
        Layout(
            body=".post-content",
            title="h1.post-title",
            lead=".post-summary",
            author=".post-author, .author",
            published=".post-subinfo, .post-date, .post-time",
            noise=".related-news, .post-author, .author",
            tags=".post-tag a, .tags a",
        ),
    ),
)
