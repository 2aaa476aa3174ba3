"""The rows of the pages about forms: each form with who brought it, its edition and what was answered so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cmcore.answers.declared import AUTHORITY, CORE
from cmcore.answers.editions import Offered
from cmcore.answers.queries import Counted
from cmcore.answers.records import FormEdition
from cmcore.base.clock import short_day
from cmcore.base.words import count
from cmcore.forms import Form
from cmcore.forms.descriptions import describe_question
from console.shown import State, Sub


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    name: str
    label: str
    css: str = ""


@dataclass(frozen=True)
class Group:
    """The forms of one owner."""

    id: str
    heading: str
    columns: Sequence[Head]
    rows: Sequence[tuple[str, list[Any]]]


FORM_HEADS = (Head("title", "Form"), Head("edition", "Edition"), Head("answers", "Answers so far"))
EDITION_HEADS = (Head("number", "Edition"), Head("state", "Where it stands"), Head("on", "Published"), Head("by", "By"))


def groups(known: Sequence[Offered], counts: dict[str, Counted], address: Any, title_of: Any) -> list[Group]:
    """The forms by who brought them: the software, each plugin, the authority itself."""
    owners = sorted({one.owner for one in known}, key=lambda owner: (owner != CORE, owner == AUTHORITY, owner))
    return [
        Group(
            f"of-{owner}",
            owner_words(owner, title_of),
            FORM_HEADS,
            [_row(one, counts.get(one.form.key, Counted()), address(one)) for one in known if one.owner == owner],
        )
        for owner in owners
    ]


def owner_words(owner: str, title_of: Any) -> str:
    """Who brought a form, in words."""
    return {CORE: "Come with the software", AUTHORITY: "Drawn up here"}.get(owner) or f"From {title_of(owner)}"


def _row(one: Offered, counted: Counted, url: str) -> tuple[str, list[Any]]:
    return url, [Sub(one.form.title, _first(one.form.doc)), edition_cell(one), answers_words(counted)]


def _first(doc: str) -> str:
    return doc.partition("\n\n")[0].replace("\n", " ")


def edition_cell(one: Offered) -> Any:
    """Which edition is filled in, or why none is."""
    if one.standing == "off":
        return State("Its plugin is off", "none", "ring")
    if one.standing == "withdrawn":
        return State("Withdrawn", "none", "ring")
    if one.finding is not None:
        return State(f"Edition {one.edition.number if one.edition else 1}, see why", "warn", "warn")
    return str(one.edition.number) if one.edition is not None else f"{one.form.version}, not yet used"


def answers_words(counted: Counted) -> str:
    """How many answers there are, in words."""
    told = [count(counted.finished, "set")] if counted.finished else []
    told += [count(counted.drafts, "draft")] if counted.drafts else []
    return ", ".join(told) or "none yet"


def edition_rows(editions: Sequence[FormEdition]) -> list[tuple[str, list[Any]]]:
    """The editions of a form, the newest first."""
    return [
        (
            "",
            [
                str(one.number),
                State(one.state_label, *(("plain", "dot") if one.state == "published" else ("none", "ring"))),
                short_day(one.published_on) if one.published_on else "",
                one.published_by,
            ],
        )
        for one in editions
    ]


def asked(form: Form) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """What a form asks, in plain words, by section."""
    return [
        (
            section.title,
            [(one.label, describe_question(form, one)) for one in questions if one.answers],
        )
        for section, questions in form.parts
    ]
