"""How a form is written in Python: a class whose annotations are the types and whose values are the questions.

    @form("session-record", version=2, title="Session record")
    class SessionRecord(Answers):
        \"""What happened in one mentoring session, written by the mentor.\"""

        held_on: date = ask("Date of session")
        minutes: int | None = ask("How long, in minutes", least=5, most=720)

The class becomes a frozen dataclass of typed answers; ``SessionRecord.form`` is the form.
"""

from __future__ import annotations

import copy
import datetime as dt
import sys
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

from cmcore.forms import kinds
from cmcore.forms.conditions import Condition
from cmcore.forms.form import Answers, Form, refuse_faults, refuse_name
from cmcore.forms.questions import UNSET, Calculation, Check, FormFault, Question, Section
from cmcore.forms.values import FileAnswer, Score

T = TypeVar("T")

#: Where a class body gathers what it asks, so that a name given twice is noticed.
_GATHERED = "__cm_asked__"

#: Where a finished class keeps its questions, for classes that build on it and for groups.
_QUESTIONS = "__cm_questions__"


@dataclass(eq=False)
class Asked:
    """What :func:`ask` said, until the class is complete and its type is known."""

    label: str
    said: dict[str, Any]


def ask(
    label: str,
    *,
    hint: str = "",
    section: str = "",
    required: bool | None = None,
    default: Any = UNSET,
    sensitive: bool = False,
    show_when: Condition | None = None,
    calculate: Calculation | None = None,
    rule: str | None = None,
    missing: str = "",
    kind: kinds.Kind | None = None,
    of: str | None = None,
    few: bool = False,
    long: bool = False,
    voice: bool = False,
    holds: kinds.Holds = "text",
    money: bool = False,
    least: Any = None,
    most: Any = None,
    places: int = 2,
    unit: str = "",
    low: str = "",
    high: str = "",
    hints: Mapping[Any, str] | None = None,
    yes: str = "Yes",
    no: str = "No",
    accept: tuple[str, ...] = (),
    one: str = "row",
) -> Any:
    """Ask a question; what kind of answer it takes comes from the annotation.

    ``section`` is the heading it stands under, and those after it until another is named. ``of`` asks for a record by
    searching; ``long`` and ``voice`` for several lines; ``money`` for pence; ``low`` and ``high`` make a scale of
    ``least`` to ``most``; ``hints`` say more about single choices. ``kind`` overrides what the annotation says.
    """
    said = {name: value for name, value in locals().items() if name != "label"}
    return _gathered(Asked(label, said), sys._getframe(1))


def note(text: str, *, section: str = "", show_when: Condition | None = None) -> Any:
    """Show a text between the questions; annotate it with ``None``."""
    said = {"kind": kinds.Note(text=text), "section": section, "show_when": show_when, "required": False}
    return _gathered(Asked("", said), sys._getframe(1))


def _gathered(asked: Asked, frame: types.FrameType) -> Asked:
    if "__qualname__" in frame.f_locals and "__module__" in frame.f_locals:
        frame.f_locals.setdefault(_GATHERED, []).append(asked)
    return asked


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(ask, note))
def form(
    key: str,
    *,
    version: int,
    title: str,
    checks: Iterable[Check] = (),
    sections: Iterable[Section] = (),
) -> Callable[[type[T]], type[T]]:
    """Make the class below a form and a frozen dataclass of its typed answers; its docstring says what it is for."""
    frame = sys._getframe(1)

    def made(cls: type[T]) -> type[T]:
        questions = _questions(cls, f'form "{key}"', frame.f_locals)
        answers = _typed(cls, questions)
        # The dataclass decorator writes a docstring of its own only when there is none.
        doc = _doc_of(cls)
        answers.form = Form(  # type: ignore[attr-defined]
            key=key,
            version=version,
            title=title,
            questions=tuple(questions),
            doc=doc,
            sections=tuple(sections),
            checks=tuple(checks),
            answers=answers,
        )
        if not issubclass(answers, Answers):
            answers.columns = Answers.columns  # type: ignore[attr-defined]
        return answers

    return made


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(ask, note))
def group(cls: type[T]) -> type[T]:
    """Make the class below a few questions that are answered together and repeatedly: ``list[ThisClass]``."""
    questions = _questions(cls, f'group "{cls.__name__}"', sys._getframe(1).f_locals)
    refuse_faults(f'group "{cls.__name__}"', questions)
    return _typed(cls, questions)


