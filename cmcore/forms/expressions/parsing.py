"""Reads the text of an expression, as it stands in a cell of an XLSForm workbook, into a tree.

What a name stands for is decided by whoever reads: ``resolve`` is given the name in ``${…}`` and gives the answer it
means, or raises :class:`Unusable` with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from cmcore.base.words import count
from cmcore.forms.expressions.functions import FUNCTIONS
from cmcore.forms.expressions.patterns import pattern
from cmcore.forms.expressions.tree import (
    DEEPEST,
    MOST_PARTS,
    Answer,
    Call,
    Column,
    Expression,
    Joined,
    Literal,
    Named,
    Negative,
    This,
    Unusable,
    number_of,
    parts_of,
)

#: The longest text of an expression that is read.
LONGEST = 4_000

Resolve = Callable[[str], Expression]
#: The pairs of what is stored and what is read for the answers offered by a question.
NamesOf = Callable[[Expression], tuple[tuple[str, str], ...]]

_NAME = r"[^\W\d][\w.\-]*"
_TOKENS = re.compile(
    rf"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | \$\{{\s*(?P<ref>[^}}]*?)\s*\}}
    | (?P<call>{_NAME}(?::{_NAME})?)\s*(?=\()
    | (?P<name>{_NAME})
    | (?P<sign><=|>=|!=|\.\.|[=<>+\-*(),.\[\]/|])
    | (?P<end>$)
    )""",
    re.VERBOSE,
)
_CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})

#: How tightly operators bind, loosest first.
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


def parse(text: str, resolve: Resolve, *, names_of: NamesOf | None = None, columns: bool = False) -> Expression:
    """The tree of an expression; ``columns`` lets bare names stand for columns of the list of choices.

    ``names_of`` gives the words of the answers a question offers, for ``jr:choice-name``.
    """
    if len(text) > LONGEST:
        raise Unusable(f"It is {len(text):,} characters long; at most {LONGEST:,} are read.")
    reader = _Reader(_tokens(text.translate(_CURLY)), resolve, names_of, columns)
    made = reader.whole()
    if sum(1 for _ in parts_of(made)) > MOST_PARTS:
        raise Unusable(f"It has more than {MOST_PARTS} parts.")
    return made


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    while True:
        token = _TOKENS.match(text, at)
        if token is None:
            left = text[at:].strip()
            if left[:1] in "\"'":
                raise Unusable(f"A quotation mark is not closed: {left[:20]}")
            raise Unusable(f"“{left[:20]}” cannot be read.")
        at, kind = token.end(), str(token.lastgroup)
        found.append(_Token(kind, token[kind] or ""))
        if kind == "end":
            return found


class _Reader:
    """Reads tokens by how tightly operators bind."""

    def __init__(self, tokens: list[_Token], resolve: Resolve, names_of: NamesOf | None, columns: bool) -> None:
        self.tokens, self.at, self.deep = tokens, 0, 0
        self.resolve, self.names_of, self.columns = resolve, names_of, columns

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.next
        self.at += 1
        return token

    def wanted(self, sign: str) -> None:
        if (token := self.take()).text != sign or token.kind != "sign":
            raise Unusable(f"“{sign}” is missing before {_shown(token)}.")

    def whole(self) -> Expression:
        if self.next.kind == "end":
            raise Unusable("It is empty.")
        made = self.level(0)
        if self.next.kind != "end":
            raise Unusable(f"{_shown(self.next)} stands where nothing more is expected.")
        return made

    def level(self, number: int) -> Expression:
        if number == len(_LEVELS):
            return self.signed()
        self.deep += 1 if number == 0 else 0
        if self.deep > DEEPEST:
            raise Unusable("It is nested too deep.")
        made = self.level(number + 1)
        while self.next.kind in ("sign", "name", "call") and self.next.text in _LEVELS[number]:
            operator = self.take().text
            made = Joined(operator, made, self.level(number + 1))
        self.deep -= 1 if number == 0 else 0
        return made

    def signed(self) -> Expression:
        turned = False
        while self.next == _Token("sign", "-"):
            self.take()
            turned = not turned
        made = self.one()
        if not turned:
            return made
        if isinstance(made, Literal) and isinstance(made.value, Decimal):
            return Literal(-made.value)
        return Negative(made)

    def one(self) -> Expression:
        token = self.take()
        match token:
            case _Token("number", text):
                return Literal(number_of(text))
            case _Token("text", text):
                return Literal(text[1:-1])
            case _Token("ref", name):
                return self.resolve(name)
            case _Token("call", name):
                return self.call(name)
            case _Token("name", name) if self.columns:
                return Column(name)
            case _Token("name", name):
                raise Unusable(f"“{name}” is not known here: write ${{{name}}} for the answer to a question.")
            case _Token("sign", "("):
                made = self.level(0)
                self.wanted(")")
                return made
            case _Token("sign", "."):
                return This()
            case _Token("sign", "/" | ".." | "["):
                raise Unusable("A path through the form is not read: write ${name} for the answer to a question.")
            case _Token("end", _):
                raise Unusable("It ends too early.")
        raise Unusable(f"{_shown(token)} stands where a value is expected.")

    def call(self, name: str) -> Expression:
        self.wanted("(")
        given: list[Expression] = []
        if name == "position" and self.next.text == "..":
            self.take()
        elif self.next != _Token("sign", ")"):
            given.append(self.level(0))
            while self.next == _Token("sign", ","):
                self.take()
                given.append(self.level(0))
        self.wanted(")")
        if name == "jr:choice-name":
            return self.choice_name(given)
        if name not in FUNCTIONS:
            raise Unusable(f"The function “{name}” is not known here.")
        least, most = FUNCTIONS[name].least, FUNCTIONS[name].most
        if len(given) < least or (most is not None and len(given) > most):
            few = f"at least {least}" if most is None else str(least) if least == most else f"{least} to {most}"
            raise Unusable(f"The function “{name}” is given {count(len(given), 'value')}; it takes {few}.")
        if name in ("regex",) and isinstance(given[1], Literal):
            pattern(str(given[1].value))
        return Call(name, tuple(given))

    def choice_name(self, given: list[Expression]) -> Expression:
        """``jr:choice-name(${town}, '${town}')``: the second says whose choices are meant."""
        if len(given) != 2:
            raise Unusable("The function “jr:choice-name” takes 2 values.")
        value, whose = given
        if isinstance(whose, Literal) and isinstance(whose.value, str):
            named = re.fullmatch(r"\s*\$\{\s*([^}]*?)\s*\}\s*", whose.value)
            if named is None:
                raise Unusable("The second value of “jr:choice-name” is a question in quotation marks: '${name}'.")
            whose = self.resolve(named[1])
        if not isinstance(whose, Answer) or self.names_of is None:
            raise Unusable("The second value of “jr:choice-name” is a question in quotation marks: '${name}'.")
        return Named(value, self.names_of(whose))


def _shown(token: _Token) -> str:
    if token.kind == "end":
        return "the end"
    return f"“${{{token.text}}}”" if token.kind == "ref" else f"“{token.text}”"
