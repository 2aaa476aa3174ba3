"""Text for the cells of a file that a spreadsheet opens: none is taken for a formula, wherever it comes from."""

from __future__ import annotations

#: With these a spreadsheet takes a text for a formula; the wide ones where the keyboard has no others.
_BEGINNINGS = (
    "=",
    "+",
    "-",
    "@",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)
#: With these it may leave out what stands before.
_BREAKS = ("\t", "\r", "\n")


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it, blanks before it or not."""
    return f"'{text}" if text.startswith(_BREAKS) or text.lstrip().startswith(_BEGINNINGS) else text
