"""Cuts the power at every kind of moment, and counts what was lost that had been reported.

    python -m benchmarks.power_loss --cuts 500

Each command (import, reindex, withdraw, crawl, backup, restore) runs once under strace, which notes every write, rename
and fsync. A cut is a moment in that list, and a choice of what the file system had put on the disk by then: what was
fsynced is there; of the rest nothing, everything, names without bytes, or any part. The folder is built as it would be
found after the power came back, and Tra Tin is asked:

- lost: what a command had reported done before the cut and is not there: articles, withdrawals, files. Must be 0.
- broken: something does not open, or `tratin verify` finds a fault after the next command. Must be 0.

SQLite's `-shm` files are left out: they are rebuilt. Needs strace.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.backup import restore
from tratin.errors import BackupError
from tratin.indexing import reindex
from tratin.settings import Settings, load
from tratin.verifying import verify

ROOT = Path(__file__).resolve().parents[1]
CHOICES = ("nothing", "everything", "names without bytes", "any part", "any part")
_CALLS = (
    "openat,creat,write,pwrite64,lseek,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,"
    "rmdir,link,linkat,close"
)
_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)", re.DOTALL)
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPEN_FILE = re.compile(r"(\d+)<([^>]*)>")


@dataclass(eq=False, slots=True)
class Inode:
    """A file, whatever it is called."""

    before: bytes = b""
    """Its bytes when the command began: on the disk."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change that the command asked for, or one fsync."""

    kind: str
    """write, cut, sync (of a file) · name, rename, unname, sync names (of a folder)."""
    inode: Inode | None = None
    path: str = ""
    offset: int = 0
    content: bytes = b""


@dataclass(slots=True)
class Recording:
    """What one command did to a folder."""

    steps: list[Step] = field(default_factory=list)
    names: dict[str, Inode] = field(default_factory=dict)
    """As they were when it began."""
    folders: set[str] = field(default_factory=set)


