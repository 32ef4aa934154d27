"""From mentions to claims: which offices the news bears out, and when they ended. Days are days since 1970-01-01.

A claim is one official in one office, with every sentence that says so. Five questions are asked of it, in this order:

1. Does its name say whose office it is?
2. Is it said plainly, and often enough beside all that is said of the person? One sentence in two hundred articles
   is a slip of a reader or a writer; of somebody named once it is all that there is. Is it called past? Once is not
   enough against many.
3. Who else is said to hold it? Of an office that one person holds, one who is drowned by another in the same days
   does not hold it; those who follow each other do, each until the next one.
4. What else does the person hold? Offices that exclude each other follow each other, or the lesser one falls.
5. Is the person dead, or retired from everything?

One retrospective sentence undoes nothing, because days are parted where the fewest sentences lie on the wrong side.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from index.officials.registry.name_spelling import may_be_one

_FEW = 10
"""Articles up to which a person needs a fifth of them for an office."""
_PART_OF_FEW = 0.2
_PART, _PART_ABROAD = 0.015, 0.03
"""Part of the articles about a well-known person that must give an office, beyond two."""
_MEMBER = 2
"""Articles that a seat among many needs: it goes with every other office."""
_OWN_COUNTRY = 0.3
"""Part of a person's articles that an office of a country not the person's own needs."""
_NEAR = 30
"""Days around one's own mentions in which those of others in the same office count against them."""
_LEAST = 0.25
"""Part of the mentions of an exclusive office in one's own days that one needs to be believed."""
_OUTWEIGHS = 3.0
"""How much oftener one of two who cannot both be right must be named to be believed."""
_HEARD_ABROAD = 3
"""Articles that must name a successor in another country's office."""
_STRAY = 50
"""One of so many articles may give an office to its holder before the day on which it changed hands."""
_NEW = 3
"""Days between the change and a sentence that calls the successor new."""
_SEEN = 45
"""Days between the last that is said of the one before and the first of the successor, up to which the change counts as
seen: the successor's tenure begins then. Over a longer gap nobody knows since when."""
_SEVERAL = 2
"""Articles in twice that time that must name the one before in it."""
_HANDED_OVER = 7
"""Days between the first that calls one past in an office and the first that names another in it."""
_BEFORE, _AFTER = 2.0, 1.2
"""How much oftener the earlier must be named before the change, and the later one after it."""
_ONCE = 4
"""One of so many articles that call someone former, who is named beside the one who holds the office, is believed."""
_HEARD = 3
"""Articles about a person before it tells anything that they do not say an office."""
_CHANCE = 0.02
"""Below this chance that an office still held goes unsaid in all later articles, it counts as unheard of."""
_LONG_SINCE = 365
"""Days between the last that is told of an office and the article that tells it, above which nobody knows whether it is
held still."""
_LATE = 3
"""One of so many articles that call a person late makes one so."""


class Saying(NamedTuple):
    """What one sentence says of one official in one office."""

    day: int | None
    article: str
    former: bool
    plain: bool
    mode: str = ""
    """new, acting, late, retired, or empty."""
    printed: int | None = None
    """The article's own day: later than `day` where it tells of what was."""


@dataclass(frozen=True, slots=True)
class Post:
    """What weighing needs to know of an office."""

    id: str
    head: str
    body: str
    area: str
    within: str
    level: str
    exclusive: bool
    """One person holds it at a time, and its name says which office it is."""
    complete: bool
    member: bool
    """A seat that goes with other offices: of a committee, of an assembly."""
    envoy: bool
    """Sent abroad: the country in its name is not the holder's own."""
    rank: str
    """Of offices of which a person holds one at a time: which; empty for others."""
    gone: bool = False
    """Of a State that is no more: whoever is named in it held it once."""

    @property
    def country(self) -> str:
        """The other country that it is of; empty for one of Viet Nam."""
        return self.area if self.level == "country" else ""


