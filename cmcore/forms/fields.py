"""The marshmallow fields answers are read and written with: strict about values, plain about what is wrong."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from marshmallow import ValidationError
from marshmallow.fields import Field

from cmcore.base.findings import Finding
from cmcore.base.words import count, in_words, pounds
from cmcore.forms import kinds
from cmcore.forms.days import Unreadable, read_day, read_moment, read_time
from cmcore.forms.expressions.values import number_in_figures
from cmcore.forms.questions import Question

_WHOLE = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})", re.ASCII)


class AnswerField(Field[Any]):
    """Reads one answer. Subclasses raise :class:`Unreadable`; the label and the rule are added here."""

    def __init__(self, question: Question) -> None:
        """A field of its question; whether it must be answered is decided with the whole form in view."""
        super().__init__(required=False, allow_none=True)
        self.question = question

    def wrong(self, sentence: str, way_out: str = "") -> Finding:
        """What is wrong with the answer, with the question's label before it."""
        return Finding(self.question.about(sentence), rule=self.question.rule, place=self.question.key, way_out=way_out)

    def read(self, raw: Any) -> Any:
        """The typed answer; raises :class:`Unreadable`."""
        return raw

    def write(self, value: Any) -> Any:
        """The typed answer as JSON."""
        return value

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        try:
            return self.read(value)
        except Unreadable as trouble:
            # marshmallow passes the list on as it is, so that the finding survives whole.
            raise ValidationError([self.wrong(trouble.sentence, trouble.way_out)]) from None

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return None if value is None else self.write(value)


def clean(text: str, *, lines: bool) -> str:
    """Text as it is kept: composed, trimmed, without what no screen shows; on one line unless ``lines``."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not text.isprintable():
        text = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return text.strip() if lines else " ".join(text.split())


def as_text(raw: Any) -> str:
    """What was typed, as one line; refuses what is no text or number."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise Unreadable("this is not something that can be written in one box.")
    return clean(str(raw), lines=False)


class TextField(AnswerField):
    """One line, or several."""

    def read(self, raw: Any) -> str:
        """The text, cleaned; refuses one that is too long, and an e-mail address without a name or a place."""
        kind = self.question.kind
        assert isinstance(kind, kinds.ShortText | kinds.LongText)
        if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
            raise Unreadable("this is not text.")
        text = clean(str(raw), lines=isinstance(kind, kinds.LongText))
        if len(text) > kind.most:
            raise Unreadable(f"this is {len(text):,} characters long; there is room for {kind.most:,}.", "Shorten it.")
        if (
            isinstance(kind, kinds.ShortText)
            and kind.holds == "email"
            and not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text)
        ):
            raise Unreadable(
                f"“{text}” is not an e-mail address.", "It has a name, an @ and a place, like juno@example.org."
            )
        if (
            isinstance(kind, kinds.ShortText)
            and kind.holds == "telephone"
            and len(re.findall(r"\d", text, re.ASCII)) < 3
        ):
            raise Unreadable(f"“{text}” is not a telephone number.", "Write it in figures, like 01632 960 111.")
        return text


class WholeNumberField(AnswerField):
    """A whole number, a step of a scale."""

    def read(self, raw: Any) -> int:
        """The number; refuses text, parts of a number, and what is outside the limits."""
        kind = self.question.kind
        assert isinstance(kind, kinds.WholeNumber | kinds.Scale)
        number = whole(raw)
        if isinstance(kind, kinds.Scale):
            if not kind.least <= number <= kind.most:
                raise Unreadable(f"{number} is not on the scale.", f"Choose {kind.least} to {kind.most}.")
            return number
        return int(within(number, kind.least, kind.most, str))


def whole(raw: Any) -> int:
    """A whole number from a number or from text; "1,300" and "24.0" are read, "twenty" and 2.5 are not."""
    text = as_text(raw)
    bare = re.sub(r"\.0+$", "", text.replace(",", "").replace(" ", ""))
    if not _WHOLE.fullmatch(bare):
        raise Unreadable(f"“{text}” is not a whole number.", "Write it in figures, for example 24.")
    return int(bare)


def within(number: Any, least: Any, most: Any, said: Any) -> Any:
    """The number, if it lies within its limits and fits where it is kept; otherwise a sentence with the limits."""
    if least is not None and most is not None and not least <= number <= most:
        raise Unreadable(
            f"{said(number)} is not between {said(least)} and {said(most)}.", f"Write {said(least)} to {said(most)}."
        )
    if least is not None and number < least:
        raise Unreadable(f"{said(number)} is too small.", f"Write {said(least)} or more.")
    if most is not None and number > most:
        raise Unreadable(f"{said(number)} is too large.", f"Write {said(most)} or less.")
    if abs(number) > kinds.LARGEST:
        raise Unreadable("the number is too large to be kept.", "Check the figures.")
    return number


