"""Alerts, to a real SMTP server and a real HTTP server on loopback: told once, never lost, switched off at will."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from crawler.article import Article
from crawler.ground.seal import check
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.alerts.definitions import read
from tratin.alerts.ledger import Ledger, LedgerDesk
from tratin.alerts.running import RunReport, estimate, run
from tratin.errors import AlertError
from tratin.indexing import reindex
from tratin.parts import open_searcher
from tratin.settings import Settings, load
from web.app import create_app
from web.backend import WebSettings

ADDRESS = "https://tin.example"


class Mailbox:
    """Keeps what comes; refuses one recipient for good."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("khong-co"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def mail() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


class Hook:
    """A webhook: what it got, and what it does before it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.status = 204
        self.kill: subprocess.Popen[bytes] | None = None
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if hook.status < 300:
                    hook.got.append((self.headers["Idempotency-Key"], content))
                if hook.kill:
                    hook.kill.send_signal(signal.SIGKILL)
                    hook.kill.wait()
                    hook.kill = None
                    return
                self.send_response(hook.status)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/bi-mat"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def hook() -> Iterator[Hook]:
    with closing(Hook()) as made:
        yield made


def article(number: int, about: str) -> Article:
    return Article(
        id=f"baomau-{number}",
        title=f"{about}, đợt {number}",
        url=f"https://baomau.example/tin-{number}.html",
        source="baomau.example",
        lead="Sáng nay, bà con xã Bến Mây đến dự rất đông.",
        paragraphs=("Công trình nối hai bờ sông, rút ngắn đường đến trường.",),
        published=f"2024-03-{number % 28 + 1:02}T08:30:00+07:00",
        fetched="2024-04-02T03:04:05+07:00",
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    keep(tmp_path, *(article(number, "Khánh thành cầu Bến Mây") for number in range(1, 6)))
    return tmp_path


def keep(data: Path, *articles: Article) -> None:
    """What an update does: keep articles, bring the index up."""
    with Store(data / "store.sqlite") as store:
        for one in articles:
            store.keep(one)
        store.commit()
    reindex(load(data), full=False, jobs=1, progress=lambda step, done, total: None)


def write(data: Path, *tables: str, settings: str = "") -> None:
    (data / "alerts.toml").write_text("\n".join(f"[[alert]]\n{one}" for one in tables), encoding="utf-8")
    (data / "tratin.toml").write_text(settings, encoding="utf-8")


def ran(data: Path) -> RunReport:
    return run(load(data))


def news(data: Path, hook: Hook) -> list[str]:
    """Run; which articles the webhook got by it."""
    before = len(hook.got)
    ran(data)
    return [one["id"] for _, message in hook.got[before:] for one in message["articles"]]


def by_mail(port: int) -> str:
    host = f'smtp_host = "127.0.0.1"\nsmtp_port = {port}\nsmtp_security = "none"\nmail_from = "tra-tin@tin.example"\n'
    return host + f'address = "{ADDRESS}"\n'


def test_new_articles_are_told_once_by_mail_with_a_way_to_stop(data: Path, mail: tuple[Mailbox, int]) -> None:
    box, port = mail
    write(
        data, 'name = "Cầu Bến Mây"\nquery = \'"cầu Bến Mây"\'\nemail = "ban@toa-soan.example"', settings=by_mail(port)
    )
    assert ran(data).begun == ("Cầu Bến Mây",)
    assert box.mails == [], "a new alert is told of what comes"
    keep(data, article(6, "Sửa cầu Bến Mây"), article(7, "Mở lớp dạy nghề"))
    assert (ran(data).sent, ran(data).sent) == (1, 0)
    (told,) = box.mails
    text = told.get_content()
    assert str(told["Subject"]) == "[Tra Tin] 1 bài mới: Cầu Bến Mây"
    assert "Sửa cầu Bến Mây, đợt 6" in text
    assert f"{ADDRESS}/article/baomau-6" in text
    assert "Mở lớp" not in text
    key = text.rpartition("/alert/off/")[2].strip()
    assert told["List-Unsubscribe"] == f"<{ADDRESS}/alert/off/{key}>"
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    app = create_app(
        open_searcher(load(data)),
        StoreReader(data / "store.sqlite"),
        WebSettings(),
        lambda article, version: None,
        desk=LedgerDesk(data / "alerts.sqlite", data / "alerts"),
    )
    client = app.test_client()
    assert "Cầu Bến Mây" in client.get(f"/alert/off/{key}").text
    keep(data, article(8, "Sơn cầu Bến Mây"))
    assert ran(data).sent == 1, "to look at the page switches nothing off"
    assert "đã tắt" in client.post(f"/alert/off/{key}").text
    keep(data, article(9, "Lát cầu Bến Mây"))
    assert ran(data).sent == 0
    assert client.post("/alert/off/khong-co").status_code == 404


def test_a_webhook_gets_what_matches_and_a_withdrawn_article_is_not_told(data: Path, hook: Hook) -> None:
    write(data, f'name = "Bến Mây"\nquery = "Bến Mây"\nwebhook = "{hook.url}"\nmost = 1\nsource = "baomau.example"')
    ran(data)
    keep(data, *(article(number, "Khánh thành cầu") for number in (10, 11, 12)))
    hook.status = 503
    failed = ran(data)
    assert failed.sent == 0
    assert failed.problems == (f"Bến Mây: {hook.url.removesuffix('/bi-mat')} answered 503",), "the path may be a secret"
    with Store(data / "store.sqlite") as store:
        store.withdraw("baomau-11", "toà soạn yêu cầu")
        store.commit()
    hook.status = 200
    assert ran(data).sent == 1
    ((_, told),) = hook.got
    assert (told["total"], len(told["articles"])) == (2, 1)
    assert told["off"].startswith("tratin alert off ")
    assert "baomau-11" not in json.dumps(told)


def test_a_refused_recipient_is_reported_and_the_others_are_told(data: Path, mail: tuple[Mailbox, int]) -> None:
    box, port = mail
    write(data, 'name = "Cầu"\nquery = "cầu"\nemail = ["khong-co@x.example", "ban@x.example"]', settings=by_mail(port))
    ran(data)
    keep(data, article(6, "Sửa cầu"))
    told = ran(data)
    assert told.sent == 1
    assert "550" in told.problems[0]
    assert [one["To"] for one in box.mails] == ["ban@x.example"]
    assert ran(data).problems == (), "refused for good"


def test_no_kill_loses_an_alert_and_a_message_sent_again_says_so(data: Path, hook: Hook) -> None:
    write(data, *(f'name = "{word}"\nquery = "{word}"\nwebhook = "{hook.url}"' for word in ("cầu", "đợt", "Bến Mây")))
    ran(data)
    keep(data, *(article(number, "Sửa cầu") for number in (20, 21)))
    hook.kill = command = begin(data)
    command.wait(60)
    assert command.returncode == -signal.SIGKILL, "killed when the other side had the message, and we no answer"
    for wait in (0.5, 1.5):
        killed = begin(data)
        time.sleep(wait)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert begin(data).wait(60) == 0
    assert begin(data).wait(60) == 0
    keys = Counter(key for key, _ in hook.got)
    told = {(content["alert"], one["id"]) for _, content in hook.got for one in content["articles"]}
    assert told == {(word, f"baomau-{n}") for word in ("cầu", "đợt", "Bến Mây") for n in (20, 21)}
    assert len(keys) == 3, "what is sent again is the same message"
    assert sum(keys.values()) <= 3 + 3, "once more for every kill at most"


def test_a_reader_who_switches_an_alert_off_during_a_run_takes_nothing_from_it(data: Path) -> None:
    """The run's log is its own until it ends: whoever closes the ledger meanwhile is not the last."""
    write(data, 'name = "cầu"\nquery = "cầu"\nfeed = true', 'name = "đợt"\nquery = "đợt"\nfeed = true')
    ran(data)
    path = data / "alerts.sqlite"
    with Ledger(path) as running:
        running.register({"thêm": "q=th%C3%AAm"}, 1)
        command = [sys.executable, "-m", "tratin", "--data", str(data), "alert", "off", "đợt"]
        subprocess.run(command, cwd=Path(__file__).parents[2], check=True, capture_output=True)
        assert path.with_name("alerts.sqlite-wal").exists()
        running.register({"nữa": "q=n%E1%BB%AFa"}, 1)
    with Ledger(path) as after:
        states = after.states()
    assert set(states) == {"cầu", "đợt", "thêm", "nữa"}
    assert [name for name, state in states.items() if state.off] == ["đợt"]
    assert check(path).state == "whole"


