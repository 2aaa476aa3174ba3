"""The journals of the stories: permissions, pictures drawn by code, a sound, words, a case study; and messages sent."""

from __future__ import annotations

import io
import math
import wave
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

from PIL import Image, ImageDraw
from sqlalchemy import Engine, select

from cmcore.base.clock import StoppedClock
from cmcore.base.findings import Refused
from cmcore.base.periods import years_after
from cmcore.commissions.actions import activate_commission, add_commission, approve_commission
from cmcore.commissions.forms import CommissionAnswers
from cmcore.commissions.records import Commission
from cmcore.commissions.words import Purpose
from cmcore.consents.actions import add_consent, withdraw_consent
from cmcore.consents.forms import ConsentAnswers, WithdrawAnswers
from cmcore.consents.words import ConsentKind, Decider, Decision
from cmcore.exchange.media.cleaning import Cleaned, clean
from cmcore.feeds.actions import make_feed
from cmcore.journals.actions import keep_entry
from cmcore.journals.case_studies import begin_case_study
from cmcore.journals.forms import CaseStudyBeginAnswers, JournalAnswers
from cmcore.journals.words import VisibleTo
from cmcore.mentors.records import Mentor
from cmcore.messages.records import OutgoingMessage
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson

_MENTOR = Actor("juno.tansyhurst", "Juno Tansyhurst")
_COORDINATOR = Actor("hester.quillmarsh", "Hester Quillmarsh")
_MEDIA = (ConsentKind.media_capture, ConsentKind.media_shared, ConsentKind.media_public)
_WEEK = timedelta(days=7)


@cache
def _picture(number: int) -> Cleaned:
    """A print of a few overlapping shapes, the same for a number."""
    colours = ("#7a3b52", "#c28a2c", "#3d6b5e", "#2f4a6d")
    made = Image.new("RGB", (640, 420), "#f4efe6")
    draw = ImageDraw.Draw(made)
    for place in range(7):
        left, top = (place * 97 + number * 61) % 560, (place * 53 + number * 89) % 330
        draw.ellipse((left, top, left + 130, top + 110), fill=colours[(place + number) % 4])
        draw.line((left, top + 110, left + 150, top), fill="#f4efe6", width=6)
    written = io.BytesIO()
    made.save(written, "JPEG", quality=80)
    return clean(written.getvalue())


@cache
def _sound() -> Cleaned:
    """Half a second of a tone that fades."""
    written = io.BytesIO()
    with wave.open(written, "wb") as made:
        made.setparams((1, 2, 8_000, 0, "NONE", ""))
        tones = (int(9_000 * (1 - at / 4_000) * math.sin(at / 8_000 * 2 * math.pi * 330)) for at in range(4_000))
        made.writeframes(b"".join(tone.to_bytes(2, "little", signed=True) for tone in tones))
    return clean(written.getvalue())


