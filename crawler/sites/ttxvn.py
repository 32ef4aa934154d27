"""The Vietnam News Agency's ASP.NET sites: baotintuc.vn, bnews.vn."""

from crawler.sites.layout import Family, Layout

FAMILY = Family(
    key="ttxvn",
    article=r"(?:-(?P<number>\d{14,18})\.htm|/(?P<id>\d+)\.html)$",
    telling=True,
    layouts=(
        Layout(
            body=".contents [id]:is(#divfirst,#divend)",
            title="h1.detail-title",
            lead="h2.sapo, .sapo",
            author=".author strong, .author",
            published=".action-link .date .txt, .date .txt",
            noise="ul.list-concern, .boxdatado, .adv, .author",
            tags=".keysword a, .tags a, .box-tag a",
            section=".breadcrumb a, .subsite a",
        ),
        Layout(
            body=".post-ct-entry",
            title=".post-top-entry h1",
            lead=".post-summary",
            author=".post-author",
            tags=".post-tags a",
            published=".post-time",
            noise="ul.list-concern, .adv",
        ),
    ),
)
