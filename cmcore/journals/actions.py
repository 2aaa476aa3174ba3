"""What people do with a journal: keep an entry, say who may see it, give it out, throw it away."""

from __future__ import annotations

from sqlalchemy import delete, select

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import NotFound, refuse
from cmcore.consents.records import Consent
from cmcore.consents.words import ConsentKind
from cmcore.exchange.media.cleaning import Cleaned
from cmcore.exchange.media.words import TYPES
from cmcore.journals import rules
from cmcore.journals.forms import JournalAnswers, JournalChangeAnswers
from cmcore.journals.queries import consents_about, decisions, open_media, relied_on
from cmcore.journals.records import JournalEntry, JournalMedia, JournalPermission
from cmcore.journals.words import EntryKind, VisibleTo
from cmcore.safekeeping import audit
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import YoungPerson

_MEDIA = beyond("throws away media that may be shown to nobody any more, with permission checked; nothing comes back")


@action("journal_entry.add")
def keep_entry(work: Work, answers: JournalAnswers, media: Cleaned | None = None) -> JournalEntry:
    """Keep an entry of a young person within reach; ``media`` is what ``clean`` of :mod:`cmcore.exchange.media` made.

    R-CON-3 and R-CON-2 refuse media without permission to take it on its day and today, and a wider showing than is
    permitted today. The permissions it rests on are kept with it.
    """
    answers = taken(work, answers)
    person = work.get(YoungPerson, answers.young_person_id)
    work.require("journal_entry.add", person.authority_id)
    if media is None and not answers.caption and not answers.said:
        raise refuse("There is nothing to keep yet.", place="said", way_out="Choose a picture, or write some words.")
    if media is None and answers.media is not None:
        raise refuse("The picture was not sent.", place="media", way_out="Choose it again.")
    kind = EntryKind(media.type.kind.value) if media is not None else EntryKind.words
    consents, policy = consents_about(work, person.id), work.policy_of(person)
    told = decisions(consents)
    work.heed(rules.is_past(answers.captured_on, work.today))
    wanted = [ConsentKind.media_public] if answers.visible_to == VisibleTo.public else []
    if media is not None:
        work.heed(rules.is_small_enough(kind, len(media.content), policy))
        work.heed(rules.may_keep(told, answers.captured_on, work.today, person.born_on, policy))
        wanted += [ConsentKind.media_capture]
        wanted += [ConsentKind.media_shared] if answers.visible_to != VisibleTo.kept else []
    work.heed(rules.may_show(answers.visible_to, media is not None, told, work.today, person.born_on, policy))
    entry = work.add(
        JournalEntry(
            authority_id=person.authority_id,
            young_person_id=person.id,
            ref=next_ref(work, work.get(Authority, person.authority_id), "J"),
            kind_of_entry=kind,
            captured_on=answers.captured_on,
            caption=answers.caption or "",
            said=answers.said or "",
            visible_to=answers.visible_to,
            kept_by=work.actor.name,
            kept_by_login=work.actor.login,
        )
    )
    work.db.flush()
    whom = {"authority_id": person.authority_id, "young_person_id": person.id, "entry_id": entry.id}
    for consent in relied_on(consents, wanted, work.today, person.born_on):
        work.add(JournalPermission(**whom, consent_id=consent.id))
    if media is not None:
        work.add(
            JournalMedia(
                **whom,
                media_type=media.type.media_type,
                size=len(media.content),
                width=media.width,
                height=media.height,
                content=media.content,
                small=media.small,
                kept_by_login=work.actor.login,
                kept_at=work.clock.now(),
            )
        )
    return entry


@action("journal_entry.change")
def change_entry(
    work: Work, entry: JournalEntry, answers: JournalChangeAnswers, version: int | None = None
) -> JournalEntry:
    """Change the words of an entry, or who may see it. A wider showing needs the permissions for it today."""
    _own(work, entry)
    answers = taken(work, answers)
    has_media = entry.kind_of_entry != EntryKind.words
    if not has_media and not answers.caption and not answers.said:
        raise refuse("Nothing would be left of it.", place="said", way_out="Throw the entry away instead.")
    if answers.visible_to != entry.visible_to:
        person = work.get(YoungPerson, entry.young_person_id)
        consents, policy = consents_about(work, person.id), work.policy_of(entry)
        shown = rules.may_show(answers.visible_to, has_media, decisions(consents), work.today, person.born_on, policy)
        work.heed(shown)
        _lean_on(work, entry, answers.visible_to, has_media, consents, person)
    columns = {**answers.columns(), "caption": answers.caption or "", "said": answers.said or ""}
    work.change(entry, version, **columns)
    return entry


