"""What is asked of every contender: the same pages over the same rows, through WSGI, signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import Client, TestResponse

#: The pages that are compared, in the order they are printed.
PAGES = (
    ("list", "list of 84,000 young people"),
    ("deep", "the same, page 3,000"),
    ("search", "search a part of a surname"),
    ("show", "show a session"),
    ("edit", "edit form of a referral, choosing among 84,000"),
    ("create", "create a referral"),
    ("sessions", "list of 1,000,000 sessions"),
)
#: A part of a surname that some hundreds bear.
SEARCHED = "amblefeath"
DEEP_PAGE = 3_000
#: Counting stops here for everybody.
CAP = 10_000


@dataclass
class Statements:
    """How many statements were sent since the last look."""

    sent: list[str] = field(default_factory=list)

    def take(self) -> list[str]:
        """What was sent, and begin anew."""
        taken, self.sent = self.sent, []
        return taken


@dataclass
class Contender:
    """One of those compared. ``ask`` holds for each page a function that asks for it once."""

    name: str
    client: Client
    statements: Statements
    ask: Mapping[str, Callable[[], TestResponse]]


def get(client: Client, address: str, **more: Any) -> Callable[[], TestResponse]:
    """A function that asks for an address."""
    return lambda: client.get(address, **more)


@dataclass(frozen=True)
class Chosen:
    """The rows that are asked for by key, chosen once for everybody."""

    session_id: int
    referral_id: int
    person_id: int
    programme_id: int
    authority_id: int
    local_person_id: int
