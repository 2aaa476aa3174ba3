"""What is read of answers: how many there are of each form, and those about a record."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import defer, joinedload

from cmcore.answers.records import AnswersRevision, FormAnswers, FormEdition
from cmcore.base.findings import NotFound
from cmcore.base.records import Record
from cmcore.safekeeping.records import StateChange
from cmcore.safekeeping.work import Work


@dataclass(frozen=True)
class Counted:
    """How many sets of answers to a form are within reach: drafts, and those that were finished."""

    drafts: int = 0
    finished: int = 0


def counts_for(work: Work, authority_id: int) -> dict[str, Counted]:
    """The counts of every form of an authority by its key; what is out of reach is not counted."""
    asked = (
        select(FormAnswers.form_key, FormAnswers.state, func.count())
        .where(FormAnswers.authority_id == authority_id)
        .group_by(FormAnswers.form_key, FormAnswers.state)
    )
    told: dict[str, dict[str, int]] = {}
    for key, state, many in work.db.execute(asked):
        told.setdefault(key, {})[state] = many
    return {
        key: Counted(states.get("draft", 0), sum(many for state, many in states.items() if state != "draft"))
        for key, states in told.items()
    }


def answers_about(work: Work, about: Record, limit: int = 50) -> list[FormAnswers]:
    """The answers about a record, the latest first; about a young person, also those about what hangs on them."""
    key: int = about.id  # type: ignore[attr-defined]
    itself = (FormAnswers.about_kind == about.kind()) & (FormAnswers.about_id == key)
    of = or_(itself, FormAnswers.young_person_id == key) if about.kind() == "young_person" else itself
    # What was answered is not read: a page that says that there are answers does not show them.
    bare = (defer(FormAnswers.values), defer(FormAnswers.left_behind))
    edition = joinedload(FormAnswers.edition).options(defer(FormEdition.questions), defer(FormEdition.left_out))
    asked = select(FormAnswers).where(of).options(*bare, edition)
    return list(work.db.scalars(asked.order_by(FormAnswers.saved_at.desc(), FormAnswers.id.desc()).limit(limit)))


def answered_forms(work: Work) -> list[tuple[str, str]]:
    """The forms of which answers are within reach: key and newest title, by title."""
    asked = (
        select(FormEdition.form_key, FormEdition.title)
        .where(FormEdition.id.in_(select(FormAnswers.edition_id)))
        .order_by(FormEdition.number)
    )
    told: dict[str, str] = {}
    for key, title in work.db.execute(asked):
        told[key] = title
    return sorted(told.items(), key=lambda one: one[1].lower())


def own_drafts(work: Work, key: str, authority_id: int, limit: int = 20) -> list[FormAnswers]:
    """The drafts of a form that whoever asks began, the latest first."""
    login = work.scope.login if work.scope else ""
    asked = select(FormAnswers).where(
        FormAnswers.authority_id == authority_id,
        FormAnswers.form_key == key,
        FormAnswers.state == "draft",
        FormAnswers.began_by == login,
    )
    return list(work.db.scalars(asked.order_by(FormAnswers.saved_at.desc()).limit(limit)))


def revisions_of(work: Work, answers: FormAnswers) -> list[AnswersRevision]:
    """What stood before each correction, the latest first."""
    asked = select(AnswersRevision).where(AnswersRevision.answers_id == answers.id)
    asked = asked.options(joinedload(AnswersRevision.edition))
    return list(work.db.scalars(asked.order_by(AnswersRevision.number.desc())))


def revision(work: Work, answers: FormAnswers, number: int) -> AnswersRevision:
    """What stood before one correction; not found where there was none of that number."""
    for one in revisions_of(work, answers):
        if one.number == number:
            return one
    raise NotFound(AnswersRevision.words[0])


def why_withdrawn(work: Work, edition: FormEdition) -> str:
    """The reason that was given when a form was withdrawn; nothing where it is not, or is not to be seen."""
    if edition.state != "withdrawn":
        return ""
    asked = select(StateChange.reason).where(
        StateChange.kind_of_record == edition.kind(),
        StateChange.record_id == edition.id,
        StateChange.authority_id == edition.authority_id,
        StateChange.transition == "withdraw",
    )
    return work.db.scalars(asked.order_by(StateChange.id.desc()).limit(1)).first() or ""
