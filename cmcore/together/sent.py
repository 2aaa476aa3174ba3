"""How many messages that an act with many records caused were sent: taking the act back does not call them back."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from cmcore.base.bulk import within_ranges
from cmcore.exchange.records import ImportChange, ImportRun
from cmcore.mentors.records import MentorCheck
from cmcore.messages.records import OutgoingMessage
from cmcore.messages.words import MessageKind
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work

_COUNTED = beyond("messages an act caused are counted for whoever may take it back; a number comes back")
#: The kinds of record that messages are about by themselves; a digest is nobody's act.
_TOLD_OF = ("concern", "mentor_check")


def sent_since(work: Work, run: ImportRun) -> int:
    """How many messages about what a run changed were written down and sent since, until it was taken back.

    A notice counts for the check it is about, and not for another check of the same mentor.
    """
    touched: dict[str, set[int]] = {kind: set() for kind in _TOLD_OF}
    for kind in _TOLD_OF:
        touched[kind].update(within_ranges(run.receipt.get("made", {}).get(kind, ())))
    changed = select(ImportChange.kind_of_record, ImportChange.record_id)
    changed = changed.where(ImportChange.run_id == run.id, ImportChange.kind_of_record.in_(_TOLD_OF))
    for kind, key in work.db.execute(changed, execution_options=_COUNTED):
        touched[kind].add(key)
    if not any(touched.values()):
        return 0
    held = select(MentorCheck.mentor_id, MentorCheck.kind_of_check).where(MentorCheck.id.in_(touched["mentor_check"]))
    checks = {f"{mentor}:{kind}:" for mentor, kind in work.db.execute(held, execution_options=_COUNTED)}
    notices = [OutgoingMessage.key.startswith(one, autoescape=True) for one in sorted(checks)]
    message = OutgoingMessage.kind_of_message
    asked = select(OutgoingMessage.id).where(
        OutgoingMessage.authority_id == run.authority_id,
        OutgoingMessage.created_at >= run.started_at,
        OutgoingMessage.sent_at.is_not(None),
        or_(
            and_(message == MessageKind.concern.value, OutgoingMessage.about_id.in_(touched["concern"])),
            *(and_(message == MessageKind.expiry.value, one) for one in notices),
        ),
    )
    if run.undone_at is not None:
        asked = asked.where(OutgoingMessage.sent_at <= run.undone_at)
    return len(work.db.scalars(asked, execution_options=_COUNTED).all())
