"""What a person does with commitments and the action plan: promise, achieve, drop, tie to the calendar."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from cmcore.api import (
    Authority,
    CalendarEntry,
    Form,
    Period,
    Work,
    action,
    answers_from,
    calendar_entries,
    day,
    refuse,
    refuse_if,
    taken,
)
from cmcore_artsmark import rules
from cmcore_artsmark.forms import AchievedAnswers, CommitmentAnswers, DoneAnswers, ItemAnswers, offering
from cmcore_artsmark.journeys import PLUGIN, not_ahead
from cmcore_artsmark.lives import OPEN
from cmcore_artsmark.queries import counted_evidence, evidence_of, items_of
from cmcore_artsmark.records import ArtsmarkCommitment, ArtsmarkItem, ArtsmarkJourney, ArtsmarkPassage
from cmcore_artsmark.words import Origin, Principle

#: Entries of the calendar that are ours already: a deadline is tied to nothing.
_OURS = f"{PLUGIN}_"
#: So many entries are offered; the earliest.
_MOST = 200


def refuse_ended(journey: ArtsmarkJourney) -> None:
    """Refuse to change what belongs to a journey that is over or awarded."""
    if journey.state not in OPEN:
        raise refuse(f"This journey is “{journey.state_label}”.", way_out="Begin the next one.")


@action("artsmark_commitment.add")
def add_commitment(work: Work, journey: ArtsmarkJourney, answers: CommitmentAnswers) -> ArtsmarkCommitment:
    """Promise something. It may be added after the Statement of Commitment too: plans change."""
    refuse_ended(journey)
    told = taken(work, answers)
    own = {"authority_id": journey.authority_id, "artsmark_journey_id": journey.id}
    return work.add(ArtsmarkCommitment(**own, **_columns(told)))


@action("artsmark_commitment.change")
def change_commitment(
    work: Work, commitment: ArtsmarkCommitment, answers: CommitmentAnswers, version: int | None = None
) -> ArtsmarkCommitment:
    """Change a commitment that is not achieved or dropped."""
    _refuse_settled(work, commitment)
    work.change(commitment, version, **_columns(taken(work, answers)))
    return commitment


def answers_of_commitment(commitment: ArtsmarkCommitment) -> CommitmentAnswers:
    """The commitment as the answers that would promise it again."""
    return answers_from(
        CommitmentAnswers, commitment, {"principles": [Principle(one) for one in commitment.principles]}
    )


@action("artsmark_commitment.achieve")
def achieve(work: Work, commitment: ArtsmarkCommitment, answers: AchievedAnswers) -> ArtsmarkCommitment:
    """Say that a commitment is achieved, and what changed. R-AM-8 points out one without evidence."""
    told = taken(work, answers)
    refuse_ended(work.get(ArtsmarkJourney, commitment.artsmark_journey_id))
    refuse_if(not_ahead(told.achieved_on, work.today, "achieved_on"))
    pieces = counted_evidence(work, [commitment.id]).get(commitment.id, 0)
    work.heed(rules.has_evidence(pieces, commitment.goal, work.policy_of(commitment)))
    work.move(commitment, "achieve", on=told.achieved_on)
    work.change(commitment, **told.columns())
    return commitment


@action("artsmark_commitment.move")
def move_commitment(work: Work, commitment: ArtsmarkCommitment, name: str, reason: str = "") -> ArtsmarkCommitment:
    """Say that a commitment is under way, drop it, or take it up again; the last two with a reason."""
    if name == "achieve":
        raise refuse("Say what changed.", way_out="Take this step on the page of the commitment.")
    refuse_ended(work.get(ArtsmarkJourney, commitment.artsmark_journey_id))
    work.move(commitment, name, reason=reason)
    if name == "reopen":
        work.change(commitment, achieved_on=None)
    return commitment


@action("artsmark_commitment.remove")
def remove_commitment(work: Work, commitment: ArtsmarkCommitment) -> None:
    """Remove a commitment nobody was told of. Refuses once the Statement of Commitment was sent: drop it instead."""
    journey = work.get(ArtsmarkJourney, commitment.artsmark_journey_id)
    if journey.state not in ("registered", "assessed"):
        raise refuse("It was promised already.", way_out="Drop it instead, with the reason.")
    forget_passages(work, journey, ArtsmarkPassage.artsmark_commitment_id == commitment.id)
    for one in (*items_of(work, [commitment.id]), *evidence_of(work, [commitment.id])):
        work.db.delete(one)
    work.db.flush()
    work.db.delete(commitment)


def forget_passages(work: Work, journey: ArtsmarkJourney, about: ColumnElement[bool]) -> None:
    """Remove drafted passages; refuses those of a sent statement, and one that somebody changed and that stands."""
    asked = select(ArtsmarkPassage).where(ArtsmarkPassage.artsmark_journey_id == journey.id, about)
    for passage in work.db.scalars(asked):
        if journey.state == "claimed":
            raise refuse("The statement that speaks of it was sent.", way_out="Leave the passage out instead.")
        if passage.origin != Origin.drafted and not passage.left_out:
            raise refuse(f"“{passage.heading}” was changed by hand and speaks of it.", way_out="Leave that out first.")
        work.db.delete(passage)
    work.db.flush()


def _columns(answers: CommitmentAnswers) -> dict[str, object]:
    return {**answers.columns("principles"), "principles": [one.value for one in answers.principles]}


def _refuse_settled(work: Work, commitment: ArtsmarkCommitment) -> None:
    if commitment.lifecycle.ended(commitment.state):
        raise refuse(f"This commitment is “{commitment.state_label}”.", way_out="Take it up again first.")
    refuse_ended(work.get(ArtsmarkJourney, commitment.artsmark_journey_id))


# ---- the action plan
def entries_to_tie(work: Work, authority_id: int) -> list[CalendarEntry]:
    """What the calendar holds from today on that an item can be tied to, the earliest first."""
    months = int(work.setting(PLUGIN, "months_ahead"))
    period = Period(work.today, rules.months_after(work.today, months))
    found = calendar_entries(work, work.get(Authority, authority_id), period)
    return [one for one in found if not one.kind.startswith(_OURS)][:_MOST]


def item_form(work: Work, of: ArtsmarkCommitment | ArtsmarkItem) -> Form:
    """The form of an item, which offers what the calendar holds, and what it is tied to already."""
    offered = {
        one.key: (one.key, one.title, " · ".join(part for part in (day(one.on), one.place, one.source) if part))
        for one in entries_to_tie(work, of.authority_id)
    }
    if isinstance(of, ArtsmarkItem) and of.entry and of.entry not in offered:
        offered[of.entry] = (of.entry, of.entry_title, day(of.entry_on) if of.entry_on else "")
    if not offered:
        hint = "The calendar holds nothing yet that it could be tied to."
        return ItemAnswers.form.with_question("entry", hint=hint)
    return offering(ItemAnswers, "entry", offered.values())


@action("artsmark_item.add")
def add_item(work: Work, commitment: ArtsmarkCommitment, answers: ItemAnswers) -> ArtsmarkItem:
    """Add an item to the action plan, tied to an entry of the calendar where one is chosen."""
    _refuse_settled(work, commitment)
    told = taken(work, answers, item_form(work, commitment))
    own = {"authority_id": commitment.authority_id, "artsmark_commitment_id": commitment.id}
    return work.add(ArtsmarkItem(**own, **told.columns("entry"), **_tied(work, commitment.authority_id, told.entry)))


@action("artsmark_item.change")
def change_item(work: Work, item: ArtsmarkItem, answers: ItemAnswers, version: int | None = None) -> ArtsmarkItem:
    """Change an item, and what it is tied to."""
    told = taken(work, answers, item_form(work, item))
    tied = {} if told.entry and told.entry == item.entry else _tied(work, item.authority_id, told.entry)
    work.change(item, version, **told.columns("entry"), **tied)
    return item


def answers_of_item(item: ArtsmarkItem) -> ItemAnswers:
    """The item as the answers that would add it again."""
    return answers_from(ItemAnswers, item, {"entry": item.entry or None})


@action("artsmark_item.done")
def item_done(work: Work, item: ArtsmarkItem, answers: DoneAnswers) -> ArtsmarkItem:
    """Say that an item was done. Refuses a day ahead."""
    told = taken(work, answers)
    refuse_if(not_ahead(told.done_on, work.today, "done_on"))
    work.change(item, done_on=told.done_on)
    return item


@action("artsmark_item.remove")
def remove_item(work: Work, item: ArtsmarkItem) -> None:
    """Take an item out of the action plan."""
    work.db.delete(item)


def _tied(work: Work, authority_id: int, key: str | None) -> dict[str, object]:
    if not key:
        return {"entry": "", "entry_title": "", "entry_on": None, "entry_path": ""}
    found = next((one for one in entries_to_tie(work, authority_id) if one.key == key), None)
    if found is None:
        raise refuse("That entry is not in the calendar any more.", place="entry", way_out="Choose another, or none.")
    return {"entry": found.key, "entry_title": found.title[:200], "entry_on": found.on, "entry_path": found.path}
