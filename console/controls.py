"""Kinds of answer as controls of a page: what each question looks like, filled with what was typed so far.

A control is a plain value; the macro of its ``shape`` in ``cm/_fields.html`` draws it. What comes back is read in
:mod:`console.posted`, under the same names: a question's place, "impacts.0.note", and parts of it, "held_on.day".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatch
from mimetypes import guess_type
from typing import Any

from cmcore.base.clock import local
from cmcore.forms import Question, kinds, say
from cmcore.forms.days import Unreadable, happens_twice, read_day, read_moment, read_time
from cmcore.forms.descriptions import condition_in_words
from cmcore.forms.schema import field_for
from console.sheet import MOST_FOUND, Control, Drawn, Found, Sheet, id_of

#: A scale with more steps than this is typed, not chosen.
MOST_STEPS = 10


def control(question: Question, sheet: Sheet, among: Sequence[Question], *, raw: Any, place: str) -> Control:
    """A question as a control; ``among`` are the questions it stands with, ``raw`` is what was typed."""
    if question.calculate is not None:
        known = sheet.standing.worked_out.get(question.key, raw)
        return Control("worked_out", place, question.label, value=_worked_out(question, known))
    made = draw(question.kind, question, raw, place, sheet)
    shown_when = question.show_when
    when = f"Answer this when {condition_in_words(tuple(among), shown_when)}." if shown_when is not None else ""
    optional = "" if question.required else "optional"
    return Control(
        made.shape,
        place,
        question.label,
        hint=" ".join(part for part in (question.hint, made.hint) if part),
        aside=", ".join(part for part in (made.aside, optional) if part),
        when=when,
        wrong=sheet.wrong(place),
        value=made.value,
        first=made.first,
        parts=made.parts,
    )


def _worked_out(question: Question, raw: Any) -> str:
    try:
        return say(question.kind, field_for(question.kind, question).read(raw)) if raw not in (None, "") else ""
    except Unreadable:
        return ""


@singledispatch
def draw(kind: kinds.Kind, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    """What a question of this kind looks like with this typed into it."""
    raise TypeError(f"There is no control yet for questions of kind {type(kind).__name__}.")


def typed(raw: Any) -> str:
    """What was typed into one box."""
    return "" if raw is None or isinstance(raw, Mapping | list | tuple) else str(raw)


@draw.register
def _(kind: kinds.ShortText, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    mode = {"text": "", "email": "email", "telephone": "tel"}[kind.holds]
    return Drawn("line", typed(raw), parts={"mode": mode, "size": "16" if mode or kind.most <= 40 else ""})


@draw.register
def _(kind: kinds.LongText, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    return Drawn("area", typed(raw), parts={"voice": kind.voice, "short": kind.voice or kind.most <= 400})


@draw.register(kinds.WholeNumber)
@draw.register(kinds.DecimalNumber)
def _(kind: Any, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    mode = "numeric" if isinstance(kind, kinds.WholeNumber) else "decimal"
    wide = kind.most is None or len(str(kind.most)) > 4
    return Drawn("line", typed(raw), parts={"mode": mode, "size": "8" if wide else "4", "unit": kind.unit})


@draw.register
def _(kind: kinds.Money, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    pounds = typed(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        pounds = f"{'-' if raw < 0 else ''}{abs(raw) // 100}.{abs(raw) % 100:02d}"
    return Drawn("line", pounds, parts={"mode": "decimal", "size": "8", "before": "£"})


def _boxes(raw: Any) -> dict[str, str]:
    """A day in three boxes: as typed where it was typed into boxes, otherwise taken apart."""
    if isinstance(raw, Mapping):
        return {part: typed(raw.get(part)) for part in ("day", "month", "year")}
    try:
        on = read_day(raw) if raw not in (None, "") else None
    except Unreadable:
        return {"day": typed(raw), "month": "", "year": ""}
    parts = ("day", "month", "year")
    return {part: str(getattr(on, part)) if on else "" for part in parts}


def _picker(raw: Any) -> str:
    """A day for the phone's own picker, which knows nothing but ISO 8601."""
    try:
        return read_day(raw).isoformat() if raw not in (None, "") else ""
    except Unreadable:
        return ""


