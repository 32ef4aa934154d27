"""VCCorp's IMS: baochinhphu.vn and its sister sites, tuoitre.vn, nld.com.vn, thanhnien.vn, vtv.vn, cafef.vn."""

from crawler.sites.layout import Family, Layout

_NOISE = (
    ".kbwscwl-relatedbox, [type=RelatedOneNews], [type=RelatedNewsBox], [type=RelatedNews], .tindnd, "
    ".link-content-footer, .h-show-pc, .h-show-mobile, .VCSortableInPreviewMode.link-content-footer, .inread"
)

FAMILY = Family(
    key="vccorp",
    article=r"-(?P<number>\d{12,20})\.(?:htm|chn|html)$",
    telling=True,
    layouts=(
        Layout(
            body=".detail-content.afcbc-body, .afcbc-body[data-role=content], [data-role=content]",
            title="h1[data-role=title], h1.detail-title, h1.title",
            lead="[data-role=sapo], .detail-sapo, h2.sapo",
            author=".author-info .name, .detail-author-top, .detail-author, [data-role=author], p.author",
            published="[data-role=publishdate], .detail-time, .pdate",
            noise=_NOISE,
            boxes="[type=content], .VCSortableInPreviewMode[type=Content]",
            tags=".detail-tag a, .tagdetail a, [data-role=tag] a",
            section="[data-role=cate-name], .detail-breadcrumb a, .detail-cate a",
        ),
    ),
)
