"""Drafting the two statements from what is kept: a person's edits stay, what somebody left out stays out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from cmcore.api import (
    Authority,
    Period,
    Work,
    action,
    answers_from,
    count,
    counted,
    day,
    figures,
    for_others,
    in_words,
    refuse,
    taken,
)
from cmcore.api.journals import CaseStudy
from cmcore_artsmark.commitments import refuse_ended
from cmcore_artsmark.forms import PassageAnswers
from cmcore_artsmark.proving import evidence_in_the_way, number_of
from cmcore_artsmark.queries import commitments_of, evidence_of, judgements_of, passages_of
from cmcore_artsmark.records import ArtsmarkCommitment, ArtsmarkEvidence, ArtsmarkJourney, ArtsmarkPassage
from cmcore_artsmark.words import At, Criterion, EvidenceKind, Judgement, Origin, Principle, Statement


@dataclass(frozen=True)
class Draft:
    """A passage as what is kept says it: what it is known by, its words, and where they come from."""

    key: str
    heading: str
    text: str
    source: str
    commitment_id: int | None = None
    evidence_id: int | None = None
    young_person_id: int | None = None


@action("artsmark_passage.draft")
def draft(work: Work, journey: ArtsmarkJourney, statement: Statement) -> list[ArtsmarkPassage]:
    """Draft a statement, or draft it again: what a person changed, wrote or left out stays. Refuses a sent one."""
    refuse_sent(journey, statement)
    made = _commitment(work, journey) if statement is Statement.commitment else _impact(work, journey)
    kept = {one.key: one for one in passages_of(work, journey, statement)}
    fresh = {one.key: one for one in made}
    places = {key: place for place, key in enumerate(fresh)}
    for key, one in fresh.items():
        values: dict[str, Any] = {"place": places[key], "drafted": one.text, "source": one.source[:300]}
        passage = kept.get(key)
        if passage is None:
            _add(work, journey, statement, one, places[key])
        else:
            if passage.origin == Origin.drafted:
                values |= {"text": one.text, "heading": one.heading[:300]}
            work.change(passage, **values)
    for key, passage in kept.items():
        if key not in fresh and passage.origin == Origin.drafted and not passage.left_out:
            work.db.delete(passage)
    work.db.flush()
    return passages_of(work, journey, statement)


def _add(work: Work, journey: ArtsmarkJourney, statement: Statement, one: Draft, place: int) -> None:
    work.add(
        ArtsmarkPassage(
            authority_id=journey.authority_id,
            artsmark_journey_id=journey.id,
            statement=statement.value,
            key=one.key,
            place=place,
            heading=one.heading[:300],
            text=one.text,
            drafted=one.text,
            source=one.source[:300],
            origin=Origin.drafted.value,
            left_out=False,
            drafted_at=work.clock.now(),
            young_person_id=one.young_person_id,
            artsmark_commitment_id=one.commitment_id,
            artsmark_evidence_id=one.evidence_id,
        )
    )


def refuse_sent(journey: ArtsmarkJourney, statement: Statement) -> None:
    """Refuse to change a statement that was sent."""
    refuse_ended(journey)
    if statement is Statement.commitment:
        sent = journey.committed_on is not None
    else:
        sent = journey.state == "claimed"
    if sent:
        raise refuse(f"The {statement.label} was sent, and stays.", way_out="It can still be taken out as a file.")


# ---- what is kept, in words
def _commitment(work: Work, journey: ArtsmarkJourney) -> Iterator[Draft]:
    """The Statement of Commitment: who we are, where we stand, what we promise."""
    yield _who(work, journey)
    for one in sorted(judgements_of(work, journey), key=lambda one: list(Criterion).index(Criterion(one.criterion))):
        if one.at == At.start:
            text = f"{Judgement.say(one.judgement)}. {one.said}".strip()
            source = f"Self-assessment of {day(one.judged_on)}"
            yield Draft(f"criterion:{one.criterion}", f"Where we stand: {Criterion.say(one.criterion)}", text, source)
    for commitment in commitments_of(work, journey):
        if commitment.state != "dropped":
            yield Draft(
                f"commitment:{commitment.id}",
                f"We will: {commitment.goal}",
                _promise(commitment),
                "Commitment, not achieved yet" if commitment.state != "achieved" else "Commitment",
                commitment.id,
            )


def _who(work: Work, journey: ArtsmarkJourney) -> Draft:
    authority = work.get(Authority, journey.authority_id)
    if journey.setting is not None:
        text = f"{journey.setting.name} registered for an Artsmark on {day(journey.registered_on)}."
        return Draft("who", "Who we are", text, "The register of settings")
    today = counted(work, "looked_after", authority, Period(work.today, work.today))
    found = figures()["looked_after"].outside(today, for_others(work, authority))
    text = f"{authority.school_name} answers for the education of {found} children and young people in care."
    return Draft("who", "Who we are", text, f"Counted on {day(work.today)}: young people looked after")


def _promise(commitment: ArtsmarkCommitment) -> str:
    serves = [Principle.say(one) for one in commitment.principles]
    parts = [
        f"Criterion: {Criterion.say(commitment.criterion)}.",
        f"Quality principles: {in_words(serves)}." if serves else "",
        f"{commitment.owner} sees to it, by {day(commitment.due_on)}.",
    ]
    return " ".join(part for part in parts if part)


def _impact(work: Work, journey: ArtsmarkJourney) -> Iterator[Draft]:
    """The Statement of Impact: achieved commitments only (R-AM-1), each with its evidence, then the way travelled."""
    commitments = commitments_of(work, journey)
    achieved = [one for one in commitments if one.state == "achieved"]
    if not achieved:
        return
    promised = [one for one in commitments if one.state != "dropped"]
    text = f"We made {count(len(promised), 'commitment')}. This statement tells of what we achieved."
    if journey.committed_on is not None:
        text = f"We sent our Statement of Commitment on {day(journey.committed_on)}. {text}"
    yield Draft("opening", "Our journey", text, "Commitments that are achieved")
    pieces = evidence_of(work, [one.id for one in achieved])
    for commitment in achieved:
        on = day(commitment.achieved_on) if commitment.achieved_on else ""
        text = commitment.achieved or commitment.goal
        yield Draft(f"commitment:{commitment.id}", commitment.goal, text, f"Commitment achieved on {on}", commitment.id)
        for piece in pieces:
            if piece.artsmark_commitment_id == commitment.id and not evidence_in_the_way(work, piece):
                yield _piece(work, commitment, piece)
    yield from _travelled(work, journey)


def _piece(work: Work, commitment: ArtsmarkCommitment, piece: ArtsmarkEvidence) -> Draft:
    key = f"evidence:{piece.id}"
    kind = EvidenceKind(piece.kind_of_evidence)
    shows = f" {piece.shows}" if piece.shows else ""
    if kind is EvidenceKind.number:
        number = number_of(work, piece)
        text = f"{number.outside} ({number.days}).{shows}"
        source = f"Counted on {day(piece.counted_on)}. {number.meaning}" if piece.counted_on else number.meaning
        return Draft(key, number.title, text, source, commitment.id, piece.id)
    if kind is EvidenceKind.quote:
        text, source, heading = f"“{piece.said}”", f"{piece.said_by}, with permission", "What was said"
    elif kind is EvidenceKind.case_study:
        study = work.get(CaseStudy, piece.case_study_id)
        told = "\n".join(part for part in (study.beginning, study.done, study.changed) if part)
        text, source, heading = f"{piece.shows}\n{told}".strip(), f"Case study {study.ref}", f"A story: {study.title}"
    else:
        text, source, heading = piece.shows, "A journal entry, sent beside this statement", "What can be seen"
    return Draft(key, heading, text, source, commitment.id, piece.id, piece.young_person_id)


def _travelled(work: Work, journey: ArtsmarkJourney) -> Iterator[Draft]:
    """From where to where on each criterion that was judged twice."""
    by = {(one.criterion, one.at): one for one in judgements_of(work, journey)}
    for criterion in Criterion:
        start, end = by.get((criterion.value, At.start.value)), by.get((criterion.value, At.end.value))
        if start is not None and end is not None:
            way = f"From {Judgement.say(start.judgement)} to {Judgement.say(end.judgement)}. {end.said}".strip()
            source = f"Self-assessments of {day(start.judged_on)} and {day(end.judged_on)}"
            yield Draft(f"travelled:{criterion.value}", f"How far we came: {criterion.label}", way, source)


# ---- what a person does to it
@action("artsmark_passage.add")
def write_passage(
    work: Work, journey: ArtsmarkJourney, answers: PassageAnswers, statement: Statement | None = None
) -> ArtsmarkPassage:
    """Write a passage at the end of a statement, that which is to be sent next. It stays when it is drafted again."""
    statement = statement or (Statement.impact if journey.committed_on else Statement.commitment)
    refuse_sent(journey, statement)
    told = taken(work, answers)
    return work.add(
        ArtsmarkPassage(
            authority_id=journey.authority_id,
            artsmark_journey_id=journey.id,
            statement=statement.value,
            key=f"own:{token_hex(8)}",
            place=1_000,
            source=f"Written by {work.actor.name}"[:300],
            origin=Origin.written.value,
            left_out=False,
            drafted_at=work.clock.now(),
            **told.columns(),
        )
    )


@action("artsmark_passage.change")
def change_passage(
    work: Work, passage: ArtsmarkPassage, answers: PassageAnswers, version: int | None = None
) -> ArtsmarkPassage:
    """Change a passage: from now on these words stand, whatever the draft says."""
    _open(work, passage)
    changed = work.change(passage, version, **taken(work, answers).columns())
    if changed and passage.origin == Origin.drafted:
        work.change(passage, origin=Origin.edited.value)
    return passage


@action("artsmark_passage.change")
def leave_out(work: Work, passage: ArtsmarkPassage) -> ArtsmarkPassage:
    """Leave a passage out, of a sent statement too: permissions are withdrawn at any time. It stays out."""
    work.change(passage, left_out=True)
    return passage


@action("artsmark_passage.change")
def put_back(work: Work, passage: ArtsmarkPassage) -> ArtsmarkPassage:
    """Put a passage back that was left out."""
    _open(work, passage)
    work.change(passage, left_out=False)
    return passage


@action("artsmark_passage.remove")
def remove_passage(work: Work, passage: ArtsmarkPassage) -> None:
    """Remove a passage somebody wrote. Refuses a drafted one, which would come back."""
    _open(work, passage)
    if passage.origin != Origin.written:
        raise refuse("This passage was drafted, and would come back.", way_out="Leave it out instead.")
    work.db.delete(passage)


def answers_of_passage(passage: ArtsmarkPassage) -> PassageAnswers:
    """The passage as the answers that would write it again."""
    return answers_from(PassageAnswers, passage)


def _open(work: Work, passage: ArtsmarkPassage) -> None:
    refuse_sent(work.get(ArtsmarkJourney, passage.artsmark_journey_id), Statement(passage.statement))
