"""The kind of answer an XLSForm type asks for here, and what of its appearance and parameters is carried."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from cmcore.exchange.xlsform.gathering import Gathered
from cmcore.exchange.xlsform.items import Item
from cmcore.exchange.xlsform.sheets import SURVEY
from cmcore.forms import kinds
from cmcore.forms.expressions.tree import Expression, Joined, Literal, This, Unusable, number_of

#: A line of text in ODK has no limit; here it ends somewhere.
LINE, LINES = 1_000, 10_000
OTHER = "other"

_FILES = {
    "image": (".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic"),
    "audio": (".mp3", ".m4a", ".wav", ".ogg", ".aac", ".amr"),
    "video": (".mp4", ".mov", ".m4v", ".webm", ".3gp", ".mkv"),
    "file": (),
}
_SIZES = {"image": 10_000_000, "audio": 25_000_000, "video": 50_000_000, "file": 10_000_000}
_PLAIN: dict[str, kinds.Kind] = {
    "integer": kinds.WholeNumber(),
    "decimal": kinds.DecimalNumber(places=6, padded=False),
    "date": kinds.Day(),
    "time": kinds.Time(),
    "dateTime": kinds.Moment(),
    "acknowledge": kinds.Choices(options=(kinds.Option(key="OK", label="OK"),)),
    "geopoint": kinds.ShortText(most=200),
    "barcode": kinds.ShortText(most=LINE),
}
_WRITTEN = {
    "geopoint": "The place is typed in, and not taken from a phone: latitude and longitude.",
    "barcode": "The code is typed in, and not read with a camera.",
}
_CARRIED_LOOKS = {"multiline": ("text",), "likert": ("select_one",)}


def kind_of(item: Item, options: Sequence[kinds.Option], only: Expression | None, found: Gathered) -> kinds.Kind:
    """The kind of answer a question asks for; what of its looks is not carried is listed."""
    looks = item.row.get("appearance").split()
    _say_looks(item, looks, found)
    _say_parameters(item, found)
    if item.type in _WRITTEN:
        found.changed(SURVEY, _WRITTEN[item.type], row=item.row, column="type", value=item.type)
    if item.type in ("text", "hidden"):
        long = "multiline" in looks or _whole(item.row.get("rows") or parameters_of(item).get("rows", "")) > 1
        return kinds.LongText(most=LINES) if long else kinds.ShortText(most=LINE)
    if item.type in _FILES:
        return kinds.File(accept=_FILES[item.type], most_bytes=_SIZES[item.type])
    if item.type == "select_one":
        return _scale(item, options, found) if "likert" in looks else kinds.Choice(options=tuple(options), only=only)
    if item.type == "select_multiple":
        return kinds.Choices(options=tuple(options), only=only)
    if item.type == "range":
        return _range(item)
    return _PLAIN[item.type]


def parameters_of(item: Item) -> dict[str, str]:
    """What stands in the column "parameters": "start=0 end=10" by name."""
    told = re.sub(r"\s*=\s*", "=", item.row.get("parameters"))
    pairs = (part.partition("=") for part in re.split(r"[\s,;]+", told) if part)
    return {name.lower(): value for name, _, value in pairs}


def range_step(item: Item) -> Expression | None:
    """What must be so of an answer to a range whose steps are not 1: that it stands on one of them."""
    told = parameters_of(item)
    start, step = _number(told.get("start", "1")), _number(told.get("step", "1"))
    if step == 1 and start == start.to_integral_value():
        return None
    return Joined("=", Joined("mod", Joined("-", This(), Literal(start)), Literal(abs(step))), Literal(Decimal(0)))


def _range(item: Item) -> kinds.Kind:
    told = parameters_of(item)
    start, end = _number(told.get("start", "1")), _number(told.get("end", "10"))
    step = _number(told.get("step", "1"))
    low, high = min(start, end), max(start, end)
    if step == 0:
        raise Unusable("Its step is 0.")
    if all(one == one.to_integral_value() for one in (start, end, step)):
        if abs(step) == 1 and high - low <= 10:
            return kinds.Scale(least=int(low), most=int(high), low="the least", high="the most")
        return kinds.WholeNumber(least=int(low), most=int(high))
    return kinds.DecimalNumber(least=low, most=high, places=6, padded=False)


def _scale(item: Item, options: Sequence[kinds.Option], found: Gathered) -> kinds.Kind:
    """A likert item whose choices are steps in a row is a scale, with its ends in words; any other is a choice."""
    steps = [_whole(one.key, -1) for one in options]
    in_a_row = len(steps) > 1 and steps == list(range(steps[0], steps[0] + len(steps))) and steps[0] >= 0
    between = [one for one in options[1:-1] if one.label not in (one.key, "")]
    if not in_a_row or between or item.row.get("choice_filter"):
        why = "each of its steps has words of its own" if in_a_row else "its choices are not numbers in a row"
        found.changed(
            SURVEY,
            f"It is shown as a choice and not as a scale: {why}.",
            row=item.row,
            column="appearance",
            value="likert",
        )
        return kinds.Choice(options=tuple(options))
    return kinds.Scale(least=steps[0], most=steps[-1], low=options[0].label, high=options[-1].label)


def _say_looks(item: Item, looks: list[str], found: Gathered) -> None:
    lost = [one for one in looks if item.type not in _CARRIED_LOOKS.get(one, ())]
    if not lost:
        return
    if any(one.startswith("ex:") or one in ("intent", "search") or "(" in one for one in lost):
        found.lost(
            SURVEY,
            "Another app is not started to answer it: it is typed in here.",
            row=item.row,
            column="appearance",
            value=" ".join(lost),
        )
        return
    found.changed(
        SURVEY,
        f"“{' '.join(lost)}” says how a phone shows it; here every form is shown in the same way.",
        row=item.row,
        column="appearance",
        value=" ".join(lost),
    )


def _say_parameters(item: Item, found: Gathered) -> None:
    known = {"range": {"start", "end", "step"}, "text": {"rows"}}.get(item.type, set())
    for name, value in parameters_of(item).items():
        if name not in known:
            found.changed(
                SURVEY,
                f"The parameter “{name}” has no meaning here.",
                row=item.row,
                column="parameters",
                value=f"{name}={value}",
            )


def _number(text: str) -> Decimal:
    return number_of(text)


def _whole(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
