"""What a form is made of: questions, sections, checks across questions, calculated answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cmcore.base.findings import Finding
from cmcore.forms.conditions import Condition
from cmcore.forms.expressions.tree import Expression, keys_in
from cmcore.forms.kinds import Kind, Note


class FormFault(ValueError):
    """A form is declared in a way that cannot work; the message is one sentence that names form and question."""


class Unset:
    """There is no default: not even "no answer"."""

    def __repr__(self) -> str:
        """As it reads in a listing."""
        return "no default"


UNSET = Unset()


@dataclass(frozen=True)
class Calculation:
    """An answer nobody types: worked out from other answers, once all of them are there.

    With an ``expression`` it is worked out by that, whether or not all of them are there, and can be kept as data.
    """

    needs: tuple[str, ...]
    run: Callable[..., Any] | None
    words: str = ""
    expression: Expression | None = None


def calculated(*needs: str, by: Callable[..., Any], words: str = "") -> Calculation:
    """Work an answer out: ``by`` is called with the answers to ``needs``, in that order. ``words`` say how."""
    return Calculation(needs, by, words)


def by_expression(expression: Expression, words: str = "") -> Calculation:
    """Work an answer out by an expression, as a workbook form does."""
    return Calculation(tuple(sorted(keys_in(expression))), None, words, expression)


@dataclass(frozen=True)
class Constraint:
    """What must be so of one answer, as an expression in which ``.`` is the answer; kept as data with its question.

    ``message`` is the sentence for an answer that is refused; without one the expression is said in words.
    """

    so: Expression
    message: Expression | None = None


@dataclass(frozen=True)
class Check:
    """What must hold between several answers. ``run`` is called with the answers to ``needs`` and gives findings."""

    needs: tuple[str, ...]
    run: Callable[..., Iterable[Finding]]
    even_unanswered: bool = False

    def __call__(self, *answers: Any) -> list[Finding]:
        """The findings for these answers."""
        return list(self.run(*answers))


def check(*needs: str, even_unanswered: bool = False) -> Callable[[Callable[..., Iterable[Finding]]], Check]:
    """Turn a function of several answers into a check of a form.

    It runs when each of ``needs`` is answered and acceptable by itself; with ``even_unanswered`` also when some are
    None. A finding's place is the key of the question it should stand beside.
    """

    def made(run: Callable[..., Iterable[Finding]]) -> Check:
        return Check(needs, run, even_unanswered)

    return made


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a form.

    ``required`` means: when it is shown it must be answered. ``sensitive`` is read by access, export, print, audit and
    retention. ``rule`` names the rule a missing or unacceptable answer breaks, ``missing`` is the sentence for a
    missing one. ``nothing`` is the typed value of "no answer": None, or an empty list or text where the class wants it.

    Three more are expressions, and travel with the form as data: ``required_when`` says when it must be answered though
    it is not always, ``constraint`` what an answer must fulfil, ``begins_with`` what stands there at first.
    """

    key: str
    label: str
    kind: Kind
    required: bool = True
    hint: str = ""
    sensitive: bool = False
    section: str = ""
    show_when: Condition | None = None
    default: Any = UNSET
    calculate: Calculation | None = None
    rule: str | None = None
    missing: str = ""
    nothing: Any = None
    required_when: Condition | None = None
    constraint: Constraint | None = None
    begins_with: Expression | None = None

    @property
    def asks(self) -> bool:
        """Whether a person is to answer it; a note and a calculated answer ask nothing."""
        return not isinstance(self.kind, Note) and self.calculate is None

    @property
    def answers(self) -> bool:
        """Whether there is an answer to keep; a note has none."""
        return not isinstance(self.kind, Note)

    def about(self, sentence: str) -> str:
        """A sentence with the label before it: "Received on: 31 February 2026 is not a day."."""
        if self.label.endswith(("?", "!", ".")):
            return f"{self.label} {sentence[:1].upper()}{sentence[1:]}"
        return f"{self.label}: {sentence[:1].lower() if sentence[1:2].islower() else sentence[:1]}{sentence[1:]}"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a form with a heading of its own."""

    title: str
    hint: str = ""
