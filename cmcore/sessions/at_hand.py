"""Sessions of some mentors and young people kept at hand, so that thousands are entered without asking for each anew.

What is decided stays with the rules and the acts: only what :mod:`cmcore.sessions.queries` reads is remembered here,
and whoever enters sessions in this way says of each what it became.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from cmcore.base.engine import is_sqlite
from cmcore.commissions.records import Commission
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.rules import Overlap
from cmcore.sessions.words import NOT_HELD

T = TypeVar("T")

#: Under this name a work keeps what it has at hand.
_NAME = "sessions at hand"
#: Longer than any session: what began before cannot reach this far.
_LONGEST = timedelta(hours=26)
_CHUNK = 400


class SessionsAtHand:
    """The sessions of the commissions' mentors and young people as they stand in the transaction."""

    def __init__(self, work: Work, commission_ids: Collection[int]) -> None:
        """Read the commissions, and the sessions of whoever they are for."""
        self.work = work
        self.commissions: dict[int, Commission] = {}
        self.held: set[int] = set()
        self._said: dict[Any, Any] = {}
        ids = sorted(set(commission_ids))
        for start in range(0, len(ids), _CHUNK):
            asked = select(Commission).where(Commission.id.in_(ids[start : start + _CHUNK]))
            self.commissions |= {one.id: one for one in work.db.scalars(asked)}
        self.people = {one.young_person_id for one in self.commissions.values()} - {None}
        self.read()

    def read(self) -> None:
        """Read the sessions that stand now; what was locked for them may be free again."""
        self.held.clear()
        self._of_mentor: dict[int, list[tuple[datetime, datetime, int]]] = {}
        self._of_person: dict[int, list[tuple[datetime, datetime, int, int, bool]]] = {}
        self._minutes: dict[int, int] = {}
        self._outcomes: dict[int, list[tuple[datetime, str]]] = {}
        self.by_start: dict[tuple[int, datetime], int] = {}
        mentors = sorted({one.mentor_id for one in self.commissions.values()})
        people = sorted(key for key in self.people if key is not None)
        for column, keys in ((MentoringSession.mentor_id, mentors), (MentoringSession.young_person_id, people)):
            for start in range(0, len(keys), _CHUNK):
                for one in self.work.db.scalars(
                    select(MentoringSession).where(column.in_(keys[start : start + _CHUNK]))
                ):
                    self.kept(one, mentor=column is MentoringSession.mentor_id)

    def kept(self, one: MentoringSession, *, mentor: bool | None = None) -> None:
        """Take a session in: of its mentor, of its young person, or of both where it was just entered."""
        stands = one.outcome is None or one.outcome not in NOT_HELD
        key = one.id or 0
        if mentor in (True, None):
            if stands:
                insort(self._of_mentor.setdefault(one.mentor_id, []), (one.starts_at, one.ends_at, key))
            if one.commission_id in self.commissions:
                self.by_start[one.commission_id, one.starts_at] = key
                if one.chargeable and one.outcome is not None:
                    self._minutes[one.commission_id] = self._minutes.get(one.commission_id, 0) + one.minutes
        if mentor in (False, None):
            if stands and one.young_person_id is not None:
                told = (one.starts_at, one.ends_at, key, one.enrolment_id, one.joint)
                insort(self._of_person.setdefault(one.young_person_id, []), told)
            if one.outcome is not None:
                insort(self._outcomes.setdefault(one.enrolment_id, []), (one.starts_at, str(one.outcome)))

    def found(self, columns: Mapping[str, Any]) -> bool:
        """Whether there is a session of that commission that begins then."""
        return (columns["commission_id"], columns["starts_at"]) in self.by_start

    def knows_mentor(self, mentor_id: int) -> bool:
        """Whether all the mentor's sessions are at hand: on a server those of other authorities are not to be seen."""
        return is_sqlite(self.work.engine) and any(one.mentor_id == mentor_id for one in self.commissions.values())

    def busy(self, mentor_id: int, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether the mentor has a session then."""
        return any(True for _ in _during(self._of_mentor.get(mentor_id, []), starts_at, ends_at))

    def overlaps(self, person_id: int, enrolment_id: int, starts_at: datetime, ends_at: datetime) -> list[Overlap]:
        """The young person's sessions then."""
        found = _during(self._of_person.get(person_id, []), starts_at, ends_at)
        return [Overlap(told[3] == enrolment_id, told[4], told[0]) for told in found]

    def minutes(self, commission_id: int) -> int:
        """Chargeable minutes reported under a commission."""
        return self._minutes.get(commission_id, 0)

    def outcomes(self, enrolment_id: int, before: datetime | None, many: int) -> list[str]:
        """The last outcomes of an enrolment, oldest first."""
        told = self._outcomes.get(enrolment_id, [])
        end = len(told) if before is None else bisect_left(told, (before + timedelta(microseconds=1), ""))
        return [outcome for _, outcome in told[max(0, end - many) : end]]

    def once(self, key: Any, ask: Callable[[], T]) -> T:
        """What was found out before under this key, or is found out now; for what these sessions do not change."""
        if key not in self._said:
            self._said[key] = ask()
        found: T = self._said[key]
        return found


def _during(told: list[Any], starts_at: datetime, ends_at: datetime) -> list[Any]:
    begin = bisect_left(told, (starts_at - _LONGEST,))
    end = bisect_left(told, (ends_at,))
    return [one for one in told[begin:end] if one[1] > starts_at]


def near(work: Work) -> SessionsAtHand | None:
    """What a work has at hand; nothing for one that enters a session or two."""
    found: SessionsAtHand | None = work.db.info.get(_NAME)
    return found


def keep_at_hand(work: Work, commission_ids: Collection[int]) -> SessionsAtHand:
    """Have the sessions of these commissions' mentors and young people at hand until :func:`let_go`."""
    made = SessionsAtHand(work, commission_ids)
    work.db.info[_NAME] = made
    return made


def let_go(work: Work) -> None:
    """Ask the database again from here on."""
    work.db.info.pop(_NAME, None)
