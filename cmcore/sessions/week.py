"""A week of sessions on one sheet: each row is judged by itself, and nothing of a row that is wrong is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from cmcore.base.findings import Finding, NotFound, Refused, refuse
from cmcore.forms import Answers, ask, form, group, read
from cmcore.forms.schema import is_blank
from cmcore.safekeeping.work import Work
from cmcore.sessions.actions import add_session, answers_of_session
from cmcore.sessions.drafts import sent_from
from cmcore.sessions.forms import SessionAnswers
from cmcore.sessions.planning import record_session
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET, Outcome, SessionPlace


@group
class WeekRowAnswers:
    """One row: a session of the week, one that was planned, one that is likely, or an empty row."""

    commission_id: int | None = ask("Who with", least=1)
    held_on: date | None = ask("Day")
    starts: time | None = ask("From")
    ends: time | None = ask("To")
    place: SessionPlace | None = ask("Where")
    outcome: Outcome | None = ask("How did it go?")
    told: str | None = ask("What you did and briefly why, or what got in the way", long=True, sensitive=True)
    worrying: bool | None = ask("Did anything worry you?", default=False)
    #: The plan it is the record of, and the version that was seen of it.
    plan_id: int | None = ask("Plan", least=1)
    plan_version: int | None = ask("Version of the plan", least=1)
    #: Whether it was filled in beforehand: by itself that says nothing of what happened.
    likely: bool | None = ask("Filled in beforehand", default=False)
    mark: str | None = ask("Mark", most=40)


@form("session-week", version=1, title="The week")
class WeekAnswers(Answers):
    """The sessions of one week, a row for each. A row counts once it says how the session went."""

    rows: list[WeekRowAnswers] = ask("Sessions", required=False, one="session")


@dataclass
class WeekJudged:
    """What came of the rows of a sheet, by their place: sessions that were kept, and what is wrong with the others."""

    kept: dict[int, MentoringSession] = field(default_factory=dict)
    wrong: dict[int, list[Finding]] = field(default_factory=dict)

    @property
    def findings(self) -> list[Finding]:
        """Everything that is wrong, each at its row and question, in the order of the rows."""
        return [one for _, found in sorted(self.wrong.items()) for one in found]


def counts(row: Mapping[str, Any]) -> bool:
    """Whether somebody wrote something of a session into a row; what was filled in beforehand does not count."""
    if not is_blank(row.get("outcome")) or not is_blank(row.get("told")) or row.get("worrying") == "yes":
        return True
    beforehand = not is_blank(row.get("plan_id")) or row.get("likely") in ("yes", True)
    typed = any(not is_blank(row.get(key)) for key in ("commission_id", "held_on", "starts", "ends", "place"))
    return typed and not beforehand


def log_rows(work: Work, rows: Sequence[Mapping[str, Any]], monday: date) -> WeekJudged:
    """Keep every row that is right, each for itself; what is wrong with the others is said at its place.

    It commits nothing: whoever calls it keeps all of it, or undoes it, which is how a sheet is looked over first.
    """
    judged = WeekJudged()
    # Before the first savepoint: on SQLite taking the write lock ends what was begun.
    work.begin_writing()
    for number, raw in enumerate(rows):
        if not counts(raw):
            continue
        try:
            with work.db.begin_nested():
                judged.kept[number] = _log(work, raw, monday)
        except Refused as refused:
            judged.wrong[number] = [_at(one, number) for one in refused.findings]
        except NotFound:
            # A commission or a plan that is out of reach, or gone: which of the two is never said.
            judged.wrong[number] = [_at(_OUT_OF_REACH, number)]
    return judged


def _log(work: Work, raw: Mapping[str, Any], monday: date) -> MentoringSession:
    reading = read(WeekAnswers, {"rows": [dict(raw)]})
    if reading.refused:
        raise Refused(replace(one, place=_within_row(one.place)) for one in reading.findings)
    row: WeekRowAnswers = reading.answers.rows[0]
    if missing := _missing(row, monday):
        raise Refused(missing)
    mark = row.mark or ""
    if (before := sent_from(work, mark)) is not None:
        _says_the_same(row, before)
        return before
    if row.plan_id is None:
        session = add_session(work, _answers(row, {}), mark)
    else:
        plan = work.get(MentoringSession, row.plan_id)
        planned = answers_of_session(plan)
        kept = {"intention": planned.intention, "planned_measures": planned.planned_measures}
        session = record_session(work, plan, _answers(row, kept), row.plan_version, mark)
    work.db.flush()
    return session


def _says_the_same(row: WeekRowAnswers, before: MentoringSession) -> None:
    """What is sent again under one mark is the same; other words are never dropped."""
    asked = ("commission_id", "held_on", "starts", "ends", "place", "outcome", "done", "in_the_way", "worrying")
    said, kept = _answers(row, {}), answers_of_session(before)
    if any(getattr(said, key) != getattr(kept, key) for key in asked):
        raise refuse(
            "This row was sent before, and what it said then is kept.",
            place="outcome",
            way_out="Change it under Sessions, or write another session in an empty row.",
        )


def _answers(row: WeekRowAnswers, kept: Mapping[str, Any]) -> SessionAnswers:
    met = row.outcome in MET and row.outcome != Outcome.ended_for_safety
    told: dict[str, Any] = {
        key: getattr(row, key) for key in ("commission_id", "held_on", "starts", "ends", "place", "outcome")
    }
    told |= {"done" if met else "in_the_way": row.told, "worrying": bool(row.worrying)}
    if not met and row.outcome != Outcome.ended_for_safety:
        told["chargeable"] = False
    return SessionAnswers(**{"in_the_way": None, "done": None, **kept, **told})


_OUT_OF_REACH = Finding(
    "This is not to be found.", place="commission_id", way_out="Choose one of those listed, or empty the row."
)
_ASKED = (
    ("commission_id", "Say who it was with.", "Choose one of those listed."),
    ("held_on", "Say which day it was.", "Choose a day of the week."),
    ("starts", "Say when it began.", "For example 14:00."),
    ("ends", "Say when it ended.", "For example 15:30."),
    ("place", "Say where it was.", "Choose a place."),
    ("outcome", "Say how it went.", "Choose what happened, or empty the row."),
)


def _missing(row: WeekRowAnswers, monday: date) -> list[Finding]:
    """What a row lacks; and a day of another week, which belongs on another sheet."""
    found = [Finding(said, place=key, way_out=way) for key, said, way in _ASKED if getattr(row, key) is None]
    if row.held_on is not None and not 0 <= (row.held_on - monday).days < 7:
        found.append(Finding("This day is in another week.", place="held_on", way_out="Write it on that week's sheet."))
    return found


def _within_row(place: str | None) -> str | None:
    return place.removeprefix("rows.0.") if place else None


def _at(finding: Finding, number: int) -> Finding:
    """The finding at its place on the sheet; what a sheet has no box for is said where the row begins."""
    asked = {"done": "told", "in_the_way": "told"}.get(finding.place or "", finding.place)
    known = {"commission_id", "held_on", "starts", "ends", "place", "outcome", "told", "worrying"}
    place = f"rows.{number}.{asked if asked in known else 'commission_id'}"
    return replace(finding, place=place, message=f"Row {number + 1}: {finding.message}")
