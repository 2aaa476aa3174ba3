"""Entering a young person, their time in care, their schools and their special needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotFound
from cmcore.network.actions import add_supporting_adult
from cmcore.network.forms import SupportingAdultAnswers
from cmcore.network.words import AdultRole
from cmcore.safekeeping.access import open_session
from cmcore.safekeeping.audit import MASK
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage, refused
from cmcore.virtual_schools.actions import add_setting
from cmcore.young_people import queries
from cmcore.young_people.actions import (
    add_care_episode,
    add_education_spell,
    add_send_status,
    add_young_person,
    answers_of_young_person,
    change_education_spell,
    change_young_person,
    remove_young_person,
)
from cmcore.young_people.forms import CareEpisodeAnswers, EducationSpellAnswers, SendStatusAnswers
from cmcore.young_people.records import YoungPerson
from cmcore.young_people.words import CareStatus, EducationStatus, SendLevel
from tests.cmcore.roster import JUNO, KINDS, a_young_person

AT_SCHOOL = EducationSpellAnswers(status=EducationStatus.enrolled, starts_on=date(2025, 9, 1))


def test_a_young_person_gets_a_reference_that_is_never_given_twice(stage: Stage) -> None:
    with stage.work() as work:
        first = a_young_person(work)
        assert (first.ref, str(first)) == ("WR-0001", "J.T. WR-0001")
        remove_young_person(work, first)
    with stage.work() as work:
        assert a_young_person(work).ref == "WR-0002"


def test_an_age_that_is_not_accepted_is_refused_and_an_unusual_one_warned_of(stage: Stage) -> None:
    with stage.work() as work:
        with refused("R-YP-1", "is 26; young people are accepted to the age of 25"):
            a_young_person(work, born_on=date(2000, 11, 10))
        with refused("R-YP-1", "11 November 2026, is after today, 10 November 2026"):
            a_young_person(work, born_on=date(2026, 11, 11))
        a_young_person(work, born_on=date(2004, 11, 10))
        assert [one.rule for one in work.warnings] == ["R-YP-1"]


def test_what_is_known_of_somebody_who_has_grown_older_can_still_be_put_right(stage: Stage) -> None:
    with stage.work() as work:
        key = a_young_person(work, born_on=date(2002, 1, 1)).id
    stage.on(date(2029, 1, 1))
    with stage.work() as work:
        person = work.get(YoungPerson, key)
        change_young_person(work, person, replace(answers_of_young_person(person), preferred_name="Ju"))
        with refused("R-YP-1"):
            change_young_person(work, person, replace(answers_of_young_person(person), born_on=date(2002, 1, 2)))


def test_a_number_that_somebody_has_already_is_refused_with_who_has_it(stage: Stage) -> None:
    with stage.work() as work:
        a_young_person(work, child_id="770001", upn="A123456789012")
        with refused(None, "J.T. WR-0001 has this number already"):
            a_young_person(work, child_id="770001")
        with refused(None, "J.T. WR-0001 has this unique pupil number already"):
            a_young_person(work, upn="a1234 56789012")
        other = a_young_person(work, child_id="770002")
        change_young_person(work, other, replace(answers_of_young_person(other), child_id="770003"))


def test_two_authorities_may_use_the_same_number(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work() as work:
        a_young_person(work, child_id="770001")
    with stage.work(authority_id=other) as work:
        assert a_young_person(work, child_id="770001").ref == "QU-0001"


def test_a_pupil_number_of_another_shape_is_refused_and_a_wrong_letter_warned_of(stage: Stage) -> None:
    with stage.work() as work:
        with refused(None, "This is not a unique pupil number"):
            a_young_person(work, upn="A12")
        a_young_person(work, upn="B123456789012")
        assert [one.place for one in work.warnings] == ["upn"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"looked_after_from": date(2011, 5, 2)}, "2 May 2011 is before the date of birth, 3 May 2011"),
        ({"died_on": date(2026, 11, 11)}, "11 November 2026 is after today"),
        ({"looked_after_from": date(2024, 5, 2), "ceased_on": date(2024, 5, 1)}, "before it began on 2 May 2024"),
    ],
)
def test_days_that_do_not_fit_together_are_refused(stage: Stage, changes: dict[str, date], words: str) -> None:
    with stage.work() as work, refused(None, words):
        a_young_person(work, care_status=CareStatus.care_leaver, **changes)


def test_the_rules_hold_for_answers_made_in_code_too(stage: Stage) -> None:
    with stage.work() as work, refused(None, "there is room for 100"):
        a_young_person(work, family_name="T" * 101)


def test_a_young_person_whom_something_hangs_on_is_not_removed(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work)
        add_care_episode(work, person, KINDS["care_episode"].answers)
        adult = SupportingAdultAnswers(role=AdultRole.parent, name="Bram Thistlewood")
        add_supporting_adult(work, person, adult)
        words = "This young person cannot be removed: care episodes and supporting adults hang on it."
        with refused(None, words):
            remove_young_person(work, person)
    with stage.work() as work:
        assert work.get(YoungPerson, person.id).ref == "WR-0001"


def test_a_referral_keeps_a_young_person_from_being_removed(stage: Stage) -> None:
    from cmcore.referrals.records import Referral

    with stage.work() as work:
        person = a_young_person(work)
        programme = KINDS["programme"].made(work)
        work.add(
            Referral(
                authority_id=stage.authority_id,
                young_person_id=person.id,
                programme_id=programme.id,
                ref="WR-R-0001",
                referrer_name="Bram Thistlewood",
                received_on=date(2026, 11, 9),
            )
        )
        with refused(None, "referrals hang on it"):
            remove_young_person(work, person)
        with refused(None, "This programme cannot be removed: referrals hang on it."):
            KINDS["programme"].remove(work, programme)


def test_spells_that_share_days_are_warned_of_by_name(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work)
        add_care_episode(work, person, CareEpisodeAnswers(starts_on=date(2024, 6, 1), ends_on=date(2025, 6, 1)))
        add_care_episode(work, person, CareEpisodeAnswers(starts_on=date(2025, 6, 1)))
        assert work.warnings == []
        add_care_episode(work, person, CareEpisodeAnswers(starts_on=date(2026, 1, 1)))
        assert [one.message for one in work.warnings] == ["This shares days with the care episode from 1 June 2025."]


def test_a_spell_does_not_share_days_with_itself_when_it_is_changed(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work)
        out = EducationSpellAnswers(status=EducationStatus.not_in_school, starts_on=date(2026, 9, 1))
        spell = add_education_spell(work, person, out)
        change_education_spell(work, spell, replace(out, starts_on=date(2026, 9, 7)))
        assert work.warnings == [] and spell.starts_on == date(2026, 9, 7)


def test_a_spell_does_not_begin_before_birth_nor_end_before_it_begins(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work)
        with refused(None, "is before the date of birth, 3 May 2011"):
            add_send_status(work, person, SendStatusAnswers(level=SendLevel.ehcp, starts_on=date(2011, 5, 2)))
        with refused(None, "The last day, 31 August 2025, is before the first, 1 September 2025."):
            add_education_spell(work, person, replace(AT_SCHOOL, ends_on=date(2025, 8, 31)))


def test_being_enrolled_nowhere_is_warned_of(stage: Stage) -> None:
    with stage.work() as work:
        add_education_spell(work, a_young_person(work), AT_SCHOOL)
        assert [one.place for one in work.warnings] == ["setting_id"]


def test_a_place_of_another_authority_cannot_be_chosen(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work(authority_id=other) as work:
        theirs = add_setting(work, KINDS["setting"].answers).id
    with stage.work() as work:
        person = a_young_person(work)
        with refused(None, "That setting was not found."):
            add_education_spell(work, person, replace(AT_SCHOOL, setting_id=theirs))
        with refused(None, "That setting was not found."):
            add_education_spell(work, person, replace(AT_SCHOOL, setting_id=999_999))


def test_where_somebody_is_at_school_is_told_for_a_day(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work)
        barn = add_setting(work, KINDS["setting"].answers)
        mill = add_setting(work, replace(KINDS["setting"].answers, name="Wrenfold Mill"))
        add_education_spell(work, person, replace(AT_SCHOOL, setting_id=barn.id, ends_on=date(2026, 7, 20)))
        add_education_spell(work, person, replace(AT_SCHOOL, setting_id=mill.id, starts_on=date(2026, 9, 1)))
        at = [
            queries.current_setting(work, person, on) for on in (date(2025, 8, 31), date(2026, 7, 20), date(2026, 8, 1))
        ]
        assert at == [None, barn, None] and queries.current_setting(work, person) is mill


def test_opening_a_record_is_written_down_with_why(stage: Stage) -> None:
    with stage.work() as work:
        key = a_young_person(work).id
    with stage.work() as work:
        assert queries.open_record(work, key, "a review").id == key
    with open_session(stage.engine, stage.scope("operator")) as db:
        line = db.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        assert line is not None
        assert (line.what, line.young_person_id, line.why) == ("read", key, "a review")


def test_a_record_out_of_reach_is_not_found_and_not_written_down(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work() as work:
        key = a_young_person(work).id
    for who in ({"authority_id": other}, {"role": "administrator"}, {"role": "mentor", "mentor_id": 1}):
        with pytest.raises(NotFound), stage.work(**who) as work:
            queries.open_record(work, key)


def test_names_numbers_and_dates_of_birth_are_masked_in_the_audit(stage: Stage) -> None:
    with stage.work() as work:
        a_young_person(work, upn="A123456789012", child_id="770001", phone="01632 960 999")
    with open_session(stage.engine, stage.scope("operator")) as db:
        asked = select(AuditEntry).where(AuditEntry.kind_of_record == "young_person")
        told = db.scalars(asked).one().detail
    assert {told[key] for key in ("given_name", "family_name", "born_on", "upn", "child_id", "phone")} == {MASK}


@pytest.mark.parametrize(
    "text",
    ["J.T.", "jt", "j t", "juno", "TANSY", "tansy jun", "0001", "wr-0001", "770001", "A1234 56789012".replace(" ", "")],
)
def test_a_young_person_is_found_by_name_initials_reference_and_numbers(stage: Stage, text: str) -> None:
    with stage.work() as work:
        juno = a_young_person(work, upn="A123456789012", child_id="770001")
        add_young_person(work, replace(JUNO, given_name="Mossy", family_name="Bramblewick", child_id="660002"))
        assert queries.find(work, text) == [juno]


@pytest.mark.parametrize("text", ["m.t.", "%", "_", "uno", "tansyhurst mossy", "jt x"])
def test_what_matches_nobody_finds_nobody(stage: Stage, text: str) -> None:
    with stage.work() as work:
        a_young_person(work)
        assert queries.find(work, text) == []


def test_the_name_somebody_goes_by_gives_their_initials(stage: Stage) -> None:
    with stage.work() as work:
        person = a_young_person(work, preferred_name="Wren")
        assert person.initials == "W.T."
        assert queries.find(work, "wt") == [person] == queries.find(work, "wren")
        assert queries.find(work, "jt") == []


def test_a_search_gives_no_more_than_was_asked_for_and_nobody_of_another_authority(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with stage.work() as work:
        for name in ("Ash", "Elm", "Oak"):
            a_young_person(work, given_name=name)
        assert [one.given_name for one in queries.find(work, "tansy", limit=2)] == ["Ash", "Elm"]
        assert len(queries.find(work, "")) == 3
    with stage.work(authority_id=other) as work:
        assert queries.find(work, "tansy") == [] == queries.find(work, "WR-0001")


def test_the_codes_of_the_return_are_offered_in_words() -> None:
    offered = CareEpisodeAnswers.form.question("legal_status").kind.options
    assert ("C2", "C2 Full care order") in [(one.key, one.label) for one in offered]
