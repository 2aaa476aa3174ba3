"""What can be done with a record: each step is a declared form and one action of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cmcore.base.findings import Finding
from cmcore.safekeeping.work import Work


@dataclass(frozen=True)
class Step:
    """One thing that can be done with a record, from its page.

    ``form`` is a declared form (or a function of (work, record) that gives one); without it the page asks to confirm.
    ``action`` is called with (work, record, answers) and must be, or call, one action of the library. ``offered``
    says whether the record's state allows it at all; ``stands_in_the_way`` gives the findings that refuse it now, which
    the page shows with their reasons instead of hiding the step.
    """

    key: str
    label: str
    action: Callable[[Work, Any, Any], Any]
    form: Any = None
    why: str | Callable[[Work, Any], str] = ""
    act: str = ""
    button: str = ""
    done: str | Callable[[Any], str] = ""
    offered: Callable[[Any], bool] = lambda record: True
    stands_in_the_way: Callable[[Work, Any], Sequence[Finding]] | None = None
    pressing: Callable[[Work, Any], str] | None = None
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


def offered(steps: Sequence[Step], work: Work, record: Any, address: Callable[[Step], str]) -> list[NextStep]:
    """The steps that the record's state and the person's role allow; refused ones with the first reason."""
    made = []
    for step in steps:
        if not step.offered(record) or (step.needs and not work.may(step.needs, getattr(record, "authority_id", None))):
            continue
        against = [
            one for one in (step.stands_in_the_way(work, record) if step.stands_in_the_way else ()) if one.blocks
        ]
        if against:
            first = against[0]
            made.append(
                NextStep(
                    step.label, why=f"Not yet. {first.message} {first.way_out}".strip(), rule=first.rule, refused=True
                )
            )
        else:
            made.append(
                NextStep(
                    step.label,
                    address(step),
                    step.reason(work, record),
                    pressing=step.pressing(work, record) if step.pressing else "",
                )
            )
    return made
