"""The known parts: all that pyproject.toml asks for is in the lock, with hashes, without an index; licences agree."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_FITS_MIT = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General Public|ZPL|Unlicense|CC0|HPND"
    r"|Public Domain|CMU-Mach"
)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> set[str]:
    return {plain(name) for name in _PINNED.findall((ROOT / lock).read_text(encoding="utf-8"))}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_in_the_lock(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"]["dev"] if "dev" in lock else [])
    names = {plain(re.split(r"[^A-Za-z0-9._-]", one)[0]) for one in wanted}
    assert names - pinned(lock) == set(), "run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_index_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []
    assert not re.search(r"https?://|--(?:extra-)?index-url", text)


def test_the_licences_of_all_run_time_parts_agree_with_ours() -> None:
    wrong = {}
    for name in sorted(pinned("requirements.txt")):
        try:
            about = metadata(name)
        except PackageNotFoundError:
            continue  # of another system, or another Python
        classes = " ".join(one for one in about.get_all("Classifier", []) if one.startswith("License"))
        said = " ".join(filter(None, (about.get("License-Expression"), classes, (about.get("License") or "")[:200])))
        if not _FITS_MIT.search(said):
            wrong[name] = said
    assert wrong == {}
