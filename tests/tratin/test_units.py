"""The systemd units of docs/deploy.md, as systemd itself reads and rates them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ANALYZE = shutil.which("systemd-analyze")
UNITS = dict(
    re.findall(
        r"`/etc/systemd/system/(tratin[a-z.-]*)`[^`]*(?:`[^`\n]+`[^`]*)*```ini\n(.*?)```",
        (ROOT / "docs/deploy.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
)


def test_the_three_units_are_documented_once() -> None:
    assert sorted(UNITS) == ["tratin-update.service", "tratin-update.timer", "tratin.service"]
    assert "[Service]" not in (ROOT / "docs/operating.md").read_text(encoding="utf-8")


def test_a_site_that_needs_attention_does_not_make_the_update_fail() -> None:
    assert "SuccessExitStatus=1" in UNITS["tratin-update.service"].splitlines()


@pytest.mark.skipif(not ANALYZE, reason="systemd is not on this machine")
@pytest.mark.parametrize("name", ["tratin.service", "tratin-update.service"])
def test_a_unit_is_rated_two_or_better(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(UNITS[name], encoding="utf-8")
    command = [str(ANALYZE), "security", "--offline=true", "--threshold=20", "--no-pager", str(tmp_path / name)]
    rated = subprocess.run(command, capture_output=True, text=True, check=False)
    assert rated.returncode == 0, rated.stdout[-4000:] + rated.stderr


@pytest.mark.skipif(not ANALYZE, reason="systemd is not on this machine")
@pytest.mark.parametrize("name", sorted(UNITS))
def test_systemd_understands_every_line(name: str, tmp_path: Path) -> None:
    for unit, text in UNITS.items():
        runs = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", text)
        (tmp_path / unit).write_text(runs.replace("User=tratin", "User=root"), encoding="utf-8")
    read = subprocess.run(
        [str(ANALYZE), "verify", "--recursive-errors=no", str(tmp_path / name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Unknown" not in read.stderr, read.stderr
    assert "ignoring" not in read.stderr, read.stderr
