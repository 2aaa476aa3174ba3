"""A document as Word: everything of it is there as text in Word's own styles; nothing becomes a field or markup."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from cmcore.base.findings import Finding
from cmcore.exchange.documents.blocks import Document, Paragraph, Part, Picture, Table, Told, Voice, facts
from cmcore.exchange.documents.heading import Heading
from cmcore.exchange.documents.word_document import document_word

HEAD = Heading(authority="Wrenshire", school="Wrenshire Virtual School", reference="WR-0001", initials="M.B.")


def xml_of(document: Document, part: str = "document") -> str:
    with zipfile.ZipFile(io.BytesIO(document_word(document))) as word:
        return word.read(f"word/{part}.xml").decode()


def test_every_block_stands_in_the_file_as_text_and_what_word_cannot_show_is_said_to_be_left_out() -> None:
    blocks = (
        Part(text="Interests", hint="What they like."),
        *facts(("Plan", "PEP"), ("Held on", "")),
        Table(columns=("What", "Where from"), rows=(("Printing <b>&</b> {{ birds }}", "Referral"),)),
        Voice(text="I did it."),
        Paragraph(text="Nothing\x0b yet.", quiet=True),
        Told(finding=Finding("It is late.", rule="R-PEP-2", way_out="Agree a day.")),
        Picture(svg="<svg/>", alt="A chart"),
    )
    text = xml_of(Document(title="Cultural page", blocks=blocks, sensitive=True, heading=HEAD))
    for words in (
        "Cultural page",
        "M.B. WR-0001",
        "Wrenshire Virtual School",
        "Sensitive: keep it",
        "What they like.",
        "Printing &lt;b&gt;&amp;&lt;/b&gt; {{ birds }}",
        "I did it.",
        "Nothing yet.",
        "It is late. Agree a day.",
        "(R-PEP-2)",
        "Left out here, and in the PDF: picture.",
    ):
        assert words in text, words
    assert "fldChar" not in text and "instrText" not in text


def test_the_foot_says_what_it_is_and_the_head_when_it_was_printed() -> None:
    at = datetime(2026, 11, 10, 12, tzinfo=UTC)
    head = Heading(authority="Wrenshire", school="", reference="", initials="", printed_at=at)
    made = Document(title="A page", foot="A page, autumn", blocks=(), heading=head)
    assert "A page, autumn" in xml_of(made, "footer1") and "10 November 2026" in xml_of(made)
