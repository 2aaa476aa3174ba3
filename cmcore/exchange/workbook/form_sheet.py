"""A form as an Excel sheet: written empty or filled in so far, and read back when somebody has filled it in.

blob = write_sheet(SessionRecord.form)
reading = read_sheet(SessionRecord.form, blob, file="session.xlsx")
if not reading.refused:
    answers = cmcore.forms.load(SessionRecord, reading.raw)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cmcore.base.findings import Finding, Refused
from cmcore.base.words import count
from cmcore.exchange.checks import clipped, refused_file
from cmcore.exchange.workbook import layout
from cmcore.exchange.workbook import sheet_checks as checks
from cmcore.exchange.workbook.archive import FORM_LIMITS, open_archive
from cmcore.exchange.workbook.guarded import guarded
from cmcore.exchange.workbook.layout import ANSWER, HEADINGS, TABLE_FIRST, first_row
from cmcore.exchange.workbook.reading import NEW_SHEET, SheetReader, Where
from cmcore.exchange.workbook.seen import Book, book_of, letters
from cmcore.exchange.workbook.spots import Records, Setting, no_records
from cmcore.exchange.workbook.take import Kept
from cmcore.exchange.workbook.write import written
from cmcore.forms import Form, read
from cmcore.forms.declare import form_of
from cmcore.forms.descriptions import condition_in_words
from cmcore.forms.languages import in_language
from cmcore.forms.saying import Titles, no_titles

#: So many cells outside of the answers are named one by one; of the rest only how many.
_MOST_OUTSIDE = 5


@dataclass(frozen=True)
class SheetReading:
    """What came of reading a sheet: ``raw`` is what :func:`cmcore.forms.read` takes, as it was typed.

    ``findings`` say what is wrong with the sheet and with single answers, each with file, row, column and value; what
    is still missing is not among them, because a sheet may come back half filled in. ``version`` and ``edition`` are
    those the sheet was made for, where it says so.
    """

    raw: dict[str, Any]
    findings: tuple[Finding, ...]
    version: int | None = None
    edition: str = ""
    file: str = ""
    where: Mapping[str, Where] = field(default_factory=dict, repr=False)
    several_sheets: bool = False

    @property
    def refused(self) -> bool:
        """Whether a finding blocks."""
        return any(one.blocks for one in self.findings)

    def placed(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings about the answers, each with the cell it is about: file, row, column and what stands there."""
        return tuple(self._placed(one) for one in findings)

    def _placed(self, finding: Finding) -> Finding:
        place = finding.place or ""
        while place and place not in self.where:
            place = place.rpartition(".")[0]
        if not place or finding.row is not None:
            return replace(finding, file=finding.file or self.file)
        at = self.where[place]
        column = f"{at.sheet}!{letters(at.column)}" if self.several_sheets else letters(at.column)
        return replace(finding, file=self.file, row=at.row, column=column, value=at.value or None)


@dataclass(frozen=True)
class Identity:
    """What a sheet says it is: the form's key, its title, the version, edition and language it was made for."""

    form: str
    version: int | None
    title: str = ""
    edition: str = ""
    language: str = ""


def write_sheet(
    form: Form | type[Any],
    values: Mapping[str, Any] | None = None,
    *,
    choices_of: Records | None = None,
    titles: Titles = no_titles,
    edition: str = "",
    language: str = "",
) -> bytes:
    """The form as an Excel workbook (.xlsx), empty or with ``values`` as ``dump`` gives them (or a draft's).

    ``choices_of`` gives the records to choose from by what they are ("mentor"): numbers with words. What it gives
    stands in the file, so it is for whoever the file is given to: of young people initials and reference only.
    ``titles`` gives the words of other records that are chosen already. ``edition`` says in words which edition it is.
    ``language`` is the code of one of the form's languages; it is read back in that. Refuses an answer too long for a
    cell.
    """
    asked = form_of(form)
    about = {"edition": edition, "language": language}
    setting = Setting(choices_of or no_records, titles)
    return written(in_language(asked, language) if language else asked, values, setting, about)


def sheet_book(blob: bytes, file: str = "sheet.xlsx") -> Book:
    """The cells of a workbook somebody gave us, read in a process of its own; raises :class:`Refused`."""
    open_archive(blob, file, FORM_LIMITS).close()
    return book_of(guarded("cmcore.exchange.workbook.book:book_data", blob, file, megabytes=500))


def identity_of(book: Book, file: str = "sheet.xlsx") -> Identity:
    """Which form a workbook is of, and what more it says of itself; raises :class:`Refused` for one that is of none."""
    told = about_of(book)
    if not told.get("form"):
        raise refused_file(file, "This workbook is no sheet of a form: it does not say which form it is of.", NEW_SHEET)
    version = told.get("version", "")
    return Identity(
        clipped(told["form"]),
        int(version) if version.isdecimal() and len(version) < 8 else None,
        clipped(told.get("title", "")),
        clipped(told.get("edition", "")),
        clipped(told.get("language", "")),
    )


