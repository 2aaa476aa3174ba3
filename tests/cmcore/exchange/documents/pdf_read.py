"""Reads a PDF back as somebody who cannot see it would: its tags in order, its text, its title and language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class Tagged:
    """One tag of the structure: its kind ("H2"), how deep it stands, the text that is read under it, its alt text."""

    kind: str
    depth: int
    text: str
    alt: str | None = None


class Read:
    """A PDF taken apart."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(pdf))
        self.root: Any = self.reader.trailer["/Root"]
        self._marked = [dict(_marked(page)) for page in self.reader.pages]
        self._pages = {page.indirect_reference.idnum: number for number, page in enumerate(self.reader.pages)}
        self.tags = list(self._walk(self.root["/StructTreeRoot"], 0, None))

    @property
    def pages(self) -> list[str]:
        """What each page shows, on one line."""
        return [plain(page.extract_text()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        """What all pages show, on one line."""
        return plain(" ".join(self.pages))

    @property
    def title(self) -> str:
        """The title a reader shows on its tab."""
        return str(self.reader.metadata.title)

    def headings(self) -> list[tuple[str, str]]:
        """The headings, each with its level."""
        return [(tag.kind, tag.text) for tag in self.tags if re.fullmatch(r"H\d", tag.kind)]

    def of_kind(self, kind: str) -> list[Tagged]:
        """The tags of one kind."""
        return [tag for tag in self.tags if tag.kind == kind]

    def _walk(self, node: Any, depth: int, page: Any) -> Iterator[Tagged]:
        node = node.get_object()
        page = node.get("/Pg", page)
        if "/S" in node:
            alt = node.get("/Alt")
            yield Tagged(node["/S"][1:], depth, plain(self._text(node, page)), None if alt is None else str(alt))
        for child in _children(node):
            if isinstance(child, dict) and child.get("/Type") not in ("/MCR", "/OBJR"):
                yield from self._walk(child, depth + 1, page)

    def _text(self, node: Any, page: Any) -> str:
        page = node.get("/Pg", page)
        said = []
        for child in _children(node):
            if isinstance(child, int):
                said.append(self._marked[self._pages[page.indirect_reference.idnum]].get(child, ""))
            elif child.get("/Type") == "/MCR":
                on = child.get("/Pg", page)
                said.append(self._marked[self._pages[on.indirect_reference.idnum]].get(child["/MCID"], ""))
            elif child.get("/Type") != "/OBJR":
                said.append(self._text(child, page))
        return " ".join(said)


def plain(text: str) -> str:
    """Text on one line, without the places where a line may end."""
    return " ".join(text.replace("\u200b", "").split())


def _children(node: Any) -> list[Any]:
    kids = node.get("/K")
    if kids is None:
        return []
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    found = kids if isinstance(kids, list) else [kids]
    return [one.get_object() if hasattr(one, "get_object") else one for one in found]


def _marked(page: Any) -> Iterator[tuple[int, str]]:
    """The text of each marked piece of a page, by its number."""
    pieces: dict[int, list[str]] = {}
    open_: list[int | None] = []

    def before(operator: bytes, operands: Any, *_: Any) -> None:
        if operator == b"BDC":
            named = operands[1]
            open_.append(named.get("/MCID") if isinstance(named, dict) else None)
        elif operator == b"BMC":
            open_.append(None)
        elif operator == b"EMC" and open_:
            open_.pop()

    def said(text: str, *_: Any) -> None:
        number = next((one for one in reversed(open_) if one is not None), None)
        if number is not None:
            pieces.setdefault(number, []).append(text)

    page.extract_text(visitor_operand_before=before, visitor_text=said)
    yield from ((number, "".join(parts)) for number, parts in pieces.items())


#: The tags that hold what is answered.
_SAYS = ("P", "TD", "TH", "Span", "LBody", "BlockQuote")


def answers_read(read: Read) -> dict[str, str]:
    """What stands beside or below each label, as it is read aloud."""
    said: dict[str, str] = {}
    label = ""
    for tag in read.tags:
        if tag.kind.startswith("H"):
            label = tag.text.removesuffix(" sensitive")
            said.setdefault(label, "")
        elif (
            label
            and tag.kind in ("P", "TD", "TH", "Span", "LBody", "BlockQuote")
            and tag.text not in said.get(label, "")
        ):
            said[label] = f"{said[label]} {tag.text}".strip()
    return said
