"""What the other columns of a question become: when it is asked, what is accepted, what stands there at first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from cmcore.exchange.xlsform.answer_kinds import range_step
from cmcore.exchange.xlsform.gathering import Gathered
from cmcore.exchange.xlsform.items import Item
from cmcore.exchange.xlsform.languages import texts_of, worded
from cmcore.exchange.xlsform.references import REF, References
from cmcore.exchange.xlsform.sheets import SURVEY
from cmcore.forms import kinds
from cmcore.forms.conditions import Condition, IsTrue
from cmcore.forms.days import Unreadable
from cmcore.forms.expressions.outcomes import typed
from cmcore.forms.expressions.tree import Call, Expression, Joined, Literal, This, Unusable, parts_of
from cmcore.forms.questions import Constraint, Question
from cmcore.forms.schema import field_for

YES = frozenset(("yes", "true", "true()", "1"))
NO = frozenset(("no", "false", "false()", "0", ""))

_DYNAMIC = re.compile(r"\$\{|[\w-]+\(")


@dataclass
class Words:
    """Texts in the main language, and the same in every other language by place."""

    main: str
    others: list[str]
    by_language: dict[str, dict[str, str]] = field(default_factory=dict)

    def take(self, item: Item, means: str, place: str) -> str:
        """The text of a column in the main language; the others are kept under the place."""
        return self.keep(texts_of(item.row, means), place, anyhow=means == "label")

    def keep(self, texts: dict[str, str], place: str, *, anyhow: bool = True) -> str:
        """The same of texts by language; ``anyhow`` takes any language where the main one is missing."""
        said = worded(texts, self.main, anyhow=anyhow)
        for language in self.others:
            told = texts.get(language, "")
            if told and told not in ("-", said):
                self.by_language.setdefault(language or "as first written", {})[place] = told
        return said


class Carrying:
    """Turns cells of one workbook into parts of questions; what cannot be turned is listed."""

    def __init__(self, references: References, words: Words, found: Gathered) -> None:
        """Keep what every cell needs."""
        self.references, self.words, self.found = references, words, found

    def expression(
        self, item: Item, means: str, otherwise: str, *, columns: frozenset[str] | None = None
    ) -> Expression | None:
        """The expression in a column; ``otherwise`` says what happens where it cannot be read."""
        text = item.row.get(means)
        if not text:
            return None
        try:
            return self.references.parse(text, item, columns=columns)
        except Unusable as trouble:
            self.lost(item, means, f"{trouble} {otherwise}", text)
            return None

    def lost(self, item: Item, means: str, message: str, value: str = "") -> None:
        """List something of a row as not carried."""
        self.found.lost(SURVEY, message, row=item.row, column=item.row.column(means), value=value or None)

    def condition(self, item: Item, around: list[Expression]) -> Expression | None:
        """When an item is asked: its own condition, and those of the groups around it."""
        what = "The group is always asked." if item.sort == "group" else "It is always asked."
        own = self.expression(item, "relevant", what)
        every = [*around, *([own] if own is not None else [])]
        return joined("and", every)

    def required(self, item: Item) -> tuple[bool, Condition | None]:
        """Whether it must be answered, and when."""
        text = item.row.get("required").strip().lower()
        if text in YES | NO:
            return text in YES, None
        when = self.expression(item, "required", "It may be left empty.")
        return False, IsTrue(when) if when is not None else None

    def constraint(self, item: Item, place: str) -> Constraint | None:
        """What must be so of the answer, with its message."""
        so = self.expression(item, "constraint", "The answer is not checked.")
        step = range_step(item) if item.type == "range" else None
        so = joined("and", [one for one in (so, step) if one is not None])
        if so is None:
            if item.row.column("constraint_message") and not item.row.get("constraint"):
                self.lost(item, "constraint_message", "There is nothing it would be the message of.")
            return None
        texts = texts_of(item.row, "constraint_message")
        said = worded(texts, self.words.main, anyhow=False)
        if REF.search(said):
            self._say_other_messages(item)
            try:
                return Constraint(so, self.references.sentence(said, item))
            except Unusable as trouble:
                self.lost(item, "constraint_message", f"{trouble} The message stands without that answer.", said)
                return Constraint(so, Literal(self.references.in_brackets(said, item)))
        self._say_other_messages(item)
        plain = {key: text for key, text in texts.items() if not REF.search(text)}
        said = self.words.keep(plain, f"{place}/constraint", anyhow=False)
        return Constraint(so, Literal(said) if said else None)

    def _say_other_messages(self, item: Item) -> None:
        for column, text in item.row.all("constraint_message"):
            if column.language != self.words.main and column.language and REF.search(text):
                self.found.lost(
                    SURVEY,
                    "An answer inside the message is filled in in the form's own language only.",
                    row=item.row,
                    column=column,
                    value=text,
                )

    def wording(self, item: Item, means: str, place: str) -> str:
        """A label or a hint: answers that stand in it are named in brackets, since here it does not change."""
        said = self.words.take(item, means, place)
        if not REF.search(said):
            return said
        self.found.changed(
            SURVEY,
            "An answer inside these words is not filled in; the question it is from stands in brackets.",
            row=item.row,
            column=item.row.column(means),
            value=said,
        )
        self.bracket_others(item, place)
        return self.references.in_brackets(said, item)

    def bracket_others(self, item: Item, place: str) -> None:
        """In the other languages, too, a question in brackets where its answer would stand."""
        for language in self.words.by_language.values():
            if place in language:
                language[place] = self.references.in_brackets(language[place], item)

    def begins_with(self, item: Item, kind: kinds.Kind) -> Expression | None:
        """What stands in the answer at first."""
        text = item.row.get("default")
        if not text:
            return None
        if item.repeats:
            self.lost(item, "default", "In a repeat nothing stands there at first.", text)
            return None
        if isinstance(kind, kinds.File):
            self.lost(item, "default", "A file does not stand there at first.", text)
            return None
        if _DYNAMIC.search(text):
            return self.expression(item, "default", "Nothing stands there at first.")
        value: Any = typed(kind, text)
        question = Question(key=item.key or "answer", label=item.name or "Answer", kind=kind)
        try:
            field_for(kind, question).read(text.split() if isinstance(kind, kinds.Choices) else text)
        except Unreadable as trouble:
            value = None
            self.lost(item, "default", f"It cannot stand there at first: {trouble.sentence}", text)
        return None if value is None else Literal(text)

    def counted(self, item: Item) -> tuple[int, Constraint | None]:
        """How many rounds a repeat has at most, and what must be so of their number."""
        text = item.row.get("repeat_count")
        if not text:
            return 100, None
        if text.isascii() and text.isdigit() and 0 < int(text[:6]) <= 1_000:
            self.found.changed(
                SURVEY,
                f"There are at most {int(text)} rounds, and there may be fewer.",
                row=item.row,
                column="repeat_count",
                value=text,
            )
            return int(text), None
        many = self.expression(item, "repeat_count", "There may be any number of rounds.")
        if many is None:
            return 100, None
        so = Joined("=", Call("count", (This(),)), Call("number", (many,)))
        said = Call("concat", (Literal("Here there are to be "), many, Literal(".")))
        return 1_000, Constraint(so, said)


def joined(operator: str, every: list[Expression]) -> Expression | None:
    """Several expressions with an operator between them; nothing of nothing."""
    made: Expression | None = None
    for one in every:
        made = one if made is None else Joined(operator, made, one)
    return made


def changes_each_time(expression: Expression) -> bool:
    """Whether it is worth something else when it is asked again: it looks at the day or the time."""
    return any(isinstance(one, Call) and one.name in ("today", "now") for one in parts_of(expression))


def uses_once(expression: Expression) -> bool:
    """Whether it asks to be worked out only once."""
    return any(isinstance(one, Call) and one.name == "once" for one in parts_of(expression))
