"""Enrolments: a young person's place in a programme, with the steps its life cycle allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from flask import g, request
from sqlalchemy import ColumnElement, Select, false

from cmcore.base.findings import Finding
from cmcore.base.lifecycle import Transition
from cmcore.base.words import hours
from cmcore.enrolments import guards
from cmcore.enrolments.actions import (
    add_enrolment,
    answers_of_enrolment,
    change_enrolment,
    move_enrolment,
    remove_enrolment,
)
from cmcore.enrolments.forms import EnrolmentAnswers, EnrolmentChangeAnswers, ReasonedStepAnswers, StepAnswers
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.caseload import Standing, next_review, standings
from cmcore.evidence.pairs import STANDS, mentor_of, stands
from cmcore.evidence.waiting import baseline_late, baseline_to_take, exit_coming, exit_missing, review_over
from cmcore.programmes.registry import programme_types
from cmcore.referrals.words import Rag
from cmcore.reviews.queries import has_exit_review, standing
from cmcore.reviews.rules import ends_unscored
from cmcore.safekeeping.work import Work
from console import desk
from console.caseload_rows import hours_bar, next_words, scores_mark
from console.listing import Filter, Queue
from console.lookups import title
from console.pages.matching import to_match
from console.record_view import RecordView, Related
from console.shown import State, Sub, concern
from console.steps import NextStep, Step
from console.together_acts import Together

_WHY = {
    "start": "The first session can be logged from that day on.",
    "pause": "Nothing is chased while it is paused.",
    "resume": "The work goes on.",
    "close": "The last sessions and the exit review come next.",
    "complete": "The work is done and the measures have been scored a last time.",
    "end_early": "It stops before the work is done.",
    "reopen": "It is planned again, and starts with its checks as before.",
}


#: What an enrolment may wait for: the words, and the condition.
_DUE: dict[str, tuple[str, Callable[[Work], ColumnElement[bool]]]] = {
    "first": ("A first score", baseline_to_take),
    "baseline": ("A first score that is late", baseline_late),
    "review": ("A review that is over its day", review_over),
    "ending": ("An exit review, before the work ends", exit_coming),
    "exit": ("An exit review, as it is closing", exit_missing),
}


def _waits_for(value: str, work: Work) -> ColumnElement[bool]:
    return _DUE[value][1](work) if value in _DUE else false()


def _key(value: str) -> int | None:
    """The key in an address, where it is one."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _of_mentor(value: str, work: Work) -> ColumnElement[bool]:
    key = _key(value)
    found: ColumnElement[bool] = false() if key is None else mentor_of() == key
    return found


def _named(value: str, work: Work) -> str:
    """The mentor a list is narrowed by, as far as whoever looks may see them."""
    key = _key(value)
    return value if key is None else title("mentor", key) or value


def transitions() -> Iterator[Transition]:
    """Every transition of every programme type's life cycle, each name once."""
    seen = set()
    for each in programme_types().values():
        for way in each.lifecycle.transitions:
            if way.name not in seen:
                seen.add(way.name)
                yield way


def _step(way: Transition) -> Step:
    def act(work: Work, enrolment: Enrolment, answers: Any) -> Any:
        return move_enrolment(work, enrolment, way.name, on=answers.on, reason=getattr(answers, "reason", ""))

    def against(work: Work, enrolment: Enrolment) -> list[Finding]:
        named = enrolment.lifecycle.way(way.name, enrolment.state)
        return guards.findings_of(named.guards, work, enrolment, work.today)

    return Step(
        way.name,
        way.label,
        act,
        form=ReasonedStepAnswers if way.needs_reason else StepAnswers,
        act="enrolment.move",
        why=_WHY.get(way.name, ""),
        offered=lambda enrolment: any(one.name == way.name for one in enrolment.lifecycle.possible(enrolment.state)),
        stands_in_the_way=against,
        grave=way.name == "end_early",
    )


