"""Do the tests bite? One number or comparison of the code is changed at a time, and the tests must turn red.

    make mutants                       # 200 changes drawn with seed 1 from search/ and index/
    python -m benchmarks.mutants --count 50 --seed 7 --only search/ --jobs 2
    python -m benchmarks.mutants --coverage var/coverage --part 2/5    # a fifth of them; what tests execute is kept

The tests of the rooms are run once with coverage, so that every change meets only the tests that execute its line, the
quick ones first; a number that stands outside functions (a weight, a limit) meets those that execute a function of its
name. Tests are collected once: a child of that process takes each change into its loaded functions, and runs its tests.
What matters while modules are loaded is tried in a fresh process instead. Tests beyond `--budget` seconds are left out,
so what is printed as caught is a lower bound. A change that no test notices is printed as survived: a test is missing,
or the change means nothing (read it). Left out is what no answer can depend on: versions and formats (a changed one is
as good as the old one on an index written by itself), how much is done at once, and how much a cache holds.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import multiprocessing
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from coverage import CoverageData

TESTS = ("tests/golden", "tests/search", "tests/index", "tests/web", "tests/tratin")
ROOMS = ("search/", "index/")
PLUGIN = "benchmarks.mutants"
LOADING = ""
"""What coverage calls the time when no test runs: modules are loaded."""
NO_MEANING = re.compile(r"_?(?:VERSION|FORMAT|MAGIC|[A-Z_]*BYTES|AT_ONCE|BATCH|CHUNK|FLUSH|CACHED)")
"""Names whose values nothing but another version of the program, a cache's size, or how much is done in one go depends
on."""
CACHES = {"lru_cache", "SizedCache", "set_threshold"}
"""What is called with a cache's size, or with when the garbage collector looks."""
SWAPS = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"),
}  # fmt: skip
PATIENCE = 10
"""A test that takes so many times its usual time, and so many seconds more, of the processor goes on for ever."""


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
    in_class: bool

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
    parser.add_argument("--budget", type=float, default=60.0, help="seconds of tests, as they take unchanged, a change")
    parser.add_argument("--coverage", type=Path, help="keep what tests execute in this folder, and use what is there")
    parser.add_argument("--part", default="1/1", help="of the changes drawn, such as 2/5: the second of five parts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = [_copy(Path(folder) / str(number)) for number in range(options.jobs)]
        tests = Tests.observed(copies[0], options.tests, options.coverage or Path(folder) / "coverage")
        every = [
            mutant
            for path in _sources(copies[0])
            if path.startswith(options.only)
            for mutant in mutants(path, (copies[0] / path).read_bytes())
        ]
        drawn = random.Random(options.seed).sample(every, min(options.count, len(every)))
        print(f"{len(every)} changes possible, {len(drawn)} drawn")
        part, parts = map(int, options.part.split("/"))
        drawn = drawn[part - 1 :: parts]
        survived, unseen = _hunt(drawn, tests, copies, options.budget)
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
    names = {id(inner): given for *given, part in _given(tree) for inner in ast.walk(part)}

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
            yield Mutant(path, node.lineno, begin, end, old, _other(node.value), *names.get(id(node), (None, False)))
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
                begin, end = place(left, end=True), place(right)
                old, new = SWAPS[type(operator)]
                found = re.search(old.replace(" ", r"\s+").encode(), source[begin:end])
                if found:
                    first = begin + found.start()
                    line = source.count(b"\n", 0, first) + 1
                    yield Mutant(path, line, first, begin + found.end(), old, new, *names.get(id(node), (None, False)))


def _other(value: float) -> str:
    if isinstance(value, int) and -10 < value < 10:
        return str(value + 1)
    return repr(value * 4 or 1.0)


def _meaningless(node: ast.AST) -> Iterator[ast.AST]:
    """Parts whose numbers mean nothing when the program runs."""
    if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
        yield node.annotation
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        yield from [*node.args, *node.keywords] if called in CACHES else ()
    if isinstance(node, ast.FunctionDef) and node.returns:
        yield node.returns
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(one, ast.Name) and NO_MEANING.fullmatch(one.id) for one in targets):
            yield node