def recorded(root: Path, command: Sequence[str]) -> Recording:
    """Run a command of Tra Tin under strace; what it did below `root`."""
    recording = Recording()
    for path in root.rglob("*"):
        name = str(path)
        if path.is_dir():
            recording.folders.add(name)
        elif not name.endswith("-shm"):
            recording.names[name] = Inode(path.read_bytes())
    with tempfile.NamedTemporaryFile("r", suffix=".strace") as trace:
        strace = ["strace", "-f", "-y", "-xx", "-s", "10000000", "-e", f"trace={_CALLS}", "-o", trace.name]
        traced = [*strace, sys.executable, "-m", "tratin", *command]
        done = subprocess.run(traced, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode > 1:
            raise RuntimeError(f"{command}: {done.stderr[-500:]}")
        _read(trace, str(root), recording)
    return recording


def _read(trace: Any, root: str, recording: Recording) -> None:
    names = dict(recording.names)
    places: dict[str, int] = {}
    pending: dict[str, str] = {}
    for line in trace:
        pid = line.split(" ", 1)[0]
        if line.rstrip().endswith("<unfinished ...>"):
            pending[pid] = line.rstrip().removesuffix("<unfinished ...>")
            continue
        if "resumed>" in line:
            line = pending.pop(pid, "") + line.partition("resumed>")[2]
        if found := _LINE.match(line):
            _, call, given, result = found.groups()
            if int(result) >= 0:
                recording.steps += _steps(call, given, line, int(result), root, names, places)


def _steps(
    call: str, given: str, line: str, result: int, root: str, names: dict[str, Inode], places: dict[str, int]
) -> Iterator[Step]:
    paths = [_absolute(one) for one in map(_plain, _STRING.findall(given))] if "write" not in call else []
    file = _OPEN_FILE.search(given)
    number, path = file.groups() if file else ("", "")
    path = _named(path)
    if call == "openat":
        opened = paths[0] if paths else ""
        if not opened.startswith(root) or opened.endswith("-shm"):
            return
        places[str(result)] = 0
        if "O_CREAT" in given and opened not in names and not Path(opened).is_dir():
            names[opened] = Inode()
            yield Step("name", names[opened], opened)
        if "O_TRUNC" in given and opened in names:
            yield Step("cut", names[opened], opened)
        places[f"{result} append"] = int("O_APPEND" in given)
    elif call in ("write", "pwrite64") and path in names:
        content = bytes.fromhex(_STRING.search(given).group(1).replace("\\x", ""))[:result]  # type: ignore[union-attr]
        inode = names[path]
        offset = int(given.rsplit(",", 1)[1]) if call == "pwrite64" else places.get(number, 0)
        if call == "write" and places.get(f"{number} append"):
            offset = -1
        places[number] = offset + len(content) if call == "write" else places.get(number, 0)
        yield Step("write", inode, path, offset, content)
    elif call == "lseek":
        places[number] = result
    elif call == "ftruncate" and path in names:
        yield Step("cut", names[path], path, int(given.rsplit(",", 1)[1]))
    elif call in ("fsync", "fdatasync"):
        if path in names:
            yield Step("sync", names[path], path)
        elif path.startswith(root):
            yield Step("sync names", None, path)
    elif call.startswith("rename") and len(paths) >= 2 and paths[0].startswith(root):
        yield from _renamed(paths[0], paths[1], names)
    elif call in ("unlink", "unlinkat", "rmdir") and paths and paths[0].startswith(root):
        target = paths[0] if paths[0].startswith("/") else f"{path}/{paths[0]}"
        if target in names:
            yield Step("unname", names.pop(target), target)
    elif call in ("link", "linkat") and len(paths) >= 2 and paths[0] in names:
        names[paths[1]] = names[paths[0]]
        yield Step("name", names[paths[0]], paths[1])


def _renamed(old: str, new: str, names: dict[str, Inode]) -> Iterator[Step]:
    """One step, also of a folder: all that is in it moves, or nothing."""
    _move(names, old, new)
    yield Step("rename", None, new, content=old.encode())


def _move(names: dict[str, Inode], old: str, new: str) -> None:
    for path in [one for one in names if one == old or one.startswith(f"{old}/")]:
        names[new + path[len(old) :]] = names.pop(path)


def _plain(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode("utf-8", "replace")


def _named(text: str) -> str:
    return _plain(text) if text.startswith("\\x") else text


def _absolute(path: str) -> str:
    return path if path.startswith("/") else str(ROOT / path)


def after(recording: Recording, cut: int, choice: str, chance: random.Random) -> dict[str, bytes]:
    """Path → bytes of every file that is found when the power comes back."""
    steps = recording.steps[:cut]
    synced: dict[Inode, int] = {}
    synced_names: dict[str, int] = {}
    for number, step in enumerate(steps):
        if step.kind == "sync" and step.inode:
            synced[step.inode] = number
        elif step.kind == "sync names":
            synced_names[step.path] = number
    names, contents = dict(recording.names), {inode: bytearray(inode.before) for inode in recording.names.values()}
    for number, step in enumerate(steps):
        if step.kind in ("sync", "sync names"):
            continue
        if step.inode and step.kind in ("write", "cut"):
            sure = number < synced.get(step.inode, -1)
            if sure or choice == "everything" or (choice == "any part" and chance.random() < 0.5):
                _apply(contents.setdefault(step.inode, bytearray()), step)
            continue
        sure = number < synced_names.get(str(Path(step.path).parent), -1)
        sure = sure or choice in ("everything", "names without bytes")
        if not (sure or (choice == "any part" and chance.random() < 0.5)):
            continue
        if step.kind == "rename":
            _move(names, step.content.decode(), step.path)
        elif step.kind == "unname":
            names.pop(step.path, None)
        elif step.inode:
            names[step.path] = step.inode
    return {path: bytes(contents.get(inode, b"")) for path, inode in names.items()}


def _apply(content: bytearray, step: Step) -> None:
    if step.kind == "cut":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
        return
    begin = len(content) if step.offset < 0 else step.offset
    content.extend(bytes(max(0, begin - len(content))))
    content[begin : begin + len(step.content)] = step.content


def campaign(cuts: int, seed: int, *, all_commands: bool = True) -> dict[str, Any]:
    """Run it; gives the figures."""
    chance, figures, wrong = random.Random(seed), Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder).resolve()
        recordings = _recordings(base, all_commands=all_commands)
        for name, recording, _ in recordings:
            figures[f"steps of {name}"] = len(recording.steps)
        each = -(-cuts // len(recordings))
        for name, recording, check in recordings:
            for number in range(each):
                # The last cut of all is after the command has reported that it is done.
                cut = len(recording.steps) if number % 5 == 0 else chance.randrange(len(recording.steps) + 1)
                choice = CHOICES[number % len(CHOICES)] if cut < len(recording.steps) else chance.choice(CHOICES)
                _lay(base / "run", after(recording, cut, choice, chance))
                figures["cuts"] += 1
                try:
                    outcome = check(base / "run", cut == len(recording.steps))
                except Exception as error:  # noqa: BLE001 - the campaign tells of whatever comes
                    outcome = f"broken: {type(error).__name__}: {error}"
                if outcome:
                    figures[outcome.partition(":")[0]] += 1
                    wrong.append(f"{name}, cut {cut} of {len(recording.steps)}, {choice}: {outcome[:300]}")
    return {"lost": 0, "broken": 0, **figures, "wrong": wrong[:20]}


Check = Callable[[Path, bool], str]


def _recordings(base: Path, *, all_commands: bool) -> list[tuple[str, Recording, Check]]:
    """Every command, in the order of a first day, and what must hold after a cut in it."""
    run, data = base / "run", base / "run" / "var"
    run.mkdir()
    for batch in (1, 2):
        told = {"body": f"Đợt {batch}.", "published": "2025-03-01"}
        given = ({"id": f"a-{batch}-{n}", "title": f"Cầu Bến Đá số {n} thông xe", **told} for n in range(40))
        lines = [json.dumps(one, ensure_ascii=False) for one in given]
        (base / f"batch{batch}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found: list[tuple[str, Recording, Check]] = []

    def note(name: str, before: int, afterwards: int, *command: str, withdrawn: int = 0) -> None:
        recording = recorded(run, ["--data", str(data), *command])
        found.append((name, recording, _keeps(before, afterwards, withdrawn)))

    note("import", 0, 40, "import", str(base / "batch1.jsonl"))
    note("reindex", 40, 40, "reindex")
    note("import of more", 40, 80, "import", str(base / "batch2.jsonl"))
    note("incremental reindex", 80, 80, "reindex")
    note("withdrawal", 80, 79, "withdraw", "a-1-1", "--reason", "x", withdrawn=1)
    if not all_commands:
        return found
    shutil.copytree(data, base / "kept")
    shutil.rmtree(data)
    note("crawl", 0, 70, "demo", "--no-serve")
    note("crawl of the second edition", 70, 70, "demo", "--no-serve")
    shutil.rmtree(data)
    shutil.copytree(base / "kept", data)
    file = run / "b.tar.gz"
    backed = recorded(run, ["--data", str(data), "backup", str(file)])
    found.append(("backup", backed, _backup_is_whole_or_not_there))
    new = recorded(run, ["--data", str(run / "new"), "restore", str(file)])
    found.append(("restore", new, _restored_whole_or_not_at_all))
    return found


def _keeps(before: int, afterwards: int, withdrawn: int) -> Check:
    def check(run: Path, done: bool) -> str:
        data = run / "var"
        if not (data / "store.sqlite").is_file():
            return "lost: the whole store" if done or before else ""
        settings = load(data)
        with Store(settings.store_path):  # the next command opens it for writing, and closes the seal
            pass
        with StoreReader(settings.store_path) as store:
            count, gone = store.count(), len(store.withdrawn())
        if (done and (count, gone) != (afterwards, withdrawn)) or count + gone < before:
            return f"lost: {count} articles and {gone} withdrawn, where {before} to {afterwards} were reported"
        reindex(settings, full=False, jobs=1, progress=lambda *_: None)
        said = verify(settings)
        return "" if said.sound and said.documents == count else f"broken: {said}"

    return check


def _backup_is_whole_or_not_there(run: Path, done: bool) -> str:
    file = run / "b.tar.gz"
    if not file.exists():
        return "lost: the backup" if done else ""
    try:
        restore(Settings(data=run / "back"), file)
    except BackupError as error:
        return f"lost: {error}"
    with StoreReader(run / "back" / "store.sqlite") as store:
        return "" if store.count() == 79 else f"lost: {80 - store.count()} articles of the backup"


def _restored_whole_or_not_at_all(run: Path, done: bool) -> str:
    data = run / "new"
    if not (data / "store.sqlite").is_file():
        return "lost: the restored folder" if done else ""
    with StoreReader(data / "store.sqlite") as store:
        count = store.count()
    reindex(load(data), full=True, jobs=1, progress=lambda *_: None)
    said = verify(load(data))
    return "" if (count, said.sound) == (79, True) else f"broken: {count} articles, {said}"


def _lay(root: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for name, content in files.items():
        path = Path(name)
        if root in path.parents:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def main() -> None:
    """Print the figures as JSON; exit 1 if anything was lost or broken."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cuts", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    figures = campaign(given.cuts, given.seed)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    sys.exit(1 if figures["wrong"] else 0)


if __name__ == "__main__":
    main()