def begin(data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tratin", "--data", str(data), "alert"]
    return subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.DEVNULL, env=os.environ.copy())


def test_an_alert_waits_for_its_hours_and_gathers(data: Path, hook: Hook) -> None:
    write(data, f'name = "cầu"\nquery = "cầu"\nwebhook = "{hook.url}"\nevery_hours = 24')
    ran(data)
    for number in (30, 31):
        keep(data, article(number, "Sửa cầu"))
        ran(data)
    assert [content["total"] for _, content in hook.got] == [1]
    with Ledger(data / "alerts.sqlite") as ledger:
        assert ledger.untold() == {"cầu"}


def test_an_alert_has_a_feed_and_its_filters_hold(data: Path) -> None:
    write(data, 'name = "Nguồn khác"\naddress = "http://x.example/?q=c%E1%BA%A7u&source=khac.example"\nfeed = true')
    ran(data)
    keep(data, article(6, "Sửa cầu"), Article.from_json(article(7, "Xây cầu").as_json() | {"source": "khac.example"}))
    ran(data)
    (feed,) = (data / "alerts").glob("*.atom")
    assert "Xây cầu" in feed.read_text(encoding="utf-8")
    assert "Sửa cầu" not in feed.read_text(encoding="utf-8")


def test_an_estimate_counts_what_would_have_been_told(data: Path) -> None:
    write(data, 'name = "cầu"\nquery = "cầu"\nfeed = true')
    (found,) = estimate(read(data / "alerts.toml"), open_searcher(load(data)), 3)
    assert (found.articles, found.most) == (3, 1)