def form_of(declared: Form | type[Any]) -> Form:
    """The form of a class that was declared with :func:`form`, or the form itself."""
    if isinstance(declared, Form):
        return declared
    found = getattr(declared, "form", None)
    if not isinstance(found, Form):
        raise FormFault(f"{declared!r} is not a form: declare the class with @form(...).")
    return found


def _doc_of(cls: type[Any]) -> str:
    doc = cls.__doc__ or ""
    return "" if doc.startswith(f"{cls.__name__}(") else "\n".join(line.strip() for line in doc.strip().splitlines())


def _questions(cls: type[Any], owner: str, local_names: Mapping[str, Any]) -> list[Question]:
    """The questions a class asks, those of its bases first."""
    asked: dict[str, Asked | Question] = {}
    for part in reversed(cls.__mro__):
        asked |= {question.key: question for question in vars(part).get(_QUESTIONS, ())}
        own = {key: value for key, value in vars(part).items() if isinstance(value, Asked)}
        for key in own:
            # Before anything looks at the class: "__doc__" or "class" would break that first.
            refuse_name(owner, key)
        if own and part is not cls:
            raise FormFault(f"In {owner} questions come from {part.__name__}, which is no group: put @group above it.")
        for lost in vars(part).get(_GATHERED, ()):
            if lost not in own.values():
                raise FormFault(
                    f'In {owner} the question "{lost.label or "a note"}" is lost because another has the same name: '
                    "give one of them another name."
                )
        for key in own:
            if key not in vars(part).get("__annotations__", {}):
                raise FormFault(f'In {owner} "{key}" has no type: write it as `{key}: type = ask(...)`.')
        asked |= own
    types_of = get_type_hints(cls, localns=dict(local_names))
    section = ""
    made: list[Question] = []
    for key, value in asked.items():
        if isinstance(value, Asked):
            value = _question(owner, key, value, types_of[key], value.said["section"] or section)
        section = value.section
        made.append(value)
    return made


def _question(owner: str, key: str, asked: Asked, annotation: Any, section: str) -> Question:
    said = asked.said
    plain, optional = _unwrapped(annotation)
    kind: kinds.Kind = said["kind"] or _kind_of(owner, key, plain, said)
    if isinstance(kind, kinds.Note):
        return Question(key=key, label="", kind=kind, required=False, section=section, show_when=said["show_when"])
    required = (not optional) if said["required"] is None else said["required"]
    nothing: Any = None
    empty = get_origin(plain) or plain
    may_be_without = not required or said["show_when"] is not None or said["calculate"] is not None
    if not optional and empty in (list, tuple, dict, str):
        nothing = empty()
    elif not optional and may_be_without:
        insist = " and required=True to insist on it where it is shown" if said["show_when"] is not None else ""
        raise FormFault(
            f'In {owner} "{key}" may be without an answer, so its type must allow None: write `| None`{insist}.'
        )
    return Question(
        key=key,
        label=asked.label,
        kind=kind,
        required=required and said["calculate"] is None,
        nothing=nothing,
        section=section,
        **{name: said[name] for name in ("hint", "sensitive", "show_when", "default", "calculate", "rule", "missing")},
    )


def _unwrapped(annotation: Any) -> tuple[Any, bool]:
    """The type without ``| None``, and whether there was one."""
    if annotation is type(None):
        return annotation, True
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [one for one in get_args(annotation) if one is not type(None)]
        if len(rest) == 1 and len(rest) < len(get_args(annotation)):
            return rest[0], True
    return annotation, False


