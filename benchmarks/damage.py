"""Damages every file that Tra Tin keeps, one at a time, and counts what `tratin verify` notices.

    python -m benchmarks.damage --flips 12

A data folder is made by crawling the bundled newsroom twice, withdrawing an article, reindexing and telling an alert
each time. Then each file in
turn is flipped (one bit, at so many places), cut in half, cut by a byte, emptied and deleted, and put back as it was.

- noticed: `verify` names a fault, or says that a settings file is another than was read (a person may have edited it).
- missed: it said "sound" and gave no notice. Must be 0.
- wrong file: the fault or notice does not name the damaged file, nor the folder that it lies in. Must be 0.
- crashed: something else than a report or a sentence came. Must be 0.
- falsely: faults told of an undamaged folder, after each step of its making and each putting back. Must be 0.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.alerts.running import run as tell
from tratin.cli.demo import crawl_newsroom
from tratin.cli.main import UNFORESEEN, sentence
from tratin.indexing import reindex
from tratin.settings import Settings, load
from tratin.verifying import verify

_ALERT = '[[alert]]\nname = "Cầu"\nquery = "cầu"\nfeed = true\n'
_KEEPS_NOTHING = ("LOCK", ".lock", "-wal", "-shm", "retired")


def made(data: Path, wrong: list[str]) -> Settings:
    """A folder with everything that Tra Tin keeps; what `verify` says wrongly on the way goes to `wrong`."""
    data.mkdir(parents=True)
    (data / "tratin.toml").write_text('contact = "mailto:luutru@example.vn"\n', encoding="utf-8")
    (data / "topics.toml").write_text("# chủ đề riêng\n", encoding="utf-8")
    (data / "officials.toml").write_text("# sửa tay\n", encoding="utf-8")
    (data / "sites.toml").write_text("# báo riêng\n", encoding="utf-8")
    (data / "alerts.toml").write_text(_ALERT, encoding="utf-8")
    settings = load(data)
    for step in ("first edition", "second edition", "withdrawal"):
        if step == "withdrawal":
            with StoreReader(settings.store_path) as reader:
                id = next(article.id for article in reader.live())
            with Store(settings.store_path) as store, store.committing():
                store.withdraw(id, "thử")
        else:
            crawl_newsroom(settings)
        reindex(settings, full=False, jobs=1, progress=lambda *_: None)
        tell(settings)
        found = verify(settings)
        if not found.sound or found.notices:
            wrong.append(f"after the {step}: {found}")
    return settings


def kept_files(data: Path) -> list[Path]:
    """Every file that keeps something: no locks, marks, scratch files of SQLite, or replaced generations."""
    current = (data / "index" / "CURRENT").read_text().strip()
    found = [path for path in sorted(data.rglob("*")) if path.is_file() and not path.name.endswith(_KEEPS_NOTHING)]
    return [path for path in found if "index" not in path.relative_to(data).parts[:-2] or path.parent.name == current]


def damages(path: Path, flips: int, chance: random.Random) -> Iterator[tuple[str, bytes | None]]:
    """Kind of damage, and what the file then holds; None for a file that is gone."""
    whole = path.read_bytes()
    for _ in range(flips if whole else 0):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        yield "flip", bytes(content)
    if whole:
        yield "cut in half", whole[: len(whole) // 2]
        yield "cut by a byte", whole[:-1]
        yield "emptied", b""
    yield "deleted", None


def campaign(flips: int, seed: int) -> dict[str, Any]:
    """Run it; gives the figures."""
    chance, figures, wrong = random.Random(seed), Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        settings = made(Path(folder) / "var", wrong)
        for path in kept_files(settings.data):
            whole = path.read_bytes()
            for kind, content in damages(path, flips, chance):
                said = outcome(settings, path, content)
                path.write_bytes(whole)
                figures["damages"] += 1
                figures[said] += 1
                if said != "noticed":
                    wrong.append(f"{said}: {kind} of {path.relative_to(settings.data)}")
            found = verify(load(settings.data))
            if not found.sound or found.notices:
                figures["falsely"] += 1
                wrong.append(f"falsely, when {path.name} was put back: {found.faults} {found.notices}")
    names = ("damages", "noticed", "missed", "wrong file", "crashed", "falsely")
    return {**{name: figures[name] for name in names}, "wrong": wrong}


def outcome(settings: Settings, path: Path, content: bytes | None) -> str:
    """Damage a file, and say what came of it: noticed, missed, wrong file or crashed."""
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    try:
        found = verify(load(settings.data))
    except Exception as error:  # noqa: BLE001 - the campaign tells of whatever comes
        said = sentence(error)
        return "crashed" if said.startswith(UNFORESEEN) else "noticed" if path.name in said else "wrong file"
    said = [*map(str, found.faults), *found.notices]
    if not said and found.sound:
        return "missed"
    near = (path.name, path.parent.name) if path.parent != settings.data else (path.name,)
    return "noticed" if any(name in one for one in said for name in near) else "wrong file"


def main() -> None:
    """Print the figures as JSON; exit 1 if anything was missed or falsely told."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--flips", type=int, default=12, help="bits flipped in each file, one at a time")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    figures = campaign(given.flips, given.seed)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    sys.exit(1 if figures["wrong"] else 0)


if __name__ == "__main__":
    main()
