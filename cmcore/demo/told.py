"""Young people's stories: one somebody asked for whose names are being decided on, one that waits, one given out."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Engine, func, select

from cmcore.base.clock import StoppedClock
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.stories.actions import approve_story, ask_second_person, decide_on_names, give_story, tell_story
from cmcore.stories.forms import StoryAnswers, StoryGivenAnswers
from cmcore.stories.queries import marks_of
from cmcore.stories.records import Story
from cmcore.stories.words import Becomes, GivenHow, GivenTo, StoryWhy
from cmcore.young_people.records import YoungPerson

_HESTER = Actor("hester.quillmarsh", "Hester Quillmarsh")
_IMOGEN = Actor("imogen.fennimore", "Imogen Fennimore")
#: For how many days somebody has waited who asked for their record: a few more, and it is due.
_WAITED = 26


class Told:
    """Tells the stories of up to three young people of one authority, as far as each has come."""

    def __init__(self, engine: Engine, authority_id: int, today: date) -> None:
        """Tell for an authority, up to a day."""
        self._engine, self._authority_id, self._today = engine, authority_id, today

    def write(self) -> None:
        """One that is asked for, one that waits for a second person, one given out."""
        for person_id, how_far in zip(self._young_people(), range(3), strict=False):
            key = self._begun(person_id, StoryWhy.keepsake if how_far == 2 else StoryWhy.asked)
            if how_far:
                self._asked(key)
            if how_far == 2:
                self._given(key)

    def _work(self, actor: Actor, on: date) -> Work:
        return Work(
            self._engine, actor, operator_scope({self._authority_id}, self._today), clock=StoppedClock.on(on, 16)
        )

    def _young_people(self) -> list[int]:
        """Those with most sessions."""
        with self._work(_HESTER, self._today) as work:
            asked = (
                select(MentoringSession.young_person_id)
                .where(MentoringSession.outcome.is_not(None), MentoringSession.young_person_id.is_not(None))
                .group_by(MentoringSession.young_person_id)
                .order_by(func.count().desc(), MentoringSession.young_person_id)
                .limit(3)
            )
            return [key for key in work.db.scalars(asked) if key is not None]

    def _begun(self, person_id: int, why: StoryWhy) -> int:
        with self._work(_HESTER, self._today - timedelta(days=_WAITED)) as work:
            told = StoryAnswers(why=why, asked_on=work.today, opening=None)
            return tell_story(work, work.get(YoungPerson, person_id), told).id

    def _asked(self, key: int) -> None:
        with self._work(_HESTER, self._today - timedelta(days=2)) as work:
            story = work.get(Story, key)
            decide_on_names(work, story, {mark.key: mark.becomes or Becomes.keep for mark in marks_of(story)})
            ask_second_person(work, story)

    def _given(self, key: int) -> None:
        with self._work(_IMOGEN, self._today - timedelta(days=1)) as work:
            approve_story(work, work.get(Story, key))
        with self._work(_HESTER, self._today) as work:
            given = StoryGivenAnswers(given_to=GivenTo.themselves, given_how=GivenHow.together)
            give_story(work, work.get(Story, key), given)
