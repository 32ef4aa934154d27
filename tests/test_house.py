"""The house stands as ARCHITECTURE.md draws it: imports run one way, tests shadow no room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("crawler", "index", "search", "web", "tratin")
MAY_IMPORT = {
    "crawler": set(),
    "index": {"crawler"},
    "search": {"crawler", "index"},
    "web": {"crawler", "index", "search"},
    "tratin": {"crawler", "index", "search", "web"},
}
SEEN_OF_CRAWLER = {"crawler.article", "crawler.errors", "crawler.ground", "crawler.store.reading"}
"""And `crawler.ground.*`, the ground floor that every room stands on."""
HEAVY = {"pyvi", "sklearn", "scipy", "trafilatura", "httpx", "flask", "whoosh", "bs4", "rich"}


def files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imports(path: Path, top_only: bool = False) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_only else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("room", ROOMS)
def test_imports_between_rooms_run_one_way(room: str) -> None:
    allowed = MAY_IMPORT[room] | {room}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(room)
        for name in imports(path)
        if name.split(".")[0] in ROOMS and name.split(".")[0] not in allowed
    ]
    assert wrong == []


OFFICIALS = ("recognition", "posts", "registry", "directory")


@pytest.mark.parametrize("package", OFFICIALS)
def test_imports_between_the_packages_of_officials_run_one_way(package: str) -> None:
    later = OFFICIALS[OFFICIALS.index(package) + 1 :]
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / "index/officials" / package).rglob("*.py"))
        for name in imports(path)
        if name.startswith(tuple(f"index.officials.{one}" for one in later))
    ]
    assert wrong == []


SEEN_OF_THE_ENGINE = {"index.engine"}
"""All that `search` and `web` may know of whatever holds the index."""


@pytest.mark.parametrize("room", ["search", "web"])
def test_nothing_but_questions_and_answers_crosses_the_engine_wall(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(room)
        for name in imports(path)
        if (name.startswith(("index.engine", "index.codec")) and name not in SEEN_OF_THE_ENGINE) or name == "numpy"
    ]
    assert wrong == []


WALL = {"index.engine", "index.engine.clauses", "index.engine.writing"}
"""What every engine is made against."""
CHOOSES_THE_ENGINE = {"tratin/parts.py"}


@pytest.mark.parametrize("room", ROOMS)
def test_no_part_of_an_engine_is_named_but_by_itself_and_by_what_chooses_it(room: str) -> None:
    """`index/codec` is Whoosh's view of the embedded engine's files: a part of it whose name may not move."""
    wrong = [
        f"{name} imports {imported}"
        for path in files(room)
        if not (name := path.relative_to(ROOT).as_posix()).startswith(("index/engine/", "index/codec/"))
        and name not in CHOOSES_THE_ENGINE
        for imported in imports(path)
        if imported.startswith(("index.engine", "index.codec")) and imported not in WALL
    ]
    assert wrong == []


MAY_SEE = {
    "index/engine/kernel": set(),
    "index/engine/embedded": {"index.engine.kernel", "index.codec"},
    "index/codec": {"index.engine.kernel", "index.engine.embedded"},
    "index/engine/opensearch": {"index.engine.kernel"},
}


@pytest.mark.parametrize("package", MAY_SEE)
def test_engines_know_the_kernel_that_ranks_for_them_and_not_each_other(package: str) -> None:
    own = package.replace("/", ".")
    parts = tuple(other.replace("/", ".") for other in MAY_SEE if other != package)
    wrong = [
        f"{path.relative_to(ROOT)} imports {imported}"
        for path in files(package)
        for imported in imports(path)
        if imported.startswith(parts) and not imported.startswith((own, *MAY_SEE[package]))
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ["index", "search", "web"])
def test_other_rooms_see_only_the_article_the_reading_half_of_the_store_and_the_ground_floor(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(room)
        for name in imports(path)
        if name.split(".")[0] == "crawler" and not (name in SEEN_OF_CRAWLER or name.startswith("crawler.ground."))
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_says_what_it_is(room: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in files(room)
        if path.stat().st_size and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_a_type_has_its_name_to_itself() -> None:
    """One name, one meaning: whoever reads it in any room knows which type it is. Private ones count too."""
    named: dict[str, list[str]] = {}
    for path in (path for room in ROOMS for path in files(room)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                named.setdefault(node.name.lstrip("_"), []).append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert {name: places for name, places in named.items() if len(places) > 1} == {}


SAYS_NOTHING = {"one", "told"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_variable_says_what_it_is_not_how_it_got_there(room: str) -> None:
    bare = []
    for path in files(room):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        fields = {node.target for node in nodes if isinstance(node, ast.AnnAssign) and node.value is None}
        for node in nodes:
            if isinstance(node, ast.arg):
                name = node.arg
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in fields:
                name = node.id
            else:
                continue
            if name in SAYS_NOTHING:
                bare.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
    assert bare == []


IN_DATA = {"tratin.toml", "sites.toml", "topics.toml", "officials.toml", "alerts.toml"}
"""What an archivist writes into the data folder."""


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))])
def test_a_file_that_a_document_names_is_there(document: str | Path) -> None:
    named = re.findall(r"`([\w./-]+\.(?:py|toml|sql|tsv))`", (ROOT / document).read_text(encoding="utf-8"))
    gone = {
        name
        for name in named
        if name.rpartition("/")[2] not in IN_DATA
        and not any(next((ROOT / top).rglob(name), None) for top in (*ROOMS, "tests", "benchmarks"))
        and not (ROOT / name).exists()
    }
    assert gone == set()


@pytest.mark.parametrize("document", ["README.md", "CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_no_merge_is_left_half_done_in_a_document(document: str) -> None:
    lines = (ROOT / document).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith(("<<<<<<<", "=======", ">>>>>>>"))] == []


def test_no_init_file_in_the_tests_shadows_a_room() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_lock_file_gives_a_registry_away() -> None:
    names = {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"}
    ignored = {".venv", ".git", "node_modules"}
    found = [p for p in ROOT.rglob("*.lock*") if not ignored & set(p.relative_to(ROOT).parts)]
    assert [p for p in found if p.name in names] == []


def test_starting_a_search_loads_nothing_heavy() -> None:
    """`tratin search` answers cold in well under a second because these stay out of its import path."""
    import subprocess
    import sys

    code = "import sys, search.searcher, tratin.parts; print(' '.join(sorted({m.split('.')[0] for m in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()


def test_every_test_that_the_page_on_security_names_is_there() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    missing, named = [], 0
    for line in text.splitlines():
        source, tests = "", 0
        for file, test in re.findall(r"`(tests/[\w/]+\.py)`|`(test_\w+)`", line):
            if file:
                there = (ROOT / file).is_file()
                source = (ROOT / file).read_text(encoding="utf-8") if there else ""
            else:
                there, tests = f"def {test}(" in source, tests + 1
            if not there:
                missing.append(file or test)
        named += tests
        if re.match(r"\| V\d", line) and "| no |" not in line and not tests:
            missing.append(line[:30])
    assert missing == [], "what the page names is not there, or a chapter that applies names no test"
    assert named > 30
