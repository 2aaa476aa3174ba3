"""Derbyshire's plugin in a console: its referral form, its crises, its terms, what a commission begins with."""

from __future__ import annotations

from cmcore.commissions.records import Commission
from cmcore.referrals.records import Referral
from cmcore.virtual_schools.known_terms import known_years
from cmcore.virtual_schools.records import Federation, Setting, TermDates
from tests.console.autumn import Autumn
from tests.plugins.consoles import console_with


def test_a_new_referral_asks_derbyshires_questions_where_the_plugin_is_on(autumn: Autumn) -> None:
    with console_with(autumn, derbyshire=["990"]) as app:
        page = autumn.visitor(app).opens("/referrals/add").page
        assert "Who briefs the mentor" in page and "What has been tried" in page
    with console_with(autumn) as app:
        page = autumn.visitor(app).opens("/referrals/add").page
        assert "Who briefs the mentor" not in page and "What should get better" in page


def test_a_referral_is_written_sent_and_shown_with_what_derbyshire_asks_more(autumn: Autumn) -> None:
    story = autumn.main
    with console_with(autumn, derbyshire=["990"]) as app:
        hester = autumn.visitor(app).opens("/referrals/add")
        hester.sends(
            "/referrals/add",
            young_person_id=story.person_id,
            programme_id=story.programme_id,
            referrer_name="Ros Amblewick",
            received_on="2026-11-10",
            social_worker_id=story.social_worker_id,
            designated_teacher_id=story.teacher_id,
            urgency="routine",
            reasons=["engage"],
            concern="amber",
            outcomes=["confidence"],
            tried=["pastoral"],
            words_said="I want to make a film.",
            briefed_by=["social_care", "school"],
        )
        assert hester.status == 303, hester.page
        shown = hester.opens(hester.answer.location).page
        assert "I want to make a film." in shown and "Pastoral support at school" in shown
        edited = hester.opens(f"{hester.answer.request.path}/edit").page
        assert "I want to make a film." in edited


def test_a_crisis_of_the_federation_stands_on_today_and_in_its_own_list(autumn: Autumn) -> None:
    story = autumn.main
    with autumn.stage.work("operator") as work:
        federation = work.add(Federation(code="D990", name="The Tarnside Federation"))
        work.db.flush()
        work.get(Setting, story.setting_id).federation_id = federation.id
    with console_with(autumn, derbyshire=["990"]) as app:
        hester = autumn.visitor(app)
        crises = _crises(autumn)
        assert crises
        assert "Crises of the federation" in hester.opens("/").page
        listed = hester.opens("/derbyshire-crises/").page
        assert all(one.ref in listed for one in crises) and "The Tarnside Federation" in listed
    with console_with(autumn) as app:
        hester = autumn.visitor(app)
        assert "Crises of the federation" not in hester.opens("/").page
        assert hester.opens("/derbyshire-crises/").status == 404


def _crises(autumn: Autumn) -> list[Referral]:
    from sqlalchemy import select

    with autumn.stage.work() as work:
        asked = select(Referral).where(Referral.urgency == "crisis", Referral.state.in_(("submitted", "triage")))
        return list(work.db.scalars(asked))


def test_terms_are_entered_once_and_say_that_they_are_to_be_confirmed(autumn: Autumn) -> None:
    from sqlalchemy import func, select

    with console_with(autumn, derbyshire=["990"]) as app:
        hester = autumn.visitor(app).opens("/derbyshire-terms/")
        assert "To be confirmed by the authority" in hester.page
        assert "2025-26" in hester.page and "2026-27" not in hester.page, "2026 has a term of its own already"
        assert hester.sends("/derbyshire-terms/").status == 303
        assert "stand for every year" in hester.opens("/derbyshire-terms/").page
    with autumn.stage.work() as work:
        asked = select(func.count()).where(TermDates.authority_id == autumn.stage.authority_id, TermDates.year == 2025)
        assert work.db.scalar(asked) == len(known_years("cmcore_derbyshire")[0].terms)


def test_a_commission_begins_with_the_usual_hours_rate_and_pupil_premium_plus(autumn: Autumn) -> None:
    with autumn.stage.work() as work:
        from sqlalchemy import select

        enrolment_id = work.db.scalars(select(Commission.enrolment_id).limit(1)).one()
    with console_with(autumn, derbyshire=["990"]) as app:
        page = autumn.visitor(app).opens(f"/commissions/add?enrolment_id={enrolment_id}").page
        assert 'value="24"' in page and 'value="32.00"' in page and "Pupil premium plus" in page
    with console_with(autumn) as app:
        assert 'value="32.00"' not in autumn.visitor(app).opens(f"/commissions/add?enrolment_id={enrolment_id}").page


def test_the_six_measures_stand_beside_the_eight_and_are_never_added_up(autumn: Autumn) -> None:
    from sqlalchemy import select

    from cmcore.reviews.records import Review

    with console_with(autumn, derbyshire=["990"]) as app:
        assert "six measures of 2017 beside" not in autumn.visitor(app).opens("/evidence/").page
    with autumn.stage.work("operator") as work:
        for review in work.db.scalars(select(Review).where(Review.enrolment_id == autumn.main.enrolment_id)):
            review.measure_set = "six@2017"
            for score in list(review.scores):
                if score.measure in ("participation", "leadership"):
                    review.scores.remove(score)
    with console_with(autumn, derbyshire=["990"]) as app:
        page = autumn.visitor(app).opens("/evidence/").page
        assert "The six measures of 2017 beside the eight" in page
        key = _first_review(autumn)
        review = autumn.visitor(app).opens(f"/reviews/{key}").page
        assert "The same in both are engagement, confidence" in review and "never added up" in review
        assert "Confidence, the six" in page and "Confidence, the eight" in page and "Leadership, the six" not in page


def test_a_review_says_nothing_of_another_set_where_the_plugin_is_off(autumn: Autumn) -> None:
    from cmcore.reviews.records import Review

    key = _first_review(autumn)
    with autumn.stage.work("operator") as work:
        work.get(Review, key).measure_set = "six@2017"
    with console_with(autumn) as app:
        assert "The same in both are" not in autumn.visitor(app).opens(f"/reviews/{key}").page


def _first_review(autumn: Autumn) -> int:
    from sqlalchemy import select

    from cmcore.reviews.records import Review

    with autumn.stage.work() as work:
        asked = select(Review.id).where(Review.enrolment_id == autumn.main.enrolment_id)
        return work.db.scalars(asked.order_by(Review.id)).first() or 0
