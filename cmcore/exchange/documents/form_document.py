"""A form as a PDF: blank, to be filled in by hand, or with the answers somebody gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cmcore.exchange.documents.blank import blank
from cmcore.exchange.documents.blocks import Document
from cmcore.exchange.documents.filled import filled
from cmcore.exchange.documents.heading import NO_HEADING, Heading
from cmcore.exchange.documents.press import press
from cmcore.forms.declare import form_of
from cmcore.forms.form import Form
from cmcore.forms.saying import Titles, no_titles


def form_pdf(
    declared: Form | type[Any],
    values: Mapping[str, Any] | None = None,
    *,
    heading: Heading | None = None,
    titles: Titles = no_titles,
) -> bytes:
    """The form as a tagged PDF (PDF/UA-1): blank when there are no ``values``, otherwise filled.

    ``values`` are answers as :func:`cmcore.forms.dump` gives them; an answer the form cannot read any more is printed
    as it was kept. ``titles`` finds the words for picked records.
    """
    return press(form_document(declared, values, heading=heading, titles=titles))


def form_document(
    declared: Form | type[Any],
    values: Mapping[str, Any] | None = None,
    *,
    heading: Heading | None = None,
    titles: Titles = no_titles,
) -> Document:
    """The same, before it is printed: for looking at its pages, or for putting more beside it."""
    form = form_of(declared)
    blocks = blank(form) if values is None else filled(form, values, titles)
    return Document(
        title=form.title,
        lead=_as_prose(form.doc) if values is None else "",
        foot=f"{form.title} · form {form.key}, version {form.version}{'' if values is not None else ', to fill in'}",
        # An empty form holds nothing that could be sensitive.
        sensitive=values is not None and any(question.sensitive for question in form.questions),
        heading=heading or NO_HEADING,
        blocks=tuple(blocks),
    )


def _as_prose(doc: str) -> str:
    """What a form is for, its paragraphs kept and the lines of the source joined."""
    return "\n\n".join(" ".join(part.split()) for part in doc.split("\n\n"))
