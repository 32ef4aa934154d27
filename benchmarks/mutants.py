"""Do the tests bite? One number or comparison of the code is changed at a time, and the tests must turn red.

    make mutants                       # 200 changes drawn with seed 1 from search/ and index/
    python -m benchmarks.mutants --count 50 --seed 7 --only search/ --jobs 2

The tests of the rooms are run once with coverage, so that every change meets only the tests that execute its line, the
quick ones first; a number that stands outside functions (a weight, a limit) meets those that execute a function of its
name. A change that no test notices is printed as survived: a test is missing, or the change means nothing (read it).
Versions and formats are left out: a changed one is as good as the old one on an index written by itself.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from coverage import CoverageData

TESTS = ("tests/search", "tests/index", "tests/web", "tests/tratin")
ROOMS = ("search/", "index/")
NO_MEANING = re.compile(r"_?(?:VERSION|FORMAT|MAGIC|[A-Z_]*BYTES)")
"""Names whose values nothing but another version of the program, or a cache's size, depends on."""
SWAPS = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"),
}  # fmt: skip
PATIENCE = 300
"""Seconds for the tests of one change; a loop that never ends is noticed too."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file."""

    path: str
    line: int
    begin: int
    """Byte offsets in the file of what is replaced."""
    end: int
    old: str
    new: str
    name: str | None
    """The name that is given the number where that happens outside functions; None inside."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.old} → {self.new}" + (f"  ({self.name})" if self.name else "")


def main() -> None:
    """Draw changes, run the tests on each, print what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="paths that begin so")
    parser.add_argument("--tests", nargs="+", default=list(TESTS))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--coverage", type=Path, help="keep what tests execute in this folder, and use what is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = [_copy(Path(folder) / str(number)) for number in range(options.jobs)]
        tests = Tests.observed(copies[0], options.tests, options.coverage or Path(folder) / "coverage")
        every = [
            mutant
            for path in sorted(tests.files)
            if path.startswith(options.only)
            for mutant in mutants(path, (copies[0] / path).read_bytes())
        ]
        drawn = random.Random(options.seed).sample(every, min(options.count, len(every)))
        print(f"{len(every)} changes possible, {len(drawn)} drawn")
        survived, unseen = _hunt(drawn, tests, copies)
    caught = len(drawn) - len(survived) - len(unseen)
    for title, group in (("survived", survived), ("executed by no test", unseen)):
        for mutant in sorted(group, key=str):
            print(f"{title}: {mutant}")
    print(f"{caught} of {len(drawn)} caught ({caught / max(len(drawn), 1):.0%})")


