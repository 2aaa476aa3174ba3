"""The Mighty Creatives' plugin in a console: for several authorities at once, and never one's things in another's."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from cmcore.mentors.records import Mentor
from cmcore.virtual_schools.records import Authority
from cmcore_mighty_creatives.induction import ask_to_read
from cmcore_mighty_creatives.records import Reading
from tests.console.autumn import Autumn
from tests.plugins.consoles import console_with


def asked_to_read(autumn: Autumn) -> int:
    """The key of a paper the mentor was asked to read."""
    with autumn.stage.work() as work:
        authority = work.get(Authority, autumn.stage.authority_id)
        return ask_to_read(work, authority, work.get(Mentor, autumn.main.mentor_id))[0].id


def test_a_paper_to_read_stands_on_today_and_is_written_down_by_the_mentor(autumn: Autumn) -> None:
    with console_with(autumn, mighty_creatives=["990"]) as app:
        key = asked_to_read(autumn)
        assert "Papers of the induction pack to read" in autumn.visitor(app).opens("/").page
        juno = autumn.visitor(app, "mentor").opens(f"/mighty-creatives-papers/{key}/read")
        assert juno.status == 200, juno.page
        assert juno.sends(f"/mighty-creatives-papers/{key}/read", read_on="2026-11-10").status == 303
    with autumn.stage.work() as work:
        assert work.get(Reading, key).read_on == date(2026, 11, 10)


def test_a_mentors_page_says_whether_the_pack_was_read(autumn: Autumn) -> None:
    with console_with(autumn, mighty_creatives=["990"]) as app:
        asked_to_read(autumn)
        page = autumn.visitor(app).opens(f"/mentors/{autumn.main.mentor_id}").page
        assert "Induction pack" in page and "Not read yet" in page


def test_a_young_persons_page_offers_the_papers_and_to_bring_the_form_up_to_date(autumn: Autumn) -> None:
    story = autumn.main
    with console_with(autumn, mighty_creatives=["990"]) as app:
        hester = autumn.visitor(app).opens(f"/young-people/{story.person_id}")
        assert "Papers of The Mighty Creatives" in hester.page and "on the form" in hester.page
        path = f"/mighty-creatives-form/{story.enrolment_id}"
        assert "of the 8 Measures will be put on it" in hester.opens(path).page
        assert hester.sends(path).status == 303
        shown = hester.opens(f"/young-people/{story.person_id}").page
        assert "Referral and Reporting Form" in shown
        assert "It is up to date." in hester.opens(path).page


def test_it_serves_two_authorities_at_once_and_neither_sees_the_others(autumn: Autumn) -> None:
    with console_with(autumn, mighty_creatives=["990", "991"]) as app:
        asked_to_read(autumn)
        theirs = autumn.visitor(app, "elsewhere").opens("/mighty-creatives-papers/")
        assert theirs.status == 200, theirs.page
        assert "Juno Tansyhurst" not in theirs.page and "Not read yet" not in theirs.page
        assert "Juno Tansyhurst" in autumn.visitor(app).opens("/mighty-creatives-papers/").page
    with autumn.stage.work() as work:
        assert {one.authority_id for one in work.db.scalars(select(Reading))} == {autumn.stage.authority_id}


def test_switched_off_nothing_of_it_appears(autumn: Autumn) -> None:
    with console_with(autumn) as app:
        hester = autumn.visitor(app)
        assert hester.opens("/mighty-creatives-papers/").status == 404
        for path in (f"/mentors/{autumn.main.mentor_id}", f"/young-people/{autumn.main.person_id}", "/"):
            page = hester.opens(path).page
            assert "Induction pack" not in page and "Mighty Creatives" not in page
