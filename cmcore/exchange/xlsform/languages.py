"""Which language a workbook form is shown in, and what is kept of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cmcore.exchange.xlsform.sheets import Row, Sheet

#: Columns that are written once for each language.
TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message")

_ENGLISH = re.compile(r"\benglish\b|\(en(?:[-_][a-z]+)?\)|^en(?:[-_][a-z]+)?$|\bsaesneg\b", re.IGNORECASE)


def languages_of(sheets: Iterable[Sheet | None]) -> list[str]:
    """The languages whose columns the sheets have, in their order; "" stands for columns that name none."""
    found: dict[str, None] = {}
    for sheet in sheets:
        for column in sheet.columns if sheet else ():
            if column.means in TRANSLATED:
                found[column.language] = None
    return list(found)


def chosen_among(languages: list[str], default: str) -> str:
    """The language of the form: English if it has it, else the workbook's default, else columns that name none."""
    english = [one for one in languages if _ENGLISH.search(one)]
    if english:
        return english[0]
    if default in languages:
        return default
    return "" if "" in languages or not languages else languages[0]


def worded(texts: Mapping[str, str], main: str, *, anyhow: bool = True) -> str:
    """What stands in the main language; where it is missing, in the columns that name none, then ``anyhow`` in any."""
    order = [main, "", *(texts if anyhow else ())]
    return next((text for one in order if (text := texts.get(one, "")) and text != "-"), "")


def texts_of(row: Row, means: str) -> dict[str, str]:
    """What stands in a column, by language."""
    return {column.language: text for column, text in row.all(means)}
