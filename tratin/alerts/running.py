"""One run of the alerts: match what the store gained, write down whom to tell what, send, write feeds.

What was matched and how far is one transaction, so that a run that is killed anywhere loses nothing: the next one goes
on. A message is marked when the other side has taken it. A kill between the two sends it once more, under the same
Message-ID or Idempotency-Key: nothing else is ever sent twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import quote

from crawler.ground.disk import make_folder, put
from crawler.ground.lock import hold
from crawler.store.reading import StoreReader
from search.searcher import Searcher
from tratin.alerts.definitions import Alert, read
from tratin.alerts.ledger import AlertState, Ledger, Waiting
from tratin.alerts.matching import matches
from tratin.alerts.sending import Mailing, NotSent
from tratin.alerts.verifying import summed
from tratin.alerts.wording import Message
from tratin.errors import AlertError
from tratin.indexing import indexed_upto
from tratin.parts import open_searcher
from tratin.settings import Settings
from tratin.settings_seal import seal_settings
from web.feeds import FeedEntry, atom, entry_moment

_AT_ONCE = 4_000
"""Articles matched in one go."""
_MOST_HITS = 200
"""Articles of one alert that are written down from one go; the page of results has the rest."""
_IN_FEED = 50
LATELY = 30
"""Days of the collection by which an alert is held too broad."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an alert would have told in the last days of the collection."""

    name: str
    days: int
    articles: int
    most: int
    """In one day."""

    @property
    def a_day(self) -> float:
        """Articles a day."""
        return self.articles / self.days


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did."""

    alerts: int
    """On, and in the file."""
    begun: tuple[str, ...]
    """Told of what comes from now on."""
    articles: int
    """New or changed since the run before."""
    matched: int
    """Alerts with a new match."""
    sent: int
    problems: tuple[str, ...]
    """Messages that were not taken."""
    refused: tuple[Estimate, ...] = ()
    """Alerts, new or asking for something else, that would tell of more articles a day than the settings let them: they
    are not begun, or not matched until they are narrowed."""


def run(settings: Settings, say: Callable[[str], None] = lambda line: None) -> RunReport:
    """Match, write down, send.

    Raises:
        AlertError: the file of alerts or the settings have a mistake, or another run goes on.
    """
    alerts = read(settings.alerts_path)
    if any(alert.email for alert in alerts) and not (settings.smtp_host and settings.mail_from):
        raise AlertError("e-mail needs smtp_host and mail_from in tratin.toml (docs/alerts.md)")
    upto = indexed_upto(settings)
    if upto is None:
        raise AlertError("the index is not up to date with this Tra Tin: run `tratin reindex` first")
    with (
        closing(hold(settings.data / "alerts.lock", AlertError, over=settings.data / "alerts", command="tratin alert")),
        Ledger(settings.ledger_path) as ledger,
        StoreReader(settings.store_path) as store,
    ):
        seal_settings(settings.data, (settings.alerts_path.name,))
        known = ledger.states()
        refused = _too_broad(settings, [alert for alert in alerts if _asks_anew(alert, known.get(alert.name))])
        admitted = [alert for alert in alerts if alert.name not in {estimated.name for estimated in refused}]
        begun = ledger.register({alert.name: alert.view for alert in admitted}, upto)
        states = ledger.states()
        on = [alert for alert in admitted if not states[alert.name].off]
        older = [alert for alert in on if alert.name not in begun]
        found, articles = 0, 0
        for ids, change in _news(store, ledger.change or 0, upto):
            say(f"{len(ids):,} articles, {len(older):,} alerts")
            matched = list(matches(settings, ids, [alert.request for alert in older], _MOST_HITS))
            ledger.keep(((older[percolated.place].name, percolated.hits) for percolated in matched), change)
            found, articles = found + len(matched), articles + len(ids)
        _batch(ledger, on)
        sent, problems = _send(settings, ledger, store, {alert.name: alert for alert in on}, states)
        _write_feeds(settings, ledger, [alert for alert in on if alert.feed], states)
        return RunReport(len(on), tuple(begun), articles, found, sent, tuple(problems), tuple(refused))


def _asks_anew(alert: Alert, state: AlertState | None) -> bool:
    """Whether the alert is new, or asks for something else than when it was matched last."""
    return state is None or state.view not in (None, alert.view)


def _too_broad(settings: Settings, new: Sequence[Alert]) -> list[Estimate]:
    """Those of the new or changed alerts that would tell of more a day than the settings let them."""
    if not new or not settings.alerts_a_day:
        return []
    return [alert for alert in estimate(new, open_searcher(settings), LATELY) if alert.a_day > settings.alerts_a_day]


def _news(store: StoreReader, since: int, upto: int) -> Iterator[tuple[list[str], int]]:
    """What may be shown of what changed, a part at a time, each with the change that it reaches to."""
    changed = [change for change in store.changes(since) if change.change <= upto]
    for first in range(0, len(changed), _AT_ONCE):
        part = changed[first : first + _AT_ONCE]
        yield [change.id for change in part if change.state == "live"], part[-1].change


def _batch(ledger: Ledger, alerts: Sequence[Alert]) -> None:
    untold = ledger.untold()
    for alert in alerts:
        if alert.name in untold and (alert.every_hours == 0 or ledger.due(alert.name, alert.every_hours)):
            ledger.batch(alert.name, alert.channels)


def _send(
    settings: Settings,
    ledger: Ledger,
    store: StoreReader,
    alerts: Mapping[str, Alert],
    states: Mapping[str, AlertState],
) -> tuple[int, list[str]]:
    sent, problems, down = 0, [], set()
    with Mailing(settings) as post:
        for waiting in ledger.waiting():
            place = _server(waiting)
            if waiting.alert not in alerts or place in down:
                continue
            message = _message(settings, ledger, store, alerts[waiting.alert], states[waiting.alert], waiting)
            try:
                if message.total:
                    post.send(message, waiting.channel, waiting.target)
                    sent += 1
                ledger.sent(waiting.number)
            except NotSent as error:
                ledger.failed(waiting.number, str(error), for_good=error.for_good)
                problems.append(f"{waiting.alert}: {error}")
                if not error.for_good:
                    down.add(place)  # the rest for it waits for the next run
    return sent, problems


def _server(waiting: Waiting) -> str:
    return "email" if waiting.channel == "email" else "/".join(waiting.target.split("/")[:3])


def _message(
    settings: Settings, ledger: Ledger, store: StoreReader, alert: Alert, state: AlertState, waiting: Waiting
) -> Message:
    """The message without what was withdrawn since it was made."""
    articles = [article for article in ledger.articles(waiting.batch) if store.state(article.id) == "live"]
    id = f"{ledger.id}-{waiting.number}"
    return Message(alert, id, tuple(articles[: alert.most]), len(articles), state.off_key, settings.address)


def _write_feeds(settings: Settings, ledger: Ledger, alerts: Sequence[Alert], states: Mapping[str, AlertState]) -> None:
    """The feed of every alert that has one, whole or not at all."""
    if alerts:
        make_folder(settings.feeds_dir, mode=0o700)  # who follows what is in the names of its files
    for alert in alerts:
        path = settings.feeds_dir / f"{states[alert.name].feed}.atom"
        here = f"{settings.address}/alert/{path.name}" if settings.address else path.resolve().as_uri()
        entries = [
            FeedEntry(
                f"{settings.address}/article/{quote(article.id)}"
                if settings.address
                else article.url or f"urn:tratin:{article.id}",
                article.title,
                entry_moment(article.published),
                article.snippet,
                article.source,
                article.url,
            )
            for article in ledger.latest(alert.name, _IN_FEED)
        ]
        page = f"{settings.address}/?{alert.view}" if settings.address else here
        content = summed(atom(f"{alert.name} – Tra Tin", here, page, entries))
        if not path.is_file() or path.read_bytes() != content:
            put(path, content)


def estimate(alerts: Sequence[Alert], searcher: Searcher, days: int) -> Iterator[Estimate]:
    """What each alert would have told in the last days that the collection holds."""
    for alert in alerts:
        articles, most = searcher.summary(alert.request).lately(searcher.directory.as_of(), days)
        yield Estimate(alert.name, days, articles, most)