def _kind_of(owner: str, key: str, plain: Any, said: Mapping[str, Any]) -> kinds.Kind:
    """The kind of answer a type asks for."""
    if get_origin(plain) in (list, tuple):
        return _several(owner, key, get_args(plain)[0], said)
    if isinstance(plain, type) and issubclass(plain, Enum):
        return kinds.Choice(options=options_of(plain, said["hints"]), of=plain)
    least, most = said["least"], said["most"]
    if plain is bool:
        return kinds.YesNo(yes=said["yes"], no=said["no"])
    if plain is int:
        if said["of"]:
            return kinds.Pick(of=said["of"], few=said["few"])
        if said["money"]:
            return kinds.Money(least=0 if least is None else least, most=most)
        if said["low"] or said["high"]:
            return kinds.Scale(least=least, most=most, low=said["low"], high=said["high"])
        return kinds.WholeNumber(least=least, most=most, unit=said["unit"])
    if plain is str:
        if said["long"] or said["voice"]:
            return kinds.LongText(most=most or 10_000, voice=said["voice"])
        return kinds.ShortText(most=most or 200, holds=said["holds"])
    if plain is Decimal:
        return kinds.DecimalNumber(least=least, most=most, places=said["places"], unit=said["unit"])
    if plain is FileAnswer:
        return kinds.File(accept=said["accept"], most_bytes=most or 10_000_000)
    if get_origin(plain) is dict and get_args(plain) == (str, Score):
        return kinds.Scores()
    simple = {dt.date: kinds.Day, dt.time: kinds.Time, dt.datetime: kinds.Moment}.get(plain)
    if simple is None:
        raise FormFault(
            f'In {owner} "{key}" has the type {plain!r}, which no kind of answer belongs to: name one with kind=...'
        )
    return simple()


def _several(owner: str, key: str, inner: Any, said: Mapping[str, Any]) -> kinds.Kind:
    if isinstance(inner, type) and issubclass(inner, Enum):
        return kinds.Choices(options=options_of(inner, said["hints"]), of=inner, most=said["most"])
    if inner is int and said["of"]:
        return kinds.PickMany(of=said["of"], most=said["most"] or 50)
    if isinstance(inner, type) and _QUESTIONS in vars(inner):
        return kinds.Repeated(
            questions=vars(inner)[_QUESTIONS],
            of=inner,
            least=said["least"] or 0,
            most=said["most"] or 50,
            one=said["one"],
        )
    raise FormFault(f'In {owner} "{key}" asks for several {inner!r}: only choices, records and groups can be several.')


def options_of(choices: type[Enum], hints: Mapping[Any, str] | None = None) -> tuple[kinds.Option, ...]:
    """The members of a class of choices as answers to offer."""
    return tuple(
        kinds.Option(
            key=str(member.value),
            label=str(getattr(member, "label", "") or str(member.value).replace("_", " ").capitalize()),
            hint=(hints or {}).get(member, ""),
        )
        for member in choices
    )


def _typed(cls: type[T], questions: list[Question]) -> type[T]:
    """The class as a frozen dataclass; a question that may stay without an answer may be left out when it is made."""
    for question in questions:
        if question.key not in vars(cls):
            continue
        if not question.answers:
            setattr(cls, question.key, field(default=None, init=False, repr=False, compare=False))
        elif question.default is not UNSET:
            setattr(cls, question.key, _defaulting(question.default))
        elif not question.required or question.show_when is not None:
            setattr(cls, question.key, _defaulting(question.nothing))
        else:
            delattr(cls, question.key)
    if _GATHERED in vars(cls):
        delattr(cls, _GATHERED)
    setattr(cls, _QUESTIONS, tuple(questions))
    return dataclass(frozen=True, kw_only=True)(cls)


def _defaulting(value: Any) -> Any:
    return field(default_factory=lambda: copy.copy(value)) if isinstance(value, list | dict) else field(default=value)
