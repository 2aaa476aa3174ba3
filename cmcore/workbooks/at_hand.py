"""What many sessions of one workbook need, read once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cmcore.safekeeping.work import Work
from cmcore.sessions.at_hand import SessionsAtHand, keep_at_hand, let_go
from cmcore.sessions.forms import SessionAnswers


@contextmanager
def sessions_at_hand(work: Work, answers: Sequence[SessionAnswers]) -> Iterator[SessionsAtHand]:
    """Have at hand the sessions of everybody these rows are about, while they are entered."""
    try:
        yield keep_at_hand(work, {one.commission_id for one in answers})
    finally:
        let_go(work)
