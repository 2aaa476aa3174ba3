"""How often something an authority's evidence is counted from was written and kept in this process."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import object_session

from cmcore.enrolments.records import Enrolment
from cmcore.programmes.records import Programme
from cmcore.referrals.records import Referral
from cmcore.reviews.records import Review, ReviewScore
from cmcore.virtual_schools.records import Authority

_written: Counter[int] = Counter()


def evidence_written(authority_id: int) -> int:
    """A number that grows whenever a review, score, enrolment, referral, programme or the authority itself is kept.

    It knows of this process alone: whoever remembers a count by it says when it was counted, and counts anew in time.
    """
    return _written[authority_id]


def _will_be_kept(_: Any, __: Any, record: Any) -> None:
    key = record.id if isinstance(record, Authority) else record.authority_id
    if (session := object_session(record)) is not None:
        # Counted once it is kept: whoever looks before that finds what stood, and must look again after.
        event.listen(session, "after_commit", lambda _: _written.update([key]), once=True)


for _record in (Review, ReviewScore, Enrolment, Referral, Programme, Authority):
    for _when in ("after_insert", "after_update", "after_delete"):
        event.listen(_record, _when, _will_be_kept)
