"""The terminal speaks the language that is asked for, or the locale's."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.resources import files
from inspect import cleandoc
from pathlib import Path

import pytest
from click import Command, Context, Group, Option
from click.testing import CliRunner, Result

from crawler.article import Article
from crawler.report import OUTCOMES
from crawler.store.writing import Store
from tratin.cli import words
from tratin.cli.main import COMMANDS, about, cli
from tratin.cli.officials import _STATUS
from tratin.indexing import reindex
from tratin.settings import Settings
from web.catalogues import catalogue
from web.i18n import spoken

_CODE = sorted(Path(str(files("tratin.cli"))).glob("*.py"))
_BLANKS = re.compile(r"\{(\w+)\}")


def said() -> dict[str, str]:
    """English → Vietnamese."""
    return {
        (one.id if isinstance(one.id, str) else one.id[0]): one.string if isinstance(one.string, str) else one.string[0]
        for one in catalogue("vi", "cli", "tratin")
        if one.id
    }


def asked() -> set[str]:
    """Every constant that the code asks for by `t`."""
    return {
        part.value
        for path in _CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t"
        for part in node.args[:1]
        if isinstance(part, ast.Constant)
    }


def called() -> list[tuple[list[str], Command]]:
    """Every command, subcommands too, and how it is called."""
    found: list[tuple[list[str], Command]] = [([], cli)]
    for way, command in found:
        if isinstance(command, Group):
            context = Context(command)
            inside = ((name, command.get_command(context, name)) for name in command.list_commands(context))
            found += [([*way, name], one) for name, one in inside if one]
    return found


def helps() -> list[str]:
    """Every paragraph of help but the examples, and the help of every option."""
    paragraphs = [
        " ".join(part.split())
        for _, command in called()
        for part in cleandoc(command.help or "").split("\n\n")
        if part and not part.startswith("Example: ")
    ]
    options = [option.help for _, command in called() for option in command.params if isinstance(option, Option)]
    return [*paragraphs, *(" ".join(help.split()) for help in options if help)]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few invented articles, indexed."""
    settings = Settings(tmp_path_factory.mktemp("words"))
    with Store(settings.store_path) as store:
        for number in range(3):
            said = "Chiều 5/3, Bộ trưởng Bộ Y tế Trần Thị Mai cho biết cầu Bến Lội sắp xong."
            article = Article(
                id=f"a-{number}",
                title=f"Cầu Bến Lội, đợt {number}",
                paragraphs=(said,),
                published=f"2024-03-0{number + 5}T08:30:00+07:00",
                fetched="2024-03-09T08:30:00+07:00",
            )
            store.keep(article)
        store.commit()
    reindex(settings, full=True, jobs=1, progress=lambda step, done, total: None)
    return settings.data


def run(*arguments: str, **environment: str) -> Result:
    unset = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "", "TRATIN_LANG": ""}
    return CliRunner().invoke(cli, list(arguments), env={**unset, **environment})


def test_every_message_is_said_in_vietnamese_and_none_besides() -> None:
    constants = {
        node.value
        for path in _CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    commands = {about(command) for name in COMMANDS if (command := cli.get_command(Context(cli), name))}
    states = {*OUTCOMES, "live", "removed", "withdrawn", "Options", "Show this message and exit."}
    kinds = {key.partition(".")[2] for key in _keys() if key.startswith("understood.")}
    assert asked() <= said().keys()
    assert commands | set(helps()) <= said().keys()
    assert {*OUTCOMES} <= said().keys()
    assert said().keys() <= constants | commands | kinds | states | set(helps())
    assert all(said().values())


def _keys() -> set[str]:
    return {one.id for one in catalogue("vi") if isinstance(one.id, str)}


def test_a_message_has_the_same_blanks_in_both_languages() -> None:
    assert [key for key, there in said().items() if set(_BLANKS.findall(key)) != set(_BLANKS.findall(there))] == []


def test_a_tenure_is_called_what_the_pages_call_it() -> None:
    for status, english in _STATUS.items():
        assert english == spoken("en").t(f"officials.{status}")
        assert said()[english] == spoken("vi").t(f"officials.{status}")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "vi_VN"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "vie"}, "en"),
        ({"LANG": "vi_VN", "TRATIN_LANG": "en"}, "en"),
        ({"LANG": "vi_VN", "TRATIN_LANG": "fr"}, "vi"),
    ],
)
def test_the_locale_says_which_language(environment: dict[str, str], language: str) -> None:
    assert words.of_environment(environment) == language