@dataclass(slots=True)
class Claim:
    """One official in one office, and what became of the claim."""

    official: str
    post: Post
    sayings: Sequence[Saying]
    stands: bool = False
    since: int | None = None
    until: int | None = None
    reason: str = ""
    """Of a claim that does not stand: incomplete, doubtful, few, abroad, rival, disputed, excluded. Of one that ended:
    successor, former, late, retired, office. Of one unheard of while its holder is in the news, or told of long ago:
    silent. Else: correction."""
    rival: str = ""
    """The official or office of the reason."""
    days: list[int] = field(default_factory=list)
    """Days on which an article says it is held, each article once, in order."""
    articles: int = 0
    """Articles that say it is held."""
    past: int = 0
    """Articles that say it is past."""

    def __post_init__(self) -> None:
        held = {saying.article: saying.day for saying in self.sayings if not saying.former}
        self.articles = len(held)
        self.past = len({saying.article for saying in self.sayings if saying.former})
        self.days = sorted(day for day in held.values() if day is not None)

    @property
    def past_days(self) -> list[int]:
        """Days on which an article says it is past, each article once, in order."""
        past = {saying.article: saying.day for saying in self.sayings if saying.former}
        return sorted(day for day in past.values() if day is not None)

    @property
    def in_office(self) -> list[int]:
        """The days before it ended, as far as is known yet."""
        return [day for day in self.days if self.until is None or day < self.until]

    @property
    def plain(self) -> bool:
        """Whether some sentence says it plainly."""
        return any(saying.plain for saying in self.sayings)

    @property
    def acting(self) -> bool:
        """Whether most articles say that the person only acts in it."""
        return 2 * len({saying.article for saying in self.sayings if saying.mode == "acting"}) > self.articles

    @property
    def changed(self) -> bool:
        """Whether some sentence tells that the person came into it: `quyền`, `tân`."""
        return any(saying.mode in ("acting", "new") and not saying.former for saying in self.sayings)

    def called_new(self, day: int) -> bool:
        """Whether some sentence calls the person new in it about that day."""
        new = (saying.day for saying in self.sayings if saying.mode == "new" and not saying.former)
        return any(said is not None and abs(said - day) <= _NEW for said in new)

    def falls(self, reason: str, rival: str = "") -> None:
        """Say that the news does not bear it out, and why."""
        self.stands, self.since, self.until, self.reason, self.rival = False, None, None, reason, rival

    def ends(self, day: int, reason: str, rival: str = "") -> None:
        """Say from which day it is past, and why; the earliest counts."""
        if self.until is None or day < self.until:
            self.until, self.reason, self.rival = day, reason, rival


@dataclass(frozen=True, slots=True)
class Prominence:
    """What weighing needs to know of an official."""

    articles: int
    foreign: bool
    name: str = ""
    """As most articles print it."""

    @property
    def cut_short(self) -> bool:
        """Whether the name is a surname and what stands in the middle of names: `Nguyễn Văn`."""
        return not self.foreign and self.name.endswith((" Văn", " Thị")) and self.name.count(" ") == 1


_EVER = -(1 << 31)
"""Before every day."""


def weigh_alone(claims: Sequence[Claim], person: Prominence) -> None:
    """Questions 1 and 2 for all claims of one official, and whether they were called former."""
    country = _country(claims) if person.foreign else ""
    for claim in claims:
        claim.stands = True
        said = claim.articles + claim.past
        if not claim.post.complete:
            claim.falls("incomplete")
        elif _strange(claim.post, person, country) and said < _OWN_COUNTRY * person.articles:
            claim.falls("abroad")
        elif person.cut_short or (not claim.plain and (said < 2 or claim.post.exclusive)):
            claim.falls("doubtful")
        elif said < _needed(claim.post, person):
            claim.falls("few")
        elif claim.post.gone:
            claim.ends(_EVER, "former")
    _end_by_former(claims)


def _country(claims: Iterable[Claim]) -> str:
    """The country that most articles give a foreign official's offices."""
    counts: dict[str, int] = {}
    for claim in claims:
        if claim.post.country and not claim.post.envoy:
            counts[claim.post.country] = counts.get(claim.post.country, 0) + claim.articles + claim.past
    return max(counts, key=lambda name: (counts[name], name), default="")


def _strange(post: Post, person: Prominence, country: str) -> bool:
    """Whether an office is of a country that is not the person's own."""
    if person.foreign:
        return bool(country) and not post.envoy and post.country != country
    return bool(post.country) and not post.envoy


def _needed(post: Post, person: Prominence) -> int:
    """Articles that must give a person an office."""
    if person.articles <= _FEW:
        return max(1, ceil(_PART_OF_FEW * person.articles - 1e-9))
    if post.member and not person.foreign:
        return _MEMBER
    return 2 + int((_PART_ABROAD if person.foreign else _PART) * person.articles)


