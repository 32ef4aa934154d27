"""Officials of one article, from its text alone."""

from __future__ import annotations

from crawler.article import Article
from index.officials.found import FoundOfficial, Mention, Position
from index.officials.grammar import Person, assign, elements
from index.officials.reading import Reading
from index.officials.titles import Office

VERSION = "1"


def recognize(article: Article) -> tuple[FoundOfficial, ...]:
    """Every official whom the article names with an office, in order of appearance."""
    return recognize_text(article.text)


def recognize_text(text: str) -> tuple[FoundOfficial, ...]:
    """As `recognize`, on `Article.text`."""
    r = Reading(text)
    people = assign(r, elements(r))
    groups: dict[str, list[Person]] = {}
    for person in people:
        groups.setdefault(" ".join(r.lows[person.first : person.last]), []).append(person)
    groups = _joined(groups)
    found = []
    for members in groups.values():
        offices = [office for person in members for office in person.offices]
        positions = _positions(r, text, offices)
        if not positions:
            continue
        best = max(members, key=lambda p: p.last - p.first)
        start, end = r.span(best.first, best.last)
        mentions = []
        for person in members:
            a, b = r.span(person.first, person.last)
            mentions.append(Mention(a, b, text[a:b]))
        rank = next((text[slice(*r.span(p.rank.first, p.rank.last))] for p in members if p.rank), None)
        found.append(FoundOfficial(text[start:end], tuple(mentions), positions, rank, any(p.foreign for p in members)))
    return tuple(found)


def _joined(groups: dict[str, list[Person]]) -> dict[str, list[Person]]:
    """Foreign surnames joined to the full name."""
    joined: dict[str, list[Person]] = {}
    for name in sorted(groups, key=lambda n: -len(n.split())):
        words = name.split()
        whole = (
            next((full for full in joined if len(full.split()) > len(words) and set(words) <= set(full.split())), None)
            if any(p.foreign for p in groups[name])
            else None
        )
        if whole:
            joined[whole].extend(groups[name])
        else:
            joined[name] = groups[name]
    return joined


def _public(office: Office, r: Reading) -> bool:
    kind = office.title.kind
    org = office.organisation
    if org.kind in ("private", "service"):
        return False
    if kind in ("state", "public"):
        return True
    if kind == "deputy":
        return True
    if kind in ("weak", "member"):
        return org.kind == "public" or org.place is not None
    if kind == "leader":
        return org.kind == "public"
    return False


def _positions(r: Reading, text: str, offices: list[Office]) -> tuple[Position, ...]:
    positions: list[Position] = []
    for office in sorted(offices, key=lambda o: o.first):
        if not _public(office, r):
            continue
        a, b = r.span(office.first, office.title_end)
        title = text[a:b]
        org = None
        end = b
        if office.organisation.last > office.organisation.first:
            c, end = r.span(office.organisation.first, office.organisation.last)
            org = text[c:end]
        place = office.organisation.place.name if office.organisation.place else None
        new = Position(title, org, office.former, office.mode, place, a, max(b, end))
        for k, old in enumerate(positions):
            if old.title.lower() == title.lower() and _same(old.organisation, org):
                if len(org or "") > len(old.organisation or ""):
                    positions[k] = Position(
                        title,
                        org,
                        old.former or new.former,
                        old.mode or new.mode,
                        place or old.place,
                        new.start,
                        new.end,
                    )
                break
        else:
            positions.append(new)
    return tuple(positions)


def _same(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return True
    x, y = set(a.lower().split()), set(b.lower().split())
    return x <= y or y <= x
