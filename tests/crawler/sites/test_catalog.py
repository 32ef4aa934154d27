"""The catalogue: bundled sites, the archivist's own, and errors that name the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import SiteError
from crawler.sites import catalog
from crawler.sites.catalog import find, load, owner, problems


def write(folder: Path, text: str) -> Path:
    (folder / "sites.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_state_and_the_party_come_first(tmp_path: Path) -> None:
    hosts = [site.host for site in load(tmp_path)]
    assert len(hosts) >= 25
    needed = "baohatinh.vn baonghean.vn nhandan.vn baochinhphu.vn dangcongsan.vn vietnamplus.vn baotintuc.vn qdnd.vn"
    assert set(needed.split()) | {"quochoi.vn", "chinhphu.vn"} <= set(hosts)
    assert hosts.index("baochinhphu.vn") < hosts.index("vnexpress.net")


def test_nothing_in_the_bundled_catalogue_is_doubtful(tmp_path: Path) -> None:
    assert problems(load(tmp_path)) == {}


def test_addresses_are_absolute_and_every_site_knows_its_articles(tmp_path: Path) -> None:
    for site in load(tmp_path):
        assert all(url.startswith("https://") for url in site.seeds)
        assert site.article


def test_a_new_site_is_one_entry(tmp_path: Path) -> None:
    data = write(
        tmp_path, '["baolamson.vn"]\nname = "Báo Lâm Sơn"\nfeeds = ["/rss/home.rss"]\nevidence = "guess: mine"\n'
    )
    site = find(load(data), "baolamson.vn")
    assert site.feeds == ("https://baolamson.vn/rss/home.rss",)
    assert site.family == "generic"
    assert site.is_article("https://baolamson.vn/chinh-tri/ten-bai-24680.html")
    assert not site.is_article("https://baolamson.vn/chinh-tri/")


def test_an_own_entry_changes_only_the_fields_it_names(tmp_path: Path) -> None:
    bundled = find(load(tmp_path), "nhandan.vn")
    changed = find(load(write(tmp_path, '["nhandan.vn"]\ndelay = 9\n')), "nhandan.vn")
    assert changed.delay == 9
    assert (changed.name, changed.feeds) == (bundled.name, bundled.feeds)


def test_sites_are_found_by_host_alias_and_name(tmp_path: Path) -> None:
    sites = load(tmp_path)
    assert find(sites, "www.CAND.com.vn").host == "cand.vn"
    assert find(sites, "báo hà tĩnh").host == "baohatinh.vn"


def test_an_unknown_site_is_answered_with_near_ones(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"baohatinh\.vn"):
        find(load(tmp_path), "baohatin.vn")
    with pytest.raises(SiteError, match="tratin sites"):
        find(load(tmp_path), "zzzzzz")


def test_a_url_has_one_owner(tmp_path: Path) -> None:
    sites = load(tmp_path)
    assert (found := owner(sites, "https://www.vietnamplus.vn/a-post1.vnp")) is not None
    assert found.host == "vietnamplus.vn"
    assert owner(sites, "https://example.com/") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[", "not valid TOML"),
        ('["x.vn"]\nfeed = []', "unknown field 'feed'"),
        ('["x.vn"]\nfeeds = "/rss"', "feeds must be a list"),
        ('["x.vn"]\nfeeds = [1]', "feeds must be a list"),
        ('["x.vn"]\ndelay = -1', "delay must be a number"),
        ('["x.vn"]\ndelay = true', "delay must be a number"),
        ('["x.vn"]\narticle = "("', "no regular expression"),
        ('["x.vn"]\nfamily = "mcm"', "no family 'mcm'"),
        ('["https://x.vn"]\nname = "X"', "no host name"),
        ("name = 1", "is no table"),
        ('["x.vn"]\nname = 3', "name must be a text"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SiteError, match=told):
        load(write(tmp_path, text))


def test_doubts_are_told(tmp_path: Path) -> None:
    text = '["x.vn"]\nlists = ["https://y.vn/"]\naliases = ["nhandan.vn"]\nevidence = "hearsay"\n["z.vn"]\n'
    found = problems(load(write(tmp_path, text)))
    assert any("not this site's" in line for line in found["x.vn"])
    assert any("claimed by" in line for line in found["x.vn"])
    assert any("evidence" in line for line in found["x.vn"])
    assert any("nothing to begin with" in line for line in found["z.vn"])


def test_the_file_with_an_error_is_named(tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SiteError, match=r"sites\.toml"):
        catalog.load(tmp_path)