def test_an_alert_that_is_too_broad_is_refused_with_its_estimate_and_the_limit(data: Path) -> None:
    keep(data, *(article(number, f"Cầu treo bản {number}") for number in range(6, 60)))
    broad, narrow = 'name = "Rộng"\nquery = "cầu"\nfeed = true', 'name = "Hẹp"\nquery = "khánh thành"\nfeed = true'
    write(data, broad, narrow, settings="alerts_a_day = 1")
    command = [sys.executable, "-m", "tratin", "--data", str(data), "alert"]
    first = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert first.returncode == 1
    assert "Rộng: refused: 2.0 articles a day over the last 30, at most 1 are told" in first.stderr
    assert "Hẹp: begun" in first.stderr
    before = subprocess.run([*command, "estimate"], capture_output=True, encoding="utf-8", check=True).stdout
    assert "too broad: 2.0 articles a day over the last 30, at most 1" in before.splitlines()[0]
    assert "too broad" not in before.splitlines()[1]
    write(data, broad, narrow, settings="alerts_a_day = 0")
    assert ran(data).begun == ("Rộng",), "0 takes any"


def test_an_alert_that_asks_for_more_under_its_name_goes_on_and_tells_nothing_twice(data: Path, hook: Hook) -> None:
    address = f'webhook = "{hook.url}"'
    write(data, f'name = "Khánh thành"\nquery = "khánh thành"\n{address}')
    ran(data)
    keep(data, article(6, "Khánh thành cầu treo"), article(7, "Sửa cầu treo"))
    assert news(data, hook) == ["baomau-6"]
    write(data, f'name = "Khánh thành"\nquery = "cầu"\n{address}')
    assert news(data, hook) == [], "what only the wider query matches is not told afterwards"
    keep(data, article(6, "Khánh thành cầu treo Nà Lè"), article(8, "Sửa cầu dây"))
    assert news(data, hook) == ["baomau-8"]


