"""vietnamnet.vn; the layout before its change of platform in 2022 is kept."""

from datetime import date

from crawler.sites.layout import Family, Layout

FAMILY = Family(
    key="vietnamnet",
    article=r"-(?P<number>\d{6,8})\.html$",
    layouts=(
        Layout(
            body="#maincontent.maincontent, .maincontent.main-content",
            title="h1.content-detail-title",
            lead=".content-detail-sapo",
            author=".article-detail-author__info .name",
            published=".publish-date, .bread-crumb-detail__time",
            noise=".ck-cms-wiki-news-full, .vnn-template-noneditable, .ck-cms-insert-neww-group",
            tags=".tag-cotnent a, .tag-content a",
            section=".bread-crumb-detail a",
        ),
        Layout(
            body="#ArticleContent, .ArticleContent:not(.article-relate)",
            title="h1.title",
            lead=".ArticleLead p, .bold.ArticleLead",
            published=".ArticleDate",
            noise=".article-relate, .template-Related",
            valid_until=date(2022, 3, 31),
        ),
    ),
)
