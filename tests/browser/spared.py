"""Which pages a browser need not open: all that is on them stands in the same way on pages it looks at anyway."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path

_SHAPES = Path(__file__).with_name("shapes.js").read_text(encoding="utf-8")


def _listed(name: str) -> frozenset[str]:
    found = re.search(rf"{name} = new Set\(`(.*?)`", _SHAPES, re.DOTALL)
    assert found
    return frozenset(found[1].split())


#: Of these neither axe nor the stylesheet asks what they say, only whether they say anything. Within a drawing they say
#: where something stands, as some do elsewhere: there all of it counts.
FREE = _listed("FREE") - {"height", "rows", "size", "width"}
#: These name other elements of the page.
NAMES = _listed("NAMES")
VOID = frozenset(re.findall(r"\w+", "area base br col embed hr img input link meta source track wbr"))
#: These have the browser fetch, or lead to, what may be another host's.
FETCHED = frozenset(["action", "href", "src"])
#: What these say is seen on the page.
SEEN = frozenset(["alt", "data-label", "placeholder", "title", "value"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
LANDMARKS = frozenset(["aside", "footer", "form", "header", "main", "nav", "search", "section"])
UNSEEN = frozenset(["script", "style"])

#: What is said may be wider than a narrow page, or need more lines: the letters of its longest word, and all, in steps.
WORD = (10, 12, 14, 16, 18, 20, 23, 26, 30, 40)
TEXT = (8, 16, 32, 64, 128, 256)
#: Many beside one another may not fit: how many elements there are in another, in steps.
MANY = (2, 3, 4, 5, 6, 8, 12, 24)

Attributes = dict[str, str]


class _Read(HTMLParser):
    """What begins on a page, what ends, and what is said between."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.begun: list[tuple[str, Attributes]] = []
        #: What comes, in order: a place among those begun, the name of what ends, or words.
        self.comes: list[int | tuple[str] | str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.comes.append(len(self.begun))
        self.begun.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self.comes.append((tag,))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.comes.append(data)


class _Standing:
    """How everything on a page stands: each element within what, with which attributes, after what; how long it is."""

    def __init__(self, read: _Read) -> None:
        ids = Counter(told["id"] for _, told in read.begun if told.get("id"))
        self.tags = {
            told["id"]: f"{tag} {told.get('role')} {told.get('class')}" for tag, told in read.begun if "id" in told
        }
        self.labelled = {told["for"] for tag, told in read.begun if tag == "label" and told.get("for")}
        self.found: set[int] = {hash(("twice", each)) for each, times in ids.items() if times > 1}
        # Each element one is within, outermost first: its name, what it is, what came last in it, and after how many.
        self.within: list[tuple[str, int]] = [("", 0)]
        self.before, self.held, self.drawn = [0], [0], 0
        self.heading = ""
        self.marks: set[tuple[str, str]] = set()
        for one in read.comes:
            if isinstance(one, int):
                self._begins(*read.begun[one])
            elif isinstance(one, str):
                self._said(one)
            else:
                self._ends(*one)

    def _own(self, tag: str, told: Attributes) -> str:
        words = tag
        for name, value in told.items():
            if name in NAMES:
                words += f" {name}={[self.tags.get(each) for each in value.split()]}"
            elif name.startswith("data-") or (name in FREE and not self.drawn):
                words += f" {name}{'' if value.strip() else '=nothing'}"
                if name in FETCHED and value.startswith(("http", "//")):
                    words += "=elsewhere"
                elif name == "href" and value.startswith("#"):
                    words += f"={self.tags.get(value[1:])}"
            else:
                words += f" {name}={value}"
        return words + " labelled" if told.get("id") in self.labelled else words

    def _comes(self, what: int) -> None:
        # In a row of a table it counts what came before in all; elsewhere many alike stand as two do.
        row = self.within[-1][0] == "tr"
        self.found.add(hash((self.within[-1][1], self.before[-1], what)))
        self.before[-1] = hash((self.before[-1], what)) if row else what

    def _long(self, here: int, name: str, said: str) -> None:
        if words := said.split():
            longest, every = max(map(len, words)), len(" ".join(words))
            self.found.update(hash((here, name, "word", step)) for step in WORD if longest > step)
            self.found.update(hash((here, name, "text", step)) for step in TEXT if every > step)

    def _begins(self, tag: str, told: Attributes) -> None:
        self.drawn += tag == "svg"
        own = self._own(tag, told)
        here = hash((self.within[-1][1], own))
        self._comes(hash(own))
        self.held[-1] += 1
        for name in SEEN & told.keys():
            self._long(here, name, told[name])
        if tag in HEADINGS or told.get("role") == "heading":
            level = told.get("aria-level", tag)
            self.found.add(hash(("heading", self.heading, level)))
            self.heading = level
        if (tag in LANDMARKS or "role" in told) and (name := told.get("aria-label") or told.get("aria-labelledby")):
            mark = (tag + told.get("role", ""), name)
            if mark in self.marks:
                self.found.add(hash(("again", own)))
            self.marks.add(mark)
        if tag not in VOID:
            self.within.append((tag, here))
            self.before.append(0)
            self.held.append(0)

    def _ends(self, tag: str) -> None:
        if tag in VOID or tag not in (each for each, _ in self.within):
            return
        ended = ""
        while ended != tag:
            self._comes(hash("end"))
            ended, here = self.within.pop()
            self.before.pop()
            held = self.held.pop()
            self.found.update(hash((here, "many", step)) for step in MANY if held > step)
            self.drawn -= ended == "svg"

    def _said(self, words: str) -> None:
        tag, here = self.within[-1]
        if tag not in UNSEEN:
            self._comes(hash("words"))
            self._long(here, "", words)


def standing(page: str) -> frozenset[int]:
    """Numbers, the same for one run of Python, for how each thing stands on a page, but for what is said."""
    return frozenset(_Standing(_Read(page)).found)


def needed(stands: Mapping[str, frozenset[int]], known: Iterable[int] = ()) -> list[str]:
    """The addresses of the pages that have to be opened, of those whose things stand so.

    Whatever is on any other stands on one of these, or is ``known``, within the like and beside the like.
    """
    seen = frozenset(known)
    left = {path: each - seen for path, each in stands.items()}
    times = Counter(one for each in left.values() for one in each)
    # What stands elsewhere as well is left out, from the smallest page on.
    for path in sorted(left, key=lambda path: len(left[path])):
        if all(times[one] > 1 for one in left[path]):
            times.subtract(left.pop(path))
    return list(left)
