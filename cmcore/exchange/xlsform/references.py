"""What ``${name}`` means where it stands: which question, in which round, and how it is said in words."""

from __future__ import annotations

import re
from collections.abc import Callable

from cmcore.exchange.xlsform.items import Item
from cmcore.forms.expressions.parsing import parse
from cmcore.forms.expressions.tree import Answer, Call, Column, Expression, Literal, Named, Unusable, parts_of

REF = re.compile(r"\$\{\s*([^}]*?)\s*\}")

#: What a phone fills in and can be worked out here as well.
_WORKED_OUT = {"today": Call("today")}

LabelOf = Callable[[Item], str]
NamesOf = Callable[[Item], tuple[tuple[str, str], ...]]


class References:
    """Finds what names mean in one workbook. ``label`` and ``names`` say questions and their answers in words."""

    def __init__(self, root: Item, label: LabelOf, names: NamesOf) -> None:
        """Keep every item under the name the workbook gives it."""
        self.root, self.label, self.names = root, label, names
        self.by_name: dict[str, list[Item]] = {}
        self.by_answer: dict[tuple[str, str, int], Item] = {}
        for one in root.everything():
            self.by_name.setdefault(one.name, []).append(one)

    def parse(self, text: str, item: Item, *, columns: frozenset[str] | None = None) -> Expression:
        """The expression in a cell of an item; with ``columns`` it may look at columns of the list of choices."""
        made = parse(
            text,
            lambda name: self.meant(name, item),
            names_of=lambda whose: self._names(whose),
            columns=columns is not None,
        )
        if columns is not None:
            for one in parts_of(made):
                if isinstance(one, Column) and one.name not in columns | {"name", "label"}:
                    raise Unusable(f"The sheet “choices” has no column “{one.name}”.")
        return made

    def meant(self, name: str, item: Item) -> Expression:
        """What a name stands for, seen from an item; raises :class:`Unusable` with a sentence."""
        if name.startswith("last-saved#"):
            raise Unusable("The answers of an earlier time (“last-saved”) are not looked at.")
        target = self._target(name, item)
        if target.type in _WORKED_OUT and target.gone:
            return _WORKED_OUT[target.type]
        if target.sort == "group":
            raise Unusable(f"“{name}” is a group, and a group has no answer.")
        if target.only_shown:
            raise Unusable(f"“{name}” is only shown, and has no answer.")
        if target.type == "rank":
            raise Unusable(f"The order given to “{name}” is not looked at.")
        if target.gone:
            raise Unusable(f"It looks at “{name}” (row {target.row.number}), which is left out.")
        here, there = item.repeats, target.repeats
        if target.sort == "repeat" and target in here:
            raise Unusable(f"A round of “{name}” cannot look at all its rounds.")
        same = 0
        while same < min(len(here), len(there)) and here[same] is there[same]:
            same += 1
        up = len(here) - same
        if len(there) > same + 1:
            raise Unusable(f"“{name}” is asked in rounds within rounds.")
        of = there[same].key if len(there) > same else ""
        made = Answer(target.key, of, up, self.label(target) if up or of else "")
        self.by_answer[made.key, made.of, made.up] = target
        return made

    def spoken(self, name: str, item: Item) -> Expression:
        """An answer as it stands in a sentence: the words of a choice, a day as it is said."""
        made = self.meant(name, item)
        if not isinstance(made, Answer):
            return Call("format-date", (made, Literal("%e %B %Y")))
        target = self.by_answer[made.key, made.of, made.up]
        if target.type in ("select_one", "select_multiple"):
            return Named(made, self.names(target))
        if target.type == "date":
            return Call("format-date", (made, Literal("%e %B %Y")))
        return made

    def sentence(self, text: str, item: Item) -> Expression:
        """Words with answers in them as an expression that puts them together."""
        parts: list[Expression] = []
        at = 0
        for found in REF.finditer(text):
            if found.start() > at:
                parts.append(Literal(text[at : found.start()]))
            parts.append(self.spoken(found[1], item))
            at = found.end()
        if at < len(text):
            parts.append(Literal(text[at:]))
        return parts[0] if len(parts) == 1 and isinstance(parts[0], Literal) else Call("concat", tuple(parts))

    def in_brackets(self, text: str, item: Item) -> str:
        """Words with the label of a question in brackets where its answer would stand."""

        def said(found: re.Match[str]) -> str:
            among = self.by_name.get(found[1])
            label = REF.sub("…", self.label(among[0])).rstrip(".?!: ") if among else ""
            return f"[{label or found[1]}]"

        return REF.sub(said, text)

    def _target(self, name: str, item: Item) -> Item:
        among = self.by_name.get(name, [])
        if not among:
            raise Unusable(f"“{name}” is not a question of this form.")
        if len(among) == 1:
            return among[0]
        above = item.parent
        while above is not None:
            near = [one for one in among if one.parent is above]
            if near:
                return near[0]
            above = above.parent
        raise Unusable(f"Several questions are called “{name}”.")

    def _names(self, whose: Expression) -> tuple[tuple[str, str], ...]:
        if not isinstance(whose, Answer):
            raise Unusable("The second value of “jr:choice-name” is not a question.")
        target = self.by_answer[whose.key, whose.of, whose.up]
        if target.type not in ("select_one", "select_multiple"):
            raise Unusable(f"“{target.name}” has no choices.")
        return self.names(target)
