"""What the tests of journals begin with: permissions, a picture that is clean, and entries kept under them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from cmcore.consents.actions import add_consent
from cmcore.consents.forms import ConsentAnswers
from cmcore.consents.records import Consent
from cmcore.consents.words import ConsentKind, Decider, Decision
from cmcore.exchange.media.cleaning import Cleaned, clean
from cmcore.journals.actions import keep_entry
from cmcore.journals.forms import JournalAnswers
from cmcore.journals.records import JournalEntry
from cmcore.journals.words import VisibleTo
from cmcore.safekeeping.work import Work
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from tests.cmcore.exchange.media import made_media

DAY = date(2026, 11, 9)


@cache
def picture() -> Cleaned:
    """A picture, cleaned once for all tests."""
    return clean(made_media.jpeg())


def permitted(work: Work, story: Story, kind: ConsentKind = ConsentKind.media_capture, **changes: Any) -> Consent:
    """Write down a permission of the social worker."""
    told: dict[str, Any] = {
        "kind_of_use": kind,
        "decision": Decision.given,
        "decided_by": Decider.social_worker,
        "starts_on": date(2026, 9, 1),
        "ends_on": None,
        "withdrawn_on": None,
    }
    return add_consent(work, work.get(YoungPerson, story.person_id), ConsentAnswers(**(told | changes)))


def entry_form(story: Story, **changes: Any) -> JournalAnswers:
    """The answers of a good entry, with these changes."""
    told: dict[str, Any] = {
        "young_person_id": story.person_id,
        "caption": "The second print.",
        "captured_on": DAY,
        "visible_to": VisibleTo.kept,
    }
    return JournalAnswers(**(told | changes))


def mentors(story: Story) -> Any:
    """Work of the mentor of a story, under a sign-in name of their own."""
    return story.stage.work("mentor", mentor_id=story.mentor_id, login="juno.tansyhurst")


def kept(story: Story, media: Cleaned | None = None, **changes: Any) -> int:
    """An entry that the mentor kept; its key."""
    with mentors(story) as work:
        entry: JournalEntry = keep_entry(work, entry_form(story, **changes), media)
        return entry.id
