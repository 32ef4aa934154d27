"""The half of the directory that reads sentences: tenures and holders, with the evidence that their pages print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from crawler.ground.clock import day_number
from index.officials.directory import holders as answers
from index.officials.directory.database import (
    NOTE,
    OFFICE,
    SENTENCE,
    RegistryReader,
    columns,
    day_of,
    note_of,
    sentence_of,
)
from index.officials.directory.pages import Holder, OfficeNote, OfficialNote, Sentence, Tenure

_MARK = "day, former, mode, article, found, place_in"
_SPAN = "m.first, m.last, m.times, m.former_first, m.former_times"
_AT_ONCE = 400
"""Sentences read with one question."""


class EvidenceReader(RegistryReader):
    """Reads who held what, and chooses the sentences before it reads them."""

    def _last_day(self) -> int | None:
        rows = self._rows("SELECT max(day) FROM article")
        return rows[0][0] if rows else None

    def _tenures(self, about: OfficialNote) -> tuple[Tenure, ...]:
        marks: dict[str, list[answers.Mark]] = defaultdict(list)
        shown = "evidence INDEXED BY evidence_shown WHERE official = ? AND shown = 1"
        sql = f"SELECT office, {_MARK} FROM {shown} ORDER BY found, place_in"
        for office, *row in self._rows(sql, about.id):
            marks[office].append(answers.Mark(*row))
        holders: dict[str, list[tuple[int | None, int | None, int]]] = defaultdict(list)
        sql = (
            "SELECT m.office, m.first, m.last, m.times FROM membership mine JOIN office o ON o.id = mine.office "
            "JOIN membership m ON m.office = o.id WHERE mine.official = ? AND o.exclusive AND o.specific"
        )
        for office, *told in self._rows(sql, about.id):
            holders[office].append((told[0], told[1], told[2]))
        as_of = self._last_day()
        sql = (
            f"SELECT {OFFICE}, o.specific, o.head, m.mode, {_SPAN} "
            "FROM membership m JOIN office o ON o.id = m.office WHERE m.official = ?"
        )
        rows = self._rows(sql, about.id)
        said_fully = {row[6] for row in rows if row[5]}
        held = []
        for *office, specific, head, mode, first, last, times, past, past_times in rows:
            if not specific and head in said_fully:
                continue  # `Bí thư` alone, where others say of what
            span = answers.Span(about, first, last, times, past, past_times, marks[office[0]])
            new = answers.newcomers(holders[office[0]]) if office[0] in holders else None
            told = answers.Answer(span, answers.status(span, new, as_of), 1.0, answers.shown(span.marks))
            held.append((OfficeNote(*office), mode, told))
        sentences = self._sentences(told for *_, told in held)
        tenures = (
            Tenure(
                office, day_of(told.span.first), day_of(told.span.last), told.span.times,
                day_of(told.span.former_first), told.span.former_times, told.status, mode,
                _printed(told.evidence, sentences),
            )
            for office, mode, told in held
        )  # fmt: skip
        return tuple(sorted(tenures, key=lambda t: (t.last or date.min, t.times), reverse=True))

    def _sentences(self, told: Iterable[answers.Answer]) -> dict[tuple[int, int], Sentence]:
        """The sentences of the marks that answers show, by their rows; none of an article that is hidden."""
        rows = sorted({mark[-2:] for one in told for mark in (*one.evidence, *one.against)})
        found: dict[tuple[int, int], Sentence] = {}
        for at in range(0, len(rows), _AT_ONCE):
            part = rows[at : at + _AT_ONCE]
            sql = (
                f"WITH wanted (found, place_in) AS (VALUES {', '.join(['(?, ?)'] * len(part))}) "
                f"SELECT h.found, h.place_in, {SENTENCE} FROM wanted w CROSS JOIN held h ON h.found = w.found "
                "AND h.place_in = w.place_in JOIN found f ON f.number = h.found JOIN article a ON a.id = f.article"
            )
            for number, order, *row in self._rows(sql, *chain.from_iterable(part)):
                if (sentence := sentence_of(row)).article not in self.hidden:
                    found[number, order] = sentence
        return found

    def _spans(self, office: str, *, everything: bool) -> list[answers.Span]:
        """Everyone in an office, with the marks of the sentences to print or, if `everything`, of all of them."""
        marks: dict[str, list[answers.Mark]] = defaultdict(list)
        which = "evidence WHERE" if everything else "evidence INDEXED BY evidence_printed WHERE shown = 1 AND"
        sql = f"SELECT official, {_MARK} FROM {which} office = ? ORDER BY official, found, place_in"
        for official, *row in self._rows(sql, office):
            marks[official].append(answers.Mark(*row))
        sql = (
            f"SELECT {columns('o', NOTE)}, {_SPAN} FROM membership m JOIN official o ON o.id = m.official "
            "WHERE m.office = ?"
        )
        rows = ((note_of(row[:8]), row[8:]) for row in self._rows(sql, office))
        return [
            answers.Span(note, first, last, times, past, past_times, marks[note.id])
            for note, (first, last, times, past, past_times) in rows
        ]

    def _holders(self, office: str, exclusive: bool) -> tuple[Holder, ...]:
        """Everyone in an office, the latest first."""
        return self._told(answers.holders(self._spans(office, everything=False), exclusive, self._last_day()))

    def _holders_on(self, office: str, exclusive: bool, on: date) -> tuple[tuple[Holder, ...], tuple[Holder, ...]]:
        """Who held an office on a day, and everyone else who is named in it."""
        spans = self._spans(office, everything=True)
        then, others = answers.answer(spans, exclusive, day_number(on), self._last_day())
        told = self._told([*then, *others])
        return told[: len(then)], told[len(then) :]

    def _told(self, told: Sequence[answers.Answer]) -> tuple[Holder, ...]:
        sentences = self._sentences(told)
        return tuple(
            Holder(
                one.span.official, day_of(one.span.first), day_of(one.span.last), one.span.times,
                day_of(one.span.former_first), one.status, one.confidence,
                _printed(one.evidence, sentences), _printed(one.against, sentences),
            )
            for one in told
        )  # fmt: skip


def _printed(marks: Iterable[answers.Mark], sentences: Mapping[tuple[int, int], Sentence]) -> tuple[Sentence, ...]:
    """The sentences of marks, each once: one may name an official twice."""
    return tuple(dict.fromkeys(sentences[mark[-2:]] for mark in marks if mark[-2:] in sentences))
