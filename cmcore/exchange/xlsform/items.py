"""The rows of the sheet "survey" as a tree: questions, groups and repeats, each with its row and its type."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from cmcore.exchange.xlsform.gathering import Gathered
from cmcore.exchange.xlsform.sheets import SURVEY, Row, Sheet

#: What a type comes down to.
Sort = Literal["question", "group", "repeat"]

_BEGIN = re.compile(r"begin[ _](group|repeat|lgroup|looped group|loop)", re.IGNORECASE)
_END = re.compile(r"end[ _](group|repeat|lgroup|looped group|loop)(?: .*)?", re.IGNORECASE)
_SELECT = re.compile(
    r"(?P<how>select_one_from_file|select_multiple_from_file|select one from file|select multiple from file"
    r"|select_one_external|select all that apply from|select all that apply|select one from|add select one prompt using"
    r"|add select multiple prompt using|select_multiple|select_one|select multiple|select one|select1|rank)\s+"
    r"(?P<list>\S+)(?P<other>\s+(?:or_other|or other|or specify other))?",
    re.IGNORECASE,
)
_SEVERAL = ("select_multiple", "select multiple", "select all that apply", "add select multiple")

#: Other names of types.
_ALIASES = {
    "int": "integer",
    "string": "text",
    "datetime": "dateTime",
    "trigger": "acknowledge",
    "photo": "image",
    "imei": "deviceid",
    "uri:deviceid": "deviceid",
    "uri:username": "username",
    "uri:email": "email",
    "uri:phonenumber": "phonenumber",
    "phone number": "phonenumber",
    "location": "geopoint",
    "gps": "geopoint",
    "add image prompt": "image",
    "add photo prompt": "image",
    "add audio prompt": "audio",
    "add video prompt": "video",
    "add file prompt": "file",
    "add text prompt": "text",
    "add integer prompt": "integer",
    "add decimal prompt": "decimal",
    "add date prompt": "date",
    "add time prompt": "time",
    "add note prompt": "note",
    "add location prompt": "geopoint",
    "add barcode prompt": "barcode",
    "add acknowledge prompt": "acknowledge",
    "q string": "text",
    "q int": "integer",
    "q date": "date",
    "q geopoint": "geopoint",
    "q image": "image",
    "start time": "start",
    "end time": "end",
    "get start time": "start",
    "get end time": "end",
    "get today": "today",
    "get device id": "deviceid",
    "device id": "deviceid",
    "sim id": "simserial",
    "subscriber id": "subscriberid",
}

#: What a phone fills in by itself: nobody is asked.
METADATA = frozenset(
    ("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit")
    + ("start-geopoint", "background-audio", "background-geopoint", "instanceid")
)
#: Types that ask for something there is no way to ask for here.
UNASKED = frozenset(("geotrace", "geoshape", "osm", "xml-external", "csv-external"))
ASKED = frozenset(
    ("text", "integer", "decimal", "range", "date", "time", "dateTime", "note", "calculate", "hidden", "acknowledge")
    + ("image", "audio", "video", "file", "geopoint", "barcode")
)
_YES = ("yes", "true", "true()", "1")

#: Types whose answer can be worked out.
_WORKED_OUT = frozenset(
    ("calculate", "hidden", "text", "integer", "decimal", "date", "time", "dateTime", "select_one", "select_multiple")
)


@dataclass
class Item:
    """One question, group or repeat: its row, type and name, and what stands inside it.

    ``key`` is its name here; ``of`` the list it chooses from; ``gone`` says why it is left out, and is empty if not.
    """

    row: Row
    sort: Sort
    type: str
    name: str
    of: str = ""
    or_other: bool = False
    parent: Item | None = None
    inside: list[Item] = field(default_factory=list)
    key: str = ""
    gone: str = ""

    @property
    def worked_out(self) -> bool:
        """Whether nobody answers it: what has a calculation, and can have one."""
        has = self.type in ("calculate", "hidden") or bool(self.row.get("calculation"))
        return self.sort == "question" and has and self.type in _WORKED_OUT

    @property
    def only_shown(self) -> bool:
        """Whether it asks nothing: a note, and what can only be read and holds nothing."""
        locked = self.row.get("readonly").lower() in _YES and not self.row.get("default")
        return self.sort == "question" and (self.type == "note" or (locked and not self.worked_out))

    @property
    def repeats(self) -> tuple[Item, ...]:
        """The repeats it stands in, the outermost first."""
        above = self.parent.repeats if self.parent else ()
        return (*above, self.parent) if self.parent is not None and self.parent.sort == "repeat" else above

    def everything(self) -> Iterator[Item]:
        """Everything inside it, in order."""
        for one in self.inside:
            yield one
            yield from one.everything()


def read_items(sheet: Sheet, found: Gathered) -> Item:
    """The tree of a survey; its root is a group without a row of its own."""
    root = Item(Row(1, {}), "group", "survey", "")
    open_now = [root]
    for row in sheet.rows:
        if row.get("disabled").lower() in ("yes", "true", "1", "true()"):
            found.changed(SURVEY, "The row is marked as disabled, so it was passed over.", row=row, column="disabled")
            continue
        told = " ".join(row.get("type").split())
        if not told:
            _without_type(row, found)
        elif begins := _BEGIN.fullmatch(told):
            sort: Sort = "group" if begins[1].lower() == "group" else "repeat"
            item = _item(row, sort, sort, open_now[-1], found)
            open_now.append(item)
        elif ends := _END.fullmatch(told):
            _end(row, "group" if ends[1].lower() == "group" else "repeat", open_now, found)
        else:
            _question(row, told, open_now[-1], found)
    for one in open_now[1:]:
        found.fault(
            SURVEY,
            f"The {one.sort} “{one.name}” begins here and never ends.",
            f"Add a row of type “end {one.sort}”.",
            row=one.row,
            column="type",
        )
    return root


def _without_type(row: Row, found: Gathered) -> None:
    if row.get("name") or any(True for _ in row.all("label")):
        found.fault(SURVEY, "The row has no type.", "Say in the column “type” what is asked.", row=row, column="type")
    else:
        found.changed(SURVEY, "The row has no type, name or label, so it was passed over.", row=row)


def _end(row: Row, sort: str, open_now: list[Item], found: Gathered) -> None:
    last = open_now[-1]
    if len(open_now) > 1 and last.sort == sort:
        open_now.pop()
        return
    said = (
        f"A {sort} ends here, but the {last.sort} “{last.name}” of row {last.row.number} is open."
        if len(open_now) > 1
        else f"A {sort} ends here that never began."
    )
    found.fault(SURVEY, said, "Put the rows of “begin” and “end” in order.", row=row, column="type")


def _question(row: Row, told: str, parent: Item, found: Gathered) -> None:
    if chosen := _SELECT.fullmatch(told):
        how = " ".join(chosen["how"].lower().split())
        sort = "rank" if how == "rank" else "select_multiple" if how.startswith(_SEVERAL) else "select_one"
        if "file" in how or how == "select_one_external":
            sort = how.replace(" ", "_")
        item = _item(row, "question", sort, parent, found)
        item.of, item.or_other = chosen["list"], chosen["other"] is not None
        return
    kind = _ALIASES.get(told.lower(), told if told == "dateTime" else told.lower())
    if kind not in ASKED | METADATA | UNASKED:
        known = sorted(ASKED | METADATA | {"select_one", "select_multiple", "rank", "begin_group", "begin_repeat"})
        first = told.split()[0].lower()
        near = difflib.get_close_matches(first, known, 1, 0.7)
        way_out = f"Did you mean “{near[0]}”?" if near else "Use one of XLSForm's types, such as text or integer."
        if first in ("select_one", "select_multiple", "rank"):
            way_out = f"Name the list it chooses from: “{first} names”."
        found.fault(SURVEY, f"“{told}” is not a type of question.", way_out, row=row, column="type")
        return
    _item(row, "question", kind, parent, found)


def _item(row: Row, sort: Sort, kind: str, parent: Item, found: Gathered) -> Item:
    name = row.get("name")
    item = Item(row, sort, kind, name, parent=parent)
    parent.inside.append(item)
    if not name and kind != "note" and kind not in METADATA:
        what = {"question": "question", "group": "group", "repeat": "repeat"}[sort]
        found.fault(SURVEY, f"The {what} has no name.", "Give it one in the column “name”.", row=row, column="name")
    twin = next((one for one in parent.inside[:-1] if name and one.name == name), None)
    if twin is not None:
        found.fault(
            SURVEY,
            f"“{name}” is asked twice: here and in row {twin.row.number}.",
            "Give one of them another name.",
            row=row,
            column="name",
        )
    return item
