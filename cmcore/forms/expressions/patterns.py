"""Patterns of text, as ``regex(., '[0-9]{3}')`` asks for, matched in a time that grows with the text and no faster.

Python's own ``re`` goes back over the text and can be made to take years by a pattern of twenty characters. Here a
pattern becomes a set of states that are followed side by side. Known are literals, ``.``, ``[a-z]``, ``[^a-z]``,
``\\d \\w \\s`` and their opposites, groups, ``|``, ``* + ? {2} {2,} {2,4}`` and the anchors ``^ $``; what looks back or
ahead is refused. A pattern fits the whole text, as XLSForm has it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cmcore.forms.expressions.tree import Unusable

#: The longest pattern, the most states one may have, the longest text that is looked at.
LONGEST, MOST_STATES, LONGEST_TEXT = 500, 1_500, 2_000

Fits = Callable[[str], bool]

_CLASSES: dict[str, Fits] = {
    "d": lambda sign: sign.isdecimal(),
    "w": lambda sign: sign.isalnum() or sign == "_",
    "s": lambda sign: sign.isspace(),
}
_OFTEN: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_CONTROL = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True)
class _One:
    """One sign of the text."""

    fits: Fits


@dataclass(frozen=True)
class _Edge:
    """The beginning or the end of the text."""

    end: bool


@dataclass(frozen=True)
class _Row:
    """One after the other."""

    parts: tuple[_Part, ...]


@dataclass(frozen=True)
class _Either:
    """One of several."""

    parts: tuple[_Part, ...]


@dataclass(frozen=True)
class _Again:
    """The same, from ``least`` to ``most`` times; without ``most`` as often as it comes."""

    part: _Part
    least: int
    most: int | None


_Part = _One | _Edge | _Row | _Either | _Again


class _Reader:
    """Reads a pattern sign by sign."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.deep = text, 0, 0

    @property
    def next(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        sign = self.next
        if not sign:
            raise Unusable(f"The pattern “{self.text}” ends too early.")
        self.at += 1
        return sign

    def either(self) -> _Part:
        self.deep += 1
        if self.deep > 30:
            raise Unusable("The pattern is nested too deep.")
        parts = [self.row()]
        while self.next == "|":
            self.take()
            parts.append(self.row())
        self.deep -= 1
        return parts[0] if len(parts) == 1 else _Either(tuple(parts))

    def row(self) -> _Part:
        parts: list[_Part] = []
        while self.next and self.next not in "|)":
            parts.append(self.repeated(self.one()))
        return _Row(tuple(parts))

    def repeated(self, part: _Part) -> _Part:
        if not self.next or self.next not in "*+?{":
            return part
        if isinstance(part, _Edge):
            raise Unusable(f"In the pattern “{self.text}” an edge of the text is repeated.")
        sign = self.take()
        least, most = self.times() if sign == "{" else _OFTEN[sign]
        if self.next and self.next in "?+":
            self.take()  # as little, or as much, as possible: whether the whole text fits is the same
        if self.next and self.next in "*+?{":
            raise Unusable(f"In the pattern “{self.text}” two signs in a row say how often.")
        return _Again(part, least, most)

    def times(self) -> tuple[int, int | None]:
        end = self.text.find("}", self.at)
        least, comma, most = self.text[self.at : end].partition(",") if end >= 0 else ("", "", "")
        if not (least.isascii() and least.isdigit()) or (most and not (most.isascii() and most.isdigit())):
            raise Unusable(f"In the pattern “{self.text}” the braces do not say how often.")
        self.at = end + 1
        low, high = int(least), (int(most) if most else None) if comma else int(least)
        if low > MOST_STATES or (high is not None and not low <= high <= MOST_STATES):
            raise Unusable(f"In the pattern “{self.text}” the braces ask for too much.")
        return low, high

    def one(self) -> _Part:
        sign = self.take()
        if sign == "(":
            if self.text.startswith("?:", self.at):
                self.at += 2
            elif self.next == "?":
                raise Unusable(f"The pattern “{self.text}” looks ahead or back, which is not known here.")
            inner = self.either()
            if self.take() != ")":
                raise Unusable(f"In the pattern “{self.text}” a bracket is not closed.")
            return inner
        if sign == "[":
            return _One(self.several())
        if sign == "\\":
            return _One(self.escaped())
        if sign in "^$":
            return _Edge(end=sign == "$")
        if sign in "*+?{":
            raise Unusable(f"In the pattern “{self.text}” nothing stands before “{sign}”.")
        return _One(_any if sign == "." else _is(sign))

    def escaped(self) -> Fits:
        sign = self.take()
        if sign.lower() in _CLASSES:
            fits = _CLASSES[sign.lower()]
            return fits if sign.islower() else lambda one: not fits(one)
        if sign in _CONTROL:
            return _is(_CONTROL[sign])
        if sign.isalnum():
            raise Unusable(f"The pattern “{self.text}” uses “\\{sign}”, which is not known here.")
        return _is(sign)

    def several(self) -> Fits:
        turned = self.next == "^"
        if turned:
            self.take()
        found: list[Fits] = []
        while self.next != "]" or not found:
            sign = self.take()
            if sign == "\\":
                after = self.next
                found.append(self.escaped())
                if after.isalnum() and after not in _CONTROL:
                    continue
                sign = _CONTROL.get(after, after)
            else:
                found.append(_is(sign))
            if self.next == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.take()
                last = self.take()
                if last == "\\":
                    last = self.take()
                if last < sign:
                    raise Unusable(f"In the pattern “{self.text}” “{sign}-{last}” runs backwards.")
                found[-1] = _between(sign, last)
        self.take()
        every = tuple(found)
        return (lambda one: not any(fits(one) for fits in every)) if turned else _some(every)


def _any(sign: str) -> bool:
    return sign != "\n"


def _is(wanted: str) -> Fits:
    return lambda sign: sign == wanted


def _between(first: str, last: str) -> Fits:
    return lambda sign: first <= sign <= last


def _some(every: tuple[Fits, ...]) -> Fits:
    return lambda sign: any(fits(sign) for fits in every)


class Pattern:
    """A pattern, ready to be held against texts."""

    def __init__(self, text: str) -> None:
        """Read it; raises :class:`Unusable` with a sentence that shows the pattern."""
        if len(text) > LONGEST:
            raise Unusable(f"The pattern is {len(text)} characters long; at most {LONGEST} are read.")
        reader = _Reader(text)
        part = reader.either()
        if reader.next:
            raise Unusable(f"In the pattern “{text}” a bracket is closed that was not opened.")
        self.free: list[list[int]] = []
        self.signs: list[tuple[Fits, int] | None] = []
        self.edges: list[tuple[bool, int] | None] = []
        self.last = self._state()
        self.first = self._made(part, self.last)

    def _state(self) -> int:
        if len(self.free) >= MOST_STATES:
            raise Unusable("The pattern asks for too much: write it shorter.")
        self.free.append([])
        self.signs.append(None)
        self.edges.append(None)
        return len(self.free) - 1

    def _made(self, part: _Part, then: int) -> int:
        """The state to begin a part in, so that it ends in ``then``."""
        match part:
            case _One(fits):
                state = self._state()
                self.signs[state] = (fits, then)
                return state
            case _Edge(end):
                state = self._state()
                self.edges[state] = (end, then)
                return state
            case _Row(parts):
                for one in reversed(parts):
                    then = self._made(one, then)
                return then
            case _Either(parts):
                state = self._state()
                self.free[state] = [self._made(one, then) for one in parts]
                return state
            case _Again(inner, least, most):
                if most is None:
                    loop = self._state()
                    self.free[loop] = [self._made(inner, loop), then]
                    then = loop
                else:
                    for _ in range(most - least):
                        state = self._state()
                        self.free[state] = [self._made(inner, then), then]
                        then = state
                for _ in range(least):
                    then = self._made(inner, then)
                return then

    def _reached(self, states: frozenset[int], *, at_start: bool, at_end: bool) -> frozenset[int]:
        """These states, and all that is reached from them without another sign."""
        found, waiting = set(states), list(states)
        while waiting:
            state = waiting.pop()
            more = list(self.free[state])
            if (edge := self.edges[state]) is not None and (at_end if edge[0] else at_start):
                more.append(edge[1])
            waiting += [one for one in more if one not in found]
            found.update(more)
        return frozenset(found)

    def fits(self, text: str) -> bool:
        """Whether the whole text fits; a text longer than :data:`LONGEST_TEXT` never does."""
        if len(text) > LONGEST_TEXT:
            return False
        states = self._reached(frozenset((self.first,)), at_start=True, at_end=not text)
        known: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        for number, sign in enumerate(text, 1):
            last = number == len(text)
            if last or (states, sign) not in known:
                moved = frozenset(go[1] for one in states if (go := self.signs[one]) is not None and go[0](sign))
                after = self._reached(moved, at_start=False, at_end=last)
                known[states, sign] = after
                states = after
            else:
                states = known[states, sign]
            if not states:
                return False
        return self.last in states


@lru_cache(maxsize=200)
def pattern(text: str) -> Pattern:
    """A pattern by its text, read once."""
    return Pattern(text)
