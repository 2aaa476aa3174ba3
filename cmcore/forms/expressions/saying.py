"""An expression as part of a sentence, for whoever wants to know when a question is asked or how an answer is made."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from cmcore.base.words import in_words as listed
from cmcore.forms.expressions.functions import FUNCTIONS
from cmcore.forms.expressions.tree import (
    Answer,
    Call,
    Column,
    Expression,
    Joined,
    Literal,
    Named,
    Negative,
    This,
)
from cmcore.forms.expressions.values import number_in_figures

LabelOf = Callable[[str], str]
SaidOf = Callable[[str, str], str]

_COMPARED = {
    "=": "is {}",
    "!=": "is not {}",
    "<": "is less than {}",
    "<=": "is {} or less",
    ">": "is more than {}",
    ">=": "is {} or more",
}
_DAYS = {"<": "is before {}", "<=": "is {} or before", ">": "is after {}", ">=": "is {} or later"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_RECKONED = {"+": "plus", "-": "minus", "*": "times", "div": "divided by", "mod": "left over after dividing by"}


def say(expression: Expression, label: LabelOf, said: SaidOf) -> str:
    """The expression in words; ``label`` gives a question's label, ``said`` a stored answer to it in words."""
    return _Saying(label, said).so(expression)


def value_in_words(expression: Expression, label: LabelOf, said: SaidOf) -> str:
    """How a value is worked out, in words: "the answer to “Hours” times 2"."""
    return _Saying(label, said).value(expression)


class _Saying:
    """Says expressions with one set of labels."""

    def __init__(self, label: LabelOf, said: SaidOf) -> None:
        self.label, self.said = label, said

    def so(self, one: Expression) -> str:
        """Something that is so or not so."""
        match one:
            case Joined("and", left, right):
                return " and ".join(self._bound(each, "or", "either") for each in (left, right))
            case Joined("or", left, right):
                return " or ".join(self._bound(each, "and", "both") for each in (left, right))
            case Joined(("=" | "!=" | "<" | "<=" | ">" | ">=") as operator, left, right):
                return self._compared(operator, left, right)
            case Call("not", (Joined(operator, left, right),)) if operator in _OPPOSITE:
                return self._compared(_OPPOSITE[operator], left, right)
            case Call("not", (Call("not", (inner,)),)):
                return self.so(inner)
            case Call("not", (Call("selected", (among, Literal() as wanted)),)):
                return f"{self._answers(among)} do not include {self._choice(among, wanted)}"
            case Call("selected", (among, Literal() as wanted)):
                return f"{self._answers(among)} include {self._choice(among, wanted)}"
            case Call("not", (inner,)):
                return f"it is not so that {self.so(inner)}"
            case Call("true"):
                return "always"
            case Call("false"):
                return "never"
            case Answer() | This():
                return f"{self._bare(one)} is answered"
        return self.value(one)

    def _bound(self, one: Expression, operator: str, word: str) -> str:
        """With "either" or "both" where it would read otherwise."""
        loose = isinstance(one, Joined) and one.operator == operator
        return f"{word} {self.so(one)}" if loose else self.so(one)

    def _compared(self, operator: str, left: Expression, right: Expression) -> str:
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, operator = right, left, _TURNED[operator]
        if right == Literal("") and operator in ("=", "!="):
            return f"{self._bare(left)} is {'not ' if operator == '=' else ''}answered"
        table = _DAYS | {key: words for key, words in _COMPARED.items() if key not in _DAYS}
        words = table if _is_day(left) or _is_day(right) else _COMPARED
        return f"{self.value(left)} {words[operator].format(self._choice(left, right))}"

    def _choice(self, question: Expression, value: Expression) -> str:
        """What is compared with: an answer in the words of its question."""
        if isinstance(question, Answer) and not question.up and not question.of and isinstance(value, Literal):
            text = value.value if isinstance(value.value, str) else number_in_figures(value.value)
            return self.said(question.key, text)
        return self.value(value)

    def _answers(self, one: Expression) -> str:
        match one:
            case Answer():
                return f"the answers to “{self._called(one)}”"
            case This():
                return "the answers"
        return self.value(one)

    def _bare(self, one: Expression) -> str:
        match one:
            case Answer():
                return f"“{self._called(one)}”"
            case This():
                return "this"
        return self.value(one)

    def _called(self, one: Answer) -> str:
        return one.called or self.label(one.key)

    def value(self, one: Expression) -> str:
        """Something that has a value."""
        match one:
            case Literal(Decimal() as number):
                return number_in_figures(number)
            case Literal(text):
                return f"“{text}”"
            case Answer(of=of):
                return f"the {'answers' if of else 'answer'} to “{self._called(one)}”"
            case This():
                return "this answer"
            case Column(name):
                return f"what the list says under “{name}”"
            case Named(of, _):
                return self.value(of)
            case Negative(of):
                return f"minus {self.value(of)}"
            case Joined(operator, left, right) if operator in _RECKONED:
                return f"{self._part(left)} {_RECKONED[operator]} {self._part(right)}"
            case Joined() | Call("not" | "selected" | "true" | "false"):
                return self.so(one)
            case Call("if", (condition, then, otherwise)):
                return f"{self.value(then)} if {self.so(condition)}, otherwise {self.value(otherwise)}"
            case Call(name, given):
                return self._function(name, [self.value(each) for each in given])
        return str(one)

    def _part(self, one: Expression) -> str:
        """A part of a sum; brackets where without them it would be another sum."""
        nested = isinstance(one, Joined) and one.operator in _RECKONED
        return f"({self.value(one)})" if nested else self.value(one)

    def _function(self, name: str, given: list[str]) -> str:
        told = FUNCTIONS[name].words if name in FUNCTIONS else ""
        if not told:
            return f"{name} of {listed(given)}" if given else name
        return told.format(*given, *[""] * 4, all=listed(given), rest=listed(given[1:]))


def _is_day(one: Expression) -> bool:
    return isinstance(one, Call) and name_gives_day(one.name)


def name_gives_day(name: str) -> bool:
    """Whether a function gives a day or a moment."""
    return name in FUNCTIONS and FUNCTIONS[name].gives in ("day", "moment")
