"""dantri.com.vn; the layout of its years on VCCorp's platform is kept."""

from datetime import date

from crawler.sites.layout import Family, Layout

FAMILY = Family(
    key="dantri",
    article=r"-(?P<number>20\d{12,15})\.htm$",
    telling=True,
    layouts=(
        Layout(
            body="[data-slot=content]",
            title="h1",
            lead="[data-slot=sapo]",
            author="[data-slot=author-name], [data-slot=author]",
            published="time[datetime]",
        ),
        Layout(
            body=".singular-content, .e-magazine__body",
            title="h1.title-page, h1.e-magazine__title",
            lead=".singular-sapo, .e-magazine__sapo",
            author=".author-name, .e-magazine__meta-item",
            published="time.author-time[datetime], time[datetime]",
            noise=".related-news, .dt-news__related",
            tags=".tags-wrap a, .singular-tags a",
        ),
        Layout(
            body="#divNewsContent",
            title="h1.fon31",
            lead="h2.fon33, .sapo",
            published="span.tt-capitalize",
            noise=".news-tag, .xemthem",
            valid_until=date(2020, 6, 30),
        ),
    ),
)
