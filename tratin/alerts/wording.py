"""A message in words: the e-mail, and the JSON that a webhook gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate
from typing import Any

from tratin.alerts.definitions import Alert
from tratin.alerts.ledger import AlertArticle
from web.i18n import spoken

_POLICY = default.clone(max_line_length=500)
"""A link in a header stays in one line."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one alert tells at one time."""

    alert: Alert
    id: str
    """The same whenever the same message is sent."""
    articles: tuple[AlertArticle, ...]
    """Those it lists."""
    total: int
    """Those it tells of."""
    off_key: str
    server: str
    """Scheme and host at which readers reach the web server; empty where none is set."""

    @property
    def view(self) -> str:
        """The page of results, where a server is set."""
        return f"{self.server}/?{self.alert.view}&sort=newest" if self.server else ""

    @property
    def off(self) -> str:
        """The page that switches the alert off; the command where no server is set."""
        return f"{self.server}/alert/off/{self.off_key}" if self.server else f"tratin alert off {self.off_key}"

    def address(self, article: AlertArticle) -> str:
        """Where an article is read: here, or at the newspaper where no server is set."""
        return f"{self.server}/article/{article.id}" if self.server else article.url or article.id


def email(message: Message, sender: str, to: str) -> EmailMessage:
    """The message as an e-mail that says how to stop it, in its text and for the mail program's button (RFC 8058)."""
    say = spoken(message.alert.language)
    made = EmailMessage(policy=_POLICY)
    made["Subject"] = say.t("alert.subject", n=message.total, name=message.alert.name)
    made["From"], made["To"], made["Date"] = sender, to, formatdate(localtime=True)
    made["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2].rstrip('>') or 'tratin.invalid'}>"
    made["Auto-Submitted"] = "auto-generated"
    if message.server:
        made["List-Unsubscribe"] = f"<{message.off}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(_text(message))
    return made


def _text(message: Message) -> str:
    say = spoken(message.alert.language)
    lines = [say.t("alert.found", n=message.total, name=message.alert.name), ""]
    for article in message.articles:
        where = article.source or say.t("common.source-unknown")
        lines += [article.title, f"  {where} · {say.moment(article.published)}", f"  {message.address(article)}"]
        lines += [f"  {article.snippet}", ""] if article.snippet else [""]
    if rest := message.total - len(message.articles):
        lines.append(say.t("alert.rest", n=rest))
    if message.view:
        lines.append(f"{say.t('alert.all')} {message.view}")
    lines += ["", "-- ", f"{say.t('alert.off-how')} {message.off}"]
    return "\n".join(lines) + "\n"


def payload(message: Message) -> dict[str, Any]:
    """The message as a webhook gets it."""
    return {
        "id": message.id,
        "alert": message.alert.name,
        "view": message.view or None,
        "total": message.total,
        "articles": _listed(message, message.articles),
        "off": message.off,
    }


def _listed(message: Message, articles: Sequence[AlertArticle]) -> list[dict[str, Any]]:
    return [
        {
            "id": article.id,
            "title": article.title,
            "address": message.address(article),
            "url": article.url,
            "source": article.source,
            "published": article.published,
            "snippet": article.snippet,
            "found": article.at,
        }
        for article in articles
    ]