def test_an_alert_made_too_broad_is_refused_until_it_is_narrowed(data: Path, hook: Hook) -> None:
    address = f'webhook = "{hook.url}"'
    narrow, broad = (f'name = "Cầu"\nquery = "{query}"\n{address}' for query in ("khánh thành", "cầu"))
    keep(data, *(article(number, f"Cầu treo bản {number}") for number in range(10, 70)))
    write(data, narrow, settings="alerts_a_day = 1")
    assert ran(data).begun == ("Cầu",)
    write(data, broad, settings="alerts_a_day = 1")
    keep(data, article(80, "Khánh thành cầu treo"))
    assert [one.name for one in ran(data).refused] == ["Cầu"]
    assert hook.got == []
    assert [one.name for one in ran(data).refused] == ["Cầu"], "again, as long as the file asks for it"
    write(data, narrow, settings="alerts_a_day = 1")
    assert ran(data).refused == ()
    keep(data, article(81, "Khánh thành cầu dây"))
    assert news(data, hook) == ["baomau-81"]


def test_a_ledger_of_the_format_before_is_brought_on(data: Path) -> None:
    write(data, 'name = "cầu"\nquery = "cầu"\nfeed = true')
    ran(data)
    path = load(data).ledger_path
    with sqlite3.connect(path) as db:
        db.executescript("ALTER TABLE alert DROP COLUMN view; PRAGMA user_version = 1")
    path.with_name(path.name + ".seal").unlink(missing_ok=True)
    with Ledger(path) as ledger:
        assert ledger.states()["cầu"].view is None
    assert ran(data).begun == ()
    with Ledger(path) as ledger:
        assert ledger.states()["cầu"].view


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('query = "x"\nfeed = true', "name is needed"),
        ('name = "x"\nquery = "x"', "nobody is told"),
        ('name = "x"\nfeed = true', "asks for every article"),
        ('name = "x"\nquery = "x"\nemail = "a b"', "no e-mail address"),
        ('name = "x"\nquery = "x"\nemail = "a@b.example\\nBcc: c@d.example"', "no e-mail address"),
        ('name = "x"\nquery = "x"\nwebhook = "file:///etc/passwd"', "http or https"),
        ('name = "x"\nquery = "x"\nfeed = true\nfrom = "2024"', "unknown field"),
        ('name = "x"\nquery = "x"\nfeed = true\nmost = 0', "whole number"),
        ('name = "x"\nquery = "x"\nfeed = true\n[[alert]]\nname = "x"\nquery = "y"\nfeed = true', "two alerts"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, table: str, told: str) -> None:
    write(tmp_path, table)
    with pytest.raises(AlertError, match=told):
        read(tmp_path / "alerts.toml")


def test_alerts_match_what_a_search_matches(data: Path) -> None:
    """Asked of the new articles alone, a query means what it means in the whole index."""
    from search.request import SearchRequest
    from tratin.alerts.matching import matches

    fresh = [
        article(number, about) for number, about in enumerate(("Sửa cầu", "Mở lớp", "cau Ben May", "Họp UBND"), 40)
    ]
    keep(data, *fresh)
    requests = [
        SearchRequest(text=text) for text in ("cầu", "cau", "-cầu", "ủy ban nhân dân", "lớp OR họp", '"mở lớp"')
    ]
    settings: Settings = load(data)
    found = {
        one.place: {hit.id for hit in one.hits} for one in matches(settings, [one.id for one in fresh], requests, 99)
    }
    searcher = open_searcher(settings)
    for place, request in enumerate(requests):
        whole = {hit.id for hit in searcher.matches(request)}
        assert found.get(place, set()) == whole & {one.id for one in fresh}, request.text
