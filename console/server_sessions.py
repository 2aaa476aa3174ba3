"""Sessions on the server: the cookie holds a random token and nothing else, and dies with its row.

Nobody's session is stored before they sign in: an unknown browser gets a token only when it is shown a form, and its
CSRF secret is derived from that token. Signing in always makes a new token.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import Engine, delete, insert, select
from werkzeug.datastructures import MultiDict
from werkzeug.http import parse_cookie

from cmcore.base.clock import Clock
from cmcore.base.engine import WRITING
from console import accounts, tables
from console.accounts import Account

CSRF = "csrf_token"
#: Under this key a session names the page whose form waits to be opened again.
TYPED = "typed"
#: Under this key it says that a password somebody else set is to be changed before anything else.
MUST_CHANGE = "must_change"
#: Longer forms are not kept; what is kept goes after a day.
LONGEST = 200_000
#: Words for the next page: so long, so many, and for so many seconds.
LONGEST_SAID, MOST_SAID, SAID_FOR = 300, 3, 60
KEPT_FOR = timedelta(hours=24)
#: What is never kept. Pages that ask for a password keep nothing; a form may well have a question called "again".
LEFT_OUT = ("csrf_token", "password")

_typed = tables.typed


class ServerSession(dict[str, Any], SessionMixin):
    """The session of one request. It is looked up the first time anything is asked of it, and only then."""

    def __init__(self, interface: ServerSessions, token: str | None, told: str = "") -> None:
        """Begin with the cookie's token, if there was one, and the words that the page before passed on."""
        super().__init__()
        self._interface = interface
        self._loaded = False
        self._before: dict[str, Any] = {}
        self.token = token
        self.signed_in: accounts.SignedIn | None = None
        #: Why there is no account although a token came: "idle", "ended", or nothing.
        self.ended = ""
        #: The account whose sign-in ended just now, so that what it sent is not lost.
        self.was: int | None = None
        #: A form was shown, so the browser needs the token its CSRF secret follows from.
        self.token_wanted = False
        self.issued = False
        self.withdrawn = False
        self._told = told
        #: Words for the next page, and whether those of the page before were taken.
        self.to_say: list[str] = []
        self.was_told = False

    def pass_on(self, words: str) -> bool:
        """Have the next page say words of the console's own; not where nobody is signed in, or they are long."""
        if self.account is None or self.token is None or len(words) > LONGEST_SAID or len(self.to_say) == MOST_SAID:
            return False
        self.to_say.append(words)
        return True

    def passed(self) -> list[str]:
        """The words that the page before passed on, for this page to say, once."""
        if not self._told or self.account is None or self.token is None:
            return []
        self.was_told = True
        return self._interface.opened(self._told, self.token)

    @property
    def account(self) -> Account | None:
        """Who is signed in."""
        self._load()
        return self.signed_in.account if self.signed_in else None

    def sign_in(self, account_id: int) -> None:
        """Sign this browser in with a token it never had before; whatever it was before ends."""
        self._load()
        if self.signed_in:
            accounts.end_session(self._interface.engine, self.signed_in.session_id)
        clock = self._interface.clock
        path = waiting(self._interface.engine, account_id, clock.now())
        kept: dict[str, Any] = {TYPED: path} if path else {}
        if accounts.must_change(self._interface.engine, account_id):
            kept[MUST_CHANGE] = True
        self.token = accounts.begin_session(
            self._interface.engine, account_id, clock.now(), self._interface.lasts, kept
        )
        self._loaded, self.signed_in, self.ended, self.issued = False, None, "", True
        self.clear()

    def sign_out(self) -> None:
        """End every session of the account, so that no copy of any cookie of it works any more."""
        if account := self.account:
            accounts.end_sessions(self._interface.engine, account.id)
        self.forget()

    def forget(self) -> None:
        """Leave this browser without a token."""
        self.clear()
        self.token, self.signed_in, self._loaded = None, None, False
        self.token_wanted, self.issued, self.withdrawn = False, False, True

    def kept(self) -> dict[str, Any]:
        """What is stored with the session: everything but the CSRF secret, which follows from the token."""
        return {key: value for key, value in dict.items(self) if key != CSRF}

    def changed(self) -> bool:
        """Whether there is something to store."""
        return self._loaded and self.signed_in is not None and self.kept() != self._before

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        if self.token is not None:
            self.signed_in, self.ended, self.was = self._interface.find(self.token)
            if self.signed_in:
                self.update(self.signed_in.kept)
                # Words that wait to be shown are a list, which grows in place: what was there before is a copy.
                self._before = {key: list(one) if isinstance(one, list) else one for key, one in self.items()}
        if self.token is None:
            self.token = secrets.token_urlsafe(32)
        dict.__setitem__(self, CSRF, self._interface.csrf_of(self.token))

    def __contains__(self, key: object) -> bool:
        self._load()
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        self._load()
        self.token_wanted = self.token_wanted or key == CSRF
        return super().__getitem__(key)

    def __setitem__(self, key: str, value: Any) -> None:
        self._load()
        super().__setitem__(key, value)

    def __iter__(self) -> Iterator[str]:
        self._load()
        return super().__iter__()

    def get(self, key: str, default: Any = None) -> Any:
        """The value kept under a key."""
        self._load()
        return super().get(key, default)

    def pop(self, key: str, *default: Any) -> Any:
        """Take out the value kept under a key."""
        self._load()
        return super().pop(key, *default)


