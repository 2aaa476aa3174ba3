"""What came back from a page's form: read by the names its controls were drawn with, and nothing else.

What is read is still as it was typed; :func:`cmcore.forms.load` makes answers of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import singledispatch
from typing import Any, Protocol

from cmcore.forms import FileAnswer, Question, kinds
from cmcore.forms.schema import is_blank


class Posted(Protocol):
    """Names with one value or several, as Werkzeug's MultiDict holds them."""

    def get(self, key: str, default: Any = None) -> Any:
        """The first value of a name."""

    def getlist(self, key: str) -> list[Any]:
        """Every value of a name."""

    def __contains__(self, key: object) -> bool:
        """Whether a name was sent."""

    def __iter__(self) -> Iterator[str]:
        """The names."""


class Keeper(Protocol):
    """Puts files away and finds them again; whoever asks gets only what is theirs."""

    def keep(self, upload: Any) -> FileAnswer:
        """Put an upload away."""

    def kept(self, ref: str) -> FileAnswer | None:
        """What was put away under a reference, or None when it is not within reach."""


def read_posted(
    questions: Sequence[Question], posted: Posted, files: Posted | None = None, keeper: Keeper | None = None
) -> dict[str, Any]:
    """What was typed, by question; what was left empty is left out."""
    return _read(questions, "", Sent(posted, files, keeper))


class Sent:
    """What one request brought: values, files, and what puts files away."""

    def __init__(self, posted: Posted, files: Posted | None, keeper: Keeper | None) -> None:
        """Keep the three together."""
        self.posted = posted
        self.files = files
        self.keeper = keeper

    def text(self, name: str) -> str:
        """The one value of a name; a name that was not sent is empty."""
        return str(self.posted.get(name) or "")


def _read(questions: Sequence[Question], before: str, sent: Sent) -> dict[str, Any]:
    raw = {}
    for question in questions:
        if question.asks and (given := take(question.kind, question, before + question.key, sent)) not in (
            None,
            "",
            [],
            {},
        ):
            raw[question.key] = given
    return raw


@singledispatch
def take(kind: kinds.Kind, question: Question, place: str, sent: Sent) -> Any:
    """What was typed for a question of this kind."""
    raise TypeError(f"What comes back for questions of kind {type(kind).__name__} cannot be read yet.")


@take.register(kinds.ShortText)
@take.register(kinds.LongText)
@take.register(kinds.WholeNumber)
@take.register(kinds.DecimalNumber)
@take.register(kinds.Money)
@take.register(kinds.Time)
@take.register(kinds.YesNo)
@take.register(kinds.Choice)
@take.register(kinds.Scale)
def _(kind: kinds.Kind, question: Question, place: str, sent: Sent) -> Any:
    return sent.text(place)


@take.register
def _(kind: kinds.Day, question: Question, place: str, sent: Sent) -> Any:
    # The phone form sends one value, from its own picker.
    return sent.text(place) or _parts(place, ("day", "month", "year"), sent)


@take.register
def _(kind: kinds.Moment, question: Question, place: str, sent: Sent) -> Any:
    return _parts(place, ("day", "month", "year", "time", "which"), sent)


def _parts(place: str, names: Sequence[str], sent: Sent) -> dict[str, str]:
    found = {name: sent.text(f"{place}.{name}") for name in names if f"{place}.{name}" in sent.posted}
    return {} if is_blank(found) else found


@take.register
def _(kind: kinds.Choices, question: Question, place: str, sent: Sent) -> Any:
    return [str(one) for one in sent.posted.getlist(place) if one]


@take.register
def _(kind: kinds.Scores, question: Question, place: str, sent: Sent) -> Any:
    scores = {}
    for measure in kind.measures:
        name = f"{place}.{measure.key}"
        parts = {"value": sent.text(name), "why_not": sent.text(f"{name}.why_not"), "note": sent.text(f"{name}.note")}
        scores[measure.key] = {part: text for part, text in parts.items() if text.strip()}
    return {key: score for key, score in scores.items() if score}


@take.register
def _(kind: kinds.Pick, question: Question, place: str, sent: Sent) -> Any:
    return _searched({"id": sent.text(place), "search": sent.text(f"{place}.search")})


@take.register
def _(kind: kinds.PickMany, question: Question, place: str, sent: Sent) -> Any:
    return _searched(
        {"id": [str(one) for one in sent.posted.getlist(place) if one], "search": sent.text(f"{place}.search")}
    )


def _searched(found: dict[str, Any]) -> dict[str, Any]:
    return {} if is_blank(found) else found


@take.register
def _(kind: kinds.File, question: Question, place: str, sent: Sent) -> Any:
    if sent.keeper is None:
        raise TypeError(f'"{question.key}" asks for a file, but nothing was given that keeps files.')
    upload = sent.files.get(place) if sent.files is not None else None
    if upload is not None and upload.filename:
        return _as_raw(sent.keeper.keep(upload))
    ref = sent.text(f"{place}.kept")
    if not ref or sent.text(f"{place}.drop"):
        return None
    return _as_raw(found) if (found := sent.keeper.kept(ref)) else None


def _as_raw(answer: FileAnswer) -> dict[str, Any]:
    return {"ref": answer.ref, "name": answer.name, "media_type": answer.media_type, "size": answer.size}


@take.register
def _(kind: kinds.Repeated, question: Question, place: str, sent: Sent) -> Any:
    pattern = re.compile(re.escape(place) + r"\.(\d{1,6})(\.|$)", re.ASCII)
    numbers = sorted({int(found[1]) for name in sent.posted if (found := pattern.match(name))})
    # One more than may be: enough for the schema to say that there are too many.
    return [_read(kind.questions, f"{place}.{number}.", sent) for number in numbers[: kind.most + 1]]


@take.register
def _(kind: kinds.Note, question: Question, place: str, sent: Sent) -> Any:
    return None


def without_empty_rounds(questions: Sequence[Question], raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers, with rounds left out that nothing was typed into."""
    kept = dict(raw)
    for question in questions:
        if isinstance(question.kind, kinds.Repeated) and isinstance(rounds := kept.get(question.key), list):
            kept[question.key] = [
                without_empty_rounds(question.kind.questions, one)
                for one in rounds
                if not isinstance(one, Mapping) or not is_blank(one)
            ]
    return kept


def with_round(raw: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The same answers with an empty round more at a place, "trips" or "trips.0.stops"."""
    return _changed(raw, place.split("."), lambda rounds: [*(rounds or [{}]), {}])


def without_round(raw: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The same answers without the round at a place, "trips.1"."""
    *path, number = place.split(".")
    if not (number.isascii() and number.isdigit()):
        return dict(raw)
    return _changed(raw, path, lambda rounds: [one for index, one in enumerate(rounds) if index != int(number)])


def _changed(raw: Mapping[str, Any], path: Sequence[str], change: Callable[[list[Any]], list[Any]]) -> dict[str, Any]:
    """The same answers with the rounds at the end of a path changed; a path that leads nowhere changes nothing."""
    if not path:
        return dict(raw)
    key, *rest = path
    rounds = raw.get(key, [])
    if not isinstance(rounds, list):
        return dict(raw)
    if not rest:
        return {**raw, key: change(rounds)}
    index, *deeper = rest
    return {
        **raw,
        key: [
            _changed(one, deeper, change) if str(number) == index and isinstance(one, Mapping) else one
            for number, one in enumerate(rounds)
        ],
    }
