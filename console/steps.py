"""What can be done with a record: each step is a declared form and one action of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cmcore.base.findings import Finding
from cmcore.base.lifecycle import Lifecycle, Transition
from cmcore.referrals.forms import ReasonAnswers
from cmcore.safekeeping.work import Work


@dataclass(frozen=True)
class Step:
    """One thing that can be done with a record, from its page.

    ``form`` is a declared form (or a function of (work, record) that gives one), and ``action`` is then called with
    (work, record, answers); without a form the page asks to confirm, and ``action`` is called with (work, record). It
    is, or calls, one action of the library; ``act`` names that act where the function does not carry it. ``offered``
    says whether the record's state allows it at all; ``stands_in_the_way`` gives the findings that refuse it now, which
    the page shows with their reasons instead of hiding the step.
    """

    key: str
    label: str
    action: Callable[..., Any]
    form: Any = None
    why: str | Callable[[Work, Any], str] = ""
    act: str = ""
    button: str = ""
    done: str | Callable[[Any], str] = ""
    offered: Callable[[Any], bool] = lambda record: True
    stands_in_the_way: Callable[[Work, Any], Sequence[Finding]] | None = None
    pressing: Callable[[Work, Any], str] | None = None
    #: What its form begins with: a function of the record that gives answers, or plain values by question.
    begins: Callable[[Any], Any] | None = None
    #: Whether it changes what is written: its action is then called with the version too, and two at once are told.
    rewrites: bool = False
    #: Whether what stands in its way stays there: it is no longer possible, rather than not yet.
    past: bool = False
    #: A warning look for what cannot be taken back.
    grave: bool = False

    @property
    def needs(self) -> str:
        """The library's act that it takes; what the action itself declares, where nothing else is said."""
        return self.act or str(getattr(self.action, "act", ""))

    def reason(self, work: Work, record: Any) -> str:
        """Why one would, in a sentence."""
        return self.why(work, record) if callable(self.why) else self.why


@dataclass(frozen=True)
class NextStep:
    """One line of "What can be done next": what, where it leads, why, and what stands in the way if something does."""

    label: str
    url: str = ""
    why: str = ""
    rule: str | None = None
    refused: bool = False
    pressing: str = ""
    #: What a refused one is called beside its lock.
    lock: str = "Cannot be done yet"
    #: Of a way that is shown whole: what is said of a part of it that is behind one.
    done: str = ""


def against(step: Step, work: Work, record: Any) -> list[Finding]:
    """What refuses a step now."""
    return [one for one in (step.stands_in_the_way(work, record) if step.stands_in_the_way else ()) if one.blocks]


def may_take(step: Step, work: Work, record: Any) -> bool:
    """Whether the record's state and the person's role allow a step at all."""
    allowed = not step.needs or work.may(step.needs, getattr(record, "authority_id", None))
    return bool(allowed and step.offered(record))


def offered(steps: Sequence[Step], work: Work, record: Any, address: Callable[[Step], str]) -> list[NextStep]:
    """The steps that the record's state and the person's role allow; refused ones with the first reason."""
    made = []
    for step in steps:
        if not may_take(step, work, record):
            continue
        if refusing := against(step, work, record):
            first = refusing[0]
            why = f"{'' if step.past else 'Not yet. '}{first.message} {first.way_out}".strip()
            lock = "No longer possible" if step.past else NextStep.lock
            made.append(NextStep(step.label, why=why, rule=first.rule, refused=True, lock=lock))
        else:
            pressing = step.pressing(work, record) if step.pressing else ""
            made.append(NextStep(step.label, address(step), step.reason(work, record), pressing=pressing))
    return made


def transitions(
    life: Lifecycle,
    action: Callable[..., Any],
    act: str,
    *,
    form: Any = ReasonAnswers,
    only: Sequence[str] = (),
    stands_in_the_way: Callable[[Work, Any, str], Sequence[Finding]] | None = None,
) -> tuple[Step, ...]:
    """A step for every transition of a life cycle (or ``only`` those named), offered in the states it leads out of.

    ``action`` is called as (work, record, name of the transition), and with ``reason=`` where one is asked for. A
    ``form`` other than the usual one may ask for more; its answers are then handed over by name.
    """
    return tuple(
        _transition(way, action, act, form, stands_in_the_way)
        for way in life.transitions
        if not only or way.name in only
    )


def _transition(way: Transition, action: Callable[..., Any], act: str, form: Any, stands: Any) -> Step:
    asked = form if way.needs_reason or form is not ReasonAnswers else None

    def take(work: Work, record: Any, answers: Any = None) -> Any:
        return action(work, record, way.name, **(answers.columns() if answers is not None else {}))

    return Step(
        way.name,
        way.label,
        take,
        form=asked,
        act=act,
        offered=lambda record: record.state in way.sources,
        stands_in_the_way=(lambda work, record: stands(work, record, way.name)) if stands else None,
    )
