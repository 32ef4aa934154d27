"""`/check`: names or queries, pasted or uploaded, a row each; as a page or as CSV."""

from __future__ import annotations

from flask import Blueprint, Response, request

from search.checking import COLUMNS, entries_of, rows
from web.api.checking import MOST_ENTRIES, checked_list
from web.export import table
from web.params import choice
from web.rendering import render

pages = Blueprint("check", __name__)


@pages.get("/check")
def page() -> str:
    """The form."""
    return render("check.html", checked=None, typed="", most=MOST_ENTRIES)


@pages.post("/check")
def checked() -> str | Response:
    """The list checked, below the form that holds it again."""
    typed = request.form.get("list", "")
    file = request.files.get("file")
    if file and file.filename:
        typed = "\n".join(entries_of(_decoded(file.read()), table=file.filename.lower().endswith((".csv", ".tsv"))))
    answer = checked_list(entries_of(typed))
    if choice(request.form, "format", ("html", "csv")) == "csv":
        csv = Response(table(COLUMNS, rows(answer.entries)), content_type="text/csv; charset=utf-8")
        csv.headers["Content-Disposition"] = 'attachment; filename="tratin-check.csv"'
        return csv
    return render("check.html", checked=answer, typed=typed, most=MOST_ENTRIES)


def _decoded(content: bytes) -> str:
    """Text of a file as spreadsheets write it: UTF-8, UTF-16 with its mark, else Windows-1258 for Vietnamese."""
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1258"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")
