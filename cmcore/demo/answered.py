"""The forms of the stories: a young person's own page, a workbook with two editions, a draft, a correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine, select

from cmcore.answers.editions import publish
from cmcore.answers.filling import correct, finish, save_draft, start, start_form
from cmcore.base.clock import StoppedClock
from cmcore.commissions.records import Commission
from cmcore.forms import Form, Question, kinds
from cmcore.safekeeping.scope import Actor, Scope, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson

_COORDINATOR = Actor("hester.quillmarsh", "Hester Quillmarsh")
_MENTOR = Actor("juno.tansyhurst", "Juno Tansyhurst")

_PLACE = Question(key="place", label="Where did you go?", kind=kinds.ShortText())
_WENT_ON = Question(key="went_on", label="When was it?", kind=kinds.Day())
_SEEN = Question(key="seen", label="What did they make of it?", kind=kinds.LongText(voice=True), sensitive=True)
_AGAIN = Question(key="again", label="Would they go again?", kind=kinds.YesNo(), required=False)

#: A form an authority drew up itself, in two editions: the second asks one thing more and words another anew.
_VISIT = Form(
    key="gallery-visit",
    version=1,
    title="A visit to a gallery or a theatre",
    doc="A few lines after a visit, written with the young person.",
    questions=(replace(_PLACE, label="Place"), _WENT_ON, _SEEN),
)
_VISIT_NOW = replace(_VISIT, questions=(_PLACE, _WENT_ON, _SEEN, _AGAIN))


class Answered:
    """Fills in a few forms of one authority, as people would have."""

    def __init__(self, engine: Engine, authority_id: int, today: date) -> None:
        """Fill in for an authority, up to a day."""
        self._engine, self._authority_id, self._today = engine, authority_id, today

    def write(self) -> None:
        """Two editions of a workbook's form with answers to each, pages of young people, one draft."""
        with self._work(_COORDINATOR, 60) as work:
            people = self._young_people(work)
            old = publish(work, _VISIT, authority_id=self._authority_id, source="workbook")
            seen = {"place": "Wrenfold Gallery", "seen": "I liked the big one made of nets.", "went_on": self._on(63)}
            made = finish(work, start(work, old, about=work.get(YoungPerson, people[0])), seen)
            correct(work, made, seen | {"went_on": self._on(62)}, reason="It was a Saturday.")
        with self._work(_COORDINATOR, 30) as work:
            new = publish(work, _VISIT_NOW, authority_id=self._authority_id, source="workbook")
            seen = {"place": "The Mill Theatre", "seen": "It was loud.", "went_on": self._on(31), "again": "yes"}
            finish(work, start(work, new, about=work.get(YoungPerson, people[1])), seen)
        for number, key in enumerate(people[:3]):
            with self._work(_MENTOR, 20 - number) as work:
                begun = start_form(work, "my-page", self._authority_id, about=work.get(YoungPerson, key))
                said = {
                    "written_on": self._on(20 - number),
                    "likes": "Drawing on anything. Lino, mostly.",
                    "helps": "Being left alone for five minutes.",
                }
                # The last of them is still being written.
                if number < 2:
                    finish(work, begun, said | {"try_out": "Screen printing.", "together": "yes"})
                else:
                    save_draft(work, begun, said)

    def _on(self, days: int) -> str:
        return (self._today - timedelta(days=days)).isoformat()

    def _work(self, actor: Actor, days: int) -> Work:
        scope = operator_scope({self._authority_id}, self._today)
        clock = StoppedClock.on(self._today - timedelta(days=days), 16)
        return Work(self._engine, actor, Scope(actor.login, scope.grants, self._today), clock=clock)

    def _young_people(self, work: Work) -> list[int]:
        """Those with an active commission, as many as are written about."""
        asked = select(Commission.young_person_id).where(
            Commission.state == "active", Commission.young_person_id.is_not(None)
        )
        found = work.db.scalars(asked.order_by(Commission.id).limit(40))
        return list(dict.fromkeys(key for key in found if key is not None))[:3]
