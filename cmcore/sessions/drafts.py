"""Drafts of sessions: what somebody typed and has not sent, kept for them alone, and gone once it is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from cmcore.answers.typed import kept_as
from cmcore.base.findings import NotAllowed, refuse
from cmcore.commissions.records import Commission
from cmcore.forms import Form
from cmcore.safekeeping.work import Conflict, Work, action
from cmcore.sessions.records import MentoringSession, SessionDraft
from cmcore.sessions.words import DraftOf

#: How long a draft is kept after it was last saved: long enough for a holiday. [Default]
KEPT_FOR = timedelta(days=28)
#: The most drafts one person has at a time; the oldest goes for a new one.
MOST = 20
_MARK = re.compile(r"[A-Za-z0-9_-]{16,40}", re.ASCII)


def is_mark(text: str) -> bool:
    """Whether a text can be the mark of a page."""
    return _MARK.fullmatch(text) is not None


def sent_from(work: Work, mark: str) -> MentoringSession | None:
    """The session that was sent from the page with this mark, if it is within reach."""
    return work.db.scalar(select(MentoringSession).where(MentoringSession.sent_once == mark)) if mark else None


@action("session_draft.keep")
def keep_draft(
    work: Work,
    form: Form,
    raw: Mapping[str, Any],
    *,
    mark: str,
    draft_of: DraftOf,
    version: int = 0,
    session: MentoringSession | None = None,
    week_on: date | None = None,
) -> SessionDraft:
    """Keep what was typed so far under the mark of its page, whatever it is worth.

    ``version`` is the one the page was opened with, 0 where nothing was kept yet; an older one is a ``Conflict``.
    Refuses what the form does not ask, a page without a mark, and one whose session has been sent.
    """
    if not is_mark(mark):
        raise refuse("This page cannot keep a draft.", way_out="Open it again.")
    if sent_from(work, mark) is not None:
        raise refuse("What was typed here has been sent, and is kept.", way_out="Look under Sessions.")
    values, now = kept_as(form, raw), work.clock.now()
    authority_id, young_person_id = _whose(work, values, session)
    told = {"values": values, "saved_at": now, "authority_id": authority_id, "young_person_id": young_person_id}
    if (draft := of_mark(work, mark)) is not None:
        work.change(draft, version, **told)
        return draft
    if version:
        raise Conflict()
    _make_room(work)
    draft = SessionDraft(
        began_by=_login(work),
        draft_of=draft_of.value,
        mark=mark,
        session_id=session.id if session is not None else None,
        week_on=week_on,
        **told,
    )
    return work.add(draft)


@action("session_draft.discard")
def discard_draft(work: Work, draft: SessionDraft) -> None:
    """Throw a draft away, which only who began it can find."""
    work.db.delete(draft)


def drop_draft(work: Work, mark: str) -> None:
    """Let go of the draft of a page that was sent."""
    if mark and (draft := of_mark(work, mark)) is not None:
        work.db.delete(draft)


def of_mark(work: Work, mark: str) -> SessionDraft | None:
    """The draft of a page, of whoever asks."""
    return work.db.scalar(select(SessionDraft).where(SessionDraft.mark == mark, SessionDraft.began_by == _login(work)))


def own_drafts(work: Work, *kinds: DraftOf) -> list[SessionDraft]:
    """The drafts of whoever asks that are still kept, the latest first."""
    since = work.clock.now() - KEPT_FOR
    asked = select(SessionDraft).where(SessionDraft.began_by == _login(work), SessionDraft.saved_at > since)
    if kinds:
        asked = asked.where(SessionDraft.draft_of.in_([each.value for each in kinds]))
    return list(work.db.scalars(asked.order_by(SessionDraft.saved_at.desc(), SessionDraft.id.desc()).limit(MOST)))


@action("session_draft.clear")
def clear_old_drafts(work: Work) -> int:
    """Throw away every draft within reach that nobody has touched for 28 days; says how many."""
    old = list(work.db.scalars(select(SessionDraft).where(SessionDraft.saved_at <= work.clock.now() - KEPT_FOR)))
    for draft in old:
        work.db.delete(draft)
    return len(old)


def _make_room(work: Work) -> None:
    """Throw away one's own drafts that are past their days, and the oldest where there would be too many."""
    asked = select(SessionDraft).where(SessionDraft.began_by == _login(work)).order_by(SessionDraft.saved_at.desc())
    for number, draft in enumerate(work.db.scalars(asked)):
        if draft.saved_at <= work.clock.now() - KEPT_FOR or number >= MOST - 1:
            work.db.delete(draft)


def _whose(work: Work, values: Mapping[str, Any], session: MentoringSession | None) -> tuple[int, int | None]:
    """The authority and the young person a draft belongs to: of its plan, of what is chosen in it, or the writer's."""
    if session is not None:
        return session.authority_id, session.young_person_id
    chosen = values.get("commission_id")
    number = str((chosen.get("id") if isinstance(chosen, Mapping) else chosen) or "")
    if number.isascii() and number.isdigit() and len(number) < 10:
        commission = work.db.get(Commission, int(number))
        if commission is not None:
            return commission.authority_id, commission.young_person_id
    for authority_id in sorted(work.scope.authorities if work.scope else ()):
        if work.may("session_draft.keep", authority_id):
            return authority_id, None
    raise NotAllowed([])


def _login(work: Work) -> str:
    return work.scope.login if work.scope is not None else work.actor.login
