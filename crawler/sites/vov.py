"""vov.vn, the Voice of Vietnam, on Drupal."""

from crawler.sites.layout import Family, Layout

FAMILY = Family(
    key="vov",
    article=r"-(?:post)?(?P<number>\d{5,8})\.vov$",
    layouts=(
        Layout(
            body=".article-content .text-long",
            title=".article-title",
            lead=".article-summary",
            author=".article-author",
            published=".article-date",
            noise=".article-author, .related-news",
            tags=".article-tags a, .field--name-field-tags a",
        ),
    ),
)
