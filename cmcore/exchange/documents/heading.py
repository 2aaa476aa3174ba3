"""What stands at the head and foot of a printed page: whose it is, whom it is about, who printed it and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from cmcore.forms.days import say_moment

_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The head and foot of a document. Never a young person's name: initials, such as "M.B.", and a reference.

    ``printed_at`` is an aware instant and is written into the file as the day it was made; without it the file says
    nothing of when, and the same values give the same bytes. Refuses initials that hold a word.
    """

    authority: str = ""
    school: str = ""
    reference: str = ""
    initials: str = ""
    printed_by: str = ""
    printed_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a name where initials belong, and an instant nobody can place."""
        if _WORD.search(self.initials):
            raise ValueError("The head of a page shows initials, such as M.B., and no name. Give the initials.")
        if self.printed_at is not None and self.printed_at.tzinfo is None:
            raise ValueError("When it was printed needs a zone: give an instant in UTC.")

    @property
    def about(self) -> str:
        """Whom it is about: "M.B. WR-0417"."""
        return " ".join(part for part in (self.initials, self.reference) if part)

    @property
    def printed(self) -> str:
        """Who printed it and when: "Printed by H.Q. on 10 November 2026 at 14:30"."""
        by = f" by {self.printed_by}" if self.printed_by else ""
        at = f" on {say_moment(self.printed_at)}" if self.printed_at else ""
        return f"Printed{by}{at}" if by or at else ""


NO_HEADING = Heading()
