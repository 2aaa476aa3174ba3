"""Putting a story together: what is kept about a young person, in order of day, each thing in plain words to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select

from cmcore.awards.standings import award_standings
from cmcore.base.clock import local
from cmcore.base.words import hours, in_words
from cmcore.evidence.happened import happened
from cmcore.evidence.journey import Journey, journey_of
from cmcore.journals.records import JournalEntry
from cmcore.journals.words import EntryKind
from cmcore.measures.registry import measure_sets
from cmcore.peps.records import PepCycle, PepTarget
from cmcore.reviews.records import Review
from cmcore.reviews.words import Scorer
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET, Outcome, SessionPlace
from cmcore.stories.passages import Passage

#: A young person has no more sessions than this.
_ALL = 5_000
_PLACES = {
    SessionPlace.home: "at home",
    SessionPlace.school: "at school",
    SessionPlace.community: "out and about",
    SessionPlace.online: "online",
    SessionPlace.other: "somewhere else",
}
_NOT_MET = {
    Outcome.absent: "You were not there that day.",
    Outcome.cancelled_by_young_person: "You asked not to meet that day.",
    Outcome.cancelled_by_mentor: "Your mentor could not come that day.",
    Outcome.postponed: "You put it off to another day.",
}
_CUT_SHORT = {
    Outcome.shortened: "It was cut short.",
    Outcome.ended_for_safety: "It ended early, to keep everybody safe.",
    Outcome.left: "You left before the end.",
}
_SCORED = {
    Scorer.mentor: "Your mentor gave each of these a number",
    Scorer.young_person: "You gave each of these a number",
    Scorer.carer: "Your carer gave each of these a number",
    Scorer.teacher: "Your teacher gave each of these a number",
    Scorer.joint: "You and your mentor gave each of these a number together",
}


def tell(work: Work, young_person_id: int, up_to_on: date) -> tuple[Journey, list[Passage]]:
    """Everything that is kept about somebody up to a day, in order of day, with the journey it was read from.

    Twelve statements, however much there is; then each plugin that keeps awards or says what happened. What a story
    does not tell (:func:`cmcore.stories.queries.untold`) is left to whoever answers a request.
    """
    journey = journey_of(work, young_person_id, sessions=_ALL, looks=0)
    told = [
        *_referrals(journey),
        *_enrolments(journey),
        *_sessions(journey),
        *_reviews(journey),
        *_entries(work, young_person_id),
        *_plans(work, young_person_id),
        *_awards(work, young_person_id),
        *_more(work, journey),
    ]
    # What was asked for stands before what began the same day: the order they were gathered in.
    return journey, sorted((one for one in told if one.on <= up_to_on), key=lambda one: one.on)


def _wrote(*lines: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((who, text.strip()) for who, text in lines if text and text.strip())


def _labels(keys: Iterable[str]) -> list[str]:
    known = {measure.key: measure.label.lower() for each in measure_sets().values() for measure in each.measures}
    return [known.get(key, key) for key in keys]


def _referrals(journey: Journey) -> Iterator[Passage]:
    for one in journey.referrals:
        if one.state == "draft":
            continue
        hoped = _labels(one.outcomes)
        yield Passage(
            key=f"referral:{one.id}",
            on=one.received_on,
            heading="Somebody asked for a mentor for you",
            ours=(f"They hoped it would help with {in_words(hoped)}.",) if hoped else (),
            told=_wrote(
                ("What they said you like", one.interests),
                ("What they said works for you", one.what_works),
                ("What they were worried about", one.risks),
            ),
        )


def _enrolments(journey: Journey) -> Iterator[Passage]:
    for one in journey.enrolments:
        if one.started_on:
            yield Passage(
                key=f"enrolment:{one.id}:begins",
                on=one.started_on,
                heading=f"{one.programme.title} began for you",
                told=_wrote(("What you were going to learn", one.learning_targets)),
            )
        if one.ended_on:
            early = one.state == "ended_early"
            yield Passage(
                key=f"enrolment:{one.id}:ends",
                on=one.ended_on,
                heading=f"{one.programme.title} came to its end" if not early else f"{one.programme.title} ended early",
            )


def _sessions(journey: Journey) -> Iterator[Passage]:
    for one in journey.sessions:
        if one.outcome is not None:
            yield _session(one)


def _session(one: MentoringSession) -> Passage:
    outcome = Outcome(one.outcome or Outcome.held)
    met = outcome in MET
    where = _PLACES.get(SessionPlace(one.place), "")
    short = _CUT_SHORT.get(outcome, "")
    ours = (f"You met for {hours(one.minutes)} {where}.", short) if met else (_NOT_MET.get(outcome, ""),)
    noticed = [
        (f"What your mentor noticed ({_labels([str(note.get('measure'))])[0]})", str(note.get("note") or ""))
        for note in one.impact
    ]
    return Passage(
        key=f"session:{one.id}",
        on=local(one.starts_at).date(),
        heading="You met your mentor" if met else "You did not meet your mentor",
        ours=tuple(line for line in ours if line),
        told=_wrote(("What your mentor wrote", one.done), ("What was in the way", one.in_the_way), *noticed),
        said=one.words_said,
    )


def _reviews(journey: Journey) -> Iterator[Passage]:
    for one in journey.reviews:
        if one.state == "final":
            yield _review(one)


def _review(one: Review) -> Passage:
    chosen = measure_sets().get(one.measure_set)
    labels = {measure.key: measure.label for measure in chosen.measures} if chosen else {}
    order = list(labels)
    scores = sorted(one.scores, key=lambda score: order.index(score.measure) if score.measure in order else 99)
    scored = [(labels.get(each.measure, each.measure), each) for each in scores]
    scale = chosen.measures[0].scale if chosen else None
    means = f": {scale.least} means {scale.least_means}, {scale.most} means {scale.most_means}" if scale else ""
    return Passage(
        key=f"review:{one.id}",
        on=one.held_on,
        heading="A look at how things were going",
        ours=(f"{_SCORED.get(Scorer(one.scored_by), 'Each of these got a number')}{means}.",),
        told=_wrote(*((f"About {label.lower()}", each.note or each.not_scored_because) for label, each in scored)),
        said=one.words_said,
        scores=tuple((label, "no number" if each.score is None else str(each.score)) for label, each in scored),
    )


def _entries(work: Work, young_person_id: int) -> Iterator[Passage]:
    asked = select(JournalEntry).where(JournalEntry.young_person_id == young_person_id)
    for one in work.db.scalars(asked):
        kept = EntryKind(one.kind_of_entry)
        heading = "Words for your journal" if kept is EntryKind.words else f"{EntryKind.say(kept)} for your journal"
        yield Passage(
            key=f"journal_entry:{one.id}",
            on=one.captured_on,
            heading=heading,
            ours=() if kept is EntryKind.words else ("It is not printed here. You may ask to see or hear it.",),
            told=_wrote(("What it shows", one.caption)),
            said=one.said,
        )


def _plans(work: Work, young_person_id: int) -> Iterator[Passage]:
    asked = select(PepTarget).where(PepTarget.young_person_id == young_person_id).order_by(PepTarget.id)
    targets: dict[int, list[PepTarget]] = {}
    for each in work.db.scalars(asked):
        targets.setdefault(each.pep_cycle_id, []).append(each)
    plans = select(PepCycle).where(PepCycle.young_person_id == young_person_id, PepCycle.held_on.is_not(None))
    for one in work.db.scalars(plans):
        theirs = targets.get(one.id, ())
        yield Passage(
            key=f"pep_cycle:{one.id}",
            on=one.held_on or one.due_on,
            heading="The meeting about your education plan",
            told=_wrote(
                ("What was agreed", one.agreed),
                *(("A goal", each.target) for each in theirs),
                *(("What came of a goal", each.review_note) for each in theirs),
            ),
        )


def _awards(work: Work, young_person_id: int) -> Iterator[Passage]:
    for place, one in enumerate(award_standings(work, [young_person_id])[young_person_id]):
        key = f"award:{place}"
        if one.enrolled_on:
            heading = f"You began to work towards {one.level_title}"
            yield Passage(key=f"{key}:begins", on=one.enrolled_on, heading=heading)
        if one.ended_on:
            ended = one.state_words or one.state
            yield Passage(key=f"{key}:ends", on=one.ended_on, heading=f"{one.level_title}: {ended.lower()}")


def _more(work: Work, journey: Journey) -> Iterator[Passage]:
    person = journey.person
    for place, one in enumerate(happened(work, person.authority_id, [person.id])):
        if one.to_them:
            wrote = _wrote(*(("What was written", line) for line in one.lines))
            yield Passage(key=f"more:{place}", on=one.on, heading=one.to_them, told=wrote, said=one.said)
