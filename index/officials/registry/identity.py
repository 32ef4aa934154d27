"""Who is the same person: people of one name, parted and joined by their offices, bodies and areas.

Inside one name, two mentions are of one person when they share a post, a body, or the leadership of one area; so an
article that tells of a change of office joins what came before with what came after. Nothing shared: different
people, unless the name is borne by one person only. A wrong join would put words into someone's mouth, a missing one
only makes a reader click twice: in doubt, apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from index.officials.posts.areas import COMMUNE, DISTRICT
from index.officials.posts.name_keys import marked_key, name_key
from index.officials.registry.geography import Merger
from index.officials.registry.kinship import in_assembly, kindred
from index.officials.registry.profiles import Cluster, Profile

_FIRMNESS = {"office": 0, "body": 1, "area": 2}
_VAGUE = frozenset({"quản lý", "tổ chức", "cảnh sát", "chỉ đạo", "kế hoạch", "tâm phát", "tâm quản", "nhân dân"})
"""Second and third words of a body's name that tell nothing yet."""
_NEAR = 10
"""Days between two articles that give one name the same bare title and mean one person."""


def resolve_name(profiles: Sequence[Profile], mergers: Mapping[str, Merger] | None = None) -> list[Cluster]:
    """Part the profiles of one `name_key` into people, the most often named first.

    `mergers`: provinces that became others; who led something in the old one may do so in the new one.
    """
    mergers = mergers or {}
    by_marks: dict[str, list[Profile]] = defaultdict(list)
    profiles = sorted(profiles, key=lambda p: (p.day is None, p.day or 0, p.article, p.number))
    if 2 * sum(profile.foreign for profile in profiles) > len(profiles):
        return [Cluster(profiles, {p.number: "name" for p in profiles})]  # marks of foreign names are printed freely
    for profile in profiles:
        by_marks[marked_key(profile.name)].append(profile)
    clusters = [cluster for same in by_marks.values() for cluster in _resolve_spelling(same, mergers)]
    clusters.sort(key=_order)
    return sorted(_join_marks(clusters), key=_order) if len(by_marks) > 1 else clusters


def _order(cluster: Cluster) -> tuple[int, str]:
    return -len(cluster.profiles), cluster.profiles[0].article


def _resolve_spelling(profiles: list[Profile], mergers: Mapping[str, Merger]) -> list[Cluster]:
    groups = _linked(profiles)
    firm = [group for group in groups if any(_anchors(profile) for profile in group) or in_assembly(group)]
    loose = [profile for group in groups if group not in firm for profile in group]
    firm = _join_kindred(firm, mergers)
    clusters = [Cluster(group, _reasons(group)) for group in firm]
    _place_loose(loose, clusters)
    return clusters


def _anchors(profile: Profile) -> set[str]:
    """What ties a profile to others of the same name."""
    found = set()
    for office, _ in profile.offices:
        if office.specific:
            found.add(f"office {office.id}")
        elif office.local or len(office.body.split()) < 3 or not office.complete:
            continue
        if office.body and not (office.body == "quốc hội" and office.area is None):
            found.add(f"body {_stem(office.body)}|{office.area.slug if office.area else ''}")
        if office.area and office.area.level in (DISTRICT, COMMUNE):
            found.add(f"area {name_key(office.area.name)}")
        elif office.area and office.leading:
            found.add(f"area {office.area.slug}")
    return found


def _stem(body: str) -> str:
    """The first words of a body's name: enough inside one personal name, and deaf to what was glued to its end."""
    words = body.split()
    return " ".join(words[: 4 if " ".join(words[1:3]) in _VAGUE else 3])


