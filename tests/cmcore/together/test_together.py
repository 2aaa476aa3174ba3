"""One act with many records: the preview changes nothing, what refuses stays, and all of it can be taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.enrolments.actions import accept_referral
from cmcore.enrolments.records import Enrolment
from cmcore.exchange.records import ImportRun
from cmcore.mentors.records import MentorCheck
from cmcore.messages.actions import went_out
from cmcore.messages.queries import RunningOut
from cmcore.messages.records import OutgoingMessage
from cmcore.referrals.actions import add_referral, decide_referral
from cmcore.referrals.records import Referral
from cmcore.returns.undo import undo_import, undo_together
from cmcore.safekeeping.records import AuditEntry, StateChange
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from cmcore.together.acts import MOST, TogetherAct
from cmcore.together.doing import do_together, preview_together
from cmcore.together.sent import sent_since

READ = TogetherAct(
    "triage", "Read it", Referral, "referral.decide", lambda work, one: decide_referral(work, one, "triage")
)
ACCEPT = TogetherAct("accept", "Accept", Referral, "referral.decide", accept_referral)


def referrals(stage: Stage) -> tuple[int, int, int]:
    """Two referrals that were sent, and one that is a draft still."""
    story = Story.begin(stage)
    others = [story.beside("Dapple", "Fernsby"), story.beside("Oriel", "Crane")]
    with stage.work() as work:
        sent = [one.refer(work).id for one in (story, others[0])]
        return sent[0], sent[1], add_referral(work, others[1].referral_form()).id


def states(work: Work, *keys: int) -> list[str]:
    return [work.get(Referral, key).state for key in keys]


def test_a_preview_says_what_would_come_of_each_and_changes_nothing(stage: Stage) -> None:
    first, second, draft = referrals(stage)
    with stage.work() as work:
        came = preview_together(work, READ, (first, draft, second, 999))
        assert [one.what for one in came.outcomes] == ["changed", "refused", "changed", "refused"]
        assert came.outcomes[0].said == (("Where it stands", "Submitted", "In triage"),)
        assert "draft" in came.outcomes[1].findings[0].message.lower()
        assert came.outcomes[3].findings[0].message.startswith("It is no longer within your reach")
    with stage.work() as work:
        assert states(work, first, second, draft) == ["submitted", "submitted", "draft"]
        assert work.db.scalar(select(func.count()).select_from(ImportRun)) == 0


def test_what_may_is_done_what_may_not_is_left_and_all_of_it_is_taken_back(stage: Stage) -> None:
    first, second, draft = referrals(stage)
    with stage.work() as work:
        seen = preview_together(work, READ, (first, second, draft)).digest
    with stage.work() as work:
        came, run = do_together(work, READ, (first, second, draft), authority_id=stage.authority_id, seen=seen)
        assert came.counts == {"changed": 2, "same": 0, "refused": 1} and run is not None
        key = run.id
    with stage.work() as work:
        assert states(work, first, second, draft) == ["triage", "triage", "draft"]
        undo_together(work, work.get(ImportRun, key))
    with stage.work() as work:
        assert states(work, first, second, draft) == ["submitted", "submitted", "draft"]
        steps = select(StateChange.transition).where(StateChange.record_id == first).order_by(StateChange.id)
        assert list(work.db.scalars(steps))[-2:] == ["triage", "taken_back"]
        acts = set(work.db.scalars(select(AuditEntry.act).where(AuditEntry.what == "changed")))
        assert {"referral.decide", "import_run.undo_together"} <= acts
        with refused(None, "taken back already"):
            undo_together(work, work.get(ImportRun, key))


def test_what_an_act_made_goes_again_unless_somebody_built_on_it(stage: Stage) -> None:
    first, second, _ = referrals(stage)
    for act in (READ, ACCEPT):
        with stage.work() as work:
            _, run = do_together(work, act, (first, second), authority_id=stage.authority_id)
            assert run is not None
            key = run.id
    with stage.work() as work:
        assert work.db.scalar(select(func.count()).select_from(Enrolment)) == 2
        undo_together(work, work.get(ImportRun, key))
    with stage.work() as work:
        assert work.db.scalar(select(func.count()).select_from(Enrolment)) == 0
        assert states(work, first, second) == ["triage", "triage"]
        decide_referral(work, work.get(Referral, second), "decline", "Another way suits better.")
    with stage.work() as work:
        _, run = do_together(work, ACCEPT, (first, second), authority_id=stage.authority_id)
        assert run is not None
        work.change(work.get(Referral, first), interests="Drums")
        key = run.id
    with stage.work() as work, refused(None, "changed since"):
        undo_together(work, work.get(ImportRun, key))


def test_a_receipt_says_how_many_messages_its_act_caused_were_sent_before_it_was_taken_back(stage: Stage) -> None:
    first, second, _ = referrals(stage)
    last = date(2026, 12, 1)
    renew = TogetherAct(
        "renew",
        "Set the last day",
        MentorCheck,
        "mentor_check.change",
        lambda work, one: work.change(one, expires_on=last),
    )
    with stage.work("operator") as work:
        dbs, other = work.db.scalars(
            select(MentorCheck.id).order_by(MentorCheck.kind_of_check != "enhanced_dbs", MentorCheck.id).limit(2)
        )
        runs = [do_together(work, renew, [one], authority_id=stage.authority_id)[1] for one in (dbs, other)]
        runs.append(do_together(work, READ, (first, second), authority_id=stage.authority_id)[1])
        keys = [one.id for one in runs if one is not None]
    with stage.work("operator") as work:
        check = work.get(MentorCheck, dbs)
        key = RunningOut(check.mentor_id, stage.authority_id, check.kind_of_check, last, 30).key
        told = [
            work.add(
                OutgoingMessage(
                    authority_id=stage.authority_id,
                    kind_of_message="expiry",
                    login=login,
                    key=key,
                    about_id=check.mentor_id,
                    until_on=last,
                    made_on=work.today,
                )
            )
            for login in ("hester", "juno", "rue")
        ]
        work.db.flush()
        assert [sent_since(work, work.get(ImportRun, key)) for key in keys] == [0, 0, 0]
        for one in told[:2]:
            went_out(work, one)
    with stage.work() as work:
        assert [sent_since(work, work.get(ImportRun, key)) for key in keys] == [2, 0, 0]
    stage.on(date(2026, 11, 11))
    with stage.work("operator") as work:
        undo_together(work, work.get(ImportRun, keys[0]))
        assert sent_since(work, work.get(ImportRun, keys[0])) == 2


def test_what_has_changed_since_it_was_seen_is_not_confirmed(stage: Stage) -> None:
    first, second, _ = referrals(stage)
    with stage.work() as work:
        seen = preview_together(work, READ, (first, second)).digest
    with stage.work() as work:
        decide_referral(work, work.get(Referral, first), "triage")
    with refused(None, "Something has changed since you looked"), stage.work() as work:
        do_together(work, READ, (first, second), authority_id=stage.authority_id, seen=seen)
    with stage.work() as work:
        assert states(work, second) == ["submitted"]


def test_whoever_may_not_do_it_to_one_may_not_do_it_to_many(stage: Stage) -> None:
    first, _, _ = referrals(stage)
    there = stage.authority("991", "Quillshire", "QU")
    with stage.work("referrer") as work, pytest.raises(NotAllowed):
        preview_together(work, READ, (first,))
    with stage.work("coordinator", authority_id=there) as work:
        assert preview_together(work, READ, (first,)).counts["refused"] == 1
        assert do_together(work, READ, (first,), authority_id=there)[1] is None
    with stage.work() as work:
        _, run = do_together(work, READ, (first,), authority_id=stage.authority_id)
        assert run is not None
        key = run.id
    with stage.work("coordinator", authority_id=there) as work, pytest.raises(NotFound):
        undo_together(work, work.get(ImportRun, key))
    with stage.work("finance") as work, pytest.raises(NotFound):
        undo_together(work, work.get(ImportRun, key))
    stage.on(date(2026, 11, 10) + timedelta(days=400))
    with stage.work() as work, refused("R-IMP-1", ""):
        undo_together(work, work.get(ImportRun, key))


def test_so_many_at_once_and_no_more(stage: Stage) -> None:
    with stage.work() as work, refused(None, f"At most {MOST}"):
        preview_together(work, READ, range(1, MOST + 2))
    with stage.work() as work:
        run = work.add(
            ImportRun(
                authority_id=stage.authority_id,
                importer="together",
                of_kind="referral",
                login=work.actor.login,
                started_by="Hester",
                started_at=work.clock.now(),
                receipt={"returns": False, "label": "Send", "needs": "referral.decide"},
            )
        )
        work.db.flush()
        with refused(None, "cannot be taken back"):
            undo_together(work, run)
        with refused(None, "cannot be taken back"):
            undo_import(work, run)
