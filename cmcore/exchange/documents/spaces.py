"""Space on paper for each kind of answer: lines and boxes to write in, boxes to tick, tables for several rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import singledispatch
from math import ceil

from cmcore.base.words import in_words, pounds
from cmcore.exchange.documents.beside import side_by_side, width_of
from cmcore.exchange.documents.blocks import Data
from cmcore.forms import conditions, kinds
from cmcore.forms.descriptions import condition_in_words, expressed
from cmcore.forms.questions import Question

#: Options that stand beside each other on one line, when all of them together are no longer than this.
_ONE_LINE = 54
#: More answers than this, a register of places for instance, are not laid out to be ticked but written.
_MOST_TICKS = 120
#: Rounds of repeated questions there is room for, where the form does not ask for more.
_ROUNDS = 3


@singledispatch
def space_for(kind: kinds.Kind) -> Data:
    """The space to answer a question of this kind by hand."""
    raise TypeError(f"There is no space on paper yet for questions of kind {type(kind).__name__}.")


@space_for.register
def _(kind: kinds.ShortText) -> Data:
    if kind.most <= 12 and kind.holds == "text":
        return _digits((kind.most, "", ""))
    return {"as": "line", "width": 60 if kind.holds == "telephone" or kind.most <= 60 else 100}


@space_for.register
def _(kind: kinds.LongText) -> Data:
    return {"as": "lines", "count": 3 if kind.most <= 500 else 4 if kind.most <= 2000 else 5}


@space_for.register
def _(kind: kinds.WholeNumber) -> Data:
    return {"as": "number", "before": "", "after": kind.unit, "width": 26}


@space_for.register
def _(kind: kinds.DecimalNumber) -> Data:
    return {"as": "number", "before": "", "after": kind.unit, "width": 32}


@space_for.register
def _(kind: kinds.Money) -> Data:
    return {"as": "number", "before": "£", "after": "pounds and pence", "width": 40}


_DAY = ((2, "day", ""), (2, "month", ""), (4, "year", ""))
_TIME = ((2, "hours", ":"), (2, "minutes", ""))


def _digits(*groups: tuple[int, str, str]) -> Data:
    return {"as": "digits", "groups": [{"count": many, "under": under, "then": then} for many, under, then in groups]}


@space_for.register
def _(kind: kinds.Day) -> Data:
    return _digits(*_DAY)


@space_for.register
def _(kind: kinds.Time) -> Data:
    return _digits(*_TIME)


@space_for.register
def _(kind: kinds.Moment) -> Data:
    return _digits(*_DAY[:2], (4, "year", "at"), *_TIME)


def _ticks(options: Sequence[kinds.Option]) -> Data:
    inline = not any(one.hint for one in options) and sum(len(one.label) + 6 for one in options) <= _ONE_LINE
    longest = max((len(one.label) for one in options), default=0)
    several = 3 if len(options) > 24 and longest <= 34 else 2 if len(options) > 5 and longest <= 60 else 1
    several = 2 if len(options) > 12 and several == 1 and longest <= 100 else several
    columns = len(options) if inline else 2 if any(one.hint for one in options) and several == 3 else several
    return {
        "as": "ticks",
        "options": [{"label": one.label, "hint": one.hint} for one in options],
        "columns": max(1, columns),
        "inline": inline,
    }


@space_for.register
def _(kind: kinds.YesNo) -> Data:
    return _ticks([kinds.Option(key="yes", label=kind.yes), kinds.Option(key="no", label=kind.no)])


@space_for.register(kinds.Choice)
@space_for.register(kinds.Choices)
def _(kind: kinds.Choice | kinds.Choices) -> Data:
    if len(kind.options) > _MOST_TICKS:
        return {"as": "line", "width": 100} if isinstance(kind, kinds.Choice) else {"as": "lines", "count": 3}
    return _ticks(kind.options)


@space_for.register
def _(kind: kinds.Scale) -> Data:
    if kind.most - kind.least > 10:
        said = f"{kind.least} = {kind.low}, {kind.most} = {kind.high}"
        return {"as": "number", "before": "", "after": said, "width": 26}
    return {"as": "scale", "steps": list(range(kind.least, kind.most + 1)), "low": kind.low, "high": kind.high}


@space_for.register
def _(kind: kinds.Scores) -> Data:
    if not kind.measures:
        return {"as": "lines", "count": 8}
    ends = {(one.least, one.low, one.most, one.high) for one in kind.measures}
    shared = len(ends) == 1
    return {
        "as": "scores",
        "anchors": anchors(kind.measures[0]) if shared else "",
        "measures": [
            {
                "label": one.label,
                "definition": one.definition,
                "steps": list(range(one.least, one.most + 1)),
                "range": f"{one.least} to {one.most}",
                "anchors": "" if shared else anchors(one),
            }
            for one in kind.measures
        ],
    }


def anchors(one: kinds.Measured) -> str:
    """What the two ends of a scale mean, as a line: "1 = needing significant help, 5 = doing very well"."""
    return f"{one.least} = {one.low}, {one.most} = {one.high}"


@space_for.register
def _(kind: kinds.Pick) -> Data:
    return {"as": "line", "width": 100}


@space_for.register
def _(kind: kinds.PickMany) -> Data:
    return {"as": "lines", "count": min(kind.most, 3)}


@space_for.register
def _(kind: kinds.File) -> Data:
    return _ticks([kinds.Option(key="with", label="It comes with this sheet"), kinds.Option(key="no", label="None")])


@space_for.register
def _(kind: kinds.Note) -> Data:
    return {"as": "said", "text": kind.text}


@space_for.register
def _(kind: kinds.Repeated) -> Data:
    inner = [one for one in kind.questions if one.asks]
    made: Data = {"as": "rounds", "one": kind.one[:1].upper() + kind.one[1:], "table": False}
    if 1 <= len(inner) <= 5 and all(_fits_a_cell(one.kind) and one.show_when is None for one in inner):
        tall = any(isinstance(one.kind, kinds.LongText) for one in inner)
        most_ticks = max(len(_cell_options(one.kind)) for one in inner)
        height = max(16 if tall else 8, 1 + ceil(5.2 * most_ticks))
        return made | {
            "table": True,
            "count": _rounds(kind, _ROUNDS if tall else 5),
            "legend": [f"{one.label.rstrip('?.:')}: {legend}" for one in inner if (legend := _legend(one.kind))],
            "columns": [
                {
                    "label": one.label,
                    "width": 3 if isinstance(one.kind, kinds.LongText) else 1.4 if _cell_options(one.kind) else 1.6,
                    "height": height,
                    "options": _cell_options(one.kind),
                }
                for one in inner
            ],
        }
    asked: list[Data] = [
        {
            "label": one.label + ("" if one.required else " (optional)"),
            "condition": only_if(kind.questions, one.show_when),
            "hint": " ".join(below(kind.questions, one)),
            "space": space_for(one.kind),
        }
        for one in inner
    ]
    return made | {
        "count": _rounds(kind, 2),
        "rows": [
            {"questions": group, "widths": [width_of(one) or 1.0 for one in group]}
            for group in side_by_side(asked, width_of)
        ],
    }


def _rounds(kind: kinds.Repeated, usual: int) -> int:
    return max(1, kind.least, min(kind.most, usual))


def _fits_a_cell(kind: kinds.Kind) -> bool:
    return (
        not isinstance(kind, kinds.Scores | kinds.Repeated | kinds.PickMany | kinds.File) and len(options_of(kind)) < 16
    )


def options_of(kind: kinds.Kind) -> tuple[kinds.Option, ...]:
    return kind.options if isinstance(kind, kinds.Choice | kinds.Choices) else ()


def _cell_options(kind: kinds.Kind) -> list[str]:
    """What is ticked inside a table's cell: yes and no, and the answers of a short choice."""
    if isinstance(kind, kinds.YesNo):
        return [kind.yes, kind.no]
    labels = [one.label for one in options_of(kind)]
    return labels if len(labels) <= 4 and all(len(label) <= 18 for label in labels) else []


