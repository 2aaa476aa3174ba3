"""What the next page says of what was just done: "Referral added.", and what was warned of."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from flask import flash, get_flashed_messages, session
from flask_wtf.csrf import generate_csrf

from console.server_sessions import CSRF, ServerSession


def say(words: str) -> None:
    """Have the next page say words of the console's own.

    They travel with the browser, in a cookie of a minute: never say anything of a person by it, or of a record. What
    holds any of that is flashed, and waits on the server.
    """
    if not _here().pass_on(words):
        flash(words)


def to_show() -> list[tuple[str, str]]:
    """What is to be said on this page, once: kinds ("message", "warning") and words."""
    passed = [("message", words) for words in _here().passed()]
    return [*passed, *cast(list[tuple[str, str]], get_flashed_messages(with_categories=True))]


def csrf_token() -> str:
    """The token of every form of this sign-in. It lasts as long as the sign-in does, so it is signed once."""
    return _signed(session[CSRF])


@lru_cache(maxsize=2_000)
def _signed(secret: str) -> str:
    """The token of the sign-in whose secret this is, which is that of the request."""
    return cast(str, generate_csrf())


def _here() -> ServerSession:
    return cast(ServerSession, session._get_current_object())  # type: ignore[attr-defined]
