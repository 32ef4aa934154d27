"""Settings: where data lives and how this installation behaves; `<data>/tratin.toml` and the environment."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from index.officials.registry.rows import FILE
from tratin.errors import SettingsError

DEFAULT_DATA = Path("var")
ENGINES = ("embedded", "opensearch")
_URL = re.compile(r"https?://[^\s/:@]+(?::\d{1,5})?/?")
_INDEX = re.compile(r"[a-z][a-z0-9-]{0,60}")
_FRESHEST = 100
_ADDRESS = re.compile(r"(?:https?://[A-Za-z0-9.-]+(?::\d{1,5})?)?")


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's settings; every field may stand in `<data>/tratin.toml` under its own name."""

    data: Path = DEFAULT_DATA
    """The folder that holds everything Tra Tin keeps."""
    contact: str = ""
    """An address of the people who crawl, sent in the User-Agent."""
    hosts: Mapping[str, str] = field(default_factory=dict)
    """Host name → `address:port` to connect to instead (the demo's newsroom lives on loopback this way)."""
    delay: float = 2.0
    """Least seconds between two requests to one host."""
    revisit_days: int = 30
    """Articles are looked at for edits until they are this old."""
    snippets_only: bool = False
    """A public server shows title, lead and snippets and links to the newspaper, never whole texts."""
    workers: int = 2
    """Worker processes of `serve`."""
    jobs: int = 2
    """Processes of `reindex`."""
    cors: str = ""
    """Value of Access-Control-Allow-Origin for the API; empty sends none."""
    rate_limit: int = 0
    """Requests a minute and client that the API answers before 429; 0 is no limit."""
    trusted_proxies: str = "127.0.0.1 ::1"
    """Addresses and networks of the proxies in front of `serve`; only these are believed about clients."""
    address: str = ""
    """Where readers reach `serve`, such as `https://tin.example`: links in feeds lead there, whatever Host says."""
    metrics: bool = False
    """Answer /metrics for Prometheus; whoever can reach the server can read it."""
    query_budget_ms: int = 800
    """Time one search may take before it answers with what it has (`partial`)."""
    freshness: float = 1.0
    """How much newer articles gain by relevance: 1 a little, so that it decides between like ones; 0 nothing; at 10 a
    day-old article outranks one of last year that is clearly better. `tratin rank-diff` shows what a change does."""
    warc_days: int = 0
    """Days that raw responses are kept; 0 keeps them for ever."""

    engine: str = "embedded"
    """What holds the index: `embedded` (files under the data folder) or `opensearch` (a cluster)."""
    front_end: bool = False
    """This folder answers from a cluster that another machine fills, and holds nothing else: what writes, or needs what
    was crawled, is refused here."""
    opensearch_urls: Sequence[str] = field(default_factory=lambda: ["http://127.0.0.1:9200"])
    """Nodes of the cluster; any of them is asked."""
    opensearch_index: str = "tratin"
    """What the names of all indices in the cluster begin with."""
    opensearch_user: str = ""
    opensearch_password: str = ""
    opensearch_api_key: str = ""
    """Instead of user and password."""
    opensearch_ca: str = ""
    """A file of the certificates that the cluster's are signed with; empty trusts those of the system."""
    opensearch_shards: int = 1
    """Of an index built from now on: one for every few million articles."""
    opensearch_replicas: int = 1
    """Copies of every shard; 0 only where the cluster is one node."""
    smtp_host: str = ""
    """The mail server that sends alerts; empty where none are sent by e-mail."""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    """starttls, tls, or none for a server on this machine."""
    smtp_user: str = ""
    """Its password is read from the environment, TRATIN_SMTP_PASSWORD."""
    mail_from: str = ""
    """The address that alerts come from."""
    alerts_a_day: int = 50
    """Articles a day, over the last 30 days of the collection, that a new alert may match; 0 takes any."""

    @property
    def store_path(self) -> Path:
        """The article store's SQLite file."""
        return self.data / "store.sqlite"

    @property
    def registry_path(self) -> Path:
        """The officials' registry's SQLite file."""
        return self.data / FILE

    @property
    def warc_dir(self) -> Path:
        """The folder of WARC files."""
        return self.data / "warc"

    @property
    def index_dir(self) -> Path:
        """The folder of index generations."""
        return self.data / "index"

    @property
    def alerts_path(self) -> Path:
        """The file of alerts."""
        return self.data / "alerts.toml"

    @property
    def ledger_path(self) -> Path:
        """What alerts told, in SQLite."""
        return self.data / "alerts.sqlite"

    @property
    def feeds_dir(self) -> Path:
        """The folder of the feeds of alerts."""
        return self.data / "alerts"

    @property
    def frontier_path(self) -> Path:
        """The crawl frontier's SQLite file."""
        return self.data / "frontier.sqlite"


def load(data: Path) -> Settings:
    """Settings of the data folder `data`; defaults where `tratin.toml` is absent.

    Raises:
        SettingsError: naming the file and the field that cannot be read.
    """
    path = data / "tratin.toml"
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        given = {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    return _settings(data, given, path)


def load_writing(data: Path) -> Settings:
    """Settings of a data folder that has, or may have, a store of its own.

    Raises:
        SettingsError: they cannot be read, or it is a front end's folder.
    """
    settings = load(data)
    if settings.front_end:
        raise SettingsError(
            f"{data} is a front end's folder (front_end in tratin.toml): "
            "run this where the store is, with that folder as --data"
        )
    return settings


def _settings(data: Path, given: dict[str, Any], path: Path) -> Settings:
    known = {f.name: f for f in fields(Settings) if f.name != "data"}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise SettingsError(f"{path}: unknown setting {unknown[0]!r}; known are {', '.join(sorted(known))}")
    plain = Settings()
    for name, value in given.items():
        wanted = type(getattr(plain, name))
        if wanted is float and isinstance(value, int) and not isinstance(value, bool):
            given[name] = float(value)
        elif type(value) is not wanted:
            raise SettingsError(f"{path}: {name} is a {type(value).__name__}, {wanted.__name__} is needed")
    if given.get("smtp_security", "none") not in ("starttls", "tls", "none"):
        raise SettingsError(f"{path}: smtp_security is {given['smtp_security']!r}: starttls, tls or none")
    if not _ADDRESS.fullmatch(given.get("address", "")):
        raise SettingsError(f"{path}: address is {given['address']!r}: scheme and host are needed, https://tin.example")
    _check_engine(given, path)
    if not 0 <= given.get("freshness", 1.0) <= _FRESHEST:
        raise SettingsError(f"{path}: freshness is {given['freshness']}: 0 (no gain) to {_FRESHEST} is possible")
    return Settings(data=data, **given)


def _check_engine(given: Mapping[str, Any], path: Path) -> None:
    if given.get("engine", "embedded") not in ENGINES:
        raise SettingsError(f"{path}: engine is {given['engine']!r}: one of {', '.join(ENGINES)}")
    if given.get("front_end") and given.get("engine") != "opensearch":
        raise SettingsError(f'{path}: a front_end answers from a cluster: engine = "opensearch" is needed beside it')
    for url in given.get("opensearch_urls", ()):
        if not isinstance(url, str) or not _URL.fullmatch(url):
            raise SettingsError(f"{path}: opensearch_urls has {url!r}: scheme, host and port, http://127.0.0.1:9200")
    if not _INDEX.fullmatch(given.get("opensearch_index", "tratin")):
        raise SettingsError(
            f"{path}: opensearch_index is {given['opensearch_index']!r}: a-z, 0-9 and - , a letter first"
        )