def _legend(kind: kinds.Kind) -> str:
    """What may be written into a table's cell that has no room to say it."""
    if isinstance(kind, kinds.Choice | kinds.Choices) and not _cell_options(kind):
        return f"{'one' if isinstance(kind, kinds.Choice) else 'any'} of {in_words(_labels(kind), 'or')}."
    if isinstance(kind, kinds.Scale):
        return f"{kind.least} = {kind.low} to {kind.most} = {kind.high}."
    return ""


def _labels(kind: kinds.Choice | kinds.Choices) -> list[str]:
    return [one.label for one in kind.options]


def how_to(kind: kinds.Kind) -> str:
    """How the answer is put on paper, where the space itself does not say it."""
    match kind:
        case kinds.Choice(options=options) if len(options) > _MOST_TICKS:
            return f"Write one of the {len(options):,} answers that are offered on the screen."
        case kinds.Choices(options=options) if len(options) > _MOST_TICKS:
            return f"Write those that fit of the {len(options):,} answers that are offered on the screen."
        case kinds.Scale(least=least, most=most) if most - least > 10:
            return f"Write a number from {least} to {most}."
        case kinds.YesNo() | kinds.Choice() | kinds.Scale():
            return "Tick one."
        case kinds.Choices(most=most):
            return f"Tick at most {most}." if most else "Tick all that fit."
        case kinds.Pick():
            return "Write the reference, or the name if you have none."
        case kinds.PickMany():
            return "One on each line: the reference, or the name if you have none."
        case kinds.File(accept=accept):
            return f"A file ending in {in_words(list(accept), 'or')}." if accept else ""
        case kinds.WholeNumber(least=least, most=most) if least is not None and most is not None:
            return f"From {least:,} to {most:,}."
        case kinds.Money(most=int(most)):
            return f"At most {pounds(most)}."
        case kinds.Scores():
            return "Tick one box for each measure. Where one is not scored, say why."
        case kinds.Repeated(one=one, most=most):
            return f"Once for each {one}, at most {most}. Add a sheet if there is no more room."
    return ""


def only_if(questions: tuple[Question, ...], condition: conditions.Condition | None) -> str:
    """When a question is asked, as a sentence: "Only if the answer to “What happened?” is “Held”."; else nothing."""
    return f"Only if {condition_in_words(questions, condition)}." if condition is not None else ""


def below(questions: Sequence[Question], question: Question) -> Iterator[str]:
    """What stands below a label: the question's own hint, how to answer it on paper, what is accepted and needed."""
    hint, how = question.hint, how_to(question.kind)
    if hint:
        yield hint if hint.endswith((".", "?", "!")) else f"{hint}."
    if how and not ("that fit" in hint and "that fit" in how):
        yield how
    # What would stand on a screen at first does not stand on paper.
    yield from expressed(questions, replace(question, begins_with=None))
    if question.required_when is not None:
        yield f"Needed when {condition_in_words(tuple(questions), question.required_when)}."