class ServerSessions(SessionInterface):
    """Opens and keeps the sessions of the console in its database."""

    def __init__(
        self, engine: Engine, clock: Clock, secret: str, *, idle: timedelta, lasts: timedelta, secure: bool
    ) -> None:
        """Sessions end after ``idle`` without a request, and ``lasts`` after signing in, whatever happens."""
        self.engine = engine
        self.clock = clock
        self.idle = idle
        self.lasts = lasts
        self.secure = secure
        self._secret = secret.encode()
        self.cookie = "__Host-cm" if secure else "cm"
        self.said_cookie = f"{self.cookie}-said"

    def csrf_of(self, token: str) -> str:
        """The CSRF secret that goes with a token."""
        return hmac.new(self._secret, f"csrf:{token}".encode(), hashlib.sha256).hexdigest()

    def sealed(self, words: list[str], token: str) -> str:
        """Words for the next page as a cookie holds them: with a seal that goes with this sign-in and no other."""
        told = urlsafe_b64encode(json.dumps(words, ensure_ascii=False).encode()).decode()
        return f"{told}.{self._seal(told, token)}"

    def opened(self, kept: str, token: str) -> list[str]:
        """The words in a cookie; none where the seal is not ours, or is another sign-in's."""
        told, _, seal = kept.partition(".")
        if not hmac.compare_digest(seal.encode(), self._seal(told, token).encode()):
            return []
        return [str(one) for one in json.loads(urlsafe_b64decode(told))]

    def _seal(self, told: str, token: str) -> str:
        return hmac.new(self._secret, f"said:{token}:{told}".encode(), hashlib.sha256).hexdigest()

    def find(self, token: str) -> tuple[accounts.SignedIn | None, str, int | None]:
        """The live session of a token; or none, why it ended, and whose it was."""
        now = self.clock.now()
        found = accounts.find_session(self.engine, token, self.clock.today())
        if found is None:
            return None, "", None
        if now - found.seen_at > self.idle or now > found.expires_at:
            accounts.end_session(self.engine, found.session_id)
            return None, "idle" if now <= found.expires_at else "ended", found.account.id
        if now - found.seen_at > accounts.SEEN_EVERY:
            accounts.keep(self.engine, found.session_id, now)
        return found, "", None

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """The session of a request, not yet looked up."""
        # From where the server put them: the request would look for them among all that the browser sent.
        sent = parse_cookie(request.environ)
        token, told = sent.get(self.cookie), sent.get(self.said_cookie, "")
        return ServerSession(self, token if token and len(token) < 100 else None, told)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed, and hand out or take away the cookie."""
        assert isinstance(session, ServerSession)
        if session.changed() and session.signed_in:
            accounts.keep(self.engine, session.signed_in.session_id, self.clock.now(), session.kept())
        if session.token is not None and (session.issued or (session.token_wanted and not session.signed_in)):
            response.set_cookie(self.cookie, session.token, path="/", secure=self.secure, httponly=True, samesite="Lax")
        elif session.withdrawn:
            response.delete_cookie(self.cookie, path="/", secure=self.secure, httponly=True, samesite="Lax")
        dressed: dict[str, Any] = {"path": "/", "secure": self.secure, "httponly": True, "samesite": "Lax"}
        if session.to_say and session.token is not None:
            told = self.sealed(session.to_say, session.token)
            response.set_cookie(self.said_cookie, told, max_age=SAID_FOR, **dressed)
        elif session.was_told:
            response.delete_cookie(self.said_cookie, **dressed)


def keep_typed(engine: Engine, account_id: int, path: str, fields: Iterable[tuple[str, str]], now: datetime) -> bool:
    """Keep what was sent when a sign-in had ended, in place of any kept before; says whether it was short enough."""
    told = json.dumps([[name, value] for name, value in fields if name not in LEFT_OUT])
    if len(told) > LONGEST or len(path) > 500:
        return False
    old = (_typed.c.account_id == account_id) | (_typed.c.kept_at < now - KEPT_FOR)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        connection.execute(delete(_typed).where(old))
        connection.execute(insert(_typed).values(account_id=account_id, path=path, fields=told, kept_at=now))
    return True


def waiting(engine: Engine, account_id: int, now: datetime) -> str | None:
    """The page whose form waits for an account, if there is one."""
    asked = select(_typed.c.path).where(_typed.c.account_id == account_id, _typed.c.kept_at >= now - KEPT_FOR)
    with engine.connect() as connection:
        return connection.scalar(asked)


def take_typed(engine: Engine, account_id: int) -> MultiDict[str, str]:
    """What was typed, which is then kept no longer."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        told = connection.scalar(select(_typed.c.fields).where(_typed.c.account_id == account_id))
        connection.execute(delete(_typed).where(_typed.c.account_id == account_id))
    return MultiDict((name, value) for name, value in json.loads(told or "[]"))
