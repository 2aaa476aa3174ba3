"""The marshmallow fields of answers that are made of others: picked records, scores, files, repeated questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError

from cmcore.base.findings import Finding
from cmcore.base.words import count
from cmcore.forms import kinds
from cmcore.forms.days import Unreadable
from cmcore.forms.fields import AnswerField, as_text, clean, whole
from cmcore.forms.questions import Question
from cmcore.forms.values import FileAnswer, Score

#: Reads or writes one round of a repeated group; reading raises ValidationError. A round is read with the schema it
#: stands in, whose answers it may look at, and its number from 1.
RoundsOfOne = tuple[Callable[[Mapping[str, Any], Any, int], Any], Callable[[Any], dict[str, Any]]]
Rounds = Callable[[kinds.Repeated], RoundsOfOne]


class PickField(AnswerField):
    """A record by its number. From a page also what was typed to search for it, which is not yet an answer."""

    def read(self, raw: Any) -> Any:
        """The number, or the numbers in the order they were chosen, none twice."""
        kind = self.question.kind
        assert isinstance(kind, kinds.Pick | kinds.PickMany)
        given = raw.get("id") if isinstance(raw, Mapping) else raw
        if isinstance(kind, kinds.Pick):
            if given in (None, ""):
                assert isinstance(raw, Mapping)
                raise Unreadable(
                    f"nothing is chosen for “{raw.get('search')}”.", "Choose one of those found, or search again."
                )
            return self._number(given)
        several = given if isinstance(given, list | tuple) else [given]
        numbers = list(dict.fromkeys(self._number(one) for one in several if one not in (None, "")))
        if len(numbers) > kind.most:
            raise Unreadable(f"{len(numbers)} are chosen.", f"Choose at most {kind.most}.")
        return numbers

    @staticmethod
    def _number(given: Any) -> int:
        try:
            number = whole(given)
        except Unreadable:
            number = 0
        if not 0 < number <= kinds.LARGEST:
            raise Unreadable("what was chosen is not a record.", "Search again and choose one of those found.")
        return number


class ScoresField(AnswerField):
    """One score per measure, or the reason why there is none."""

    def read(self, raw: Any) -> dict[str, Score]:
        """The scores in the order of the measures; everything wrong with them at once, each at its own place."""
        kind = self.question.kind
        assert isinstance(kind, kinds.Scores)
        if not kind.measures:
            raise TypeError(f'"{self.question.key}" has no measures yet: put a measure set in with form.with_question.')
        if not isinstance(raw, Mapping):
            raise Unreadable("these are not scores by measure.")
        known = {measure.key for measure in kind.measures}
        if strangers := [str(key) for key in raw if key not in known]:
            raise Unreadable(f"“{strangers[0]}” is not one of the measures.")
        scores: dict[str, Score] = {}
        wrong: dict[str, list[Finding]] = {}
        for measure in kind.measures:
            try:
                scores[measure.key] = read_score(measure, raw.get(measure.key))
            except Unreadable as trouble:
                wrong[measure.key] = [Finding(trouble.sentence, rule=self.question.rule, way_out=trouble.way_out)]
        if wrong:
            raise ValidationError(wrong)
        return scores

    def write(self, value: Any) -> dict[str, Any]:
        """Each measure's score, reason and note, without what is empty."""
        written = {}
        for key, score in value.items():
            kept = {"value": score.value, "why_not": score.why_not, "note": score.note}
            written[key] = {name: part for name, part in kept.items() if part != ""}
        return written


