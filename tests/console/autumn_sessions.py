"""What somebody was typing of a session in the autumn of the two virtual schools, and has not sent."""

from __future__ import annotations

from typing import Any

from cmcore.sessions.drafts import keep_draft
from cmcore.sessions.forms import SessionAnswers
from cmcore.sessions.words import DraftOf


def settled(made: Any) -> None:
    """A coordinator was interrupted while they logged a session for a mentor."""
    raw = {"commission_id": {"id": str(made.main.commission_id)}, "done": "Two-colour lino"}
    with made.stage.work(login="coordinator@example.invalid") as work:
        draft = keep_draft(work, SessionAnswers.form, raw, mark="mark-of-the-autumn-page", draft_of=DraftOf.session)
        work.db.flush()
        made.keys["session_draft"] = draft.id
