"""The demonstration of a study passes every rule, and its release is verified."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from cmcore.api import Authority, MentoringSession, YoungPerson
from cmcore_action_research import demonstration, protocols
from cmcore_action_research.comparison import comparison
from cmcore_action_research.people_records import StudyReferral
from cmcore_action_research.queries import analyses_of, in_force
from cmcore_action_research.records import ResearchStudy
from cmcore_action_research.release.against_source import check_against
from cmcore_action_research.release.making import files_in
from cmcore_action_research.release_records import StudyRelease
from cmcore_action_research.words import Group, Standing
from plugins.action_research.tests.conftest import Ground


def test_a_study_of_the_demonstration_has_two_groups_and_a_verified_release(ground: Ground) -> None:
    with ground.stage.work("operator") as work:
        for number in range(24):
            ground.person(work, 40 + number, date(2009, 9, 1), "12"[number // 3 % 2], permitted=False)
        ground.story.accepted(work)
        ground.story.commissioned(work)
        work.db.flush()
    with ground.stage.work("operator") as work:
        demonstration.fill(work, work.get(Authority, ground.stage.authority_id))
    with ground.stage.work("operator") as work:
        study = work.db.scalars(select(ResearchStudy).order_by(ResearchStudy.id.desc())).first()
        assert study is not None
        held = in_force(work, study)
        assert held is not None and protocols.holds_still(work, held) == []
        found = comparison(work, study, held)
        assert found.people == {Group.mentored: 10, Group.waiting: 10}
        assert [one.standing for one in analyses_of(work, study)].count(Standing.exploratory) == 1
        assert work.db.scalars(select(StudyReferral).where(StudyReferral.state == "sent")).one()
        release = work.db.scalars(select(StudyRelease)).one()
        files = {name: content.encode() for name, content in files_in(work, release).items()}
        assert check_against(work, release, files).wrong == [] and release.state == "given"
        assert len(work.db.scalars(select(MentoringSession.id)).all()) > 8


def test_where_too_few_are_of_that_age_there_is_no_study(ground: Ground) -> None:
    with ground.stage.work("operator") as work:
        assert len(work.db.scalars(select(YoungPerson.id)).all()) == 1
        demonstration.fill(work, work.get(Authority, ground.stage.authority_id))
        assert len(work.db.scalars(select(ResearchStudy.id)).all()) == 1
