"""What a list offers for many of its rows at once, and what is done with each: its steps, or one answer for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from cmcore.answers.carrying import in_words
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.forms import Form, dump, form_of, read
from cmcore.safekeeping.work import Work
from cmcore.together.acts import TogetherAct
from console import desk, lookups
from console.record_forms import ACTS
from console.steps import Step, against, may_take
from console.uploads import Waiting


@dataclass(frozen=True)
class Together:
    """An act that a list offers for many of its rows: one of its steps, or questions of its form with one answer.

    ``key`` is that of a step; with ``questions`` it is a name of one's own, and each record is changed by the page's
    own form and action. ``returns`` says whether it can be taken back.
    """

    key: str
    label: str = ""
    questions: tuple[str, ...] = ()
    returns: bool = True


class TogetherActs:
    """The acts a list offers for many of its rows; mixed into the list of a page."""

    endpoint: str
    kind: str
    record: ClassVar[Any]
    steps: Sequence[Step]
    edit_form: Any
    step_for: Callable[[Step, Any], Step]
    named: Callable[[Any], str]
    answers: Callable[[Form, Any], Any]
    form_act: Callable[[str], str]
    settled: Callable[[Any, str], Sequence[Finding]]
    _form: Callable[[str, Work, Any], Form]
    _declared: Callable[[str], Any]

    #: What is offered for many rows at once: keys of steps, or :class:`Together`.
    together: Sequence[str | Together] = ()

    def _every_act(self) -> list[tuple[Together, Step | None]]:
        steps = {one.key: one for one in self.steps}
        given = [Together(one) if isinstance(one, str) else one for one in self.together]
        return [(one, None if one.questions else steps[one.key]) for one in given if one.questions or one.key in steps]

    def _needs(self, given: Together, step: Step | None) -> str:
        return step.needs if step is not None else (self.form_act("edit") or ACTS["edit"].format(kind=self.kind))

    def many_acts(self, work: Work) -> list[tuple[str, str]]:
        """What whoever is signed in may do with many rows, as (key, words)."""
        if not self.together or not work.may("import_run.together"):
            return []
        return [
            (given.key, given.label or (step.label if step is not None else given.key))
            for given, step in self._every_act()
            if work.may(self._needs(given, step))
        ]

    def _chosen_act(self, work: Work, key: str) -> tuple[Together, Step | None]:
        if key not in {one for one, _ in self.many_acts(work)}:
            raise NotFound("act")
        return next((given, step) for given, step in self._every_act() if given.key == key)

    def _form_together(self, work: Work, given: Together, step: Step | None, record: Any) -> Form:
        if step is None:
            return _part_of(self._edit_form(work, record), given.questions)
        declared = self.step_for(step, record).form
        return form_of(declared if isinstance(declared, type | Form) else declared(work, record))

    def _edit_form(self, work: Work, record: Any) -> Form:
        return self._form("edit_form" if self.edit_form else "add_form", work, record)

    def _act(self, work: Work, waiting: Waiting) -> TogetherAct:
        given, step = self._chosen_act(work, waiting.told["act"])
        answers = waiting.told["answers"]
        do: Callable[[Work, Any], Any]
        tell: Callable[[Any], dict[str, str]] | None = None
        if step is None:
            do = partial(self._change_one, given.questions, answers)
            tell = partial(self._tell_one, given.questions)
        else:
            do = partial(self._take_one, step, answers)
        label = given.label or (step.label if step is not None else given.key)
        return TogetherAct(
            f"{self.endpoint}.{given.key}",
            label,
            self.record,
            self._needs(given, step),
            do,
            self.named,
            tell,
            given.returns,
        )

    def _take_one(self, step: Step, answers: Mapping[str, Any] | None, work: Work, record: Any) -> Any:
        own = self.step_for(step, record)
        if not may_take(own, work, record):
            stands = f" It is “{record.state_label}”." if hasattr(record, "state_label") else ""
            raise Refused([Finding(f"“{own.label}” is not possible here.{stands}")])
        if refusing := against(own, work, record):
            raise Refused(refusing)
        if own.form is None:
            return own.action(work, record)
        form = self._form_together(work, Together(own.key), step, record)
        reading = read(form, dict(answers or {}))
        if reading.answers is None:
            raise Refused(reading.findings)
        if own.rewrites:
            return own.action(work, record, reading.answers, record.version)
        return own.action(work, record, reading.answers)

    def _change_one(self, questions: Sequence[str], answers: Mapping[str, Any], work: Work, record: Any) -> Any:
        if settled := [one for one in self.settled(record, "edit") if one.blocks]:
            raise Refused(settled)
        form = self._edit_form(work, record)
        raw = {**dump(form, self.answers(form, record)), **{key: answers.get(key) for key in questions}}
        reading = read(form, raw)
        if reading.answers is None:
            raise Refused(reading.findings)
        return self._declared("edit_action")(work, record, reading.answers, record.version)

    def _tell_one(self, questions: Sequence[str], record: Any) -> dict[str, str]:
        form = self._edit_form(desk.work(), record)
        held = dump(form, self.answers(form, record))
        asked = [form.question(key) for key in questions]
        return {
            one.label: "•" if one.sensitive else (in_words(one, held.get(one.key), lookups.title) or "–")
            for one in asked
        }


def _part_of(form: Form, questions: Sequence[str]) -> Form:
    """The questions of a form that get one answer for all."""
    asked = tuple(replace(form.question(key), section="", show_when=None) for key in questions)
    return replace(form, key=f"{form.key}-together", questions=asked, answers=None, checks=(), sections=(), doc="")