def mutants(path: str, source: bytes) -> Iterator[Mutant]:
    """Every change of a file: numbers by a factor of four or one up, comparisons to their neighbours."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    left_out = {id(inner) for node in ast.walk(tree) for part in _meaningless(node) for inner in ast.walk(part)}
    names = {id(inner): name for name, part in _given(tree) for inner in ast.walk(part)}

    def place(node: ast.expr, end: bool = False) -> int:
        line, column = (node.end_lineno, node.end_col_offset) if end else (node.lineno, node.col_offset)
        assert line is not None
        assert column is not None
        return starts[line - 1] + column

    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            begin, end = place(node), place(node, end=True)
            old = source[begin:end].decode()
            yield Mutant(path, node.lineno, begin, end, old, _other(node.value), names.get(id(node)))
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
                begin, end = place(left, end=True), place(right)
                old, new = SWAPS[type(operator)]
                found = re.search(old.replace(" ", r"\s+").encode(), source[begin:end])
                if found:
                    first = begin + found.start()
                    line = source.count(b"\n", 0, first) + 1
                    yield Mutant(path, line, first, begin + found.end(), old, new, names.get(id(node)))


def _other(value: float) -> str:
    if isinstance(value, int) and -10 < value < 10:
        return str(value + 1)
    return repr(value * 4)


def _meaningless(node: ast.AST) -> Iterator[ast.AST]:
    """Parts whose numbers mean nothing when the program runs."""
    if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
        yield node.annotation
    if isinstance(node, ast.FunctionDef) and node.returns:
        yield node.returns
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(one, ast.Name) and NO_MEANING.fullmatch(one.id) for one in targets):
            yield node


def _given(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Names that are given a value outside functions, with it."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        for statement in inside:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                yield next((one.id for one in targets if isinstance(one, ast.Name)), "?"), statement.value


@dataclass(frozen=True, slots=True)
class Tests:
    """Which tests execute what."""

    files: dict[str, dict[int, list[str]]]
    """Tests by file and line."""
    seconds: dict[str, float]
    uses: dict[str, list[tuple[str, int]]]
    """Where a name is read, in any room: file and line."""

    @classmethod
    def observed(cls, copy: Path, paths: list[str], folder: Path) -> Tests:
        """Run the tests once, unless `folder` remembers a run."""
        folder.mkdir(parents=True, exist_ok=True)
        data, report = (folder / "coverage").absolute(), (folder / "tests.xml").absolute()
        if not (data.exists() and report.exists()):
            (copy / "coveragerc").write_text(f"[run]\ndata_file = {data}\n", encoding="utf-8")
            rooms = [f"--cov={room.rstrip('/')}" for room in ROOMS]
            command = [*rooms, "--cov-context=test", "--cov-report=", "--cov-config=coveragerc", f"--junitxml={report}"]
            ran = _pytest(copy, [*command, "-o", "junit_family=xunit1", *paths], None)
            if ran.returncode:
                sys.exit(f"the tests fail before anything is changed:\n{ran.stdout[-3000:]}")
        files = dict(_executed(data))
        return cls(files, _durations(report), _uses(copy, files))

    def of(self, mutant: Mutant) -> list[str]:
        """The tests that could notice a change, the quickest first."""
        places = self.uses.get(mutant.name, []) if mutant.name else [(mutant.path, mutant.line)]
        found = {test for path, line in places for test in self.files[path].get(line, ())}
        if mutant.name and not found:  # read while modules are loaded: in a table, as a default
            found = {test for tests in self.files[mutant.path].values() for test in tests}
        return sorted(found, key=lambda test: self.seconds.get(test, 0.0))


def _uses(copy: Path, paths: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    uses = defaultdict(list)
    for path in paths:
        for node in ast.walk(ast.parse((copy / path).read_bytes())):
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                uses[node.id if isinstance(node, ast.Name) else node.attr].append((path, node.lineno))
    return uses


def _executed(data: Path) -> Iterator[tuple[str, dict[int, list[str]]]]:
    coverage = CoverageData(str(data))
    coverage.read()
    for file in coverage.measured_files():
        room = next((room for room in ROOMS if f"/{room}" in file), None)
        if room is None:
            continue
        path = room + file.rpartition(f"/{room}")[2]
        by_line: dict[int, list[str]] = defaultdict(list)
        for line, contexts in coverage.contexts_by_lineno(file).items():
            by_line[line] = sorted({one.partition("|")[0] for one in contexts if one})
        yield path, by_line


def _durations(report: Path) -> dict[str, float]:
    seconds = {}
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  our own report
        seconds[f"{case.get('file')}::{case.get('name')}"] = float(case.get("time") or 0)
    return seconds


def _hunt(drawn: list[Mutant], tests: Tests, copies: list[Path]) -> tuple[list[Mutant], list[Mutant]]:
    """What no test noticed, and what no test executes."""
    free: Queue[Path] = Queue()
    for copy in copies:
        free.put(copy)
    began = time.monotonic()

    def noticed(mutant: Mutant) -> bool | None:
        matter = tests.of(mutant)
        if not matter:
            return None
        copy = free.get()
        try:
            return _notices(copy, mutant, matter)
        finally:
            free.put(copy)

    survived, unseen = [], []
    with ThreadPoolExecutor(len(copies)) as pool:
        for number, (mutant, answer) in enumerate(zip(drawn, pool.map(noticed, drawn), strict=True), 1):
            word = {True: "caught", False: "SURVIVED", None: "not executed"}[answer]
            print(f"{number:4} {time.monotonic() - began:6.0f} s  {word:12} {mutant}", flush=True)
            if answer is None:
                unseen.append(mutant)
            elif not answer:
                survived.append(mutant)
    return survived, unseen


def _notices(copy: Path, mutant: Mutant, matter: list[str]) -> bool:
    file, chosen = copy / mutant.path, copy / "chosen.txt"
    source = file.read_bytes()
    chosen.write_text("\n".join(matter), encoding="utf-8")
    file.write_bytes(source[: mutant.begin] + mutant.new.encode() + source[mutant.end :])
    try:
        return _pytest(copy, ["-x", "-p", "no:randomly", f"@{chosen}"], PATIENCE).returncode != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_bytes(source)


def _pytest(copy: Path, arguments: list[str], seconds: float | None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "CI": "true", "PYTHONPATH": str(copy)}
    return subprocess.run(command, cwd=copy, env=environment, timeout=seconds, capture_output=True, text=True)


def _copy(target: Path) -> Path:
    """The files that git knows, as they are in the working tree."""
    top = Path(__file__).resolve().parents[1]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=top, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (top / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(top / name, target / name)
    return target


if __name__ == "__main__":
    main()