def weigh_office(claims: Sequence[Claim], people: Mapping[str, Prominence]) -> None:
    """Question 3 for everyone in one office; those who stand alone already are weighed against all who are named.

    Nobody follows somebody of a name that may be his or her own, spelled or cut in another way.
    """
    if not claims or not claims[0].post.exclusive:
        return
    _hand_over([claim for claim in claims if claim.stands and claim.days])
    office = _Named(claims)
    for place, claim in enumerate(claims):
        before = claim.in_office
        if claim.stands and before and (other := office.drowns(place)):
            if claim.past > 1 and claim.past * _ONCE >= claim.articles:
                past = claim.past_days
                claim.ends(parting(claim.days, past) if past else claim.days[0], "former")
            else:
                claim.falls("rival", other)
            if claim.in_office != before:
                office.moved(place, before)
    standing = sorted((c for c in claims if c.stands and c.in_office), key=lambda c: (_middle(c.in_office), c.official))
    if len(standing) > 1:
        _drop_lone(standing)
        standing = [claim for claim in standing if claim.stands]
    while _one_falls(standing, people):
        standing = [claim for claim in standing if claim.stands]
    for earlier, later in pairwise(standing):
        _follow(earlier, later)


def _hand_over(standing: Sequence[Claim]) -> None:
    """End what several articles call past from the days on in which several name somebody else, who was not named in it
    before: whoever names the first one in it afterwards tells of what was."""
    for earlier in standing:
        past = earlier.past_days
        if not past or earlier.past < max(_SEVERAL, earlier.articles / _ONCE):
            continue
        for later in standing:
            first = later.days[0]
            known = bisect_left(earlier.days, first) >= _SEVERAL and later.articles >= _SEVERAL and not later.past
            if later is not earlier and known and not later.acting and abs(past[0] - first) <= _HANDED_OVER:
                earlier.ends(first, "successor", later.official)


