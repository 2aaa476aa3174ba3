"""Journals: what was made, seen and said, kept from a phone, shown under a permission in force that day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import Response, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import day
from cmcore.base.findings import Finding, Severity
from cmcore.consents.records import Consent
from cmcore.consents.words import ConsentKind, Decider
from cmcore.exchange.media.words import TYPES
from cmcore.journals.actions import (
    answers_of_entry,
    change_entry,
    give_out,
    may_change,
    media_name,
    remove_entry,
    throw_media_away,
)
from cmcore.journals.forms import JournalAnswers, JournalChangeAnswers
from cmcore.journals.queries import media_of, open_media, rests_on
from cmcore.journals.records import JournalEntry
from cmcore.journals.words import EntryKind, VisibleTo
from cmcore.safekeeping.work import Work
from console import desk
from console.journal_media import entry_page, keep_with_media, let_go
from console.printing import download
from console.record_forms import ONE
from console.record_view import RecordView
from console.security import needs
from console.steps import NextStep, Step

_HIDDEN = {
    EntryKind.photo: "There is a picture. It is not shown to you today",
    EntryKind.film: "There is a film. It is not shown to you today",
    EntryKind.audio: "There is a recording. It is not shown to you today",
}


class Journals(RecordView):
    """Pictures, film, recordings and words."""

    record = JournalEntry
    route_base = "/journal"
    list_title = "Journal"
    about = (
        "Pictures, film, recordings and words from sessions. They are kept with permission to take them, and shown "
        "with permission to share them; where and when they were taken, and by whom, is taken out of each file."
    )
    list_columns: ClassVar[list[str]] = [
        "ref",
        "young_person",
        "kind_of_entry",
        "captured_on",
        "visible_to",
        "kept_by",
    ]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Entry",
        "young_person": "Young person",
        "kind_of_entry": "What it holds",
        "captured_on": "Of",
        "visible_to": "Who may see it",
        "kept_by": "Kept by",
        "caption": "What it is",
        "media_gone_on": "Thrown away on",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = ["ref", "young_person.ref", "young_person.family_name", "caption"]
    choice_columns: ClassVar[dict[str, Any]] = {"kind_of_entry": EntryKind, "visible_to": VisibleTo}
    filter_columns: ClassVar[list[str]] = ["kind_of_entry", "visible_to", "young_person_id"]
    order_columns: ClassVar[list[str]] = ["ref", "captured_on", "kind_of_entry"]
    base_order = ("captured_on", "desc")
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "captured_on",
        "caption",
        "visible_to",
        "kept_by",
        "media_gone_on",
    ]
    facts_heading = "What is kept with it"
    show_template = "cm/journal_entry.html"
    empty_words = "Nothing in the journal yet. An entry is welcome after any session, and never required."

    add_form = JournalAnswers
    add_action = staticmethod(keep_with_media)
    add_words = "Add to the journal"
    added_words = "Kept. What the file said beside the picture or the sound was left out."
    one_hand = True
    edit_form = JournalChangeAnswers
    edit_action = staticmethod(change_entry)
    answers_of = staticmethod(answers_of_entry)
    remove_action = staticmethod(remove_entry)
    remove_why = "The picture, film or recording goes with it, and cannot be brought back."
    acts: ClassVar[dict[str, str]] = {"add": "journal_entry.add"}
    steps = (
        Step(
            "throw-away",
            "Throw the picture, film or recording away",
            throw_media_away,
            why="The words stay. It cannot be brought back.",
            offered=lambda entry: (
                entry.kind_of_entry != EntryKind.words
                and entry.media_gone_on is None
                and may_change(desk.work(), entry)
            ),
            grave=True,
        ),
    )

    def _page(self, form: Any, title: str, about: Any, doing: str, work: Work, **more: Any) -> Any:
        # Short: on a narrow phone it stands beside the button that raises a concern.
        told = {"submit": "Keep it"} | more if doing in ("add", "edit") else more
        page = super()._page(form, title, about, doing, work, **told)
        return entry_page(page, work) if doing == "add" else page

    def given(self, work: Work, form: Any, parent: Any) -> dict[str, Any]:
        """Today's day, the narrowest showing, and the young person that the address names."""
        if form.key != "journal-entry":
            return super().given(work, form, parent)
        begins = {"captured_on": work.today.isoformat(), "visible_to": VisibleTo.kept.value}
        return begins | super().given(work, form, parent)

    def after(self, record: Any, doing: str) -> str:
        """Nothing waits any more once an entry is kept."""
        if doing == "add":
            let_go()
        return super().after(record, doing)

    def settled(self, record: JournalEntry, doing: str) -> Sequence[Finding]:
        """Whoever kept it, and the virtual school, change it; others only see it."""
        if may_change(desk.work(), record):
            return ()
        return (Finding("Somebody else kept this.", way_out="Ask them, or the virtual school."),)

    def heading(self, entry: JournalEntry) -> str:
        """What it holds, of which day, whose."""
        return f"{EntryKind.say(entry.kind_of_entry)} of {day(entry.captured_on)}: {entry.young_person}"

    def named(self, entry: JournalEntry) -> str:
        """Its reference."""
        return entry.ref

    def crumbs_before(self, record: JournalEntry) -> list[tuple[str, str]]:
        """The young person it is about."""
        page = self.appbuilder.page_about("young_person")
        may = page is not None and page.may("show")
        return [(str(record.young_person), page.address_of(record.young_person))] if may else []

    def findings(self, work: Work, entry: JournalEntry) -> list[Finding]:
        """Why something that is kept is not shown."""
        if entry.kind_of_entry == EntryKind.words or entry.media_gone_on or media_of(work, entry) is not None:
            return []
        said = _HIDDEN[EntryKind(entry.kind_of_entry)]
        out = "It needs permission to take it, and to share it, in force on this very day."
        return [Finding(f"{said}.", rule="R-CON-3", severity=Severity.inform, way_out=out)]

    def next_steps(self, work: Work, record: JournalEntry) -> list[NextStep]:
        """The declared steps; and taking it away for use in public, where it is to be seen in public."""
        made = super().next_steps(work, record)
        public = record.visible_to == VisibleTo.public and record.kind_of_entry != EntryKind.words
        if public and record.media_gone_on is None and work.may("journal_entry.give_out", record.authority_id):
            where = url_for(f"{self.endpoint}.public", pk=record.id)
            made.append(NextStep("Take it away for use in public", where, "That you did is written down."))
        return made

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """The entry, its picture or sound where it may be shown today, and the permissions it rests on."""
        context = super().show_context(work, record, opened)
        media = media_of(work, record)
        context["media"] = media
        if media is not None:
            context["media_url"] = url_for(f"{self.endpoint}.media", pk=record.id)
            context["family"] = TYPES[media.media_type].kind.value
        context["rests"] = [_permission(one) for one in rests_on(work, record)]
        return context

    @expose(f"/{ONE}/media")
    @needs("journal_media.see")
    def media(self, pk: int) -> Response:
        """The picture, film or recording, if it may be shown today; that it was is written down."""
        work = desk.work()
        entry = work.get(JournalEntry, pk)
        found = open_media(work, entry)
        content, media_type, name = found.content, found.media_type, media_name(entry, found)
        work.commit()
        # Some telephones play a film only where they may ask for it piece by piece; each asking is written down.
        answer = download(content, media_type, name)
        return answer.make_conditional(request.environ, accept_ranges=True, complete_length=len(content))

    @expose(f"/{ONE}/public")
    @needs("journal_entry.give_out")
    def public(self, pk: int) -> Response:
        """The same for use in public, under a permission for that in force today (R-CON-3)."""
        work = desk.work()
        entry = work.get(JournalEntry, pk)
        found = give_out(work, entry)
        content, media_type, name = found.content, found.media_type, media_name(entry, found)
        work.commit()
        return download(content, media_type, name)


def _permission(consent: Consent) -> str:
    since = day(consent.starts_on)
    return f"{ConsentKind.say(consent.kind_of_use)}: {Decider.say(consent.decided_by).lower()}, from {since}"
