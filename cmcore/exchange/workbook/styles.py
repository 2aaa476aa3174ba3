"""How a workbook shows its numbers, told from its number formats: whether 46336 is a day, and 7 is meant as 007."""

from __future__ import annotations

import re

#: Excel's own formats that show a day or a time; they stand in no file.
_BUILT_IN_DAYS = frozenset((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)))
_BUILT_IN_TEXT = 49

_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ZEROS = re.compile(r"0{2,15}")


def shown_as(number: int, codes: dict[int, str]) -> str:
    """How a number format shows a number: "day", "text", "zeros5", or "" for as it is."""
    if number in codes:
        return shown_by(codes[number])
    if number in _BUILT_IN_DAYS:
        return "day"
    return "text" if number == _BUILT_IN_TEXT else ""


def shown_by(code: str) -> str:
    """The same for a format written out: "dd/mm/yyyy" is a day, "00000" fills up with zeros to five figures."""
    if code == "@":
        return "text"
    bare = _QUIET.sub("", code[:200])
    if _ZEROS.fullmatch(bare):
        return f"zeros{len(bare)}"
    bare = bare.replace("General", "")
    return "day" if re.search(r"[dmyhs]", bare, re.IGNORECASE) else ""
