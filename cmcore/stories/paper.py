"""A story on paper: warm, in date order, the young person's words in their own letter; PDF/UA and Word alike."""

from __future__ import annotations

from collections.abc import Iterator

from cmcore.base.clock import day
from cmcore.exchange.documents.blocks import Block, Document, Paragraph, Part, Table, Voice
from cmcore.exchange.documents.heading import Heading
from cmcore.exchange.documents.press import press
from cmcore.exchange.documents.word_document import document_word
from cmcore.safekeeping.work import Work
from cmcore.stories.passages import Passage
from cmcore.stories.queries import as_told
from cmcore.stories.records import Story
from cmcore.stories.words import FileKind
from cmcore.virtual_schools.records import Authority


def story_files(work: Work, story: Story) -> dict[FileKind, bytes]:
    """A story as a PDF that can be read aloud (PDF/UA-1), and as a Word document with the same words."""
    document = story_document(work, story)
    return {FileKind.pdf: press(document), FileKind.word: document_word(document)}


def story_document(work: Work, story: Story) -> Document:
    """A story as a document. At its head stand initials and a reference; only the text calls them by name."""
    authority, person = work.get(Authority, story.authority_id), story.young_person
    told = as_told(story)
    called = person.preferred_name or person.given_name
    blocks: list[Block] = [
        Paragraph(text=f"Dear {called}," if called else "Hello,"),
        *([Paragraph(text=story.opening)] if story.opening else []),
        *(Paragraph(text=line) for line in beginning(story, told)),
        *_passages(told),
        Part(text="If you want to ask something"),
        Paragraph(text=f"Talk to {authority.school_name}. Say what is wrong, or what you would like to add."),
        Paragraph(text="If you are not happy with the answer, you can tell the Information Commissioner: ico.org.uk."),
    ]
    return Document(
        title="My story",
        foot=f"Story {story.ref}",
        sensitive=True,
        heading=Heading(
            authority=authority.name,
            school=authority.school_name,
            reference=person.ref,
            initials=person.initials if person.initials != person.ref else "",
            printed_at=work.clock.now(),
        ),
        blocks=tuple(blocks),
    )


def beginning(story: Story, told: list[Passage]) -> list[str]:
    """What every story begins with: from when to when, whose words they are, what the brackets mean."""
    said = []
    if told:
        said.append(f"This is your story, from {day(told[0].on)} to {day(told[-1].on)}.")
    said.append(
        "It is made of what people wrote down about your time with us. The words in other letters are your own."
    )
    if any("[" in text for one in told for text in one.texts):
        said.append("Where you see [brackets], the name of somebody else stood there. We leave those names out.")
    if any(one["withheld"] for one in story.passages):
        said.append("Some parts are left out. You may ask us why.")
    return said


def _passages(told: list[Passage]) -> Iterator[Block]:
    year = 0
    for one in told:
        if one.on.year != year:
            year = one.on.year
            yield Part(text=str(year))
        yield Part(text=one.heading, hint=day(one.on), level=3)
        for line in one.ours:
            yield Paragraph(text=line)
        if one.scores:
            yield Table(columns=("What", "Number"), rows=one.scores, widths=(3, 1), align=("left", "right"))
        for who, words in one.told:
            yield Paragraph(text=f"{who}:", quiet=True, leads=True)
            yield Paragraph(text=words)
        if one.said:
            yield Voice(text=one.said)
