"""Mail by SMTP: a letter of plain text to a server that the settings name."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from types import TracebackType
from typing import Self

from cmcore.base.settings import Settings, SettingsError

#: Seconds after which a server that says nothing counts as not there.
TIMEOUT = 20.0
_WAYS = ("starttls", "tls", "none")


class NotTaken(Exception):
    """The server did not take a letter; ``fault`` says in a word why. Holds nothing of the letter."""

    def __init__(self, fault: str) -> None:
        """Keep the word."""
        self.fault = fault
        super().__init__(fault)


@dataclass(frozen=True)
class Mail:
    """The settings of mail as plain values; each is described in ``default.toml``."""

    host: str = ""
    port: int = 587
    tls: str = "starttls"
    ca_file: str = ""
    user: str = ""
    password: str = ""
    sender: str = ""
    address: str = ""
    name: str = "Creative Mentoring"

    @classmethod
    def of(cls, settings: Settings) -> Mail:
        """Mail as the settings describe it. Refuses a server without a sender, an address or a known way there."""
        keys = ("host", "port", "tls", "ca_file", "user", "password", "sender", "address")
        made = cls(**{key: settings["mail", key] for key in keys}, name=settings["console", "name"])
        if made.tls not in _WAYS:
            raise SettingsError(f'mail.tls is "starttls", "tls" or "none", not "{made.tls}".')
        if made.on and "@" not in made.sender:
            raise SettingsError("mail.host is set, and mail.sender is not. Name the address messages come from.")
        if made.on and not made.address.startswith(("https://", "http://")):
            raise SettingsError("mail.host is set, and mail.address is not. Name where the console is reached.")
        return made

    @property
    def on(self) -> bool:
        """Whether mail is sent at all."""
        return bool(self.host)


class Post:
    """A way to the server, open while letters are sent: ``with Post(mail) as post: post.send(…)``."""

    def __init__(self, mail: Mail) -> None:
        """Keep how the server is reached; it is rung up by the first letter."""
        self.mail = mail
        self._server: smtplib.SMTP | None = None

    def send(self, to: str, subject: str, lines: list[str], *, mark: str, at: datetime) -> None:
        """Send one letter. ``mark`` makes its Message-ID: the same message sent again has the same one.

        :class:`NotTaken` says that the server did not take it, and why in a word.
        """
        letter = EmailMessage()
        try:
            letter["From"] = Address(self.mail.name, addr_spec=self.mail.sender)
            letter["To"] = Address(addr_spec=to)
        except (ValueError, IndexError) as wrong:
            raise NotTaken("address") from wrong
        letter["Subject"] = subject
        letter["Date"] = format_datetime(at)
        letter["Message-ID"] = f"<{mark}@{self.mail.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content("\n".join(lines) + "\n")
        try:
            self._open().send_message(letter)
        except smtplib.SMTPRecipientsRefused as wrong:
            raise NotTaken("refused") from wrong
        except smtplib.SMTPAuthenticationError as wrong:
            self._hang_up()
            raise NotTaken("sign-in") from wrong
        except (smtplib.SMTPException, ssl.SSLError, OSError) as wrong:
            self._hang_up()
            raise NotTaken("unreachable") from wrong

    def _open(self) -> smtplib.SMTP:
        if self._server is None:
            told = self.mail
            if told.tls == "tls":
                made: smtplib.SMTP = smtplib.SMTP_SSL(told.host, told.port, timeout=TIMEOUT, context=self._trust())
            else:
                made = smtplib.SMTP(told.host, told.port, timeout=TIMEOUT)
            self._server = made
            if told.tls == "starttls":
                made.starttls(context=self._trust())
            if told.user:
                made.login(told.user, told.password)
        return self._server

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.mail.ca_file or None)

    def _hang_up(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up."""
        if self._server is not None and kind is None:
            try:
                self._server.quit()
            except (smtplib.SMTPException, OSError):
                self._hang_up()
        self._hang_up()
