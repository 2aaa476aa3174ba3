"""Journals: kept under a permission, shown under another, hidden the day it ends, whoever asks and however."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from cmcore.base.findings import Finding, NotAllowed, NotFound
from cmcore.consents.actions import remove_consent, withdraw_consent
from cmcore.consents.forms import WithdrawAnswers
from cmcore.consents.records import Consent
from cmcore.consents.words import ConsentKind, Decider
from cmcore.exchange.media.cleaning import Cleaned
from cmcore.journals.actions import (
    change_entry,
    give_out,
    keep_entry,
    media_name,
    remove_entry,
    throw_media_away,
)
from cmcore.journals.forms import JournalChangeAnswers
from cmcore.journals.queries import media_of, open_media, rests_on
from cmcore.journals.records import JournalEntry, JournalMedia
from cmcore.journals.words import VisibleTo
from cmcore.referrals.records import Referral
from cmcore.safekeeping.access import OutOfBounds, beyond
from cmcore.safekeeping.records import AuditEntry
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, a_plugin, plugged, refused
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from tests.cmcore.journals.kept_journals import DAY, entry_form, kept, mentors, permitted, picture
from tests.databases import Beginning

SHARED, PUBLIC = ConsentKind.media_shared, ConsentKind.media_public


def settled(stage: Stage) -> Story:
    """A young person with a mentor who works with them."""
    made = Story.begin(stage)
    stage.on(date(2026, 9, 1))
    with stage.work("operator") as work:
        made.started(work)
    stage.on(date(2026, 11, 10))
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def shown_to(story: Story, key: int, *, role: str = "coordinator", login: str = "hester") -> bool:
    """Whether somebody is given the picture of an entry."""
    named = {"mentor_id": story.mentor_id} if role == "mentor" else {"setting_id": story.setting_id}
    with story.stage.work(role, login=login, **named) as work:
        return work.db.scalars(select(JournalMedia.id).where(JournalMedia.entry_id == key)).first() is not None


def test_a_picture_is_kept_under_a_permission_and_says_which(story: Story) -> None:
    with story.stage.work() as work:
        consent = permitted(work, story).id
    key = kept(story, picture())
    with mentors(story) as work:
        entry = work.get(JournalEntry, key)
        media = open_media(work, entry)
        assert (entry.kind_of_entry, media.media_type, media.content) == ("photo", "image/jpeg", picture().content)
        assert media_name(entry, media) == f"{entry.ref}.jpg"
        assert [one.id for one in rests_on(work, entry)] == [consent]
    with story.stage.work() as work, refused(None, "hang"):
        remove_consent(work, work.get(Consent, consent))


def test_without_a_permission_no_picture_is_kept_and_words_are(story: Story) -> None:
    with mentors(story) as work, refused("R-CON-3", "no permission in force on 9 November 2026"):
        keep_entry(work, entry_form(story), picture())
    key = kept(story, said="I did that.")
    with mentors(story) as work:
        assert work.get(JournalEntry, key).kind_of_entry == "words"


def test_a_permission_must_hold_on_the_day_of_the_picture_and_on_the_day_it_is_kept(story: Story) -> None:
    with story.stage.work() as work:
        permitted(work, story, starts_on=date(2026, 11, 10))
    with mentors(story) as work, refused("R-CON-3", "on 9 November 2026"):
        keep_entry(work, entry_form(story), picture())
    with mentors(story) as work:
        keep_entry(work, entry_form(story, captured_on=date(2026, 11, 10)), picture())
    with mentors(story) as work, refused(None, "still to come"):
        keep_entry(work, entry_form(story, captured_on=date(2026, 11, 11)), picture())


def test_there_is_something_in_an_entry(story: Story) -> None:
    with mentors(story) as work, refused(None, "nothing to keep"):
        keep_entry(work, entry_form(story, caption=None))


def test_others_are_shown_it_only_with_permission_to_share(story: Story) -> None:
    with story.stage.work() as work:
        permitted(work, story)
    with mentors(story) as work, refused("R-CON-3", "sharing those with the professionals"):
        keep_entry(work, entry_form(story, visible_to=VisibleTo.professionals), picture())
    key = kept(story, picture())
    assert shown_to(story, key, role="mentor", login="juno.tansyhurst")
    others = ({"role": "coordinator"}, {"role": "head"}, {"role": "operator"}, {"role": "mentor", "login": "kit"})
    assert [shown_to(story, key, **one) for one in others] == [False] * 4
    with story.stage.work() as work:
        permitted(work, story, SHARED)
    # Kept for the mentor and the virtual school: another mentor and the school do not see it yet.
    assert [shown_to(story, key, **one) for one in others] == [True, True, True, False]
    assert not shown_to(story, key, role="referrer")
    with mentors(story) as work:
        answers = JournalChangeAnswers(caption="The print.", visible_to=VisibleTo.professionals)
        change_entry(work, work.get(JournalEntry, key), answers)
    assert shown_to(story, key, role="referrer") and shown_to(story, key, role="mentor", login="kit")


@pytest.mark.parametrize("kind", [ConsentKind.media_capture, SHARED])
def test_taking_a_permission_back_hides_it_on_that_very_day_from_everybody_else(
    story: Story, kind: ConsentKind
) -> None:
    with story.stage.work() as work:
        taking = {one: permitted(work, story, one).id for one in (ConsentKind.media_capture, SHARED)}
    key = kept(story, picture(), visible_to=VisibleTo.professionals)
    assert shown_to(story, key)
    with story.stage.work() as work:
        withdraw_consent(work, work.get(Consent, taking[kind]), WithdrawAnswers(withdrawn_on=work.today))
    assert not any(shown_to(story, key, role=role) for role in ("coordinator", "head", "operator", "referrer"))
    own = shown_to(story, key, role="mentor", login="juno.tansyhurst")
    assert own is (kind is SHARED)
    with story.stage.work() as work, pytest.raises(NotFound):
        open_media(work, work.get(JournalEntry, key))


def test_at_eighteen_the_social_workers_permission_covers_nothing_more(story: Story) -> None:
    with story.stage.work("operator") as work:
        work.change(work.get(YoungPerson, story.person_id), born_on=date(2008, 11, 12))
    with story.stage.work() as work:
        permitted(work, story)
        permitted(work, story, SHARED)
    key = kept(story, picture(), visible_to=VisibleTo.professionals)
    story.stage.on(date(2026, 11, 11))
    assert shown_to(story, key)
    story.stage.on(date(2026, 11, 12))
    assert not shown_to(story, key) and not shown_to(story, key, role="mentor", login="juno.tansyhurst")
    with mentors(story) as work, refused("R-CON-2", "the 18th birthday"):
        keep_entry(work, entry_form(story, captured_on=date(2026, 11, 12)), picture())
    with story.stage.work() as work:
        for kind in (ConsentKind.media_capture, SHARED):
            permitted(work, story, kind, decided_by=Decider.young_person, starts_on=date(2026, 11, 12))
    assert shown_to(story, key)


def test_the_rule_cannot_be_walked_round_by_counting_joining_or_reading_columns(story: Story) -> None:
    with story.stage.work() as work:
        permitted(work, story)
    kept(story, picture())
    with story.stage.work("operator") as work:
        asked = (
            select(func.count()).select_from(JournalMedia),
            select(func.count(JournalMedia.id)),
            select(func.sum(JournalMedia.size)),
        )
        assert [work.db.scalar(one) or 0 for one in asked] == [0, 0, 0]
        assert work.db.execute(select(JournalMedia.content)).first() is None
        assert work.db.execute(select(JournalMedia.small).join(JournalMedia.entry)).first() is None
        assert work.db.get(JournalMedia, 1) is None


def test_a_plugin_is_given_no_more_than_whoever_acts(story: Story) -> None:
    with story.stage.work() as work:
        permitted(work, story)
    kept(story, picture())
    found: list[object] = []

    def looks(work: Work, referral: Referral) -> list[Finding]:
        found.append(work.db.scalars(select(JournalMedia)).all())
        with pytest.raises(OutOfBounds):
            work.db.execute(text("SELECT content FROM cm_journal_media"))
        with pytest.raises(OutOfBounds):
            work.db.execute(JournalMedia.__table__.select())
        return []

    with plugged(a_plugin(cm_check_referral=looks)), story.stage.work() as work:
        story.refer(work)
    assert found == [[]]


def test_only_what_was_cleaned_is_kept_and_it_stays_as_it_is(story: Story) -> None:
    with pytest.raises(TypeError):
        Cleaned(picture().type, b"as it came", b"", 1, 1, object())
    with story.stage.work() as work:
        permitted(work, story)
    kept(story, picture())
    with pytest.raises(DatabaseError, match="stays as it was cleaned"), story.stage.work("operator") as work:
        forced = text("UPDATE cm_journal_media SET content = content")
        work.db.execute(forced, execution_options=beyond("a test that walks past"))


def test_each_look_is_written_down(story: Story) -> None:
    with story.stage.work() as work:
        permitted(work, story)
        permitted(work, story, SHARED)
    key = kept(story, picture())
    with story.stage.work(login="hester") as work:
        open_media(work, work.get(JournalEntry, key))
    with story.stage.work("operator") as work:
        asked = select(AuditEntry.login, AuditEntry.young_person_id).where(
            AuditEntry.kind_of_record == "journal_media", AuditEntry.what == "read"
        )
        assert [tuple(row) for row in work.db.execute(asked)] == [("hester", story.person_id)]


def test_nothing_is_given_out_for_use_in_public_without_that_permission_today(story: Story) -> None:
    with story.stage.work() as work:
        permitted(work, story)
        permitted(work, story, SHARED)
    with mentors(story) as work, refused("R-CON-3", "showing those in public"):
        keep_entry(work, entry_form(story, visible_to=VisibleTo.public), picture())
    with mentors(story) as work, refused("R-CON-3", "showing those in public"):
        keep_entry(work, entry_form(story, visible_to=VisibleTo.public, said="Words too."))
    with story.stage.work() as work:
        public = permitted(work, story, PUBLIC).id
    key = kept(story, picture(), visible_to=VisibleTo.public)
    with mentors(story) as work, pytest.raises(NotAllowed):
        give_out(work, work.get(JournalEntry, key))
    with story.stage.work() as work:
        assert give_out(work, work.get(JournalEntry, key)).content == picture().content
        withdraw_consent(work, work.get(Consent, public), WithdrawAnswers(withdrawn_on=work.today))
    with story.stage.work() as work, refused("R-CON-3", "showing those in public"):
        give_out(work, work.get(JournalEntry, key))
    other = kept(story, picture())
    with story.stage.work() as work, refused(None, "not to be shown in public"):
        give_out(work, work.get(JournalEntry, other))


def test_media_is_thrown_away_also_when_nobody_may_be_shown_it(story: Story) -> None:
    with story.stage.work() as work:
        consent = permitted(work, story).id
    key, other = kept(story, picture()), kept(story, picture())
    with story.stage.work() as work:
        withdraw_consent(work, work.get(Consent, consent), WithdrawAnswers(withdrawn_on=work.today))
    with story.stage.work() as work:
        throw_media_away(work, work.get(JournalEntry, key))
        remove_entry(work, work.get(JournalEntry, other))
    with story.stage.work() as work:
        assert work.get(JournalEntry, key).media_gone_on == work.today
        left = select(func.count()).select_from(JournalMedia)
        assert work.db.scalar(left, execution_options=beyond("a test that counts what is left")) == 0
        gone = select(func.count()).where(AuditEntry.kind_of_record == "journal_media", AuditEntry.what == "removed")
        assert work.db.scalar(gone) == 2
        with pytest.raises(NotFound):
            work.get(JournalEntry, other)


def test_another_mentor_changes_nothing_of_it_and_another_authority_finds_nothing(story: Story) -> None:
    other = story.stage.authority("991", "Quillshire", "QU")
    key = kept(story, visible_to=VisibleTo.professionals)
    with story.stage.work("mentor", mentor_id=story.mentor_id, login="kit") as work, pytest.raises(NotFound):
        change_entry(work, work.get(JournalEntry, key), JournalChangeAnswers(visible_to=VisibleTo.kept, said="x"))
    with story.stage.work(authority_id=other) as work:
        assert work.db.scalars(select(JournalEntry)).all() == []
    for role in ("finance", "evaluator", "administrator"):
        with story.stage.work(role) as work:
            assert work.db.scalars(select(JournalEntry)).all() == []


def test_what_is_too_large_is_refused_by_the_authoritys_own_limit(story: Story) -> None:
    from cmcore.base.policy import Policy
    from cmcore.journals import rules
    from cmcore.journals.words import EntryKind

    policy = Policy.load(("its own", {"R-JOU-1": {"picture_mb": 1}}))
    assert rules.is_small_enough(EntryKind.photo, 1_000_000, policy) == []
    assert [one.rule for one in rules.is_small_enough(EntryKind.photo, 1_000_001, policy)] == ["R-JOU-1"]


def test_a_mentor_sees_no_entry_once_their_time_with_the_young_person_is_over(story: Story) -> None:
    key = kept(story, said="Mine.")
    with story.stage.work("operator") as work:
        story.scored(work, DAY)
    with mentors(story) as work:
        assert work.get(JournalEntry, key)
        assert media_of(work, work.get(JournalEntry, key)) is None
    with story.stage.work("operator") as work:
        from cmcore.commissions.records import Commission

        work.change(work.get(Commission, story.commission_id), ended_on=DAY)
    story.stage.on(DAY + timedelta(days=29))
    with mentors(story) as work, pytest.raises(NotFound):
        work.get(JournalEntry, key)
