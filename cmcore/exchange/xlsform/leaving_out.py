"""What every question is called here, and which cannot be asked: each with its reason, before anything is built."""

from __future__ import annotations

from cmcore.exchange.xlsform.building import Building
from cmcore.exchange.xlsform.gathering import Gathered
from cmcore.exchange.xlsform.items import METADATA, UNASKED, Item
from cmcore.exchange.xlsform.lists import Lists
from cmcore.exchange.xlsform.naming import as_key
from cmcore.exchange.xlsform.references import REF
from cmcore.exchange.xlsform.sheets import SURVEY

_BY_THE_PHONE = {
    "start": "When answers are begun is kept here for every form.",
    "end": "When answers are finished is kept here for every form.",
    "today": "The day is kept here for every form; where “today” is used, it is worked out.",
    "username": "Who answers is kept here for every form.",
    "audit": "Who did what is kept here for every form.",
}


def name_everything(root: Item, found: Gathered) -> None:
    """Give every question its key; what is called otherwise than in the workbook is listed."""

    def level(group: Item, taken: set[str]) -> None:
        for one in group.inside:
            inner = set() if one.sort == "repeat" else taken
            if one.sort == "group":
                one.key = as_key(one.name, set())
            else:
                one.key = as_key(one.name or f"{one.type}_{one.row.number}", taken)
                if one.or_other:
                    taken.add(f"{one.key}_other")
            if one.sort != "group" and one.name and one.key != one.name and one.type not in METADATA:
                said = f"“{one.name}” is called “{one.key}” here: small letters, digits and _, each name once."
                found.changed(SURVEY, said, row=one.row, column="name", value=one.name)
            level(one, inner)

    level(root, set())


def leave_out(root: Item, lists: Lists, found: Gathered) -> None:
    """Mark what cannot be asked here, with the reason; a list that is missing is a fault."""
    for one in root.everything():
        if one.type in METADATA:
            one.gone = _BY_THE_PHONE.get(one.type, "It is taken from a phone without asking, which is not done here.")
            say = found.changed if one.type in _BY_THE_PHONE else found.lost
            say(SURVEY, f"“{one.type}” is left out. {one.gone}", row=one.row, column="type", value=one.name)
        elif one.type in UNASKED or one.type.endswith(("_file", "_external")):
            one.gone = f"“{one.type}” cannot be asked here."
            found.lost(SURVEY, f"The question is left out: {one.gone}", row=one.row, column="type", value=one.name)
        elif one.of and REF.search(one.of):
            one.gone = "Choosing among earlier answers is not carried."
            found.lost(SURVEY, f"The question is left out: {one.gone}", row=one.row, column="type", value=one.name)
        elif one.of and one.of not in lists.by_name:
            found.fault(
                SURVEY,
                f"“{one.name}” chooses from the list “{one.of}”, which is not there.",
                "Write the list on the sheet “choices”.",
                row=one.row,
                column="type",
            )
        elif one.sort == "question" and one.type == "note" and not any(True for _ in one.row.all("label")):
            one.gone = "It has no words to show."
            found.lost(SURVEY, "The note is left out: it has no words to show.", row=one.row, column="label")
            _say_pictures(one, found)
        elif one.type == "calculate" and not (one.row.get("calculation") or one.row.get("default")):
            found.fault(
                SURVEY,
                f"“{one.name}” is to be worked out, but there is no calculation.",
                "Write one in the column “calculation”.",
                row=one.row,
                column="calculation",
            )
        elif one.type == "hidden" and not (one.row.get("calculation") or one.row.get("default")):
            one.gone = "Nothing is kept in it."
            found.changed(SURVEY, "The hidden field is left out: nothing is kept in it.", row=one.row, column="type")
    for one in reversed(list(root.everything())):
        if one.sort != "question" and not one.gone and all(inner.gone for inner in one.inside):
            one.gone = "Nothing is asked in it."
            found.changed(SURVEY, f"The {one.sort} is left out: nothing is asked in it.", row=one.row, column="type")
        elif one.sort == "repeat" and not one.gone and not _asks(one):
            one.gone = "Nothing is asked in it."
            found.lost(SURVEY, "The repeat is left out: nothing is asked in it.", row=one.row, column="type")


def _say_pictures(item: Item, found: Gathered) -> None:
    for column, text in item.row.all("media"):
        found.lost(SURVEY, "Pictures, sounds and films are not shown.", row=item.row, column=column, value=text)


def _asks(item: Item) -> bool:
    return any(one.sort == "question" and not one.only_shown and not one.gone for one in item.everything())


def leave_out_calculations(root: Item, building: Building) -> None:
    """Mark calculations that cannot be worked out, and what is worked out from those, until no more are found."""
    waiting = [one for one in root.everything() if not one.gone and one.worked_out]
    changed = True
    while changed:
        changed = False
        for one in list(waiting):
            before = len(building.found.left_out)
            if building.calculation(one) is None:
                one.gone, changed = "It cannot be worked out here.", True
                waiting.remove(one)
            else:
                del building.found.left_out[before:]