class Keepsakes:
    """Keeps a few journals of one authority, as Juno would have."""

    def __init__(self, engine: Engine, authority_id: int, today: date) -> None:
        """Keep for an authority, up to a day."""
        self._engine, self._authority_id, self._today = engine, authority_id, today

    def write(self) -> None:
        """Entries of up to four young people, one of them under a permission that was taken back since."""
        people = self._young_people()
        for number, (person_id, _) in enumerate(people):
            self._permissions(person_id, _MEDIA[: 3 - number % 3])
        shows = (VisibleTo.public, VisibleTo.professionals, VisibleTo.kept)
        for number, (person_id, _) in enumerate(people):
            self._entry(person_id, "The second print.", shows[number % 3], _picture(number), None)
            self._entry(person_id, None, VisibleTo.professionals, None, "I did not think it would come out like that.")
        if people:
            self._entry(people[0][0], "The song, first try.", VisibleTo.professionals, _sound(), None)
            self._case_study(people[0][1])
            self._taken_back(people[-1][0])
        with self._work(_MENTOR, self._today - _WEEK) as work:
            make_feed(work)
        self._messages()

    def _work(self, actor: Actor, on: date) -> Work:
        return Work(
            self._engine, actor, operator_scope({self._authority_id}, self._today), clock=StoppedClock.on(on, 17)
        )

    def _young_people(self) -> list[tuple[int, int]]:
        """Those Juno works with who are under age all the while, with the key of a commission."""
        grown = years_after(self._today, -17)
        with self._work(_MENTOR, self._today) as work:
            asked = (
                select(YoungPerson.id, Commission.id)
                .join(Commission, Commission.young_person_id == YoungPerson.id)
                .join(Mentor, Mentor.id == Commission.mentor_id)
                .where(Mentor.name == _MENTOR.name, Commission.state == "active", YoungPerson.born_on > grown)
                .order_by(YoungPerson.id)
            )
            found = [(row[0], row[1]) for row in work.db.execute(asked)]
        return list(dict(found).items())[:4]

    def _permissions(self, person_id: int, kinds: tuple[ConsentKind, ...]) -> None:
        with self._work(_COORDINATOR, self._today - 20 * _WEEK) as work:
            for kind in kinds:
                told = ConsentAnswers(
                    kind_of_use=kind,
                    decision=Decision.given,
                    decided_by=Decider.social_worker,
                    decider_name="",
                    starts_on=self._today - 20 * _WEEK,
                    ends_on=None,
                    withdrawn_on=None,
                    note="",
                )
                add_consent(work, work.get(YoungPerson, person_id), told)

    def _entry(
        self, person_id: int, caption: str | None, shows: VisibleTo, media: Cleaned | None, said: str | None
    ) -> None:
        """One entry; where permissions do not reach so far, it is kept for whoever kept it."""
        on = self._today - 2 * _WEEK
        for visible_to in dict.fromkeys((shows, VisibleTo.kept)):
            told = JournalAnswers(
                young_person_id=person_id,
                media=None,
                caption=caption,
                said=said,
                captured_on=on,
                visible_to=visible_to,
            )
            try:
                with self._work(_MENTOR, on) as work:
                    keep_entry(work, told, media)
            except Refused:
                continue
            return

    def _taken_back(self, person_id: int) -> None:
        with self._work(_COORDINATOR, self._today - _WEEK) as work:
            told = ConsentAnswers(
                kind_of_use=ConsentKind.media_shared,
                decision=Decision.given,
                decided_by=Decider.social_worker,
                decider_name="",
                starts_on=self._today - 2 * _WEEK,
                ends_on=None,
                withdrawn_on=None,
                note="",
            )
            consent = add_consent(work, work.get(YoungPerson, person_id), told)
            withdraw_consent(work, consent, WithdrawAnswers(withdrawn_on=work.today))

    def _case_study(self, commission_id: int) -> None:
        """Four hours for a case study, and the draft; nothing where the mentor may not be commissioned just then."""
        on = self._today - _WEEK
        try:
            with self._work(_COORDINATOR, on) as work:
                old = work.get(Commission, commission_id)
                told = CommissionAnswers(
                    enrolment_id=old.enrolment_id,
                    mentor_id=old.mentor_id,
                    hours=4,
                    rate_pence=old.rate_pence,
                    starts_on=on,
                    ends_on=None,
                    funding_line_id=None,
                    purpose=Purpose.case_study,
                )
                hours = activate_commission(work, approve_commission(work, add_commission(work, told)))
                key = hours.id
            with self._work(_MENTOR, self._today) as work:
                begun = CaseStudyBeginAnswers(
                    commission_id=key,
                    title="From one colour to three",
                    starts_on=self._today - 20 * _WEEK,
                    ends_on=self._today,
                )
                begin_case_study(work, begun)
        except Refused:
            return

    def _messages(self) -> None:
        """A digest that went out, one that cannot be delivered yet, and one that was let be."""
        at = StoppedClock.on(self._today, 7).now()
        for login, key, how in (
            (_COORDINATOR.login, 1, {"sent_at": at, "tries": 1}),
            (_MENTOR.login, 0, {"claimed_at": at, "tries": 2, "fault": "unreachable"}),
            (_COORDINATOR.login, 2, {"dropped_at": at, "tries": 1, "fault": "address"}),
        ):
            # Whoever works for several authorities is told once a day: the first one's digest is theirs.
            with suppress(Refused), self._work(Actor("job", "job", "job"), self._today) as work:
                made_on = self._today - timedelta(days=key)
                work.add(
                    OutgoingMessage(
                        authority_id=self._authority_id,
                        kind_of_message="digest",
                        login=login,
                        key=made_on.isoformat(),
                        made_on=made_on,
                        **how,
                    )
                )
