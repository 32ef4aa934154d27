"""dangcongsan.vn, the Communist Party's paper, a portal since 2026: old article links are expected dead."""

from datetime import date

from crawler.sites.layout import Family, Layout

FAMILY = Family(
    key="dangcongsan",
    article=r"-(?P<number>\d{5,8})\.html$",
    layouts=(
        Layout(
            body=".post-content",
            title="h1.post-title, h1",
            lead=".post-summary",
            author=".post-author, .lbAuthor",
            published=".lbPublishedDate",
            noise=".related-news, .post-author",
        ),
        Layout(
            body=".detail-post.hnoneview",
            title="h1",
            lead=".sapo, .post-summary",
            published=".lbPublishedDate",
            valid_until=date(2021, 12, 31),
        ),
    ),
)
