"""A Word template that somebody may replace: what it may hold is checked before it is used, and it runs nothing.

A template asks for fields ("{{ mentor }}") and goes through lists ("{%p for session in sessions %}"). That is all it
can do: whatever else the template language knows, calls, sums, text made longer, is refused where it stands, when the
template is handed in and again whenever it is filled.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cmcore.base.findings import Finding, Refused, refuse

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: The most a template may hold: as it is, unpacked, and in parts.
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 5_000_000, 50_000_000, 300
#: Lists are gone through so deep at most: sessions, and what was seen in each.
_DEEPEST = 3
_SAVE_AGAIN = "Save it in Word as a document (.docx) and bring that file in."

#: The fields of a template: each with nothing, or with the fields of one of its list.
Fields = Mapping[str, "Fields | None"]

_FILTERS = frozenset({"upper", "lower", "length", "join", "default"})
_LOOP: Fields = {"index": None, "first": None, "last": None, "length": None}
#: What a template may be made of; a call, a sum, a macro, a slice is none of it.
_PARTS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Filter,
    nodes.If,
    nodes.CondExpr,
    nodes.For,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


class _Fenced(ImmutableSandboxedEnvironment):
    """An environment that reads templates of known fields only; it has no functions and reaches no other file."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0)
        self.globals.clear()
        self.fields = fields
        self.findings: list[Finding] = []

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self.findings.extend(_wrong(tree, dict(self.fields), 0))
        if self.findings:
            raise Refused(_once(self.findings))
        return tree


def check_template(content: bytes, fields: Fields, example: Mapping[str, Any]) -> None:
    """Refuse a template that cannot be used: no Word document, macros, links to other files, fields nobody fills.

    Every unknown field is named, with the one that may be meant. At the end it is filled once with an example.
    """
    _check_archive(content)
    fill_template(content, fields, example)


def fill_template(content: bytes, fields: Fields, values: Mapping[str, Any]) -> bytes:
    """The template with its fields filled, as a Word document. Text stays text: none becomes markup or a field."""
    made = BytesIO()
    try:
        template = DocxTemplate(BytesIO(content))
        template.render(_clean(dict(values)), _Fenced(fields), autoescape=True)
        template.save(made)
    except TemplateSyntaxError as wrong:
        raise refuse(
            f"The template cannot be read: {_said(wrong)}.",
            way_out="Look for a bracket that is not closed, or a “for” or “if” without its end.",
        ) from None
    except TemplateError as wrong:
        raise refuse(f"The template cannot be filled: {_said(wrong)}.", way_out="Compare it with ours.") from None
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError, OSError, RecursionError):
        raise refuse("The template is no Word document, or is damaged.", way_out=_SAVE_AGAIN) from None
    return made.getvalue()


# ---- the file
_OUTSIDE = re.compile(rb'<Relationship\b[^>]*TargetMode="External"[^>]*>')


def _check_archive(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise refuse(
            f"The template is over {MOST_BYTES // 1_000_000} MB.",
            way_out="Make the pictures in it smaller, and save it again.",
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {one.filename.casefold() for one in entries}
            too_much = sum(one.file_size for one in entries) > MOST_UNPACKED or len(entries) > MOST_PARTS
            if too_much or len(names) != len(entries):
                raise refuse("The template unpacks to far too much, so it was not opened.", way_out=_SAVE_AGAIN)
            if "word/document.xml" not in names:
                raise refuse("This is no Word document (.docx).", way_out=_SAVE_AGAIN)
            if any("vbaproject" in one or "/activex/" in one or "/embeddings/" in one for one in names):
                raise refuse("The template holds macros or another program's objects.", way_out=_SAVE_AGAIN)
            for one in entries:
                if one.filename.endswith(".rels") and _reaches_out(archive.read(one)):
                    raise refuse(
                        "The template links to a file elsewhere: a picture, or another template.",
                        way_out="Put the picture into the document itself, and choose the Normal template.",
                    )
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError):
        raise refuse("The template is no Word document, or is damaged.", way_out=_SAVE_AGAIN) from None


def _reaches_out(relations: bytes) -> bool:
    """Whether a part fetches something from elsewhere; a link somebody may follow is none."""
    return any(b'/hyperlink"' not in one for one in _OUTSIDE.findall(relations))


# ---- what stands in it
def _wrong(node: nodes.Node, known: dict[str, Fields | None], deep: int) -> Iterator[Finding]:
    """What is wrong in a part of a template where these fields are known."""
    if not isinstance(node, _PARTS):
        yield _not_taken(node)
    elif isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        yield Finding(f"“|{node.name}” is not known.", way_out=f"There are {', '.join(sorted(_FILTERS))}.")
    elif isinstance(node, nodes.For):
        yield from _of_loop(node, known, deep)
    elif isinstance(node, nodes.Name | nodes.Getattr):
        yield from _of_field(node, known)
    else:
        for child in node.iter_child_nodes():
            yield from _wrong(child, known, deep)


def _of_loop(node: nodes.For, known: dict[str, Fields | None], deep: int) -> Iterator[Finding]:
    yield from _of_field(node.iter, known) if isinstance(node.iter, nodes.Name | nodes.Getattr) else [_not_taken(node)]
    found = _found(node.iter, known)
    if not isinstance(node.target, nodes.Name) or node.recursive or node.test or deep >= _DEEPEST:
        yield _not_taken(node)
        return
    within = {**known, node.target.name: found, "loop": _LOOP}
    for child in (*node.body, *node.else_):
        yield from _wrong(child, within, deep + 1)


def _of_field(node: nodes.Node, known: Mapping[str, Fields | None]) -> Iterator[Finding]:
    if isinstance(node, nodes.Name):
        if node.name not in known:
            yield _unknown(node.name, node.name, known)
        return
    if not isinstance(node, nodes.Getattr):
        yield _not_taken(node)
        return
    if before := list(_of_field(node.node, known)):
        yield from before
        return
    inside = _found(node.node, known)
    if inside is None or node.attr not in inside:
        yield _unknown(_path(node), node.attr, inside or {})


def _found(node: nodes.Node, known: Mapping[str, Fields | None]) -> Fields | None:
    if isinstance(node, nodes.Name):
        return known.get(node.name)
    if isinstance(node, nodes.Getattr):
        return (_found(node.node, known) or {}).get(node.attr)
    return None


def _path(node: nodes.Node) -> str:
    return f"{_path(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else str(getattr(node, "name", "…"))


def _unknown(said: str, name: str, known: Mapping[str, Any]) -> Finding:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    way_out = f"Is “{near[0]}” meant?" if near else f"There are {', '.join(sorted(known)) or 'none here'}."
    return Finding(f"The template asks for “{said[:60]}”, and there is no such field.", place="file", way_out=way_out)


def _not_taken(node: nodes.Node) -> Finding:
    return Finding(
        f"The template holds something that is not taken ({type(node).__name__.lower()}).",
        place="file",
        way_out="It may show fields, ask if one is there, and go through lists.",
    )


def _once(findings: list[Finding]) -> list[Finding]:
    return list({one.message: one for one in findings}.values())[:20]


def _said(wrong: TemplateError) -> str:
    said = (wrong.message or "something in it is not understood").split("\n")[0].rstrip(".")
    return re.sub(r"[<>]", "", said)[:160]


def _clean(value: Any) -> Any:
    """The values without signs that no Word document can hold."""
    if isinstance(value, str):
        return "".join(sign for sign in value if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value