def _given(tree: ast.Module) -> Iterator[tuple[str, bool, ast.AST]]:
    """Names that are given a value outside functions, whether in a class, and the value."""
    for node in tree.body:
        in_class = isinstance(node, ast.ClassDef)
        for statement in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                name = next((target.id for target in targets if isinstance(target, ast.Name)), "?")
                yield name, in_class, statement.value


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
        """Run the tests once, but for those of which `folder` remembers a run."""
        folder.mkdir(parents=True, exist_ok=True)
        data, done = (folder / "coverage").absolute(), (folder / "ran.txt").absolute()
        ran = done.read_text(encoding="utf-8").split() if done.exists() else []
        if wanted := [path for path in paths if path not in ran]:
            report = done.with_name(f"tests-{len(ran)}.xml")
            (copy / "coveragerc").write_text(f"[run]\ndata_file = {data}\n", encoding="utf-8")
            rooms = [f"--cov={room.rstrip('/')}" for room in ROOMS]
            command = [*rooms, "--cov-append", "--cov-context=test", "--cov-report=", "--cov-config=coveragerc"]
            command += [f"--junitxml={report}", "-o", "junit_family=xunit1"]
            asked = _pytest(copy, [*command, *wanted], None)
            if asked.returncode:
                sys.exit(f"the tests fail before anything is changed:\n{asked.stdout[-3000:]}")
            done.write_text("\n".join([*ran, *wanted]), encoding="utf-8")
        return cls(_executed(data), _durations(folder), _uses(copy, _sources(copy)))

    def of(self, mutant: Mutant, budget: float) -> list[str]:
        """The tests that could notice a change, the quickest first; those beyond `budget` seconds are left out."""
        places = self.uses.get(mutant.name, []) if mutant.name else [(mutant.path, mutant.line)]
        found = {test for path, line in places for test in self.files[path].get(line, ()) if test}
        if not found and (mutant.name or self.loading(mutant)):  # while modules are loaded: in a table, as a default
            found = {test for tests in self.files[mutant.path].values() for test in tests if test}
        chosen = sorted(found, key=self.takes)
        total = 0.0
        for count, test in enumerate(chosen):
            total += self.takes(test)
            if count and total > budget:
                return chosen[:count]
        return chosen

    def takes(self, test: str) -> float:
        """Seconds, unchanged."""
        return self.seconds.get(test, 0.0)

    def loading(self, mutant: Mutant) -> bool:
        """Whether the change matters while modules are loaded."""
        places = self.uses.get(mutant.name, []) if mutant.name else [(mutant.path, mutant.line)]
        return mutant.in_class or any(LOADING in self.files[path].get(line, ()) for path, line in places)


def _sources(copy: Path) -> list[str]:
    """The files that changes are drawn from, whether or not a test executes them."""
    return sorted(file.relative_to(copy).as_posix() for room in ROOMS for file in (copy / room).rglob("*.py"))


