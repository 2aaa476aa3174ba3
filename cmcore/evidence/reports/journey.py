"""One young person's journey: their measures, the steps, who scored, weeks between; for those who may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from cmcore.base.clock import day, local
from cmcore.base.words import count, hours
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.journey import Journey, journey_of
from cmcore.evidence.on_paper import chart_block
from cmcore.evidence.reports.report import Cell, Drawn, Figures, Report, Section
from cmcore.evidence.sentences import heading, lead
from cmcore.exchange.documents.heading import Heading
from cmcore.measures.change import Change, Ends, FinalReview, changes_of, ends_of
from cmcore.measures.registry import measure_set, measure_sets
from cmcore.measures.sets import MeasureSet
from cmcore.referrals.words import Rag
from cmcore.reviews.queries import as_plain
from cmcore.reviews.words import ReviewKind, Scorer
from cmcore.safekeeping.work import Work
from cmcore.sessions.words import MET
from cmcore.young_people.records import EducationSpell
from cmcore.young_people.words import EducationStatus

KEY = "journey"

#: So many reviews stand beside each other on a page; of more, the first and the latest.
_ABREAST = 7
#: So many sessions are read, the latest ones.
_SESSIONS = 2_000


def journey_to_report(work: Work, young_person_id: int) -> Journey:
    """A young person's journey for a report of it, or :class:`NotFound`. Refuses whoever may not see reviews."""
    found = journey_of(work, young_person_id, sessions=_SESSIONS, looks=0)
    for act in ("young_person.see", "enrolment.see", "review.see"):
        work.require(act, found.person.authority_id)
    return found


def journey(work: Work, found: Journey, top: Heading) -> Report:
    """The report of a journey, by initials and reference. Whoever makes it writes down that it was opened."""
    current = found.enrolment
    sections: list[Section] = []
    for enrolment in found.enrolments:
        sections += _measures(found, enrolment)
    sections += _outside(found)
    if current is not None:
        sections.append(_beside(work, found, current))
    sections.append(_timeline(found))
    sections += _words(found)
    sections.append(_read_with(found))
    return Report(
        key=KEY,
        name=f"journey-{found.person.ref}",
        title="A young person’s journey",
        lead=_lead(current),
        facts=tuple(_facts(work, found, current)),
        sections=tuple(sections),
        sensitive=True,
        heading=top,
    )


def _lead(enrolment: Enrolment | None) -> str:
    if enrolment is None:
        return "No programme has begun yet."
    return f"{enrolment.programme.title}: where it began, where it is now, and what happened in between."


def _facts(work: Work, found: Journey, enrolment: Enrolment | None) -> list[tuple[str, str]]:
    facts = [("Young person", " ".join(dict.fromkeys((found.person.initials, found.person.ref))))]
    if enrolment is not None:
        facts.append(("Programme", enrolment.programme.title))
        facts.append(("Where it stands", f"{enrolment.lifecycle.label(enrolment.state)}{_days(enrolment)}"))
        own = found.commissions_of(enrolment)
        held = [one for one in found.sessions if one.enrolment_id == enrolment.id and one.outcome in MET]
        if own:
            met = f"{hours(sum(one.minutes for one in held))} in {count(len(held), 'session')}"
            facts.append(("Time with the mentor", f"{met}, of {hours(sum(each.minutes for each in own))} commissioned"))
        referral = next((one for one in found.referrals if one.id == enrolment.referral_id), None)
        if referral is not None and enrolment.programme.measure_set in measure_sets():
            labels = {one.key: one.label for one in measure_set(enrolment.programme.measure_set).measures}
            hoped = [labels.get(key, key) for key in referral.outcomes]
            facts.append(("Hoped for at referral", ", ".join(hoped)))
    facts.append(("Drawn on", day(work.today)))
    return facts