class DecimalField(AnswerField):
    """A number with decimal places, exactly as written."""

    def read(self, raw: Any) -> Decimal:
        """The number; refuses more decimal places than are kept."""
        kind = self.question.kind
        assert isinstance(kind, kinds.DecimalNumber)
        number = exact(raw, "Write it in figures, for example 1.5.")
        if -int(number.normalize().as_tuple().exponent) > kind.places:
            raise Unreadable(f"{number} has more than {count(kind.places, 'decimal place')}.", "Round it.")
        kept = Decimal(within(number, kind.least, kind.most, str))
        return kept.quantize(Decimal(1).scaleb(-kind.places)) if kind.padded else Decimal(number_in_figures(kept))

    def write(self, value: Any) -> str:
        """As text, because JSON's own numbers are not exact."""
        return str(value)


def exact(raw: Any, way_out: str) -> Decimal:
    """A finite number, exactly as written."""
    text = as_text(raw)
    bare = re.sub(r"^£|[ ,]", "", text)
    if not _NUMBER.fullmatch(bare):
        raise Unreadable(f"“{text}” is not a number.", way_out)
    try:
        return Decimal(bare)
    except InvalidOperation:
        raise Unreadable(f"“{text}” is not a number.", way_out) from None


class MoneyField(AnswerField):
    """An amount: text is read as pounds, a whole number is pence already."""

    def read(self, raw: Any) -> int:
        """Whole pence."""
        kind = self.question.kind
        assert isinstance(kind, kinds.Money)
        if isinstance(raw, int) and not isinstance(raw, bool):
            pence = raw
        else:
            amount = exact(raw, "Write pounds and pence, for example 19.50.") * 100
            if amount != amount.to_integral_value():
                raise Unreadable(
                    f"“{as_text(raw)}” has parts of a penny.", "Write pounds and pence, for example 19.50."
                )
            pence = int(amount)
        return int(within(pence, kind.least, kind.most, pounds))


class DayField(AnswerField):
    """A day."""

    def read(self, raw: Any) -> dt.date:
        """The day; see :func:`cmcore.forms.days.read_day`."""
        return read_day(raw)

    def write(self, value: Any) -> str:
        """As ISO 8601: "2026-11-10"."""
        return str(value.isoformat())


class TimeField(AnswerField):
    """A time of day."""

    def read(self, raw: Any) -> dt.time:
        """The time; see :func:`cmcore.forms.days.read_time`."""
        return read_time(raw)

    def write(self, value: Any) -> str:
        """As hours and minutes: "14:30"."""
        return f"{value:%H:%M}"


class MomentField(AnswerField):
    """An instant."""

    def read(self, raw: Any) -> dt.datetime:
        """The instant in UTC; see :func:`cmcore.forms.days.read_moment`."""
        return read_moment(raw)

    def write(self, value: Any) -> str:
        """As ISO 8601 in UTC: "2026-11-10T14:30+00:00"."""
        aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return str(aware.astimezone(dt.UTC).isoformat(timespec="minutes"))


class YesNoField(AnswerField):
    """Yes or no."""

    def read(self, raw: Any) -> bool:
        """True or false, from those or from the words."""
        if isinstance(raw, bool):
            return raw
        text = as_text(raw).lower()
        if text in ("yes", "y", "true", "1"):
            return True
        if text in ("no", "n", "false", "0"):
            return False
        raise Unreadable(f"“{text}” is neither yes nor no.", "Choose one of the two.")


class ChoiceField(AnswerField):
    """One of the answers offered, or several of them."""

    def read(self, raw: Any) -> Any:
        """The chosen answer as a member of its class, or as text; several as a list in the order they are offered."""
        kind = self.question.kind
        assert isinstance(kind, kinds.Choice | kinds.Choices)
        if isinstance(kind, kinds.Choice):
            return self._one(kind, raw)
        given = raw if isinstance(raw, list | tuple | set | frozenset) else [raw]
        chosen = [self._one(kind, one) for one in given]
        if kind.most is not None and len(set(chosen)) > kind.most:
            raise Unreadable(f"{len(set(chosen))} answers are chosen.", f"Choose at most {kind.most}.")
        offered = [option.key for option in kind.options]
        return sorted(set(chosen), key=lambda one: offered.index(self.write_one(one)))

    def _one(self, kind: kinds.Choice | kinds.Choices, raw: Any) -> Any:
        key = str(getattr(raw, "value", raw)).strip()
        if key not in (option.key for option in kind.options):
            labels = [option.label for option in kind.options]
            way_out = f"Choose {in_words(labels, 'or')}." if len(labels) <= 8 else "Choose one of those offered."
            raise Unreadable(f"“{key}” is not one of the answers.", way_out)
        return kind.of(key) if kind.of else key

    @staticmethod
    def write_one(value: Any) -> str:
        """The key of one answer."""
        return str(getattr(value, "value", value))

    def write(self, value: Any) -> Any:
        """The key, or the keys."""
        if isinstance(self.question.kind, kinds.Choices):
            return [self.write_one(one) for one in value]
        return self.write_one(value)
