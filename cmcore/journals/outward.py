"""What of young people may stand in a text that leaves: words and journal entries by permission, and never a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cmcore.base.findings import Finding
from cmcore.consents.rules import may_use
from cmcore.consents.words import ConsentKind
from cmcore.journals.queries import consents_about, decisions, found_names, own_names, roster_of
from cmcore.journals.records import JournalEntry
from cmcore.journals.words import VisibleTo
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson


def words_in_the_way(work: Work, person: YoungPerson) -> list[Finding]:
    """What refuses saying a young person's words in public today (R-CON-3, R-CON-2); nothing where they may be said."""
    told = decisions(consents_about(work, person.id))
    return may_use(told, ConsentKind.media_public, work.today, person.born_on, work.policy_of(person))


def entry_in_the_way(work: Work, entry: JournalEntry) -> list[Finding]:
    """What refuses showing a journal entry in public today: who may see it, and the permissions of its young person."""
    if entry.visible_to != VisibleTo.public:
        way_out = "Say on the entry that everybody may see it, if the young person wants that."
        return [Finding("This journal entry is not for everybody.", way_out=way_out)]
    return words_in_the_way(work, work.get(YoungPerson, entry.young_person_id))


def names_standing_in(work: Work, authority_id: int, texts: Iterable[str], about: Sequence[int] = ()) -> list[str]:
    """The names of young people, their adults and mentors of an authority that stand in texts, as they were typed.

    ``about`` are the keys of young people the texts are about: their names are found without capitals too.
    """
    roster, theirs = roster_of(work, authority_id), [own_names(work, key) for key in about] or [own_names(work, None)]
    return list(dict.fromkeys(name for text in texts for own in theirs for name in found_names(text, roster, own)))
