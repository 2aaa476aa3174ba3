"""The unique pupil number: its pattern, its check letter, and the codes that stand for an unknown one.

Source: unique pupil numbers guide (Department for Education) and SSDA903 collection guide.
"""

from __future__ import annotations

import re

#: A letter's value is its place here, as check letter and as last letter of a temporary number; I, O, S are never used.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

_PATTERN = re.compile(r"(?![IOS])[A-Z](?:[0-9]{12}|[0-9]{11}[A-Z])")
_VALUE = {**{str(digit): digit for digit in range(10)}, **{letter: value for value, letter in enumerate(LETTERS)}}
_WEIGHTS = range(2, 14)


def has_pattern(upn: str) -> bool:
    """Whether the text is a letter (no I, O or S) and twelve digits, the last of which may be a letter."""
    return _PATTERN.fullmatch(upn) is not None


def check_letter(upn: str) -> str:
    """The letter the other twelve characters call for; empty where they hold a letter that has no value (I, O, S)."""
    total = 0
    for weight, character in zip(_WEIGHTS, upn[1:], strict=True):
        value = _VALUE.get(character)
        if value is None:
            return ""
        total += weight * value
    return LETTERS[total % 23]


def masked(upn: str) -> str:
    """A number as lists show it: first and last character, the rest hidden."""
    return f"{upn[:1]}{'•' * (len(upn) - 2)}{upn[-1:]}" if len(upn) > 2 else "•" * len(upn)