def _uses(copy: Path, paths: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    uses = defaultdict(list)
    for path in paths:
        for node in ast.walk(ast.parse((copy / path).read_bytes())):
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                uses[node.id if isinstance(node, ast.Name) else node.attr].append((path, node.lineno))
    return uses


def _executed(data: Path) -> dict[str, dict[int, list[str]]]:
    """Tests by file and line: of several runs, each of which had the files in a folder of its own."""
    coverage = CoverageData(str(data))
    coverage.read()
    found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for file in coverage.measured_files():
        room = next((room for room in ROOMS if f"/{room}" in file), None)
        if room is None:
            continue
        path = room + file.rpartition(f"/{room}")[2]
        for line, contexts in coverage.contexts_by_lineno(file).items():
            found[path][line].update(context.partition("|")[0] for context in contexts)
    return defaultdict(dict, {path: {at: sorted(one) for at, one in lines.items()} for path, lines in found.items()})


def _durations(folder: Path) -> dict[str, float]:
    seconds = {}
    for report in folder.glob("tests*.xml"):
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  our own report
            inside = (case.get("classname") or "").partition(Path(case.get("file") or "").stem)[2].strip(".")
            place = "::".join(filter(None, (case.get("file"), *inside.split("."), case.get("name"))))
            seconds[place] = float(case.get("time") or 0)
    return seconds


def _hunt(drawn: list[Mutant], tests: Tests, copies: list[Path], budget: float) -> tuple[list[Mutant], list[Mutant]]:
    """What no test noticed, and what no test executes."""
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    began = time.monotonic()
    shares = [range(number, len(drawn), len(copies)) for number in range(len(copies))]
    for copy, share in zip(copies, shares, strict=True):
        chosen = [(number, drawn[number], tests.of(drawn[number], budget)) for number in share]
        context.Process(target=_work, args=(copy, chosen, tests, answers), daemon=True).start()
    survived, unseen = [], []
    for count in range(1, len(drawn) + 1):
        number, answer = answers.get()
        mutant = drawn[number]
        word = {True: "caught", False: "SURVIVED", None: "not executed"}[answer]
        print(f"{count:4} {time.monotonic() - began:6.0f} s  {word:12} {mutant}", flush=True)
        if answer is None:
            unseen.append(mutant)
        elif not answer:
            survived.append(mutant)
    return survived, unseen


def _work(copy: Path, chosen: list[tuple[int, Mutant, list[str]]], tests: Tests, answers: Any) -> None:
    """Collect the tests of one share of the changes, then try each."""
    os.chdir(copy)
    os.environ |= {"CI": "true", "PYTHONPATH": str(copy)}
    sys.path.insert(0, str(copy))
    files = sorted({test.partition("::")[0] for _, _, matter in chosen for test in matter})
    hunter = _Hunter(copy, chosen, tests, answers)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:randomly", *files], plugins=[hunter])


class _Hunter:
    """Runs, instead of all tests once, the tests of every change with the change."""

    def __init__(self, copy: Path, chosen: list[tuple[int, Mutant, list[str]]], tests: Tests, answers: Any) -> None:
        self._copy, self._chosen, self._tests, self._answers = copy, chosen, tests, answers

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every change of the share."""
        items = {item.nodeid: item for item in session.items}
        for number, mutant, matter in self._chosen:
            self._answers.put(
                (number, self._noticed(session, mutant, [items[test] for test in matter if test in items]))
            )
        return True

    def _noticed(self, session: pytest.Session, mutant: Mutant, items: list[pytest.Item]) -> bool | None:
        if not items:
            return None
        file = self._copy / mutant.path
        source = file.read_bytes()
        file.write_bytes(source[: mutant.begin] + mutant.new.encode() + source[mutant.end :])
        try:
            if self._tests.loading(mutant):
                return self._noticed_afresh([item.nodeid for item in items])
            child = os.fork()
            if child == 0:
                self._try(session, mutant, source, file.read_bytes(), items)
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        finally:
            file.write_bytes(source)

    def _noticed_afresh(self, matter: list[str]) -> bool:
        chosen = self._copy / "chosen.txt"
        chosen.write_text("\n".join(matter), encoding="utf-8")
        files = sorted({test.partition("::")[0] for test in matter})
        seconds = PATIENCE * (6 + sum(map(self._tests.takes, matter)))
        return _pytest(self._copy, ["-x", "-p", "no:randomly", "-p", PLUGIN, *files], seconds).returncode != 0

    def _try(
        self, session: pytest.Session, mutant: Mutant, source: bytes, changed: bytes, items: list[pytest.Item]
    ) -> None:
        """In a child: take the change into the loaded module and run its tests until one fails; never returns."""
        noticed = True  # by whatever goes wrong
        try:
            _take(self._copy / mutant.path, mutant, source, changed)
            for item, following in zip(items, [*items[1:], None], strict=True):
                _limit(PATIENCE * (1 + self._tests.takes(item.nodeid)))
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.testsfailed:
                    item.config.hook.pytest_runtest_teardown(item=item, nextitem=None)  # what it started: a server
                    break
            noticed = bool(session.testsfailed)
        finally:
            os._exit(int(noticed))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a fresh process, of which this module is a plugin: run the chosen tests only, the quickest first."""
    if (chosen := config.rootpath / "chosen.txt").exists():
        places = {test: place for place, test in enumerate(chosen.read_text(encoding="utf-8").split("\n"))}
        items[:] = sorted((item for item in items if item.nodeid in places), key=lambda item: places[item.nodeid])


def _limit(seconds: float) -> None:
    """Let this process end itself after so many more seconds of the processor."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, resource.RLIM_INFINITY))


def _take(file: Path, mutant: Mutant, source: bytes, changed: bytes) -> None:
    """Put the changed code into functions that are loaded, or the changed value under its name wherever it is known."""
    if mutant.name is None:
        replaced = dict(_replaced(compile(source, file, "exec"), compile(changed, file, "exec")))
        for function in [found for found in gc.get_objects() if isinstance(found, FunctionType)]:
            if code := replaced.get(_identity(function.__code__)):
                function.__code__ = code
        return
    name = mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    module = sys.modules[name]
    fresh = ModuleType(name)
    fresh.__dict__.update(__file__=str(file), __package__=module.__package__)
    sys.modules[name] = fresh  # dataclasses look their module up
    exec(compile(changed, file, "exec"), fresh.__dict__)
    sys.modules[name] = module
    old, new = module.__dict__[mutant.name], fresh.__dict__[mutant.name]
    for known in [found for found in sys.modules.values() if isinstance(found, ModuleType)]:
        if known.__dict__.get(mutant.name) is old:
            setattr(known, mutant.name, new)


def _identity(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _replaced(old: CodeType, new: CodeType) -> Iterator[tuple[tuple[str, str, int], CodeType]]:
    """The functions of a module that differ, each with its changed code."""
    if old != new:
        yield _identity(old), new
    for ours, theirs in zip(old.co_consts, new.co_consts, strict=False):
        if isinstance(ours, CodeType) and isinstance(theirs, CodeType):
            yield from _replaced(ours, theirs)


def _pytest(copy: Path, arguments: list[str], seconds: float | None) -> subprocess.CompletedProcess[str]:
    """Run tests in a fresh process, with so many seconds of the processor."""
    command = [sys.executable, "-B", "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "CI": "true", "PYTHONPATH": str(copy)}
    limited = (lambda: _limit(seconds)) if seconds else None
    return subprocess.run(command, cwd=copy, env=environment, preexec_fn=limited, capture_output=True, text=True)


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