def _linked(profiles: Sequence[Profile]) -> list[list[Profile]]:
    """Connected components over shared anchors."""
    parent = list(range(len(profiles)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    first: dict[str, int] = {}
    for k, profile in enumerate(profiles):
        for anchor in _anchors(profile):
            other = first.setdefault(anchor, k)
            parent[root(k)] = root(other)
    groups: dict[int, list[Profile]] = defaultdict(list)
    for k, profile in enumerate(profiles):
        groups[root(k)].append(profile)
    return list(groups.values())


def _join_kindred(groups: list[list[Profile]], mergers: Mapping[str, Merger]) -> list[list[Profile]]:
    """Join groups that share no post but fit: leaders of the State with each other, posts of one province."""
    joined: list[list[Profile]] = []
    for group in sorted(groups, key=lambda g: (-len(g), g[0].article)):
        fitting = [known for known in joined if kindred(known, group, mergers)]
        if len(fitting) == 1:
            fitting[0].extend(group)
        else:
            joined.append(list(group))
    return joined


def _place_loose(loose: Sequence[Profile], clusters: list[Cluster]) -> None:
    """Mentions whose office names no post: with the one person they can be, else with their like of the same days."""
    known = list(clusters)
    own: list[Cluster] = []
    for profile in loose:
        heads = _heads(profile)
        fitting = [c for c in known if any(heads & _heads(p) for p in c.profiles)]
        alike = bool(fitting)
        if not fitting and not any(office.body for office, _ in profile.offices):
            fitting = known
        if len(fitting) == 1:
            fitting[0].profiles.append(profile)
            fitting[0].reasons[profile.number] = "title" if alike else "only"
            continue
        if fitting:
            nearest = min(fitting, key=lambda c: (_days(profile, c), -len(c.profiles)))
            if _days(profile, nearest) <= _NEAR or len(nearest.profiles) >= 5 * len(heads):
                nearest.profiles.append(profile)
                nearest.reasons[profile.number] = "nearest"
                continue
        like = next((c for c in own if heads & _heads(c.profiles[-1]) and _days(profile, c) <= _NEAR), None)
        if like is None:
            like = Cluster([])
            own.append(like)
        like.profiles.append(profile)
        like.reasons[profile.number] = "title"
    clusters.extend(own)


def _heads(profile: Profile) -> set[str]:
    heads = (office.head.removesuffix(" thường trực") for office, _ in profile.offices)
    return {"đại biểu" if head.startswith("đại biểu") else head for head in heads}


def _days(profile: Profile, cluster: Cluster) -> int:
    days = [abs(profile.day - p.day) for p in cluster.profiles if profile.day is not None and p.day is not None]
    return min(days, default=10_000)


def _reasons(group: Sequence[Profile]) -> dict[int, str]:
    """For each profile, the firmest anchor that it shares with another one of the group."""
    anchors = {profile.number: _anchors(profile) for profile in group}
    borne = Counter(anchor for own in anchors.values() for anchor in own)
    alone = "first" if len(group) == 1 else "kindred"
    return {
        number: min(
            (a for a in own if borne[a] > 1), key=lambda a: (_FIRMNESS[a.split()[0]], -borne[a], a), default=alone
        )
        for number, own in anchors.items()
    }


def _join_marks(clusters: list[Cluster]) -> list[Cluster]:
    """Join a rarely printed spelling (`Thinh`) to the usual one (`Thịnh`) that holds the same post."""
    joined: list[Cluster] = []
    for cluster in clusters:
        spelling = marked_key(cluster.name)
        usual = next(
            (
                known
                for known in joined
                if marked_key(known.name) != spelling
                and len(known.profiles) >= 2 * len(cluster.profiles)
                and (known.offices & cluster.offices or _bare(cluster, known))
            ),
            None,
        )
        if usual is None:
            joined.append(cluster)
            continue
        usual.profiles.extend(cluster.profiles)
        usual.reasons.update((p.number, f"marks {p.name}") for p in cluster.profiles)
    return joined


def _bare(rare: Cluster, usual: Cluster) -> bool:
    """Whether a rare spelling stands only with a bare title that the usual one has, in the same days."""
    titles = {head for profile in usual.profiles for head in _heads(profile)}
    return not rare.offices and all(
        profile.offices and _heads(profile) <= titles and _days(profile, usual) <= _NEAR for profile in rare.profiles
    )
