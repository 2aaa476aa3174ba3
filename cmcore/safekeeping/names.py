"""Finding names in a text, from a roster of those one knows: folded, short forms, one letter wrong in long ones.

It knows no language and guesses at nothing: a word is a name if it stands in the roster, or nearly. Used before a
text goes to somebody who should not read the name: DOMAIN R-REP-2 and R-MSG-1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: From so many letters on, one letter may be wrong, missing or too many.
NEARLY_FROM = 5

#: Short forms by the name they stand for; what people are called stands in the roster anyway.
SHORT = {
    "alexander": ("alex", "sandy", "xander"),
    "alexandra": ("alex", "sandra", "lexi"),
    "benjamin": ("ben", "benji"),
    "catherine": ("cath", "cathy", "kate", "katie"),
    "charlotte": ("charlie", "lottie"),
    "christopher": ("chris", "kit"),
    "daniel": ("dan", "danny"),
    "edward": ("ed", "eddie", "ned", "ted", "teddy"),
    "elizabeth": ("beth", "betty", "eliza", "lizzie", "liz", "libby"),
    "frederick": ("fred", "freddie"),
    "isabella": ("bella", "izzy"),
    "isabelle": ("belle", "izzy"),
    "jacob": ("jake",),
    "james": ("jamie", "jim", "jimmy"),
    "jessica": ("jess", "jessie"),
    "jonathan": ("jon", "jonny"),
    "joseph": ("joe", "joey"),
    "joshua": ("josh",),
    "katherine": ("kate", "katie", "kath", "kathy"),
    "margaret": ("maggie", "meg", "peggy"),
    "matthew": ("matt", "matty"),
    "michael": ("mick", "mike", "mikey"),
    "mohammed": ("mo",),
    "muhammad": ("mo",),
    "nathaniel": ("nat", "nate", "nathan"),
    "nicholas": ("nick", "nicky"),
    "oliver": ("ollie", "olly"),
    "rebecca": ("becca", "becky", "bex"),
    "richard": ("dick", "rich", "rick", "ricky"),
    "robert": ("bob", "bobby", "rob", "robbie"),
    "samantha": ("sam", "sammy"),
    "samuel": ("sam", "sammy"),
    "theodore": ("teddy", "theo"),
    "thomas": ("tom", "tommy"),
    "timothy": ("tim", "timmy"),
    "victoria": ("tori", "vicky"),
    "william": ("bill", "billy", "liam", "will"),
    "zachary": ("zac", "zach", "zack"),
}

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def folded(word: str) -> str:
    """A word as it is compared: no accents, no apostrophes, no capitals."""
    if not word.isascii():
        word = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    return word.replace("'", "").replace("’", "").replace("-", "").casefold()


@dataclass(frozen=True)
class Found:
    """One word of a text that is a name, or nearly: the word as it stands, and where it begins."""

    word: str
    at: int


class Roster:
    """The names to look for. Words of one letter are left out: initials may always be written."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take names apart into words ("Anna-Mae O'Dell" holds three), with their short forms."""
        # Thousands of people share some hundred names: each word is folded once.
        words = {folded(word) for word in {word for name in set(names) for word in _WORD.findall(name)}}
        words |= {short for word in words for short in SHORT.get(word, ())}
        self._exact = frozenset(word for word in words if len(word) > 1)
        self._near = {shape for word in self._exact if len(word) >= NEARLY_FROM for shape in _one_less(word)}

    def __len__(self) -> int:
        """How many words are looked for."""
        return len(self._exact)

    def holds(self, word: str) -> bool:
        """Whether a word is a name of the roster, or one letter away from one."""
        plain = folded(word).removesuffix("s") if word.endswith(("'s", "’s")) else folded(word)
        if plain in self._exact:
            return True
        return len(plain) >= NEARLY_FROM and not self._near.isdisjoint(_one_less(plain))

    def find(self, text: str, *, capitals: bool = True) -> list[Found]:
        """The names in a text, in order. With ``capitals`` only words that begin with one: "rose" is then no name."""
        return [
            Found(word, at) for word, at in _words(text) if (not capitals or word[:1].isupper()) and self.holds(word)
        ]


def _words(text: str) -> Iterator[tuple[str, int]]:
    for found in _WORD.finditer(text):
        yield found.group(), found.start()


def _one_less(word: str) -> Iterator[str]:
    """The word itself and all words with one letter left out: two words one letter apart share one of them."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
