"""A small real index of invented news, with a searcher over it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.article import Article
from crawler.store.writing import Store
from search.searcher import Searcher
from tratin.indexing import reindex
from tratin.parts import open_searcher
from tratin.settings import Settings

Build = Callable[[Settings, list[Article]], Searcher]


WIRE = [
    "Cây cầu dài 412 mét nối hai xã vùng cao, rút ngắn đường đến chợ phiên, trường học và trạm y tế cho hơn ba nghìn "
    "hộ dân hai bờ sông. Đơn vị thi công đã hoàn thành lan can, đèn chiếu sáng và biển báo trong tháng bảy."
]


def article(
    id: str,
    title: str,
    lead: str = "",
    *body: str,
    day: str | None = "2024-03-05",
    source: str = "baolamkhe.example",
    section: str | None = None,
    author: str | None = None,
) -> Article:
    printed = {"paragraphs": body, "published": day, "source": source, "section": section, "author": author}
    return Article(id=id, title=title, lead=lead or None, **printed)


NEWS = [
    article(
        "dan-van",
        "Mô hình dân vận khéo ở Khe Trầu",
        "Phó Bí thư Thường trực Tỉnh ủy Lò Văn Mười nói về dân vận khéo.",
        "Ông Lò Văn Mười khẳng định phong trào đã lan rộng. Đảng viên đi trước.",
        "Nghị quyết 15/2024/NQ-HĐND dành 1.300 triệu đồng cho các thôn.",
    ),
    article(
        "homonym",
        "Lò Văn Năm nhận công tác mới",
        "Ông Lò Văn Năm làm Chủ tịch UBND huyện Mường Sa.",
        "Trước đó, ông Lò Thị Mười và ông Văn Mười cùng dự. Ý kiến rất xác đáng.",
        day="2024-05-20",
    ),
    article(
        "nfd",
        unicodedata.normalize("NFD", "Ủy ban nhân dân tỉnh họp về lũ ở Thuỷ Khê"),
        "Uỷ ban nhân dân\u00a0tỉnh  yêu cầu\u200b di dời dân.",
        unicodedata.normalize("NFD", "Chủ tịch UBND tỉnh Tạ Hoà Bình chỉ đạo khắc phục."),
        day="2025-07-02",
        source="vantrach.example",
    ),
    article(
        "deputy",
        "Phó Chủ tịch UBND tỉnh kiểm tra cầu Bến Lội",
        "Phó Chủ tịch UBND tỉnh Ma Thị Xuân kiểm tra tiến độ cầu Bến Lội.",
        "Cầu Bến Lội chậm tám tháng.",
        day="2024-08-01",
        section="Xây dựng  - Giao thông",
        author="Hồng Hạc - Lò Thị Mây",
    ),
    article("undated", "Cầu Bến Lội nhìn từ trên cao", "", "Ảnh chụp không rõ ngày.", day=None),
    article(
        "wire-1",
        "Khánh thành cầu Bến Lội",
        "Sáng nay, cầu Bến Lội thông xe.",
        *WIRE,
        day="2025-08-18",
        section="Thời sự",
        author="Theo Thông tấn xã",
    ),
    article(
        "wire-2",
        "Cầu Bến Lội thông xe",
        "Sáng nay, cầu Bến Lội thông xe.",
        *WIRE,
        day="2025-08-18",
        source="vantrach.example",
        section="Thời sự",
    ),
]


def build(settings: Settings, articles: list[Article]) -> Searcher:
    with Store(settings.store_path) as store:
        for one in articles:
            store.keep(one)
        store.commit()
    reindex(settings, full=False, jobs=1, progress=lambda step, done, total: None)
    return open_searcher(settings)


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data=tmp_path_factory.mktemp("news"))


@pytest.fixture(scope="session")
def searcher(installation: Settings) -> Searcher:
    return build(installation, NEWS)


@pytest.fixture
def fresh(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


def renewed(searcher: Searcher) -> None:
    """As if a second had passed, and the new generation that is there was opened in the background."""
    openings = searcher._openings
    openings._looked = 0.0
    searcher.generation  # noqa: B018 - looks
    if openings._renewal:
        openings._renewal.join(30)
