"""What the parts of the parser share while one query is read: its words, the corpus, and the chips handed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.analysis.normalize import fold
from index.analysis.tokens import syllables
from index.query import And, Key, Leaf, Node, Phrase, Slot, Span, Term
from index.schema import Form
from search.parser.asked import Asked
from search.parser.lexicon import Lexicon
from search.results import Understood


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable of the typed text."""

    key: str
    folded: str
    text: str
    """As typed."""
    span: Span

    @property
    def marked(self) -> bool:
        """Typed with at least one mark."""
        return self.key != self.folded


@dataclass(frozen=True, slots=True)
class Stretch:
    """A node and the words (first, last exclusive) of the stretch that it comes from."""

    node: Node
    first: int
    last: int


@dataclass(slots=True)
class Reading:
    """The reading of one query."""

    text: str
    """What was typed, in NFC; all spans point into it."""
    asked: Asked
    off: frozenset[str]
    """Interpretations that the reader switched off, as `kind:what was typed`."""
    chips: list[Understood] = field(default_factory=list)
    unmarked: bool = False
    """Not one mark was typed in the whole query: every syllable stands for all its spellings."""
    suggested: list[tuple[Span, str]] = field(default_factory=list)
    """Parts of the typed text and what may have been meant."""
    places: list[tuple[Node, tuple[str, ...], bool]] = field(default_factory=list)
    """Clauses that are one word or name, its keys, and whether the name is said to be an old or a new one."""
    decoded: dict[str, str] = field(default_factory=dict)
    """Keys as typed without an input method, and the syllables that they make in Telex or VNI."""

    _cut: dict[tuple[int, int], list[Word]] = field(default_factory=dict)

    def again(self) -> Reading:
        """The same so far, to be read on."""
        return replace(self, chips=[*self.chips], suggested=[*self.suggested], places=[*self.places])

    def words(self, start: int, end: int) -> list[Word]:
        """The syllables typed between two offsets; cut once."""
        found = self._cut.get((start, end))
        if found is None:
            found = self._cut[start, end] = self._words(start, end)
        return found

    def decode(self, meant: dict[str, str]) -> None:
        """Take keys as typed for the syllables that they make in Telex or VNI."""
        self.decoded = meant
        self._cut.clear()

    def _words(self, start: int, end: int) -> list[Word]:
        piece = self.text[start:end]
        return [
            Word(
                key, fold(key), piece[syllable.start : syllable.end], Span(start + syllable.start, start + syllable.end)
            )
            for syllable in syllables(piece)
            for key in (self.decoded.get(syllable.key, syllable.key),)
        ]

    def typed(self, words: Sequence[Word]) -> str:
        """What was typed from the first of these words to the last."""
        return self.text[words[0].span.start : words[-1].span.end]

    def wants(self, kind: str, typed: str) -> bool:
        """Whether the reader lets this interpretation stand."""
        return f"{kind}:{typed}".casefold() not in self.off

    def tell(self, kind: str, typed: str, to: Sequence[str]) -> None:
        """Hand out a chip, once, for an interpretation that can be switched off."""
        chip = Understood(kind, typed, tuple(dict.fromkeys(to)), f"off={kind}:{typed}")
        if chip not in self.chips:
            self.chips.append(chip)

    @property
    def lexicon(self) -> Lexicon:
        """What is near at hand of the corpus."""
        return self.asked.lexicon

    def count(self, leaf: Leaf) -> int:
        """How many articles hold a leaf; see `Asked.count`."""
        return self.asked.count(leaf)

    def both(self, first: Leaf, second: Leaf) -> int:
        """How many articles hold two leaves, wherever."""
        return self.asked.count(And((first, second)))


def span_of(words: Sequence[Word]) -> Span:
    """The part of the typed text that these words cover."""
    return Span(words[0].span.start, words[-1].span.end)


def exact(word: Word) -> Slot:
    """The position filled by what was typed, and nothing else."""
    return (Key(word.key),)


def anyhow(word: Word) -> Slot:
    """The position filled by any spelling of what was typed."""
    return (Key(word.folded, Form.FOLDED),)


def leaf(slots: Sequence[Slot], words: Sequence[Word], typed: str, quoted: bool = False) -> Term | Phrase:
    """The leaf for one or more positions that came from these words."""
    if len(slots) == 1 and not quoted:
        return Term(slots[0], span_of(words), typed)
    return Phrase(tuple(slots), span_of(words), typed)


def phrase_of(keys: Sequence[str], words: Sequence[Word], typed: str, form: Form = Form.SYLLABLE) -> Term | Phrase:
    """The leaf for other keys than were typed, come from these words."""
    return leaf([(Key(key, form),) for key in keys], words, typed)


def special(name: str, words: Sequence[Word], typed: str) -> Term:
    """The leaf for a special token, come from these words."""
    return Term((Key(name, Form.SPECIAL),), span_of(words), typed)