def _days(enrolment: Enrolment) -> str:
    if enrolment.started_on is None:
        return ""
    if enrolment.ended_on is None:
        return f", since {day(enrolment.started_on)}"
    weeks = count((enrolment.ended_on - enrolment.started_on).days // 7, "week")
    return f", {day(enrolment.started_on)} to {day(enrolment.ended_on)}, {weeks}"


# ---- the measures


def _measures(found: Journey, enrolment: Enrolment) -> list[Section]:
    final = [as_plain(each) for each in found.reviews_of(enrolment) if each.state == "final"]
    used = next((each.measure_set for each in final if each.kind == "baseline"), enrolment.programme.measure_set)
    if used not in measure_sets() or (not final and enrolment is not found.enrolment):
        return []
    referral = next((each for each in found.referrals if each.id == enrolment.referral_id), None)
    return _of_set(measure_set(used), final, referral.outcomes if referral else ())


def _outside(found: Journey) -> list[Section]:
    """Scores outside any enrolment, such as the SDQ."""
    outside = [as_plain(each) for each in found.reviews_of(None) if each.state == "final"]
    made: list[Section] = []
    for ref in sorted({each.measure_set for each in outside} & set(measure_sets())):
        made += _of_set(measure_set(ref), [each for each in outside if each.measure_set == ref], ())
    return made


def _of_set(chosen: MeasureSet, final: Sequence[FinalReview], hoped: Sequence[str]) -> list[Section]:
    ends, changes = ends_of(final, chosen), changes_of(final, chosen)
    figures = Figures(
        caption=f"{chosen.title}, baseline to latest",
        heads=("Measure", "Baseline", "Latest", "Change", "Hoped for"),
        rows=tuple(_row(one, hoped) for one in changes),
    )
    shown: list[Drawn | Figures] = [Drawn(chart=chart_block(changes, hoped), figures=figures, changes=tuple(changes))]
    if (every := _every(chosen, final, ends)) is not None:
        shown.append(every)
    return [Section(heading=heading(changes, ends), said=(lead(chosen.measures[0].scale, ends),), shown=tuple(shown))]


def _row(change: Change, hoped: Sequence[str]) -> tuple[Cell, ...]:
    wanted = "yes" if change.measure.key in hoped else ""
    return (change.measure.label, change.baseline, change.latest, change.in_words, wanted)


def _every(chosen: MeasureSet, final: Sequence[FinalReview], ends: Ends) -> Figures | None:
    """Every review beside the others: of the set, whoever scored."""
    held = sorted((one for one in final if one.measure_set == chosen.ref), key=lambda one: one.order)
    if len(held) < 2 or ends.baseline is None:
        return None
    left_out = len(held) - _ABREAST
    if left_out > 0:
        held = [held[0], *held[-_ABREAST + 1 :]]
    heads = tuple(
        f"{_short(one.held_on)}, {Scorer.say(one.scored_by).lower().replace(' together', '')}" for one in held
    )
    rows = tuple((measure.label, *(_score(one.scores.get(measure.key)) for one in held)) for measure in chosen.measures)
    note = f"{count(left_out, 'review')} in between are left out." if left_out > 0 else ""
    return Figures(caption="Every review", heads=("Measure", *heads), rows=rows, note=note)


def _score(score: int | None) -> Cell:
    return "–" if score is None else score


def _short(on: date) -> str:
    return f"{on.day} {on:%b %Y}"


# ---- what stands beside them


def _beside(work: Work, found: Journey, enrolment: Enrolment) -> Section:
    """Concern, school and attendance at the start and now."""
    referral = next((one for one in found.referrals if one.id == enrolment.referral_id), None)
    began = enrolment.concern_at_start or (referral.concern if referral else None)
    scored = [one for one in found.reviews_of(enrolment) if one.state == "final" and one.concern]
    latest = scored[-1].concern if scored else None
    first = _spell(work, found.person.id, enrolment.started_on or found.on)
    now = _spell(work, found.person.id, enrolment.ended_on or found.on)
    rows = (
        ("Concern", Rag.say(began) or "–", Rag.say(latest) or "–"),
        ("School, work or training", _status(first), _status(now)),
        ("Attendance", _attendance(first), "–" if now is first else _attendance(now)),
    )
    return Section(
        heading="At the start, and now",
        said=("Attendance stands in the second column only where a later spell says it.",),
        shown=(Figures(caption="Concern, school and attendance", heads=("What", "At the start", "Now"), rows=rows),),
    )


def _spell(work: Work, person_id: int, on: date) -> EducationSpell | None:
    asked = (
        select(EducationSpell)
        .where(
            EducationSpell.young_person_id == person_id,
            EducationSpell.starts_on <= on,
            or_(EducationSpell.ends_on.is_(None), EducationSpell.ends_on >= on),
        )
        .order_by(EducationSpell.starts_on.desc(), EducationSpell.id.desc())
        .limit(1)
    )
    return work.db.scalars(asked).first()


def _status(spell: EducationSpell | None) -> str:
    return EducationStatus.say(spell.status) if spell else "–"


def _attendance(spell: EducationSpell | None) -> str:
    return "–" if spell is None or spell.attendance is None else f"{spell.attendance:g} %"


def _timeline(found: Journey) -> Section:
    """What happened, the first first: steps, reviews, and the sessions of each month together."""
    told: list[tuple[date, int, int, str]] = []
    known: list[Any] = [*found.referrals, *found.enrolments, *found.commissions]
    moved = {(one.kind(), one.id): one for one in known}
    for place, each in enumerate(found.changes):
        record = moved.get((each.kind_of_record, each.record_id))
        if record is not None:
            label = record.lifecycle.label(each.to_state).lower()
            told.append((each.moved_on, 1, place, f"{record.words[0].capitalize()}: {label}"))
    for review in found.reviews:
        if review.state == "final":
            kind = ReviewKind(review.kind_of_review).called.capitalize()
            told.append((review.held_on, 2, 0, f"{kind} scored: {Scorer.say(review.scored_by).lower()}"))
    months: dict[date, list[int]] = defaultdict(list)
    for session in found.sessions:
        if session.outcome in MET:
            months[local(session.starts_at).date().replace(day=1)].append(session.minutes)
    for month, minutes in months.items():
        told.append((month, 0, 0, f"{count(len(minutes), 'session')} held, {hours(sum(minutes))}"))
    rows = tuple((on if order else f"{on:%B %Y}", what) for on, order, _, what in sorted(told))
    figures = Figures(caption="What happened, the first first", heads=("Day", "What"), rows=rows)
    said = "The sessions of a month stand together, at its beginning." if months else ""
    return Section(heading="The way so far", said=(said,) if said else (), shown=(figures,) if rows else ())


def _words(found: Journey) -> list[Section]:
    """What they said at reviews: theirs, and so printed as they said it."""
    spoken = [one for one in found.reviews if one.state == "final" and one.words_said]
    if not spoken:
        return []
    voices = tuple(
        (f"{ReviewKind(one.kind_of_review).called.capitalize()}, {day(one.held_on)}", one.words_said) for one in spoken
    )
    return [Section(heading="In their own words", voices=voices)]


def _read_with(found: Journey) -> Section:
    points = [
        (
            "These are one person’s scores.",
            "They can differ from one day to the next, and by who is asked; a step of one point may be no more.",
        ),
        (
            "Nobody can say what would have happened otherwise.",
            "There is no comparison: what changed, changed while they took part.",
        ),
        (
            "Who begins low tends to score higher the next time.",
            "A low first score is partly a bad day (regression to the mean).",
        ),
        ("Only scores by the same role are compared.", "What was not scored keeps its row, with the reason."),
    ]
    if any(one.words_said for one in found.reviews):
        points.append(("Their words may name others.", "Read them before you hand this on."))
    return Section(heading="Read this with the numbers", points=tuple(points))
