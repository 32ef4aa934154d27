"""What the directory of officials tells: notes for lists, pages of officials and of offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from index.json_types import as_json
from index.officials.posts.name_keys import office_name
from index.officials.posts.post import Ending


@dataclass(frozen=True, slots=True)
class Sentence:
    """Evidence: a printed sentence of one article."""

    article: str
    title: str
    """The article's title."""
    day: date | None
    """The day that the sentence speaks of, or the article's own."""
    said: bool
    """Whether the sentence says that day itself."""
    text: str
    start: int
    end: int
    """Code-point offsets into the article's `Article.text`."""
    version: int
    former: bool
    """Whether it says that the office is past."""
    mode: str = ""
    """acting, new, late, or empty."""


@dataclass(frozen=True, slots=True)
class OfficialNote:
    """One line about an official, with the latest office."""

    id: str
    name: str
    title: str | None
    organisation: str | None
    articles: int
    first: date | None
    last: date | None
    foreign: bool = False

    @property
    def office(self) -> str:
        """The latest office as one: `Trưởng Ban Dân vận Tỉnh ủy`; empty when none is known."""
        return office_name(self.title, self.organisation)


@dataclass(frozen=True, slots=True)
class OfficeNote:
    """One line about an office."""

    id: str
    title: str
    organisation: str | None
    tier: str
    holders: int
    """Who the news bears out to hold or have held it."""
    articles: int = 0
    """That say so."""
    JSON_ALSO: ClassVar = ("name",)

    @property
    def name(self) -> str:
        """`Chủ tịch UBND tỉnh X`: title and organisation, words they share said once."""
        return office_name(self.title, self.organisation)


@dataclass(frozen=True, slots=True)
class OrganisationNote:
    """One line about an organisation of which the news bears out that someone holds an office."""

    id: str
    name: str
    """As most often printed."""
    offices: int
    officials: int
    """Who hold or held one of them."""
    last: date | None
    """The last day on which one is said to be held."""


@dataclass(frozen=True, slots=True)
class OfficeMatch:
    """What a typed office means: none where nobody is named in it, several where one must ask which."""

    offices: tuple[OfficeNote, ...]
    near: tuple[OfficeNote, ...]
    """Others that the words are near to: offered apart, never as the answer."""

    @property
    def office(self) -> OfficeNote | None:
        """The office that is meant, where it is one."""
        return self.offices[0] if len(self.offices) == 1 else None


@dataclass(frozen=True, slots=True)
class Seat:
    """An office in words: how articles print it, and who held it when."""

    called: str
    head: str
    forms: tuple[str, ...]
    """Title and organisation as printed, the most frequent first; each says of which area it is."""
    holders: tuple[tuple[str, date | None, date | None], ...]
    """Names with the first and the last day of the tenure, where these are known; the most often named first. Whoever
    came after another held it no earlier than that one's tenure ended."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """One official in one office, as far as articles tell."""

    office: OfficeNote
    first: date | None
    last: date | None
    """First and last day on which an article says it is held; None when it is only said to be past."""
    times: int
    """Articles that say it is held."""
    former_first: date | None
    former_times: int
    status: str
    """current, former, succeeded (someone else holds it since), unknown (long unheard of), or said (not borne out)."""
    mode: str
    evidence: tuple[Sentence, ...]
    since: date | None = None
    """From which day it is this one's, where someone else held it before."""
    until: date | None = None
    """The first day on which it was past, as far as the articles tell."""
    reason: str = ""
    """Why it ended (successor, former, late, retired, office) or is not borne out (doubtful, few, abroad, rival,
    disputed, excluded, silent, incomplete); correction where the archivist's file says so."""
    rival: str = ""
    """The official or office that the reason names."""


@dataclass(frozen=True, slots=True)
class OfficialPage:
    """Everything known about one official."""

    id: str
    name: str
    aliases: tuple[str, ...]
    rank: str | None
    foreign: bool
    articles: int
    first: date | None
    last: date | None
    tenures: tuple[Tenure, ...]
    """Offices that the news bears out, the latest first."""
    homonyms: tuple[OfficialNote, ...]
    redirected: str | None = None
    """The id asked for, where it leads here after a merge."""
    title: str | None = None
    organisation: str | None = None
    """The office that the name is printed with; on the day asked for, where one is."""
    said: tuple[Tenure, ...] = ()
    """What a doubtful sentence or two say, and the news does not bear out."""

    @property
    def office(self) -> str:
        """The office that the name is printed with, as one; empty when none is known."""
        return office_name(self.title, self.organisation)

    def as_json(self) -> dict[str, Any]:
        """The page as JSON: dates in ISO 8601."""
        page: dict[str, Any] = as_json(self)
        return page


@dataclass(frozen=True, slots=True)
class Holder:
    """An official who holds, or is said to have held, an office."""

    official: OfficialNote
    first: date | None
    last: date | None
    times: int
    former_first: date | None
    status: str
    confidence: float
    """0 to 1: that this one held it on the day asked for; 1 without a day asked for."""
    evidence: tuple[Sentence, ...]
    against: tuple[Sentence, ...] = ()
    """Sentences that say otherwise: someone else in the office at that time, or that it was past already."""
    until: date | None = None
    reason: str = ""
    rival: str = ""
    """As of a Tenure."""

    def as_json(self) -> dict[str, Any]:
        """The holder as JSON: dates in ISO 8601."""
        fields: dict[str, Any] = as_json(self)
        return fields


@dataclass(frozen=True, slots=True)
class Membership:
    """That an official holds or held an office, as far as the news bears it out."""

    official: str
    office: OfficeNote
    organisation: str
    """Id of the organisation whose office it is; empty where it is none's."""
    first: date | None
    last: date | None
    """Days on which it is said to be held."""
    since: date | None
    """When it became this one's, where someone else held it before."""
    until: date | None
    """The first day on which it was past."""
    article: str | None
    """One that says so."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """An official whom the news calls new in an office."""

    official: OfficialNote
    office: OfficeNote
    day: date | None
    """The first day on which a sentence says so."""
    evidence: Sentence


@dataclass(frozen=True, slots=True)
class OfficePage:
    """One office with its holders."""

    office: OfficeNote
    exclusive: bool
    """Whether one person holds it at a time."""
    on: date | None
    holders: tuple[Holder, ...]
    """With `on`: who held it then, the likeliest first. Without: everyone whom the news bears out, the latest first."""
    others: tuple[Holder, ...]
    """Everyone else who is named in it; those whom the news does not bear out have the status said."""
    endings: tuple[Ending, ...]

    def as_json(self) -> dict[str, Any]:
        """The page as JSON: dates in ISO 8601."""
        page: dict[str, Any] = as_json(self)
        return page