@draw.register
def _(kind: kinds.Day, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    if sheet.one_hand:
        return Drawn("line", _picker(raw), parts={"type": "date", "size": "16"})
    return Drawn("day", _boxes(raw), first="day", hint="" if question.hint else "For example 10 11 2026")


@draw.register
def _(kind: kinds.Time, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    if sheet.one_hand:
        return Drawn("line", typed(raw), parts={"type": "time", "size": "8"})
    return Drawn(
        "line", typed(raw), hint="" if question.hint else "For example 14:30", parts={"mode": "numeric", "size": "4"}
    )


@draw.register
def _(kind: kinds.Moment, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    if not isinstance(raw, Mapping):
        raw = _moment_in_boxes(raw)
    boxes = (
        {"day": _picker(raw.get("day") if "month" not in raw else raw)}
        if sheet.one_hand
        else _boxes(raw if "month" in raw else raw.get("day"))
    )
    value = boxes | {"time": typed(raw.get("time")), "which": typed(raw.get("which"))}
    hint = "" if question.hint or sheet.one_hand else "For example 10 11 2026, 14:30"
    return Drawn("moment", value, first="day", hint=hint, parts={"pickers": sheet.one_hand, "twice": _twice(raw)})


def _moment_in_boxes(raw: Any) -> dict[str, str]:
    try:
        at = local(read_moment(raw)) if raw not in (None, "") else None
    except Unreadable:
        return {"day": typed(raw), "month": "", "year": ""}
    if at is None:
        return {}
    which = ("second" if at.fold else "first") if happens_twice(at.date(), at.time().replace(fold=0)) else ""
    return {"day": str(at.day), "month": str(at.month), "year": str(at.year), "time": f"{at:%H:%M}", "which": which}


def _twice(raw: Mapping[str, Any]) -> bool:
    """Whether what was typed is a time that comes twice, so that the page must ask which."""
    try:
        return happens_twice(read_day(raw if "month" in raw else raw.get("day")), read_time(raw.get("time")))
    except Unreadable:
        return False


@draw.register
def _(kind: kinds.YesNo, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    chosen = ("yes" if raw else "no") if isinstance(raw, bool) else typed(raw).lower()
    options = _offered(question, (kinds.Option(key="yes", label=kind.yes), kinds.Option(key="no", label=kind.no)))
    return Drawn("options", (chosen,), first="1", parts=_layout(options, sheet) | {"type": "radio", "options": options})


def _offered(question: Question, options: tuple[kinds.Option, ...]) -> tuple[kinds.Option, ...]:
    """The answers to choose from; where none is needed also that one, since a chosen circle cannot be emptied again."""
    return options if question.required else (*options, kinds.Option(key="", label="No answer"))


def _layout(options: Sequence[kinds.Option], sheet: Sheet) -> dict[str, Any]:
    """Two to four answers in boxes, more in a plain list; long hints never side by side."""
    boxed = len(options) <= 4
    across = 1 if any(len(one.hint) > 60 for one in options) else 2
    return {
        "boxed": boxed,
        "across": across,
        "segments": sheet.one_hand and boxed and not any(one.hint for one in options),
    }


@draw.register
def _(kind: kinds.Choice, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    chosen, among = str(getattr(raw, "value", typed(raw))), sheet.standing.offered(kind)
    if sheet.one_hand and len(among) > 4:
        return Drawn("select", chosen, parts={"options": among})
    options = _offered(question, among)
    return Drawn("options", (chosen,), first="1", parts=_layout(options, sheet) | {"type": "radio", "options": options})


@draw.register
def _(kind: kinds.Choices, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    given = raw if isinstance(raw, list | tuple) else [raw]
    chosen = tuple(str(getattr(one, "value", typed(one))) for one in given)
    among = sheet.standing.offered(kind)
    parts = _layout(among, sheet) | {
        "type": "checkbox",
        "options": among,
        "boxed": False,
        "segments": False,
    }
    return Drawn("options", chosen, aside="choose all that fit", first="1", parts=parts)


@draw.register
def _(kind: kinds.Scale, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    if not _stepped(kind):
        hint = f"{kind.least} {kind.low}, {kind.most} {kind.high}"
        return Drawn("line", typed(raw), hint=hint, parts={"mode": "numeric", "size": "4"})
    steps = range(kind.least, kind.most + 1)
    parts = {"steps": steps, "low": kind.low, "high": kind.high, "optional": not question.required}
    return Drawn("scale", typed(raw), first=str(kind.least), parts=parts)


@draw.register
def _(kind: kinds.Scores, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    given = raw if isinstance(raw, Mapping) else {}
    rows = []
    for measure in kind.measures:
        score = given.get(measure.key)
        score = score if isinstance(score, Mapping) else {"value": score}
        value, why_not = typed(score.get("value")), typed(score.get("why_not"))
        below = f"{place}.{measure.key}"
        rows.append(
            {
                "measure": measure,
                "place": below,
                "id": id_of(below),
                "steps": range(measure.least, measure.most + 1) if _stepped(measure) else (),
                "first": f"{id_of(below)}-{measure.least}" if _stepped(measure) else id_of(below),
                "value": "none" if not value and why_not else value,
                "why_not": why_not,
                "note": typed(score.get("note")),
                "wrong": sheet.wrong(below),
            }
        )
    ends = {(one.least, one.low, one.most, one.high) for one in kind.measures}
    first = str(rows[0]["first"]).removeprefix(id_of(place) + "-") if rows else ""
    return Drawn("scores", first=first, parts={"rows": rows, "ends": ends.pop() if len(ends) == 1 else ()})


def _stepped(scale: kinds.Measured | kinds.Scale) -> bool:
    """Whether a scale is short enough to be chosen from."""
    return scale.most - scale.least < MOST_STEPS


@draw.register
def _(kind: kinds.Pick, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    given = raw if isinstance(raw, Mapping) else {"id": raw}
    search = typed(given.get("search"))
    # As long as there are few in reach they are all offered; beyond that they are searched like any other.
    if kind.few and len(some := sheet.lookup(kind.of, "")) <= MOST_FOUND:
        # Usually what is chosen is among those offered, and is not asked for again.
        chosen = next((one for one in some if str(one.id) == typed(given.get("id"))), None)
        chosen = chosen or _known(sheet, kind.of, given.get("id"))
        offered = _with(some, [chosen] if chosen else [])
        return Drawn(
            "few",
            (str(chosen.id),) if chosen else (),
            first="1",
            parts={"found": offered, "type": "radio", "optional": not question.required},
        )
    chosen = _known(sheet, kind.of, given.get("id"))
    if chosen and place not in sheet.opened:
        return Drawn("chosen", str(chosen.id), first="change", parts={"chosen": chosen})
    found = _search(sheet, kind.of, search, place, [chosen] if chosen else [])
    parts = found | {
        "type": "radio",
        "search": search,
        "opened": place in sheet.opened,
        "optional": not question.required and bool(chosen),
    }
    return Drawn("pick", (str(chosen.id),) if chosen else (), parts=parts)


@draw.register
def _(kind: kinds.PickMany, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    given = raw if isinstance(raw, Mapping) else {"id": raw}
    several = given.get("id")
    ids = several if isinstance(several, list | tuple) else [several]
    chosen = [known for one in ids if (known := _known(sheet, kind.of, one))]
    search = typed(given.get("search"))
    parts = _search(sheet, kind.of, search, place, chosen) | {
        "type": "checkbox",
        "search": search,
        "opened": place in sheet.opened,
    }
    return Drawn("pick", tuple(str(one.id) for one in chosen), aside="choose all that fit", parts=parts)


def _known(sheet: Sheet, of: str, number: Any) -> Found | None:
    text = typed(number)
    return sheet.shown(of, int(text)) if text.isascii() and text.isdigit() and len(text) < 11 else None


def _with(found: Sequence[Found], chosen: Sequence[Found]) -> list[Found]:
    """What is chosen already, and after it what was found."""
    here = {one.id for one in chosen}
    return [*chosen, *(one for one in found if one.id not in here)]


def _search(sheet: Sheet, of: str, text: str, place: str, chosen: Sequence[Found]) -> dict[str, Any]:
    """What a search gives, and how many in words; nothing is searched until somebody asks."""
    if not text and place not in sheet.opened:
        return {"found": list(chosen), "counted": ""}
    if not text and chosen:
        return {"found": list(chosen), "counted": "Search for another, or keep what is chosen"}
    found = list(sheet.lookup(of, text))
    about = f" for “{text}”" if text else ""
    if len(found) > MOST_FOUND:
        counted = f"More than {MOST_FOUND} found{about}. These are the first; type more to narrow them down."
    elif found:
        counted = f"{len(found)} found{about}"
    else:
        counted = f"None found{about}. Try a part of the name, or the reference."
    return {"found": _with(found[:MOST_FOUND], chosen), "counted": counted}


@draw.register
def _(kind: kinds.File, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    hint = f"{', '.join(kind.accept) or 'Any kind of file'}, up to {kind.most_bytes / 1_000_000:g} MB"
    kept = raw if isinstance(raw, Mapping) and raw.get("ref") else None
    # A telephone offers its camera for kinds of media, not for endings.
    told = {str(guess_type(f"x{each}")[0]) for each in kind.accept}
    accept = ",".join((*kind.accept, *sorted(each for each in told if each.startswith(("image/", "video/", "audio/")))))
    return Drawn("file", hint=hint, parts={"kept": kept, "accept": accept, "optional": not question.required})


@draw.register
def _(kind: kinds.Repeated, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    given = [one for one in raw if isinstance(one, Mapping)] if isinstance(raw, list | tuple) else []
    # An empty round to begin with: it is left out again if it stays empty.
    given = given + [{}] * max(0, max(1, kind.least) - len(given))
    rounds = []
    for index, row in enumerate(given):
        inner, at = sheet.inside(kind, row, index + 1), f"{place}.{index}."
        asked = [q for q in kind.questions if inner.standing.shows(q)]
        rounds.append([control(q, inner, kind.questions, raw=row.get(q.key), place=at + q.key) for q in asked])
    asks = next(one for one in rounds[0] if one.shape not in ("text", "worked_out"))
    first = asks.first_id.removeprefix(id_of(place) + "-")
    return Drawn("rounds", first=first, parts={"rounds": rounds, "one": kind.one, "more": len(given) < kind.most})


@draw.register
def _(kind: kinds.Note, question: Question, raw: Any, place: str, sheet: Sheet) -> Drawn:
    return Drawn("text", sheet.standing.note(kind))
