"""Which pages a browser need not open: all that is on them stands in the same way on pages it looks at anyway."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
#: Of these neither axe nor the stylesheet asks what they say, only whether they say anything (as in `shapes.js`).
FREE = frozenset(
    [
        "action",
        "alt",
        "aria-current",
        "aria-label",
        "cx",
        "cy",
        "d",
        "datetime",
        "download",
        "dx",
        "dy",
        "height",
        "href",
        "id",
        "max",
        "maxlength",
        "min",
        "minlength",
        "name",
        "nonce",
        "pattern",
        "placeholder",
        "points",
        "r",
        "rows",
        "rx",
        "ry",
        "size",
        "src",
        "step",
        "title",
        "transform",
        "value",
        "viewbox",
        "width",
        "x",
        "x1",
        "x2",
        "y",
        "y1",
        "y2",
    ]
)
#: These name other elements of the page.
NAMES = frozenset(
    [
        "aria-activedescendant",
        "aria-controls",
        "aria-describedby",
        "aria-details",
        "aria-errormessage",
        "aria-flowto",
        "aria-labelledby",
        "aria-owns",
        "for",
        "form",
        "headers",
        "list",
        "popovertarget",
    ]
)
#: These have the browser fetch, or lead to, what may be another host's.
FETCHED = frozenset(["action", "href", "src"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
LANDMARKS = frozenset(["aside", "footer", "form", "header", "main", "nav", "search", "section"])
#: Words may be longer than a narrow page is wide: how long the longest is, in steps.
STEPS = (18, 30)

Attributes = dict[str, str]


class _Named(HTMLParser):
    """What has an id, and what names it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, str] = {}
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.tags[str(told["id"])] = f"{tag} {told.get('role')} {told.get('class')}"
            self.ids[str(told["id"])] += 1
        if tag == "label" and told.get("for"):
            self.labelled.add(str(told["for"]))


class _Standing(HTMLParser):
    """How everything on a page stands: each element within what, with which attributes, after what; words as well."""

    def __init__(self, named: _Named) -> None:
        super().__init__()
        self.named = named
        self.found: set[int] = {hash(("twice", each)) for each, times in named.ids.items() if times > 1}
        self.within: list[tuple[str, int]] = [("", 0)]
        self.before = [0]
        self.heading = ""
        self.marks: set[tuple[str, str | None]] = set()

    def _own(self, tag: str, told: Attributes) -> str:
        words = tag
        for name, value in told.items():
            if name in NAMES:
                words += f" {name}={[self.named.tags.get(each) for each in value.split()]}"
            elif name in FREE or name.startswith("data-"):
                words += f" {name}{'' if value.strip() else '=nothing'}"
                if name in FETCHED and value.startswith(("http", "//")):
                    words += "=elsewhere"
                elif name == "href" and value.startswith("#"):
                    words += f"={self.named.tags.get(value[1:])}"
            else:
                words += f" {name}={value}"
        return words + " labelled" if told.get("id") in self.named.labelled else words

    def _comes(self, what: int) -> None:
        # In a row of a table it counts how many there are; elsewhere many alike stand as two do.
        row = self.within[-1][0] == "tr"
        self.found.add(hash((self.within[-1][1], self.before[-1], what)))
        self.before[-1] = hash((self.before[-1], what)) if row else what

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        own = self._own(tag, told)
        self._comes(hash(own))
        if tag in HEADINGS or told.get("role") == "heading":
            level = told.get("aria-level", tag)
            self.found.add(hash(("heading", self.heading, level)))
            self.heading = level
        if tag in LANDMARKS or "role" in told:
            mark = (tag + told.get("role", ""), told.get("aria-label") or told.get("aria-labelledby"))
            if mark[1] and mark in self.marks:
                self.found.add(hash(("again", own)))
            self.marks.add(mark)
        if tag not in VOID:
            self.within.append((tag, hash((self.within[-1][1], own))))
            self.before.append(0)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag not in (each for each, _ in self.within):
            return
        while True:
            ended = self.within[-1][0]
            self._comes(hash("end"))
            self.within.pop()
            self.before.pop()
            if ended == tag:
                return

    def handle_data(self, data: str) -> None:
        if words := data.split():
            longest = max(map(len, words)) if self.within[-1][0] not in ("script", "style") else 0
            self._comes(hash(("words", sum(longest > step for step in STEPS))))


def standing(page: str) -> frozenset[int]:
    """Numbers, the same for one run of Python, for how each thing stands on a page, but for what is said."""
    named = _Named()
    named.feed(page)
    found = _Standing(named)
    found.feed(page)
    return frozenset(found.found)


def needed(pages: dict[str, str], known: Iterable[int] = ()) -> dict[str, frozenset[int]]:
    """The addresses of the pages that have to be opened, with how things stand there.

    On every other one whatever there is stands on one of these, or is ``known``, within the like and beside the like.
    """
    seen, made = set(known), {}
    for path, page in pages.items():
        stands = standing(page)
        if not stands <= seen:
            made[path] = stands
            seen |= stands
    return made