class Enrolments(RecordView):
    """Who is in a programme, and where it stands."""

    record = Enrolment
    route_base = "/enrolments"
    about = "Every young person's place in a programme: what goes on stands first, what has ended after it."
    list_columns: ClassVar[list[str]] = ["ref", "young_person", "state", "mentor", "concern", "used", "scores", "next"]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Enrolment",
        "young_person": "Young person",
        "programme.title": "Programme",
        "state": "Where it stands",
        "used": "Hours used",
        "next": "Next review",
        "planned_start_on": "Planned start",
        "started_on": "Started",
        "ended_on": "Ended",
        "concern_at_start": "Concern at the start",
        "review_days": "Days between reviews",
        "no_exit_review_because": "Why there is no exit review",
    }
    load_columns: ClassVar[list[str]] = ["programme.title"]
    search_columns: ClassVar[list[str]] = [
        "ref",
        "young_person.ref",
        "young_person.family_name",
        "young_person.given_name",
    ]
    everywhere: ClassVar[list[str]] = ["ref"]
    only_references = True
    found_loads: ClassVar[list[str]] = ["young_person.ref", "setting.name", "programme.title"]
    choice_columns: ClassVar[dict[str, Any]] = {"concern_at_start": Rag}
    filter_columns: ClassVar[list[Any]] = [
        "state",
        Filter("due", "Waits for", tuple((key, words) for key, (words, _) in _DUE.items()), _waits_for),
        "programme_id",
        "young_person_id",
        Filter(
            "scores", "Scores", tuple((key, words) for key, (words, _) in STANDS.items()), lambda key, _: stands(key)
        ),
        Filter("mentor", "Mentor", (), _of_mentor, _named),
    ]
    order_columns: ClassVar[list[str]] = ["ref", "state"]
    base_order = ("ref", "desc")
    views: ClassVar[list[Any]] = [
        ("Planned", {"state": "planned"}),
        ("Active", {"state": "active"}),
        ("Closing", {"state": "closing"}),
        ("Baseline late", {"due": "baseline"}),
        ("Review over", {"due": "review"}),
    ]
    queues = (
        Queue(
            "Exit reviews missing",
            {"due": "exit"},
            "now",
            "Without one nobody can say what changed.",
            act="review.add",
        ),
        Queue(
            "Exit reviews to score before the end",
            {"due": "ending"},
            "week",
            "The commissioned work ends soon; afterwards nobody meets to score it.",
            act="review.add",
        ),
        Queue(
            "Baselines late",
            {"due": "baseline"},
            "week",
            "They have started and have no first score.",
            act="review.add",
        ),
        Queue(
            "Reviews due",
            {"due": "review"},
            "week",
            "Their last score is longer ago than it should be.",
            act="review.add",
        ),
        Queue(
            "First scores to take",
            {"due": "first"},
            "soon",
            "They have just started. Without a first score nothing can be compared.",
            act="review.add",
        ),
    )
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "programme.title",
        "state",
        "planned_start_on",
        "started_on",
        "ended_on",
        "learning_targets",
        "review_days",
        "concern_at_start",
        "no_exit_review_because",
        "referral",
    ]
    empty_words = "No enrolments yet. Accepting a referral gives the young person a place."

    add_form = EnrolmentAnswers
    add_action = staticmethod(add_enrolment)
    edit_form = EnrolmentChangeAnswers
    answers_of = staticmethod(answers_of_enrolment)
    edit_action = staticmethod(change_enrolment)
    remove_action = staticmethod(remove_enrolment)
    add_words = "Enrol somebody"
    together = (
        Together("reviews", "Set the days between reviews", ("review_days",)),
        "pause",
        "resume",
        "close",
    )

    def step_for(self, step: Step, record: Any) -> Step:
        """The step in the words of the enrolment's own programme type, and with a reason where that asks for one."""
        return next((_step(way) for way in record.lifecycle.transitions if way.name == step.key), step)

    def __init__(self) -> None:
        """Gather the steps of every programme type, plugins' included, and the lists below the page."""
        from console.pages.commissions import Commissions
        from console.pages.reviews import Reviews
        from console.pages.sessions import Sessions

        self.steps = tuple(_step(way) for way in transitions())
        self.related_views = [
            Related(Commissions, by="enrolment_id", columns=("starts_on", "mentor", "purpose", "used", "state")),
            Related(Sessions, by="enrolment_id", columns=("starts_at", "mentor", "place", "minutes", "outcome")),
            Related(Reviews, by="enrolment_id", columns=("held_on", "kind_of_review", "scored_by", "state", "concern")),
        ]
        super().__init__()

    def narrowed(self, statement: Select[Any], work: Work) -> Select[Any]:
        """What goes on first, what has ended after it, unless another order is asked for."""
        return statement if request.args.get("sort") else statement.order_by(Enrolment.ended_on.is_not(None))

    def gather(self, work: Work, rows: Sequence[Enrolment]) -> None:
        """Read how all the rows stand."""
        g.cm_standings = standings(work, rows)

    def _standing(self, enrolment: Enrolment) -> Standing:
        found: Standing = g.cm_standings.get(enrolment.id, Standing())
        return found

    def cell_ref(self, enrolment: Enrolment) -> Sub:
        """Its reference, and which programme it is."""
        return Sub(enrolment.ref, enrolment.programme.title)

    def cell_mentor(self, enrolment: Enrolment) -> str:
        """Who works with them, or worked last."""
        return self._standing(enrolment).mentor

    def cell_concern(self, enrolment: Enrolment) -> State | str:
        """How worried somebody was last, or at the start."""
        return concern(self._standing(enrolment).concern or enrolment.concern_at_start)

    def cell_used(self, enrolment: Enrolment) -> Any:
        """How much of the commissioned time is used, for whoever may see the sessions."""
        standing = self._standing(enrolment)
        may = desk.work().may("session.see", enrolment.authority_id)
        return hours_bar(standing.used, standing.minutes) if may else hours(standing.minutes)

    def cell_scores(self, enrolment: Enrolment) -> Any:
        """Whether change can be shown."""
        return scores_mark(self._standing(enrolment), enrolment.programme.measure_set)

    def cell_next(self, enrolment: Enrolment) -> Any:
        """When the measures are to be scored next."""
        work = desk.work()
        due = next_review(enrolment, self._standing(enrolment), work.today, work.policy_of(enrolment))
        return next_words(due)

    def cell_concern_at_start(self, enrolment: Enrolment) -> State | str:
        """Red, amber or green."""
        return concern(enrolment.concern_at_start)

    def found_detail(self, enrolment: Enrolment) -> str:
        """What tells one from another where one is chosen."""
        return f"{enrolment.young_person or enrolment.setting}, {enrolment.programme}, {enrolment.state_label.lower()}"

    def heading(self, enrolment: Enrolment) -> str:
        """Whose place it is."""
        return f"Enrolment {enrolment.ref}: {enrolment.young_person or enrolment.setting}"

    def named(self, enrolment: Enrolment) -> str:
        """Whose place it is, in few words."""
        return f"{enrolment.young_person or enrolment.setting}, {enrolment.ref}"

    def settled(self, enrolment: Enrolment, doing: str) -> Sequence[Finding]:
        """What has begun stays known."""
        if doing == "edit" or enrolment.state == "planned":
            return ()
        said = "Only an enrolment that has not begun can be taken away."
        return (Finding(said, way_out="End this one early, with a reason."),)

    def next_steps(self, work: Work, record: Any) -> list[NextStep]:
        """With finding a mentor first, while it is planned."""
        found = to_match(work, record.referral) if record.state == "planned" and record.referral_id else []
        return [*found, *super().next_steps(work, record)]

    def told(self, work: Work, record: Any, doing: str) -> list[Finding]:
        """What an ending without an exit review leaves nobody able to say (R-MEA-7)."""
        if doing not in ("close", "end_early") or record.started_on is None or record.young_person_id is None:
            return []
        return ends_unscored(has_exit_review(work, record.id), record.no_exit_review_because, work.policy_of(record))

    def findings(self, work: Work, enrolment: Enrolment) -> list[Finding]:
        """Which reviews are due or late (R-MEA-2, R-MEA-3)."""
        return standing(work, enrolment)