def read_score(measure: kinds.Measured, raw: Any) -> Score:
    """The score of one measure from a number, a :class:`Score`, or its value, reason and note."""
    if isinstance(raw, Score):
        raw = {"value": raw.value, "why_not": raw.why_not, "note": raw.note}
    if not isinstance(raw, Mapping):
        raw = {"value": raw}
    if strangers := [str(key) for key in raw if key not in ("value", "why_not", "note")]:
        raise Unreadable(f"{measure.label}: “{strangers[0]}” is no part of a score.")
    why_not, remark = clean(str(raw.get("why_not") or ""), lines=True), clean(str(raw.get("note") or ""), lines=True)
    if max(len(why_not), len(remark)) > 2_000:
        raise Unreadable(f"{measure.label}: there is room for 2,000 characters.", "Shorten what you wrote.")
    given = raw.get("value")
    if given == "none" or (given in (None, "") and why_not):
        if not why_not:
            raise Unreadable(f"{measure.label} is not scored, and there is no reason.", "Say why, or score it.")
        return Score(None, why_not, remark)
    way_out = f"Choose {measure.least} to {measure.most} for {measure.label.lower()}, or “not scored” and say why."
    if given in (None, ""):
        raise Unreadable(f"{measure.label} has no score.", way_out)
    try:
        number = whole(given)
    except Unreadable:
        raise Unreadable(f"{measure.label}: “{given}” is not a whole number.", way_out) from None
    if not measure.least <= number <= measure.most:
        raise Unreadable(f"{measure.label}: {number} is not on the scale.", way_out)
    # A reason left over from "not scored" would contradict the score beside it.
    return Score(number, "", remark)


class FileField(AnswerField):
    """A file that was put away already: the form keeps where, not what is in it."""

    def read(self, raw: Any) -> FileAnswer:
        """What is known of the file; refuses other endings and files that are too big."""
        kind = self.question.kind
        assert isinstance(kind, kinds.File)
        if isinstance(raw, Mapping):
            try:
                raw = FileAnswer(str(raw["ref"]), as_text(raw["name"]), str(raw["media_type"]), whole(raw["size"]))
            except KeyError:
                raise Unreadable("this is not a file.", "Choose a file.") from None
        if not isinstance(raw, FileAnswer):
            raise Unreadable("this is not a file.", "Choose a file.")
        if kind.accept and not raw.name.lower().endswith(tuple(ending.lower() for ending in kind.accept)):
            raise Unreadable(
                f"“{raw.name}” is another kind of file.", f"Choose one that ends in {', '.join(kind.accept)}."
            )
        if raw.size > kind.most_bytes:
            raise Unreadable(f"“{raw.name}” is too big.", f"Choose one under {kind.most_bytes / 1_000_000:g} MB.")
        return raw

    def write(self, value: Any) -> dict[str, Any]:
        """Where it is, its name, its type and its size."""
        return {"ref": value.ref, "name": value.name, "media_type": value.media_type, "size": value.size}


class RepeatedField(AnswerField):
    """Rounds of the same questions."""

    def __init__(self, question: Question, rounds: Rounds) -> None:
        """A field of its question; ``rounds`` gives what reads and writes one round."""
        super().__init__(question)
        assert isinstance(question.kind, kinds.Repeated)
        self._read, self._write = rounds(question.kind)

    def read(self, raw: Any) -> list[Any]:
        """The rounds as typed answers; everything wrong with them at once, each at its own place."""
        kind = self.question.kind
        assert isinstance(kind, kinds.Repeated)
        if not isinstance(raw, list | tuple):
            raise Unreadable(f"this is not a list of {kind.one}s.")
        if not kind.least <= len(raw) <= kind.most:
            limit = f"at least {kind.least}" if len(raw) < kind.least else f"at most {kind.most}"
            raise Unreadable(f"there {'is' if len(raw) == 1 else 'are'} {count(len(raw), kind.one)}.", f"Give {limit}.")
        made, wrong = [], {}
        for index, one in enumerate(raw):
            try:
                if kind.of is not None and isinstance(one, kind.of):
                    one = self._write(one)
                made.append(self._read(one, getattr(self, "parent", None), index + 1))
            except ValidationError as trouble:
                wrong[index] = _numbered(trouble.messages, f"{kind.one.capitalize()} {index + 1}, ")
        if wrong:
            raise ValidationError(wrong)
        return made

    def write(self, value: Any) -> list[dict[str, Any]]:
        """Each round as JSON."""
        return [self._write(one) for one in value]


def _numbered(messages: Any, before: str) -> Any:
    """The same messages, each finding beginning with the round it is about."""
    if isinstance(messages, Finding):
        said = messages.message
        first = said[:1].lower() if said[1:2].islower() else said[:1]
        return replace(messages, message=f"{before}{first}{said[1:]}")
    if isinstance(messages, Mapping):
        return {key: _numbered(value, before) for key, value in messages.items()}
    if isinstance(messages, list):
        return [_numbered(one, before) for one in messages]
    return messages