@action("journal_entry.give_out")
def give_out(work: Work, entry: JournalEntry) -> JournalMedia:
    """The media of an entry for use in public. R-CON-3 refuses without a "media public" permission in force today."""
    media = open_media(work, entry, "taken away for use in public")
    person = work.get(YoungPerson, entry.young_person_id)
    if entry.visible_to != VisibleTo.public:
        raise refuse("This entry is not to be shown in public.", way_out="Change who may see it first.")
    told = decisions(consents_about(work, person.id))
    work.heed(rules.may_show(entry.visible_to, True, told, work.today, person.born_on, work.policy_of(entry)))
    return media


@action("journal_entry.remove")
def remove_entry(work: Work, entry: JournalEntry) -> None:
    """Throw an entry away with its media, which may be shown to nobody any more."""
    _own(work, entry)
    _let_media_go(work, entry)
    for link in work.db.scalars(select(JournalPermission).where(JournalPermission.entry_id == entry.id)):
        work.db.delete(link)
    work.db.flush()
    work.db.delete(entry)


@action("journal_entry.remove")
def throw_media_away(work: Work, entry: JournalEntry) -> JournalEntry:
    """Throw the picture, film or recording away and keep the words: when a permission was taken back, or on asking."""
    _own(work, entry)
    if entry.kind_of_entry == EntryKind.words or entry.media_gone_on is not None:
        raise refuse("There is nothing to throw away.", way_out="Look at the entry again.")
    _let_media_go(work, entry)
    work.change(entry, media_gone_on=work.today)
    return entry


def media_name(entry: JournalEntry, media: JournalMedia) -> str:
    """The name media leaves under: the entry's reference, and the ending of what it is."""
    return f"{entry.ref}{TYPES[media.media_type].ending}"


def answers_of_entry(entry: JournalEntry) -> JournalChangeAnswers:
    """The entry as the answers that would write it again."""
    return answers_from(JournalChangeAnswers, entry)


def may_change(work: Work, entry: JournalEntry) -> bool:
    """Whether somebody may change an entry: whoever kept it, and the virtual school; others only see it."""
    scope = work.scope
    whole = scope is not None and any(
        grant.authority_id == entry.authority_id and grant.role.reaches("journal_entry", "child") == "authority"
        for grant in scope.grants
    )
    return whole or entry.kept_by_login == work.actor.login


def _own(work: Work, entry: JournalEntry) -> None:
    if not may_change(work, entry):
        raise NotFound(JournalEntry.words[0])


def _lean_on(
    work: Work, entry: JournalEntry, to: str, has_media: bool, consents: list[Consent], person: YoungPerson
) -> None:
    wanted = [ConsentKind.media_public] if to == VisibleTo.public else []
    wanted += [ConsentKind.media_shared] if has_media and to != VisibleTo.kept else []
    held = set(work.db.scalars(select(JournalPermission.consent_id).where(JournalPermission.entry_id == entry.id)))
    whom = {"authority_id": entry.authority_id, "young_person_id": entry.young_person_id, "entry_id": entry.id}
    for consent in relied_on(consents, wanted, work.today, person.born_on):
        if consent.id not in held:
            work.add(JournalPermission(**whom, consent_id=consent.id))


def _let_media_go(work: Work, entry: JournalEntry) -> None:
    gone = delete(JournalMedia).where(JournalMedia.entry_id == entry.id)
    done = work.db.execute(gone, execution_options={**_MEDIA, "synchronize_session": False})
    if done.rowcount:  # type: ignore[attr-defined]
        audit.note(
            work.db,
            audit.Line("removed", "journal_media", None, entry.authority_id, entry.young_person_id, {"ref": entry.ref}),
        )
