"""Which words of a story may be somebody else's name: those the record knows, and every other capitalised one. Pure.

It would rather offer a word too many than leave a name standing: a person decides on each.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from importlib.resources import files

from cmcore.safekeeping.names import Roster, folded
from cmcore.stories.passages import SOMEBODY, Mark
from cmcore.stories.words import Becomes

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
#: What stands before the first word of a sentence, or of what somebody said; spaces and quotation marks aside.
_BEGINS = ".!?:;\n“”([–—•*"
_TOLD = tomllib.loads(files("cmcore.stories").joinpath("usual.toml").read_text(encoding="utf-8"))
#: Words with a capital that are nobody's name.
_NOBODY = frozenset(_TOLD["nobody"])
#: Words a sentence usually begins with.
_USUAL = frozenset(_TOLD["usual"])
_ENDINGS = ("ed", "ing", "ly", "ful")


@dataclass(frozen=True)
class Known:
    """Names that are known: what their bearer is to the young person, and the names."""

    words: str
    names: Roster


@dataclass(frozen=True)
class _Spot:
    at: int
    word: str
    starts: bool


def marks_in(texts: Sequence[str], own: Roster, known: Sequence[Known], anybody: Roster) -> list[Mark]:
    """Every name, and what may be one, in the order they first stand.

    ``own`` is what the young person is called, which is never marked; ``known`` are the people around them, ``anybody``
    everybody else the authority keeps. Known names are left out unless somebody says otherwise; of the others nothing
    is decided. In small letters only the names of people around them are offered.
    """
    spots = [spot for text in texts for spot in _spots(text)]
    within = {folded(spot.word) for spot in spots if not spot.starts and spot.word[0].isupper()}
    # A word that stands in small letters elsewhere in the story is a word.
    usual = _USUAL | {spot.word for spot in spots if spot.word.islower()}
    found: dict[str, Mark] = {}
    for text in texts:
        for at, word in _named(text, own, known, anybody, within, usual):
            before = found.get(word)
            if before is not None:
                found[word] = Mark(**{**before.__dict__, "times": before.times + 1})
                continue
            who = _who(word, known, anybody)
            sure = who and word[0].isupper()
            found[word] = Mark(
                word=word,
                known=who,
                instead=who or SOMEBODY,
                becomes=Becomes.leave_out.value if sure else "",
                beside=_beside(text, at, word),
            )
    return list(found.values())


def decided_before(marks: Iterable[Mark], before: Iterable[Mark]) -> list[Mark]:
    """New marks with what was decided of the same words, and the words somebody marked by hand that still stand."""
    known = {mark.word: mark for mark in before if mark.becomes}
    return [
        Mark(**{**mark.__dict__, "becomes": known[mark.word].becomes, "instead": known[mark.word].instead})
        if mark.word in known
        else mark
        for mark in marks
    ]


def _spots(text: str) -> Iterator[_Spot]:
    for hit in _WORD.finditer(text):
        word = re.sub(r"['’]s$", "", hit.group())
        before = text[max(0, hit.start() - 12) : hit.start()]
        closed = before.rstrip(" '\"‘“")
        starts = not closed or closed[-1] in _BEGINS or "“" in before[-2:]
        yield _Spot(hit.start(), word, starts)


def _named(
    text: str, own: Roster, known: Sequence[Known], anybody: Roster, within: set[str], usual: Set[str]
) -> Iterator[tuple[int, str]]:
    """The names of a text, where each begins: words that follow one another are one name."""
    run: list[_Spot] = []
    for spot in _spots(text):
        if not _may_name(spot, own, known, anybody, within, usual):
            yield from _whole(text, run)
            run = []
            continue
        if run and text[run[-1].at + len(run[-1].word) : spot.at] != " ":
            yield from _whole(text, run)
            run = []
        run.append(spot)
    yield from _whole(text, run)


def _whole(text: str, run: Sequence[_Spot]) -> Iterator[tuple[int, str]]:
    if run:
        yield run[0].at, text[run[0].at : run[-1].at + len(run[-1].word)]


def _may_name(
    spot: _Spot, own: Roster, known: Sequence[Known], anybody: Roster, within: set[str], usual: Set[str]
) -> bool:
    word, plain = spot.word, folded(spot.word)
    if len(word) < 2 or own.holds(word):
        return False
    if not word[0].isupper():
        return len(word) > 2 and plain not in _USUAL and any(one.names.holds(word) for one in known)
    if plain in _NOBODY or word.lower() in _NOBODY:
        return False
    a_word = spot.starts and plain in usual and plain not in within
    if any(one.names.holds(word) for one in known) or anybody.holds(word):
        return not a_word
    if a_word or (word.isupper() and len(word) <= 4):
        return False
    if not spot.starts or plain in within:
        return True
    # The beginning of a sentence: "Hand-built a pot", "Painted it".
    return not (plain.endswith(_ENDINGS) or any(part[:1].islower() for part in word.split("-")[1:]))


def _who(word: str, known: Sequence[Known], anybody: Roster) -> str:
    parts = _WORD.findall(word)
    for one in known:
        if any(one.names.holds(part) for part in parts):
            return one.words
    return "somebody else" if any(anybody.holds(part) for part in parts) else ""


def _beside(text: str, at: int, word: str) -> str:
    """The words around, up to some forty letters on each side."""
    start, end = max(0, at - 40), min(len(text), at + len(word) + 40)
    said = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{said}{'…' if end < len(text) else ''}"
