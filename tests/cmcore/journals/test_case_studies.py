"""Case studies: in hours of their own, drafted without names, and shared only through the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.commissions.actions import activate_commission, add_commission, approve_commission
from cmcore.commissions.words import Purpose
from cmcore.consents.actions import withdraw_consent
from cmcore.consents.forms import WithdrawAnswers
from cmcore.consents.records import Consent
from cmcore.consents.words import ConsentKind
from cmcore.journals.case_studies import (
    answers_of_case_study,
    begin_case_study,
    change_case_study,
    finish_case_study,
    publish_case_study,
    remove_case_study,
    reopen_case_study,
    share_case_study,
    take_back_case_study,
)
from cmcore.journals.forms import CaseStudyBeginAnswers
from cmcore.journals.paper import case_study_pdf
from cmcore.journals.records import CaseStudy
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from tests.cmcore.journals.kept_journals import kept, mentors, permitted
from tests.databases import Beginning


def settled(stage: Stage) -> Story:
    """A young person with a mentor, a session that tells of them by name, and hours for a case study."""
    made = Story.begin(stage)
    stage.on(date(2026, 9, 1))
    with stage.work("operator") as work:
        made.started(work)
    stage.on(date(2026, 11, 10))
    said = {"done": "Mossy printed with Juno at the press.", "words_said": "I showed Callum."}
    with stage.work("mentor", mentor_id=made.mentor_id) as work:
        made.logged(work, date(2026, 10, 6), **said)
    kept(made, caption="Mossy Bramblewick beside the second print.")
    with stage.work("operator") as work:
        told = made.commission_form(hours=4, purpose=Purpose.case_study)
        hours = activate_commission(work, approve_commission(work, add_commission(work, told)))
        made.numbers["hours"] = hours.id
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def begin(story: Story, **changes: object) -> CaseStudyBeginAnswers:
    """The answers that begin a case study."""
    told = CaseStudyBeginAnswers(
        commission_id=story.numbers["hours"],
        title="Two colours",
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 11, 10),
    )
    return replace(told, **changes)  # type: ignore[arg-type]


def begun(story: Story) -> int:
    """A case study the mentor has begun."""
    with mentors(story) as work:
        key: int = begin_case_study(work, begin(story)).id
    return key


def test_it_is_drafted_from_sessions_and_journal_with_every_name_left_out(story: Story) -> None:
    key = begun(story)
    with mentors(story) as work:
        study = work.get(CaseStudy, key)
        told = f"{study.done} {study.changed} {study.said}"
        assert "[name left out] printed with [name left out] at the press." in study.done
        assert "[name left out] beside the second print." in study.done
        assert study.said == "I showed [name left out]."
        for name in ("Mossy", "Bramblewick", "Juno", "Callum"):
            assert name not in told


def test_only_hours_commissioned_for_it_may_be_written_in(story: Story) -> None:
    with mentors(story) as work, refused("R-CAS-1", "not commissioned for a case study"):
        begin_case_study(work, begin(story, commission_id=story.commission_id))


def test_a_name_in_it_refuses_finishing_and_sharing_whoever_asks(story: Story) -> None:
    with mentors(story) as work, refused("R-CAS-2", "Bramblewick"):
        begin_case_study(work, begin(story, title="How Bramblewick began"))
    key = begun(story)
    with mentors(story) as work:
        study = work.get(CaseStudy, key)
        change_case_study(work, study, replace(answers_of_case_study(study), changed="Bramblewik speaks up now."))
    with mentors(story) as work, refused("R-CAS-2", "Bramblewik"):
        finish_case_study(work, work.get(CaseStudy, key))
    with mentors(story) as work:
        study = work.get(CaseStudy, key)
        change_case_study(work, study, replace(answers_of_case_study(study), changed="They speak up now."))
        finish_case_study(work, study)
    with mentors(story) as work, pytest.raises(NotAllowed):
        share_case_study(work, work.get(CaseStudy, key))
    with story.stage.work() as work:
        share_case_study(work, work.get(CaseStudy, key))
        assert case_study_pdf(work, work.get(CaseStudy, key)).startswith(b"%PDF")


def test_a_month_is_no_name_and_small_letters_hide_none(story: Story) -> None:
    story.beside("May", "Junefield")
    key = begun(story)
    with mentors(story) as work:
        study = work.get(CaseStudy, key)
        told = "It began on 5 May 2026, and in May 2026 it will go on."
        change_case_study(work, study, replace(answers_of_case_study(study), changed=told))
        finish_case_study(work, study)
        reopen_case_study(work, study)
        change_case_study(work, study, replace(answers_of_case_study(study), changed="mossy and May printed."))
    with mentors(story) as work, refused("R-CAS-2", "mossy and May"):
        finish_case_study(work, work.get(CaseStudy, key))


def test_a_name_known_only_since_is_kept_back_all_the_same(story: Story) -> None:
    key = begun(story)
    with mentors(story) as work:
        study = work.get(CaseStudy, key)
        change_case_study(work, study, replace(answers_of_case_study(study), changed="Wickenby helped."))
        finish_case_study(work, study)
    with story.stage.work() as work:
        share_case_study(work, work.get(CaseStudy, key))
    story.beside("Rue", "Wickenby")
    with story.stage.work() as work, refused("R-CAS-2", "Wickenby"):
        case_study_pdf(work, work.get(CaseStudy, key))


def test_it_is_shown_in_public_only_under_that_permission_and_never_after_it_ends(story: Story) -> None:
    key = begun(story)
    with mentors(story) as work:
        finish_case_study(work, work.get(CaseStudy, key))
    with story.stage.work() as work, refused("R-CON-3", "showing those in public"):
        publish_case_study(work, work.get(CaseStudy, key))
    with story.stage.work() as work:
        consent = permitted(work, story, ConsentKind.media_public).id
        study = publish_case_study(work, work.get(CaseStudy, key))
        assert b"%PDF" in case_study_pdf(work, study)[:8]
    with story.stage.work() as work:
        withdraw_consent(work, work.get(Consent, consent), WithdrawAnswers(withdrawn_on=work.today))
    with story.stage.work() as work, refused("R-CON-3", "showing those in public"):
        case_study_pdf(work, work.get(CaseStudy, key))
    with story.stage.work() as work:
        take_back_case_study(work, work.get(CaseStudy, key), "The permission was taken back.")
    with story.stage.work() as work, refused(None, "Taken back"):
        case_study_pdf(work, work.get(CaseStudy, key))


def test_those_around_find_it_once_it_is_shared_and_not_before(story: Story) -> None:
    key = begun(story)
    with story.stage.work("referrer", setting_id=story.setting_id) as work, pytest.raises(NotFound):
        work.get(CaseStudy, key)
    with mentors(story) as work:
        study = work.get(CaseStudy, key)
        finish_case_study(work, study)
        reopen_case_study(work, study)
        finish_case_study(work, study)
    with story.stage.work() as work:
        share_case_study(work, work.get(CaseStudy, key))
    with story.stage.work("referrer", setting_id=story.setting_id) as work:
        assert work.get(CaseStudy, key)
    for role in ("finance", "evaluator", "administrator"):
        with story.stage.work(role) as work, pytest.raises(NotFound):
            work.get(CaseStudy, key)


def test_what_nobody_was_shown_can_be_thrown_away_and_what_was_cannot(story: Story) -> None:
    key, other = begun(story), begun(story)
    with mentors(story) as work:
        remove_case_study(work, work.get(CaseStudy, other))
        finish_case_study(work, work.get(CaseStudy, key))
    with story.stage.work() as work:
        share_case_study(work, work.get(CaseStudy, key))
    with story.stage.work() as work, refused(None, "shown to others"):
        remove_case_study(work, work.get(CaseStudy, key))
