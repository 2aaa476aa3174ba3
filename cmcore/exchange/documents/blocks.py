"""What a document is made of: frozen values of plain text and numbers, which the template lays out one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any, ClassVar, Literal

from cmcore.base.findings import Finding, Severity
from cmcore.exchange.documents.heading import NO_HEADING, Heading

Data = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Block:
    """One part of a document; ``block`` is the template's function for it."""

    block: ClassVar[str]

    def as_data(self) -> Data:
        """As the template reads it."""
        return {"block": self.block, **asdict(self)}


@dataclass(frozen=True, kw_only=True)
class Part(Block):
    """A heading under the document's own, with a line above it; ``hint`` stands below it, quietly.

    One that is not ``ruled`` has no line, and stands close to what follows: the heading of a single table.
    """

    block = "part"
    text: str
    hint: str = ""
    level: Literal[2, 3] = 2
    ruled: bool = True


@dataclass(frozen=True, kw_only=True)
class Paragraph(Block):
    """Text of ours, its own lines and paragraphs kept; one that ``leads`` stays on the page of what follows."""

    block = "paragraph"
    text: str
    quiet: bool = False
    leads: bool = False


@dataclass(frozen=True, kw_only=True)
class Voice(Block):
    """A young person's own words, in the letter that is kept for them."""

    block = "voice"
    text: str


@dataclass(frozen=True, kw_only=True)
class Question(Block):
    """A question with ``space`` to answer it by hand; ``long`` ones may run over a page's end below their label."""

    block = "question"
    label: str
    space: Data
    number: str = ""
    hint: str = ""
    condition: str = ""
    optional: bool = False
    sensitive: bool = False
    long: bool = False
    level: int = 3


@dataclass(frozen=True, kw_only=True)
class Row(Block):
    """Questions with little to write, beside each other; ``widths`` share the page's width among them."""

    block = "row"
    questions: tuple[Question, ...]
    widths: tuple[float, ...]

    def as_data(self) -> Data:
        """As the template reads it."""
        asked = [one.as_data() for one in self.questions]
        return {"block": self.block, "questions": asked, "widths": self.widths}


@dataclass(frozen=True, kw_only=True)
class Fact(Block):
    """A label with what belongs to it: an answer made by :func:`answer`, or by :mod:`cmcore.exchange.documents.filled`.

    ``long`` puts the answer below the label, where it may run over a page's end; otherwise they stand side by side.
    """

    block = "fact"
    label: str
    answer: Data
    sensitive: bool = False
    optional: bool = False
    long: bool = False
    level: int = 3


def answer(text: str, *, voice: bool = False) -> Data:
    """What belongs to a label, as text; an empty one says that there is no answer."""
    return {"as": ("voice" if voice else "text") if text else "none", "text": text}


def facts(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    """Labels with short texts, one below the other."""
    return tuple(Fact(label=label, answer=answer(text)) for label, text in pairs)


@dataclass(frozen=True, kw_only=True)
class Table(Block):
    """Rows under headings. ``widths`` share the page's width, 0 takes what it needs; ``align`` is left or right each.

    ``together`` keeps all of it on one page. Refuses rows that do not fit the columns.
    """

    block = "table"
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    align: tuple[Literal["left", "right"], ...] = ()
    together: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be laid out."""
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"Row {number} has {len(row)} cells and the table {len(self.columns)} columns.")
        for named in (self.widths, self.align):
            if named and len(named) != len(self.columns):
                raise ValueError(f"Widths and alignments are one for each of the {len(self.columns)} columns.")

    def as_data(self) -> Data:
        """As the template reads it."""
        return {
            "block": self.block,
            "columns": self.columns,
            "rows": [[answer(cell) if cell else {"as": "text", "text": ""} for cell in row] for row in self.rows],
            "widths": self.widths or (1,) * len(self.columns),
            "together": self.together,
            "right": [one == "right" for one in self.align or ("left",) * len(self.columns)],
        }


_WORDS = {Severity.block: "Not allowed", Severity.warn: "Look at this", Severity.inform: "To know"}


@dataclass(frozen=True, kw_only=True)
class Told(Block):
    """What a rule said: its weight in a shape and a word, the sentence, the way out, the rule's id."""

    block = "finding"
    finding: Finding

    def as_data(self) -> Data:
        """As the template reads it."""
        said = self.finding
        return {
            "block": self.block,
            "weight": said.severity.name,
            "word": _WORDS[said.severity],
            "sentence": f"{said.message} {said.way_out}".rstrip(),
            "rule": said.rule or "",
        }


@dataclass(frozen=True, kw_only=True)
class Picture(Block):
    """A drawing as SVG, with what it shows in words (``alt``). ``width`` is its share of the page's, in per cent.

    Refuses a picture without words: a page that is read aloud would leave it out.
    """

    block = "picture"
    svg: str
    alt: str
    caption: str = ""
    width: int = 100

    def __post_init__(self) -> None:
        """Refuse a picture that says nothing."""
        if not self.alt.strip():
            raise ValueError("A picture says in words what it shows: give it an alt text.")


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole document. ``title`` is its one heading; ``foot`` says at the foot of each page what it is.

    A name of a person belongs in none of them: whom it is about stands in the heading, as initials and reference.
    """

    title: str
    blocks: tuple[Block, ...] = field(repr=False)
    lead: str = ""
    foot: str = ""
    sensitive: bool = False
    heading: Heading = NO_HEADING

    def as_data(self) -> Data:
        """As the template reads it."""
        head = self.heading
        return {
            "title": f"{self.title}: {head.about}" if head.about else self.title,
            "heading_line": self.title,
            "lead": self.lead,
            "about": head.about,
            "authority": head.authority,
            "school": head.school,
            "initials": head.initials,
            "reference": head.reference,
            "foot": self.foot or self.title,
            "printed": head.printed,
            "sensitive": self.sensitive,
            "dated": head.printed_at is not None,
            "blocks": [one.as_data() for one in _levelled(self.blocks)],
        }


def _levelled(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks, none more than one level below the heading before it: what is skipped cannot be read aloud."""
    before: Any = 1
    for one in blocks:
        if isinstance(one, Part | Question | Fact):
            before = min(one.level, before + 1)
            yield one if one.level == before else replace(one, level=before)
        else:
            yield one
