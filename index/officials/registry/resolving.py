"""One resolution of the registry: names → people → stable ids → posts and times, inside one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from index.officials.posts.name_keys import name_key
from index.officials.registry.corrections import Corrections
from index.officials.registry.counts import Tallies
from index.officials.registry.geography import survey
from index.officials.registry.identity import resolve_name
from index.officials.registry.look_up_tables import Pages
from index.officials.registry.name_spelling import Bearer, misprints
from index.officials.registry.profile_reading import Profiles
from index.officials.registry.profiles import Cluster, Profile

RULES = "14"
"""Changes when names would be resolved otherwise: everything is resolved anew then."""


class Resolution:
    """Resolves in an open transaction; nothing is committed here."""

    def __init__(self, db: sqlite3.Connection, corrections: Corrections, counts: Tallies) -> None:
        self._db = db
        self._corrections = corrections
        self._counts = counts
        self.warnings: tuple[str, ...] = ()
        self._geography = survey(db)
        self._profiles = Profiles(db, self._geography)

    def run(self, *, full: bool) -> list[str]:
        """Resolve; the ids of articles whose officials are new or other than before."""
        stamp = f"{RULES} {self._corrections.digest}"
        known = dict(self._db.execute("SELECT name, value FROM meta").fetchall())
        full = full or known.get("stamp") != stamp or known.get("land") != self._geography.stamp
        settled: list[tuple[Cluster, str]] = []
        if full:
            clusters = self._clusters("")
        else:
            settled, open_names = self._settle()
            self._want(open_names | self._at_new_homes(json.loads(known["homes"])))
            clusters = self._clusters("WHERE f.key IN (SELECT key FROM wanted)")
        self._profiles.tell_countries(clusters)
        self._profiles.tell_areas(clusters)
        ids = self._joined(clusters, self._identify(clusters), everything=full)
        clusters += [cluster for cluster, _ in settled]
        ids += [id for _, id in settled]
        official, reasons = self._corrected(clusters, ids)
        fresh = {id for (id,) in self._db.execute("SELECT id FROM article WHERE fresh")}
        changed = fresh | self._write(official, reasons, fresh, everything=full)
        pages = Pages(self._db, self._corrections)
        pages.rewrite(self._counts, self._profiles.offices, redirects=self._redirects(official), everything=full)
        self._check_corrections()
        self._db.execute("UPDATE article SET fresh = 0 WHERE fresh")
        stamps = [("stamp", stamp), ("land", self._geography.stamp), ("homes", json.dumps(dict(self._geography.homes)))]
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", stamps)
        return sorted(changed)

    def _settle(self) -> tuple[list[tuple[Cluster, str]], set[str]]:
        """New mentions that plainly are someone known, with the id; and the names that must be looked at as a whole.

        Plainly: the only one of the name in that very post, or the only one of the name when no post is said.
        """
        settled: list[tuple[Cluster, str]] = []
        unsettled: set[str] = set()
        named = self._profiles.names("WHERE f.article IN (SELECT id FROM article WHERE fresh)")
        for key, profile in [(key, profile) for key, profiles in named.items() for profile in profiles]:
            posts = sorted({office.id for office, _ in profile.offices if office.specific})
            sql = "SELECT DISTINCT o.id FROM official o WHERE o.key = ? AND o.articles"
            if posts:
                sql = f"""SELECT DISTINCT o.id FROM official o JOIN membership m ON m.official = o.id
                          WHERE o.key = ? AND o.articles AND m.office IN ({", ".join("?" * len(posts))})"""
            found = self._db.execute(sql, (key, *posts)).fetchall()
            vague = not posts and any(office.body for office, _ in profile.offices)
            if len(found) != 1 or vague:
                unsettled.add(key)
                continue
            reason = f"office {posts[0]}" if posts else "only"
            settled.append((Cluster([profile], {profile.number: reason}), found[0][0]))
            self._profiles.tell_country_of(profile, found[0][0])
        return settled, unsettled

    def _at_new_homes(self, before: Mapping[str, str]) -> set[str]:
        """Keys of the names in newspapers of which another province, or none, was known to be the home."""
        homes = self._geography.homes
        other = sorted(source for source in before.keys() | homes if before.get(source) != homes.get(source))
        sql = "SELECT DISTINCT f.key FROM article a JOIN found f ON f.article = a.id WHERE a.source = ?"
        return {key for source in other for (key,) in self._db.execute(sql, (source,))}

    def _want(self, keys: Iterable[str]) -> None:
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (key TEXT PRIMARY KEY)")
        self._db.execute("DELETE FROM wanted")
        self._db.executemany("INSERT INTO wanted VALUES (?)", ((key,) for key in keys))

    def _clusters(self, where: str) -> list[Cluster]:
        return [
            c
            for profiles in self._profiles.names(where).values()
            for c in resolve_name(profiles, self._geography.mergers)
        ]

    def _identify(self, clusters: list[Cluster]) -> list[str]:
        """A stable id for each cluster: the one that most of it had before, else a new one made of the name."""
        votes: list[tuple[int, str, int]] = []
        for k, cluster in enumerate(clusters):
            counts = Counter(id for p in cluster.profiles if (id := self._profiles.before[p.number]))
            votes.extend((-n, id, k) for id, n in counts.items())
        ids: dict[int, str] = {}
        assigned: set[str] = set()
        shared = {merge.ids[0] for merge in self._corrections.merges}
        for _, id, k in sorted(votes):
            if k not in ids and (id not in assigned or id in shared):
                ids[k] = id
                assigned.add(id)
        known = {id for (id,) in self._db.execute("SELECT id FROM official")} | assigned
        known |= {split.new for split in self._corrections.splits}
        for k, cluster in enumerate(clusters):
            if k not in ids:
                ids[k] = _new_id(cluster.name, known)
                known.add(ids[k])
        return [ids[k] for k in range(len(clusters))]

    def _joined(self, clusters: list[Cluster], ids: list[str], *, everything: bool) -> list[str]:
        """Join misprinted, reordered and shortened names to the people who hold the same post."""
        bearers = [_bearer(k, cluster) for k, cluster in enumerate(clusters)]
        outside: list[str] = []
        if not everything:
            posts = {post for bearer in bearers for post in bearer.posts}
            for bearer, id in self._others(posts, set(ids), len(clusters)):
                bearers.append(bearer)
                outside.append(id)
        joined = list(ids)
        for k, (usual, how) in misprints(bearers).items():
            if k < len(clusters):
                joined[k] = ids[usual] if usual < len(clusters) else outside[usual - len(clusters)]
                clusters[k].reasons.update((p.number, how) for p in clusters[k].profiles)
        return joined

    def _others(self, posts: set[str], ids: set[str], first: int) -> Iterable[tuple[Bearer, str]]:
        marks = ", ".join("?" * len(posts))
        sql = f"""
            SELECT o.id, o.name, o.is_foreign, o.articles, group_concat(m.office, ' ') FROM membership m
            JOIN official o ON o.id = m.official WHERE m.office IN ({marks}) GROUP BY o.id ORDER BY o.id
        """
        rows = self._db.execute(sql, sorted(posts)).fetchall() if len(posts) < 30_000 else []
        rows = [row for row in rows if row[0] not in ids]
        for k, (id, name, foreign, articles, offices) in enumerate(rows, first):
            yield Bearer(k, name, bool(foreign), articles, frozenset(offices.split())), id

    def _corrected(self, clusters: list[Cluster], ids: list[str]) -> tuple[dict[int, str], dict[int, str]]:
        """Official and reason of every profile, after the archivist's corrections."""
        official: dict[int, str] = {}
        reasons: dict[int, str] = {}
        same = {id: merge.ids[0] for merge in self._corrections.merges for id in merge.ids[1:]}
        for cluster, id in zip(clusters, ids, strict=True):
            for profile in cluster.profiles:
                own, reason = id, cluster.reasons.get(profile.number, "name")
                for alias in self._corrections.aliases:
                    if name_key(profile.name) in alias.keys and alias.organisation in self._alias_key(profile):
                        own, reason = alias.id, "correction alias"
                if own in same:
                    own, reason = same[own], "correction merge"
                for split in self._corrections.splits:
                    if own == split.id and profile.article in split.articles:
                        own, reason = split.new, "correction split"
                official[profile.number] = own
                reasons[profile.number] = reason
        return official, reasons

    def _alias_key(self, profile: Profile) -> str:
        """What the offices of a mention say, as a key to look an alias's organisation up in."""
        return name_key(" ".join(f"{o.body} {o.area.name if o.area else ''}" for o, _ in profile.offices))

    def _write(
        self, official: Mapping[int, str], reasons: Mapping[int, str], fresh: set[str], *, everything: bool
    ) -> set[str]:
        """Write who is who, and count it; the articles in which someone changed."""
        profiles = self._profiles
        posts = [(at, office.id) for at, office in profiles.offices.items() if profiles.posts_before[at] != office.id]
        changed = self._articles(number for number, id in official.items() if profiles.before[number] != id)
        counted = set() if everything else fresh | changed | self._articles({number for (number, _), _ in posts})
        for article in counted:
            self._counts.withdraw(article)
        self._db.executemany(
            "UPDATE found SET official = ?1, reason = ?2 "
            "WHERE number = ?3 AND (official IS NOT ?1 OR reason IS NOT ?2)",
            ((id, reasons[number], number) for number, id in official.items()),
        )
        self._db.executemany(
            "UPDATE held SET office = ? WHERE found = ? AND place_in = ?", ((id, *at) for at, id in posts)
        )
        for article in counted:
            self._counts.add(article)
        if everything:
            self._counts.recount()
        self._counts.close()
        return changed

    def _articles(self, numbers: Iterable[int]) -> set[str]:
        """The articles of some mentions."""
        self._want(str(number) for number in numbers)
        sql = "SELECT DISTINCT f.article FROM wanted w JOIN found f ON f.number = CAST(w.key AS INTEGER)"
        return {article for (article,) in self._db.execute(sql)}

    def _redirects(self, official: dict[int, str]) -> dict[str, str]:
        """Old id → the id that most of its mentions have now."""
        moved: dict[str, Counter[str]] = defaultdict(Counter)
        for number, id in official.items():
            if (before := self._profiles.before[number]) and before != id:
                moved[before][id] += 1
        found = {before: counts.most_common(1)[0][0] for before, counts in moved.items()}
        found.update((id, merge.ids[0]) for merge in self._corrections.merges for id in merge.ids[1:])
        return found

    def _check_corrections(self) -> None:
        sql = "SELECT 1 FROM official WHERE id = ?"
        missing = [id for id in sorted(self._corrections.ids) if not self._db.execute(sql, (id,)).fetchone()]
        self.warnings = tuple(f"officials.toml names {id!r}, an id that nobody has" for id in missing)


def _new_id(name: str, known: set[str]) -> str:
    base = "-".join(name_key(name).split())[:60] or "official"
    id, number = base, 2
    while id in known:
        id, number = f"{base}-{number}", number + 1
    return id


def _bearer(key: int, cluster: Cluster) -> Bearer:
    posts = frozenset(
        office.id
        for p in cluster.profiles
        for office, former in p.offices
        if office.specific and office.few and not former
    )
    articles = len({p.article for p in cluster.profiles})
    return Bearer(key, cluster.name, any(p.foreign for p in cluster.profiles), articles, posts)
