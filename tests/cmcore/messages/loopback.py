"""A real SMTP server on loopback, which keeps what it is sent; and a certificate for one that speaks TLS."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from cmcore.messages.mail import Mail


class Letterbox:
    """What the server was sent, and the addresses it refuses."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Take a recipient or refuse one."""
        if address in self.refuses:
            return "550 Nobody of that name here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep a letter."""
        read = message_from_bytes(envelope.original_content or envelope.content, policy=default)
        assert isinstance(read, EmailMessage)
        self.letters.append(read)
        return "250 Taken"

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to an address."""
        return [one for one in self.letters if one["To"] == address]

    def texts(self) -> str:
        """Everything that was sent, heads and all."""
        return "\n".join(one.as_string() for one in self.letters)


def text_of(letter: EmailMessage) -> str:
    """What a letter says, with the ends of lines as a test writes them."""
    return str(letter.get_content()).replace("\r\n", "\n")


@contextmanager
def serving(box: Letterbox, **more: Any) -> Iterator[Mail]:
    """The server, and mail set up for it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port, **more)
    server.start()
    try:
        yield Mail(
            "127.0.0.1", port, "none", sender="mentoring@wrenshire.example", address="https://cm.wrenshire.example/"
        )
    finally:
        server.stop()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine that vouches for itself, and the server's side of it."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("There is no openssl on this machine to make a certificate with.")
    key, told = folder / "key.pem", folder / "certificate.pem"
    asked = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([program, *asked.split(), "-keyout", key, "-out", told], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(told, key)
    return told, server
