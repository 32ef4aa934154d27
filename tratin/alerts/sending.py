"""A message sent: by SMTP, or as a POST to a webhook."""

from __future__ import annotations

import json
import os
import smtplib
import ssl
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpcore

from tratin.alerts.wording import Message, email, payload
from tratin.settings import Settings

_SECONDS = 20.0
PASSWORD = "TRATIN_SMTP_PASSWORD"


class NotSent(Exception):
    """A message was not taken."""

    def __init__(self, problem: str, *, for_good: bool = False) -> None:
        super().__init__(problem)
        self.for_good = for_good
        """Whether it will not be taken later either."""


class Mailing:
    """Sends messages; one SMTP connection serves all that one run sends."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, message: Message, channel: str, target: str) -> None:
        """Send one message.

        Raises:
            NotSent: it was not taken.
        """
        if channel == "email":
            self._mail(message, target)
        else:
            _call(message, target)

    def _mail(self, message: Message, to: str) -> None:
        made = email(message, self._settings.mail_from, to)
        try:
            self._connected().send_message(made, self._settings.mail_from, [to])
        except smtplib.SMTPRecipientsRefused as error:
            ((code, reason),) = error.recipients.values()
            with suppress(smtplib.SMTPException, OSError):
                self._connected().rset()
            raise NotSent(f"{to}: {code} {reason.decode(errors='replace')}", for_good=500 <= code < 600) from error
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise NotSent(f"{self._settings.smtp_host}: {error}") from error

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            settings, context = self._settings, ssl.create_default_context()
            if settings.smtp_security == "tls":
                self._smtp = smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=_SECONDS, context=context)
            else:
                self._smtp = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=_SECONDS)
                if settings.smtp_security == "starttls":
                    self._smtp.starttls(context=context)
            if settings.smtp_user:
                self._smtp.login(settings.smtp_user, os.environ.get(PASSWORD, ""))
        return self._smtp

    def _hang_up(self) -> None:
        if self._smtp:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self._smtp = None


def _call(message: Message, url: str) -> None:
    """POST to a webhook; redirects are not followed, and 4xx but 408 and 429 is an answer for good."""
    content = json.dumps(payload(message), ensure_ascii=False).encode()
    headers: list[tuple[bytes | str, bytes | str]] = [
        ("Host", urlsplit(url).netloc.rpartition("@")[2]),
        ("Content-Type", "application/json"),
        ("User-Agent", "TraTin"),
        ("Idempotency-Key", f'"{message.id}"'),
        ("Content-Length", str(len(content))),
    ]
    waits = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), _SECONDS)}
    try:
        answer = httpcore.request("POST", url, headers=headers, content=content, extensions=waits)
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
        raise NotSent(f"{_host(url)}: {type(error).__name__} {error}".strip()) from error
    if not 200 <= answer.status < 300:
        for_good = 300 <= answer.status < 500 and answer.status not in (408, 429)
        raise NotSent(f"{_host(url)} answered {answer.status}", for_good=for_good)


def _host(url: str) -> str:
    """Without the path, which may be a secret."""
    return "/".join(url.split("/")[:3])
