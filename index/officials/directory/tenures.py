"""Who held what, with the sentences that pages print: chosen first, read then."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from crawler.ground.clock import day_number
from index.officials.directory import holders
from index.officials.directory.connection import (
    NOTE,
    OFFICE,
    SENTENCE,
    Database,
    columns,
    day_of,
    note_of,
    office_of_row,
    sentence_of,
)
from index.officials.directory.pages import Appointment, Holder, Membership, OfficialNote, Sentence, Tenure

_ATTESTATION = "day, former, mode, article, found, place_in"
_SPAN = "m.first, m.last, m.articles, m.former_first, m.former_times, m.stands, m.since, m.until, m.reason, m.rival"
_EARLY = 31
"""Days before the first on which an office is held that a sentence may already call someone new in it."""
_AT_ONCE = 400
"""Sentences read with one question."""


class Tenures:
    """Reads tenures of officials and holders of offices from one registry."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def last_day(self) -> int | None:
        """The last day that an article speaks of."""
        rows = self._db.rows("SELECT max(day) FROM article")
        return rows[0][0] if rows else None

    def of_official(self, about: OfficialNote) -> tuple[tuple[Tenure, ...], tuple[Tenure, ...]]:
        """The offices that the news bears out, and those that it only mentions; the latest first.

        Offices whose name does not say whose they are (`Bí thư`) are none.
        """
        attested: dict[str, list[holders.Attestation]] = defaultdict(list)
        shown = "evidence INDEXED BY evidence_shown WHERE official = ? AND shown = 1"
        sql = f"SELECT office, {_ATTESTATION} FROM {shown} ORDER BY found, place_in"
        for office, *row in self._db.rows(sql, about.id):
            attested[office].append(holders.Attestation(*row))
        as_of = self.last_day()
        sql = (
            f"SELECT {OFFICE}, m.mode, {_SPAN} FROM membership m JOIN office o ON o.id = m.office "
            "WHERE m.official = ? AND o.complete"
        )
        size = len(OFFICE.split(", "))
        held = []
        for row in self._db.rows(sql, about.id):
            office = office_of_row(row[:size])
            span = _span(about, row[size + 1 :], attested[office.id])
            held.append((office, row[size], span, holders.shown(span.attestations)))
        sentences = self._sentences(said for *_, shown in held for said in shown)
        tenures = [
            Tenure(
                office, day_of(span.first), day_of(span.last), span.times, day_of(span.former_first), span.former_times,
                holders.status(span, as_of), mode, _printed(shown, sentences), *_ended(span, since=True),
            )
            for office, mode, span, shown in held
        ]  # fmt: skip
        tenures.sort(key=lambda t: (t.last or date.min, t.times, t.office.id), reverse=True)
        return (
            tuple(tenure for tenure in tenures if tenure.status != "said"),
            tuple(tenure for tenure in tenures if tenure.status == "said"),
        )

    def memberships(self) -> Iterator[Membership]:
        """Every membership that the news bears out, by official."""
        hidden = json.dumps(sorted(self._db.hidden))
        sql = f"""
            SELECT m.official, {OFFICE}, o.head, o.body, m.first, m.last, m.since, m.until, (
              SELECT e.article FROM evidence e WHERE e.official = m.official AND e.office = m.office AND e.shown = 1
              AND e.article NOT IN (SELECT value FROM json_each(?)) ORDER BY e.former, e.day DESC LIMIT 1
            ) FROM membership m JOIN office o ON o.id = m.office WHERE m.stands AND o.complete
            ORDER BY m.official, m.office
        """
        from index.officials.posts.areas import slug_of  # its tables take time to load

        size = len(OFFICE.split(", "))
        for official, *row in self._db.rows(sql, hidden):
            office, (head, body, first, last, since, until, article) = office_of_row(row[:size]), row[size:]
            organisation = office.id.removeprefix(f"{slug_of(head)}-") if body else ""
            ended = day_of(until) if until and until > 0 else None
            days = day_of(first), day_of(last), day_of(since), ended
            yield Membership(official, office, organisation, *days, article)

    def appointed(self, limit: int) -> tuple[Appointment, ...]:
        """Who was new in an office lately, the latest first, each with the first sentence that says so."""
        hidden = json.dumps(sorted(self._db.hidden))
        sql = f"""
            SELECT {columns("p", NOTE)}, {OFFICE}, {SENTENCE} FROM (
              SELECT e.official, e.office, e.found, e.place_in, min(e.day) AS day FROM evidence e
              WHERE e.mode = 'new' AND NOT e.former AND e.article NOT IN (SELECT value FROM json_each(?)) GROUP BY 1, 2
            ) n
            JOIN membership m ON m.official = n.official AND m.office = n.office AND m.stands AND m.articles > 1
            JOIN office o ON o.id = n.office AND o.complete AND o.tier != 'country'
            JOIN official p ON p.id = n.official AND NOT p.is_foreign
            JOIN held h ON h.found = n.found AND h.place_in = n.place_in
            JOIN found f ON f.number = h.found JOIN article a ON a.id = f.article
            WHERE n.day >= coalesce(m.first, n.day) - {_EARLY} ORDER BY n.day DESC, n.official, n.office LIMIT ?
        """
        first, second = len(NOTE.split(", ")), len(OFFICE.split(", "))
        made = []
        for row in self._db.rows(sql, hidden, limit):
            said = sentence_of(row[first + second :])
            office = office_of_row(row[first : first + second])
            made.append(Appointment(note_of(row[:first]), office, said.day, said))
        return tuple(made)

    def _sentences(self, attestations: Iterable[holders.Attestation]) -> dict[tuple[int, int], Sentence]:
        """The sentences to print, by their rows; none of an article that is hidden."""
        rows = sorted({said[-2:] for said in attestations})
        found: dict[tuple[int, int], Sentence] = {}
        for at in range(0, len(rows), _AT_ONCE):
            part = rows[at : at + _AT_ONCE]
            sql = (
                f"WITH wanted (found, place_in) AS (VALUES {', '.join(['(?, ?)'] * len(part))}) "
                f"SELECT h.found, h.place_in, {SENTENCE} FROM wanted w CROSS JOIN held h ON h.found = w.found "
                "AND h.place_in = w.place_in JOIN found f ON f.number = h.found JOIN article a ON a.id = f.article"
            )
            for number, order, *row in self._db.rows(sql, *chain.from_iterable(part)):
                if (sentence := sentence_of(row)).article not in self._db.hidden:
                    found[number, order] = sentence
        return found

    def _spans(self, office: str, *, everything: bool) -> list[holders.OfficeSpan]:
        """Everyone in an office, with what the sentences to print say or, if `everything`, of all of them."""
        attested: dict[str, list[holders.Attestation]] = defaultdict(list)
        which = "evidence WHERE" if everything else "evidence INDEXED BY evidence_printed WHERE shown = 1 AND"
        sql = f"SELECT official, {_ATTESTATION} FROM {which} office = ? ORDER BY official, found, place_in"
        for official, *row in self._db.rows(sql, office):
            attested[official].append(holders.Attestation(*row))
        sql = (
            f"SELECT {columns('o', NOTE)}, {_SPAN} FROM membership m JOIN official o ON o.id = m.official "
            "WHERE m.office = ?"
        )
        size = len(NOTE.split(", "))
        rows = ((note_of(row[:size]), row[size:]) for row in self._db.rows(sql, office))
        return [span for note, row in rows if (span := _span(note, row, attested[note.id])).worth_showing]

    def of_office(self, office: str) -> tuple[tuple[Holder, ...], tuple[Holder, ...]]:
        """Everyone whom the news bears out in an office, the latest first, and everyone else named in it."""
        return self._holders(*holders.holders(self._spans(office, everything=False), self.last_day()))

    def of_office_on(self, office: str, exclusive: bool, on: date) -> tuple[tuple[Holder, ...], tuple[Holder, ...]]:
        """Who held an office on a day, and everyone else who is named in it."""
        spans = self._spans(office, everything=True)
        return self._holders(*holders.holders_on(spans, exclusive, day_number(on), self.last_day()))

    def _holders(
        self, first: Sequence[holders.Claimant], second: Sequence[holders.Claimant]
    ) -> tuple[tuple[Holder, ...], tuple[Holder, ...]]:
        everyone = [*first, *second]
        sentences = self._sentences(said for c in everyone for said in (*c.evidence, *c.against))
        named = tuple(
            Holder(
                c.span.official, day_of(c.span.first), day_of(c.span.last), c.span.times, day_of(c.span.former_first),
                c.status, c.confidence, _printed(c.evidence, sentences), _printed(c.against, sentences),
                *_ended(c.span, since=False),
            )
            for c in everyone
        )  # fmt: skip
        return named[: len(first)], named[len(first) :]


def _span(about: OfficialNote, row: Sequence[Any], attestations: Sequence[holders.Attestation]) -> holders.OfficeSpan:
    """A row of the columns _SPAN."""
    first, last, articles, past, past_times, stands, since, until, reason, rival = row
    return holders.OfficeSpan(
        about, first, last, articles, past, past_times, bool(stands), since, until, reason, rival, attestations
    )


def _ended(span: holders.OfficeSpan, *, since: bool) -> tuple[Any, ...]:
    """Since when (if asked), until when and why."""
    until = day_of(span.until) if span.until is not None and span.until > 0 else None
    began = (day_of(span.since),) if since else ()
    return (*began, until, span.reason, span.rival)


def _printed(
    attestations: Iterable[holders.Attestation], sentences: Mapping[tuple[int, int], Sentence]
) -> tuple[Sentence, ...]:
    """The sentences, each once: one may name an official twice."""
    return tuple(dict.fromkeys(sentences[said[-2:]] for said in attestations if said[-2:] in sentences))
