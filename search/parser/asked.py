"""What one reading asks of the corpus: counts of clauses, many in one question, at most three questions.

The parser decides by counts, and some decisions wait for others. So a text is read as far as the counts at hand go;
what was wanted beside them is asked in one question, and the text is read again with the answers.
"""

from __future__ import annotations

from typing import Final

from index.query import And, Leaf, Term
from search.parser.lexicon import Lexicon

MOST_QUESTIONS: Final = 3
"""Questions that the reading of one text asks; what is wanted after the last counts as held by somebody."""
_NOT_KNOWN: Final = 1


class Asked:
    """The counts that one reading knows, and those that it wants next."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._known: dict[Leaf | And, int] = {}
        self._wanted: dict[Leaf | And, None] = {}
        self._questions = 0

    @property
    def wanting(self) -> bool:
        """Whether something must be asked before the reading can stand."""
        return bool(self._wanted)

    def count(self, clause: Leaf | And) -> int:
        """How many articles hold a clause; not known yet, it is noted, and some are taken to.

        Of a term this is near at hand: in how many it stands in the zone where most hold it.
        """
        if isinstance(clause, Term):
            return sum(map(self.lexicon.frequency, clause.slot))
        if clause not in self._known:
            if self._questions < MOST_QUESTIONS:
                self._wanted[clause] = None
            return _NOT_KNOWN
        return self._known[clause]

    def ask(self) -> bool:
        """Ask what was wanted, in one question; whether there was anything."""
        if not self._wanted:
            return False
        wanted = list(self._wanted)
        self._known.update(zip(wanted, self.lexicon.counts(wanted), strict=True))
        self._wanted.clear()
        self._questions += 1
        return True
