"""The unique pupil number: its pattern, its check letter, and the codes that stand for an unknown one.

Source: unique pupil numbers guide (Department for Education) and SSDA903 collection guide.
"""

from __future__ import annotations

import re
from operator import mul

#: A letter's value is its place here, as check letter and as last letter of a temporary number; I, O, S are never used.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

_PATTERN = re.compile(r"(?![IOS])[A-Z](?:[0-9]{12}|[0-9]{11}[A-Z])")
_WEIGHTS = tuple(range(2, 14))
#: What the weighted sum of the characters' codes has too much: the code of "0" under every weight.
_ZEROES = ord("0") * sum(_WEIGHTS)


def has_pattern(upn: str) -> bool:
    """Whether the text is a letter (no I, O or S) and twelve digits, the last of which may be a letter."""
    return _PATTERN.fullmatch(upn) is not None


def check_letter(upn: str) -> str:
    """The letter the other twelve characters call for; empty where the last is a letter without a value (I, O, S)."""
    total = sum(map(mul, _WEIGHTS, upn[1:].encode())) - _ZEROES
    last = upn[-1]
    if not last.isdigit():
        if last not in LETTERS:
            return ""
        total += _WEIGHTS[-1] * (LETTERS.index(last) - ord(last) + ord("0"))
    return LETTERS[total % 23]


def masked(upn: str) -> str:
    """A number as lists show it: first and last character, the rest hidden."""
    return f"{upn[:1]}{'•' * (len(upn) - 2)}{upn[-1:]}" if len(upn) > 2 else "•" * len(upn)
