"""The press: a document becomes a PDF that reads aloud (PDF/UA-1), or pictures of its pages to look at.

Compilers are kept and used again: one is taken for each document and put back, so threads never share one and there
are never more than were busy at once.
"""

from __future__ import annotations

import json
import queue
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from cmcore.exchange.documents.blocks import Document
from cmcore.exchange.documents.letters import FONTS, begins_rightwards, printable

_TEMPLATE = Path(__file__).parent / "template"
#: As many compilers are kept for the next document; more are made while more threads print at once.
_KEPT = 4
_idle: queue.LifoQueue[typst.Compiler] = queue.LifoQueue(maxsize=_KEPT)

#: What is markup by intention and never somebody's text.
_AS_IT_IS = frozenset(("svg", "as", "block"))


class NotPrinted(RuntimeError):
    """A document could not be printed; the message names what the press said, never what stands in the document."""


def press(document: Document) -> bytes:
    """The document as a tagged PDF of the standard PDF/UA-1. The same document gives the same bytes."""
    pages = _pressed(document, "pdf")
    assert isinstance(pages, bytes)
    return pages


def pictures(document: Document, *, dots_per_inch: int = 96) -> list[bytes]:
    """The document's pages as PNG, to be looked at."""
    pages = _pressed(document, "png", dots_per_inch)
    return [pages] if isinstance(pages, bytes) else list(pages or ())


def _pressed(document: Document, form: Literal["pdf", "png"], dots: int = 96) -> Any:
    data = document.as_data()
    try:
        return _compiled(document, _ready(data, plain=False), form, dots)
    except typst.TypstError:
        # Rare letters can still clash inside one word: set once more with those of the main font alone.
        try:
            return _compiled(document, _ready(data, plain=True), form, dots)
        except typst.TypstError as again:
            raise NotPrinted(f"“{document.foot or document.title}” could not be printed: {_fault(again)}.") from None


def _compiled(document: Document, data: Any, form: Literal["pdf", "png"], dots: int) -> Any:
    compiler = _take()
    at = document.heading.printed_at
    try:
        return compiler.compile(
            format=form,
            ppi=float(dots),
            sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"] if form == "pdf" else [],
            timestamp=int(at.astimezone(UTC).timestamp()) if at else None,
        )
    finally:
        _put_back(compiler)


def _take() -> typst.Compiler:
    try:
        return _idle.get_nowait()
    except queue.Empty:
        return typst.Compiler(
            str(_TEMPLATE / "document.typ"), root=str(_TEMPLATE), font_paths=_fonts(), ignore_system_fonts=True
        )


def _put_back(compiler: typst.Compiler) -> None:
    try:
        _idle.put_nowait(compiler)
    except queue.Full:
        return


@cache
def _fonts() -> typst.Fonts:
    """The fonts beside this file and no others, so that a document looks alike on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _ready(value: Any, *, plain: bool) -> Any:
    """The values with every text made printable, and the way it is written beside it."""
    if isinstance(value, str):
        return printable(value, plain=plain)
    if isinstance(value, dict):
        made = {key: one if key in _AS_IT_IS else _ready(one, plain=plain) for key, one in value.items()}
        for key in ("text", "note"):
            if key in made and isinstance(made[key], str):
                made["rtl"] = begins_rightwards(made[key])
        return made
    if isinstance(value, list | tuple):
        return [_ready(one, plain=plain) for one in value]
    return value


def _fault(raised: typst.TypstError) -> str:
    """The first words of what the press said, without the text it was about."""
    return str(raised).split("`")[0].split('"')[0].strip() or "no reason was given"