def test_the_option_wins_over_the_variable_and_that_over_the_locale() -> None:
    assert "Ai nói gì" in run("--lang", "vi", "--help", LANG="en_US.UTF-8").output
    assert "Who said what" in run("--lang", "en", "--help", TRATIN_LANG="vi").output
    assert "Ai nói gì" in run("--help", TRATIN_LANG="vi", LANG="C").output
    assert "Who said what" in run("--help").output
    assert run("--lang", "fr", "--help").exit_code == 2


def test_results_and_messages_are_in_the_language_of_the_call(installed: Path) -> None:
    vietnamese, english = (
        [
            run("--data", str(installed), "--lang", language, *call).output
            for call in (
                ["search", "cau ben loi", "--limit", "1"],
                ["office", "Bộ trưởng Bộ Y tế"],
                ["officials", "Trần Thị Mai"],
                ["officials", "Khong Ai Ca"],
                ["statements", "--official", "Trần Thị Mai", "--limit", "1"],
            )
        ]
        for language in ("vi", "en")
    )
    for mine, theirs, word, other in (
        (vietnamese, english, "(dấu) ", "(marks) "),
        (vietnamese, english, " bài · ", " articles · "),
        (vietnamese, english, "đương nhiệm (theo tin)", "in office (by the news)"),
        (vietnamese, english, "không có người nào tên", "nobody known is called"),
        (vietnamese, english, "trang sau: --cursor", "next page: --cursor"),
    ):
        assert word in "\n".join(mine), word
        assert other not in "\n".join(mine), other
        assert other in "\n".join(theirs), other
        assert word not in "\n".join(theirs), word


def test_json_is_the_same_in_both(installed: Path) -> None:
    call = ("--data", str(installed), "officials", "Trần Thị Mai", "--json")
    assert run("--lang", "vi", *call).output == run("--lang", "en", *call).output


@pytest.mark.parametrize("way", [way for way, _ in called()], ids=" ".join)
def test_the_help_of_a_command_is_vietnamese_throughout(way: list[str]) -> None:
    shown = run("--lang", "vi", *way, "--help").output
    assert shown.startswith("Cách dùng: ")
    assert "Tùy chọn:" in shown
    for english in ("Usage", "Options", "Example", "default", "Show this", "Exit status", "required", "env var"):
        assert english not in shown, english
    assert run("--lang", "en", *way, "--help").output.startswith("Usage: ")


@pytest.mark.parametrize(
    ("call", "vietnamese", "english"),
    [
        (["serch"], "không có lệnh serch", "no such command: serch"),
        (["search", "--limt", "2"], "không có tùy chọn --limt", "no such option: --limt"),
        (["search", "--limit", "4000"], "'--limit': 4000 nằm ngoài khoảng 1<=x<=100", "is not in the range"),
        (["search", "--limit", "nhiều"], "không phải số nguyên", "is no whole number"),
        (["search", "--from", "hôm qua"], "không phải ngày viết theo", "is no day as in"),
        (["statements", "--sort", "to"], "không thuộc", "is none of"),
        (["office"], "thiếu 'TITLE...'", "'TITLE...' is missing"),
        (["import", "khong-co.jsonl"], "'khong-co.jsonl' không có", "'khong-co.jsonl' does not exist"),
        (["restore"], "thiếu 'FILE'", "'FILE' is missing"),
        (["stats", "thêm"], "thừa từ: thêm", "too many words: thêm"),
        (["search", "--cursor"], "cần một giá trị", "needs a value"),
        (["withdraw", "a-1"], "cần --reason", "--reason is needed"),
    ],
)
def test_misuse_is_told_in_the_language_of_the_call(
    call: list[str], vietnamese: str, english: str, tmp_path: Path
) -> None:
    for language, expected in (("vi", vietnamese), ("en", english)):
        command = [sys.executable, "-m", "tratin", "--data", str(tmp_path), "--lang", language, *call]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert expected in done.stderr
        assert "Traceback" not in done.stderr


def test_reports_are_in_the_language_of_the_call(installed: Path, tmp_path: Path) -> None:
    said = {
        language: "\n".join(
            run("--data", str(installed), "--lang", language, *call).output
            for call in (["stats"], ["verify"], ["reindex"], ["backup", str(tmp_path / f"{language}.tar.gz")])
        )
        for language in ("vi", "en")
    }
    for vietnamese, english in (
        ("phiên bản 3   đã rút 0", "versions 3   withdrawn 0"),
        ("3 bài trong kho, 3 bài trong chỉ mục", "3 articles in the store, 3 documents in the index"),
        ("lành lặn", "sound"),
        ("thêm 0, đổi 0, bỏ 0", "0 added, 0 changed, 0 removed"),
        (" tệp, ", " files, "),
    ):
        assert vietnamese in said["vi"]
        assert english in said["en"]
        assert english not in said["vi"]
        assert vietnamese not in said["en"]
