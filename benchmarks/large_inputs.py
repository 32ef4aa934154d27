"""Inputs larger than any newspaper's through import, reindex and search, as a user runs them.

    python -m benchmarks.large_inputs                     # the first three, and 20,000 tiny articles
    python -m benchmarks.large_inputs --only "tiny articles" --articles 200000

An article of 20 MB, a title of 1 MB, an article that names 10,000 officials, and very many articles of a line; all of
them invented. Each is imported, indexed and searched by the commands, into a folder of its own. Prints for each
command its exit status, seconds of CPU (its workers' too), the largest resident memory of one process, and what it
said: taken, or refused with a reason.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice, product
from multiprocessing import get_context
from pathlib import Path

_SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Trịnh Tô Hà Cao"
_MIDDLES = "Văn Thị Đức Minh Hữu Quang Thanh Ngọc Xuân Đình Công Bá Kim Hồng Thu"
_FIRST = "An Bình Châu Dũng Giang Hải Khánh Lâm Nam Oanh Phúc Quân Sơn Tâm Uyên Việt Yến Long Hùng Hoa"
_SECOND = "Anh Bảo Cường Duy Hạnh Hiếu Hòa Khôi Linh Mạnh Nga Nhung Phong Quý Tài Thắng Tuấn Vinh Tùng Trung"
_OFFICES = (
    "Giám đốc Sở Y tế tỉnh Suối Mơ",
    "Chủ tịch UBND huyện Đông Lũng",
    "Phó Chủ tịch UBND tỉnh Suối Mơ",
    "Bộ trưởng Bộ Y tế",
)
_LINE = "Xã Suối Mơ khởi công cây cầu bắc qua suối, nối hai thôn Thượng và Hạ; người dân góp công, góp đất. "


def officials_named(many: int) -> Iterator[str]:
    """Sentences that each name another official."""
    names = product(*map(str.split, (_SECOND, _MIDDLES, _FIRST, _SURNAMES)))
    for number, (second, middle, first, surname) in enumerate(islice(names, many)):
        office = _OFFICES[number % len(_OFFICES)]
        yield f"Ông {surname} {middle} {first} {second}, {office}, cho biết công việc thứ {number} đã xong."


def _article(number: int, title: str, body: str) -> dict[str, str]:
    about = {"id": f"a-{number}", "url": f"https://suoimo.example/bai-{number}.html", "date": "2024-05-02"}
    return {**about, "title": title, "body": body}


def _tiny(many: int) -> Iterator[dict[str, str]]:
    for number in range(many):
        yield _article(number, f"Tin số {number}", f"Xã Suối Mơ sửa đoạn đường thứ {number}.")


def large(articles: int) -> dict[str, Iterable[dict[str, str]]]:
    """The articles of each input, by its name; `articles` tiny ones."""
    paragraph = f"{_LINE * 20}\n"
    return {
        "article of 20 MB": [_article(1, "Khởi công cầu", paragraph * (20_000_000 // len(paragraph.encode())))],
        "text of 3.9 million characters": [_article(1, "Khởi công cầu", paragraph * (3_900_000 // len(paragraph)))],
        "title of 1 MB": [_article(1, "Khởi công cầu " * (1_000_000 // len("Khởi công cầu ".encode())), _LINE)],
        "10,000 officials": [_article(1, "Danh sách cán bộ", "\n".join(officials_named(10_000)))],
        "tiny articles": _tiny(articles),
    }


def _run(command: list[str]) -> dict[str, object]:
    """Exit status, CPU, memory and the last words of a command; in a process of its own, for what its children took."""
    done = subprocess.run([sys.executable, "-m", "tratin", *command], capture_output=True, text=True, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    cpu = round(used.ru_utime + used.ru_stime, 1)
    return {
        "exit": done.returncode,
        "cpu_s": cpu,
        "peak_mb": used.ru_maxrss >> 10,
        "said": words[-1][:160] if words else "",
    }


def main() -> None:
    """Bring each in, index it, search it, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000, help="tiny articles")
    parser.add_argument("--only", action="append", help="names of inputs; all unless given")
    given = parser.parse_args()
    inputs = large(given.articles)
    for name in given.only or inputs:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.jsonl"
            with path.open("w", encoding="utf-8") as out:
                out.writelines(f"{json.dumps(article, ensure_ascii=False)}\n" for article in inputs[name])
            print(json.dumps({"input": name, "mb": round(path.stat().st_size / 1e6, 1)}), flush=True)
            for command in (["import", str(path)], ["reindex"], ["search", "Suối Mơ"]):
                with get_context("spawn").Pool(1) as own:
                    row = own.apply(_run, (["--data", str(Path(folder) / "data"), *command],))
                print(json.dumps({"command": command[0], **row}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
