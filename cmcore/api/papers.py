"""The front door to documents that leave: laid out once, pressed as PDF or made as Word; workbooks and cells of CSV."""

from __future__ import annotations

from cmcore.exchange.answers_files import guarded
from cmcore.exchange.documents.blocks import (
    Block,
    Document,
    Fact,
    Paragraph,
    Part,
    Picture,
    Table,
    Voice,
    answer,
    facts,
)
from cmcore.exchange.documents.heading import Heading
from cmcore.exchange.documents.press import press as document_pdf
from cmcore.exchange.documents.word_document import document_word
from cmcore.exchange.workbook.plain import Cell, PlainSheet, plain_workbook

__all__ = [
    "Block",
    "Cell",
    "Document",
    "Fact",
    "Heading",
    "Paragraph",
    "Part",
    "Picture",
    "PlainSheet",
    "Table",
    "Voice",
    "answer",
    "document_pdf",
    "document_word",
    "facts",
    "guarded",
    "plain_workbook",
]