def _follow(earlier: Claim, later: Claim) -> None:
    """End the earlier of two who held an office; say since when the later did, if the news saw the change.

    Who is spoken of as a holder before that day held it already: what is said of the other afterwards is retrospect.
    Who only acts in the other's stead ends nothing.
    """
    if later.acting:
        return
    day = parting(earlier.in_office, later.in_office)
    known = later.in_office[len(later.in_office) // _STRAY]
    if later.called_new(day) or (known >= day and _left_then(earlier, later, day)):
        later.since = day
    earlier.ends(day if later.since else min(day, known), "successor", later.official)


def _left_then(earlier: Claim, later: Claim, day: int) -> bool:
    """Whether the news saw somebody leave on a day: shortly before, several name the person in it, fewer as former, and
    much fewer the successor."""
    days = earlier.in_office[: bisect_left(earlier.in_office, day)]
    if not days or day - days[-1] > _SEEN or bisect_left(earlier.past_days, day) >= len(days):
        return False
    shortly = len(days) - bisect_left(days, day - 2 * _SEEN)
    return shortly >= max(_SEVERAL, _OUTWEIGHS * bisect_left(later.in_office, day))


def _drop_lone(standing: Sequence[Claim]) -> None:
    """Of several in an office, those of whom one article says so fall, unless others call them its former holder."""
    most = max(standing, key=lambda claim: (claim.articles, claim.official))
    for claim in standing:
        if claim.articles < 2 and not claim.past:
            other = next(rival for rival in standing if rival is not claim) if claim is most else most
            claim.falls("rival" if most.articles > 1 else "disputed", other.official)


def _one_falls(standing: Sequence[Claim], people: Mapping[str, Prominence]) -> bool:
    """Whether, of those in an order of time, someone cannot have held it then: that claim falls, or both of a pair."""
    for earlier, later in pairwise(standing):
        unheard = later.post.country and later.articles < _HEARD_ABROAD
        if (
            unheard
            or _outlived(earlier, later)
            or not _succeeds(earlier.in_office, later.in_office)
            or _namesakes(earlier, later, people)
        ):
            small, large = sorted((earlier, later), key=lambda claim: (claim.articles, claim.official))
            outweighed = large.articles >= _OUTWEIGHS * small.articles
            small.falls("rival" if outweighed else "disputed", large.official)
            if not outweighed:
                large.falls("disputed", small.official)
            return True
    return False


def _outlived(earlier: Claim, later: Claim) -> bool:
    """Whether the earlier is named in the office after the last that names the later, of whom little was said."""
    after = sum(day > later.in_office[-1] for day in earlier.in_office) if later.until is None else 0
    return after * _OUTWEIGHS > len(later.in_office)


def _namesakes(claim: Claim, other: Claim, people: Mapping[str, Prominence]) -> bool:
    """Whether the two may be one person, printed in two ways."""
    mine, theirs = people[claim.official], people[other.official]
    return may_be_one(mine.name, theirs.name, foreign=mine.foreign or theirs.foreign)


class _Named:
    """Everyone named in one office, by the days in it: whom one article names with many others is told by one look."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = claims
        self._places: dict[tuple[int, ...], list[int]] = {}
        """Days in office → places in `claims`, in order."""
        for place, claim in enumerate(claims):
            self._places.setdefault(tuple(claim.in_office), []).append(place)

    def drowns(self, place: int) -> str:
        """Who else is named in the office in the days of a claim, so often that this one is not believed; or empty."""
        own = self._claims[place].in_office
        since, until = own[0] - _NEAR, own[-1] + _NEAR
        total, most = len(own), (0, 0)
        for named, places in self._places.items():
            near = bisect_right(named, until) - bisect_left(named, since)
            first = next((other for other in places if other != place), None)
            if near and first is not None and not _succeeds(named, own) and not _succeeds(own, named):
                total += near * (len(places) - (named == tuple(own)))
                most = max(most, (near, -first))
        return self._claims[-most[1]].official if len(own) < _LEAST * total else ""

    def moved(self, place: int, before: Sequence[int]) -> None:
        """The days in office of a claim are others than before."""
        self._places[tuple(before)].remove(place)
        insort(self._places.setdefault(tuple(self._claims[place].in_office), []), place)


def _middle(days: Sequence[int]) -> int:
    return days[len(days) // 2]


def parting(earlier: Sequence[int], later: Sequence[int]) -> int:
    """The day of the later ones, both in order, from which on the fewest of both lie on the wrong side."""
    return min(later, key=lambda day: len(earlier) - bisect_left(earlier, day) + bisect_left(later, day))


def _succeeds(earlier: Sequence[int], later: Sequence[int]) -> bool:
    """Whether two lists of days, in order, are of one who came after the other."""
    if not earlier or not later or len(later) < 2 < len(earlier):
        return False  # one sentence does not end what many say
    day = parting(earlier, later)
    before = bisect_left(earlier, day), bisect_left(later, day)
    after = len(earlier) - before[0], len(later) - before[1]
    return before[0] >= max(1, _BEFORE * before[1]) and after[1] >= max(1, _AFTER * after[0])


def weigh_person(claims: Sequence[Claim]) -> None:
    """Question 4 for all claims of one official, and whether the news calls the person late."""
    standing = sorted((c for c in claims if c.stands and c.days), key=lambda c: (_middle(c.days), c.post.id))
    for at, earlier in enumerate(standing):
        for later in standing[at + 1 :]:
            if earlier.stands and later.stands and excludes(earlier.post, later.post):
                _choose(earlier, later)
    _end_deputies(claims)
    _end_by_death(claims)
    _end_by_retirement(claims)
    _fade(claims)


def _fade(claims: Sequence[Claim]) -> None:
    """Mark what was said often, and in the many later articles about the person no more, and what is only told of
    long ago: nobody knows whether it is held still."""
    days = sorted({saying.article: saying.day for claim in claims for saying in claim.sayings}.items())
    known = sorted(day for _, day in days if day is not None)
    for claim in claims:
        if claim.stands and claim.until is None and claim.days:
            later = sum(day > claim.days[-1] for day in known)
            rate = len(claim.days) / max(1, len(known) - later)
            if (later >= _HEARD and (1.0 - min(1.0, rate)) ** later < _CHANCE) or _of_old(claim):
                claim.reason = "silent"


def _of_old(claim: Claim) -> bool:
    """Whether all that is said of it is of a day long before the articles that say so."""
    printed = [saying.printed for saying in claim.sayings if not saying.former and saying.printed is not None]
    return bool(printed) and max(printed) - claim.days[-1] > _LONG_SINCE


def _choose(earlier: Claim, later: Claim) -> None:
    """Of two offices that one person cannot hold at once, end the earlier, or drop the lesser."""
    small, large = sorted((earlier, later), key=lambda claim: (claim.articles, claim.post.id))
    if earlier.until is not None and earlier.until <= _middle(later.days):
        return
    once = small.articles == 1 and _rank_apart(earlier.post, later.post) and not (earlier.changed or later.changed)
    if _succeeds(earlier.in_office, later.in_office) and not once:
        if earlier.post.country and not earlier.past:  # one of the two is said by mistake: nobody tells of a change
            small.falls("excluded", large.post.id)
        else:
            earlier.ends(parting(earlier.in_office, later.in_office), "office", later.post.id)
    elif once or large.articles >= _OUTWEIGHS * small.articles:
        small.falls("excluded", large.post.id)
        if once and large.articles == 1:
            large.falls("excluded", small.post.id)


def _rank_apart(post: Post, other: Post) -> bool:
    """Whether two offices are one's head and its deputy, which a writer confuses easily."""
    first, second = (of.head.removesuffix(" thường trực").removeprefix("phó ") for of in (post, other))
    return (first, post.body, post.area, post.within) == (second, other.body, other.area, other.within)


def _one_portfolio(post: Post, other: Post) -> bool:
    """Whether two offices of one head in one country may be one, printed shorter and longer: `Bộ trưởng Giao thông`."""
    if not post.country or (post.head, post.area) != (other.head, other.area):
        return False
    shorter, longer = sorted((set(post.body.split()), set(other.body.split())), key=len)
    return bool(shorter) and shorter <= longer


def excludes(post: Post, other: Post) -> bool:
    """Whether nobody holds both at a time."""
    if post.id == other.id or _one_portfolio(post, other):
        return False
    first, second = post.head.removesuffix(" thường trực"), other.head.removesuffix(" thường trực")
    if first.removeprefix("phó ") == second.removeprefix("phó ") and post.body == other.body:
        same_area = (post.area, post.within) == (other.area, other.within)
        if same_area or first != second:
            return same_area and first != second
    if post.head == other.head and post.body == other.body and post.body:
        return bool(post.area and other.area) and post.exclusive and other.exclusive
    if post.area == other.area and (post.head == other.body or other.head == post.body):
        return True  # nobody is his own spokesman
    if not post.rank or not other.rank:
        return False
    together = {post.rank, other.rank}
    if together == {"secretary", "chair"}:
        return (post.area, post.within) != (other.area, other.within)
    return together != {"deputy premier", "minister"}


def _end_by_former(claims: Iterable[Claim]) -> None:
    """End what more than one article calls past, and what is called past where hardly anything says it is held."""
    for claim in claims:
        days = claim.past_days
        if not claim.stands or not claim.past:
            continue
        if not claim.days:
            claim.ends(days[0] if days else _EVER, "former")
        elif days:
            day = parting(claim.days, days)
            after = sum(d >= day for d in days)
            held = sum(d >= day for d in claim.days)
            if after > held and (after > 1 or claim.articles <= 2):
                claim.ends(day, "former")
            elif claim.past >= claim.articles and days[0] <= claim.days[0]:
                claim.ends(days[0], "former")  # nobody comes back: what is said afterwards is retrospect


def _end_deputies(claims: Sequence[Claim]) -> None:
    """End what one was before one led a body, where several call that past and hardly anything says it is held."""
    led = {_body(claim.post) for claim in claims if claim.past >= _SEVERAL and claim.past > claim.articles}
    for claim in claims:
        post = claim.post
        head = post.head.removesuffix(" thường trực")
        if claim.stands and claim.days and head.startswith("phó ") and (head[4:], *_body(post)[1:]) in led:
            claim.ends(claim.days[0], "former")


def _body(post: Post) -> tuple[str, str, str, str]:
    """A post's head and the body that it is of."""
    return post.head, post.body, post.area, post.within


def _end_by_death(claims: Sequence[Claim]) -> None:
    """End everything of a person whom the news calls late."""
    late = {saying.article: saying.day for claim in claims for saying in claim.sayings if saying.mode == "late"}
    articles = {saying.article for claim in claims for saying in claim.sayings}
    if len(late) > 1 or (late and _LATE * len(late) >= len(articles)):
        first = min((day for day in late.values() if day is not None), default=_EVER)
        for claim in claims:
            if claim.stands:
                claim.ends(first, "late")


def _end_by_retirement(claims: Sequence[Claim]) -> None:
    """End whatever a person held when the news calls him or her retired, but for what is said oftener afterwards."""
    retired = {saying.article: saying.day for claim in claims for saying in claim.sayings if saying.mode == "retired"}
    days = [day for day in retired.values() if day is not None]
    for claim in claims if days else ():
        after = sum(day > min(days) for day in claim.days)
        if claim.stands and after <= len(retired):
            claim.ends(min(days), "retired")


def weigh(claims: Sequence[Claim], people: Mapping[str, Prominence]) -> None:
    """All five questions, for claims that hold every one of each official and of each exclusive office in them."""
    by_official: dict[str, list[Claim]] = {}
    by_post: dict[str, list[Claim]] = {}
    for claim in claims:
        by_official.setdefault(claim.official, []).append(claim)
        by_post.setdefault(claim.post.id, []).append(claim)
    for official, own in by_official.items():
        weigh_alone(own, people[official])
    for named in by_post.values():
        weigh_office(named, people)
    for own in by_official.values():
        weigh_person(own)