def about_of(book: Book) -> dict[str, str]:
    """What a workbook says of itself on its hidden sheet."""
    page = book.page(layout.ABOUT_SHEET)
    if page is None:
        return {}
    return {page.text(row, 1): page.text(row, 2) for row, column in sorted(page.cells) if column == 1}


def read_sheet(
    form: Form | type[Any],
    blob: bytes | Book,
    *,
    file: str = "sheet.xlsx",
    kept: Kept | None = None,
    edition: str = "",
) -> SheetReading:
    """What stands in a filled-in sheet of a form. Raises nothing that the file can cause: what is wrong is a finding.

    ``kept`` finds a file that was put away, for whoever brings the sheet in; without it no file is taken over.
    ``edition`` is the edition it is read for; a sheet that names another is refused.
    """
    asked = form_of(form)
    identity = None
    try:
        book = blob if isinstance(blob, Book) else sheet_book(blob, file)
        identity = identity_of(book, file)
        refuse_another(asked, identity, file, edition)
    except Refused as refused:
        told = (identity.version, identity.edition) if identity else (None, "")
        return SheetReading({}, refused.findings, *told, file=file)
    asked = in_language(asked, identity.language) if identity.language else asked
    reader = SheetReader(asked, book, about_of(book), file, kept)
    reader.run()
    several = bool(reader.plan.tables)
    made = SheetReading(
        reader.raw, tuple(reader.findings), identity.version, identity.edition, file, reader.where, several
    )
    return replace(made, findings=(*made.findings, *_of_the_answers(asked, made), *outside(reader)))


def refuse_another(form: Form, identity: Identity, file: str, edition: str) -> None:
    """Refuse the sheet of another form, another version, another edition: which it is, and which is wanted."""
    told = f"“{identity.title or identity.form}”, version {identity.version or 'unknown'}"
    wanted = f"“{form.title}”, version {form.version}"
    if (identity.form, identity.version) == (form.key, form.version):
        if not edition or not identity.edition or edition == identity.edition:
            return
        told, wanted = f"{told} ({identity.edition})", f"{wanted} ({edition})"
    same = identity.form == form.key
    older = same and identity.version is not None and identity.version < form.version
    message = f"This is {'an older sheet' if older else 'a sheet'} of {told}, not of {wanted}."
    way_out = NEW_SHEET if same else "Bring it in where its own form is filled in."
    raise Refused([checks.ANOTHER_FORM.found(message, file=file, way_out=way_out)])


def _of_the_answers(form: Form, made: SheetReading) -> list[Finding]:
    """What the form itself says about the answers, beside their cells; and answers to what is not asked."""
    reading = read(form, made.raw, draft=True)
    known = {one.place for one in made.findings if one.blocks}
    found = [
        one
        for one in made.placed(reading.findings)
        if one.blocks and one.place not in known and _given(made.raw, one.place or "")
    ]
    for key in made.raw:
        question = form.question(key)
        if key in reading.hidden and question.show_when is not None:
            when = condition_in_words(form.questions, question.show_when)
            said = f"{question.label.rstrip('?:. ')}: this is asked only if {when}, so the answer is left out."
            finding = checks.NOT_ASKED.found(said, file=made.file, way_out="Empty it, or change what it depends on.")
            found += made.placed([replace(finding, place=key)])
    return found


def _given(raw: Any, place: str) -> bool:
    """Whether anything stands at a place: what does not may still be filled in."""
    for part in place.split("."):
        if isinstance(raw, list) and part.isdecimal():
            raw = raw[int(part)] if int(part) < len(raw) else None
        else:
            raw = raw.get(part) if isinstance(raw, Mapping) else None
        if raw is None:
            return False
    return True


def outside(reader: SheetReader) -> list[Finding]:
    """What stands outside of the cells for answers, where nobody reads it."""
    first = {layout.FORM_SHEET.casefold(): HEADINGS + 1}
    for table in reader.plan.tables:
        at = reader.book.page(table.sheet)
        first[table.sheet.casefold()] = first_row(at) if at is not None else TABLE_FIRST
    begins = {layout.FORM_SHEET.casefold(): ANSWER} | {table.sheet.casefold(): 2 for table in reader.plan.tables}
    stray = [
        (page, seen)
        for page in reader.book.pages
        if page.name.casefold() in first
        for (row, column), seen in page.cells.items()
        if row >= first[page.name.casefold()]
        and column >= begins[page.name.casefold()]
        and (page.name, row, column) not in reader.read_cells
        and seen.text.strip()
    ]
    found = []
    for page, seen in stray[:_MOST_OUTSIDE]:
        more = len(stray) - _MOST_OUTSIDE
        rest = f" So do {count(more, 'other cell')}." if more > 0 and seen is stray[_MOST_OUTSIDE - 1][1] else ""
        where = Where(page.name, seen.row, seen.column, clipped(seen.text))
        finding = checks.OUTSIDE.found(
            f"{seen.at} of “{page.name}” stands outside of the cells for answers and was not read.{rest}",
            file=reader.file,
            row=where.row,
            column=reader.column(where),
            value=where.value,
            way_out="Move it into the cell of its question.",
        )
        found.append(replace(finding, place=None))
    return found
