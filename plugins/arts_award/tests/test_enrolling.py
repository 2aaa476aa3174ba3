"""A young person is enrolled, gathers evidence, is marked, assessed and certificated; R-AA-1 to R-AA-4 both ways."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest
from sqlalchemy import select

import cmcore_arts_award
from cmcore.api import Authority, CulturalLine, NotAllowed, Period, award_standings, cultural_lines
from cmcore.api.asks import CulturalPart
from cmcore.testing import a_plugin, plugged, refused
from cmcore_arts_award.advising import add_training, remove_adviser
from cmcore_arts_award.enrolling import assess, move_enrolment, remove_enrolment, write_certificate
from cmcore_arts_award.evidencing import change_evidence, mark_part, pick_evidence, picking, remove_evidence
from cmcore_arts_award.forms import AssessedAnswers, CertificateAnswers, EvidenceAnswers, PickedAnswers, TrainingAnswers
from cmcore_arts_award.queries import missing, parts_of
from cmcore_arts_award.records import AwardEnrolment, AwardPart, PartEvidence
from cmcore_arts_award.words import Mark
from plugins.arts_award.tests.awarded import TODAY, Awards


def test_somebody_is_enrolled_where_they_learn_with_every_part_still_to_do(awards: Awards) -> None:
    with awards.stage.work() as work:
        made = awards.enrolled(work)
        assert (made.state, made.parts, made.passed) == ("enrolled", 4, 0)
        assert str(made) == "Arts Award Bronze" and made.setting_id == awards.story.setting_id
        assert [(part.part, part.mark) for part in parts_of(work, made)] == [(key, "not_started") for key in "ABCD"]
        assert missing(work, made)[1] == "B Be an audience: evidence"
        with refused(None, "They have an enrolment for Arts Award Bronze"):
            awards.enrolled(work)
        with refused(None, "is still to come"):
            awards.enrolled(work, "silver", enrolled_on=date(2026, 12, 1))
        told = award_standings(work, [awards.story.person_id])[awards.story.person_id]
        assert [(one.level_title, one.state, one.current) for one in told] == [("Arts Award Bronze", "enrolled", True)]


def test_bronze_and_above_are_from_11_and_every_level_is_up_to_25(awards: Awards) -> None:
    young = awards.story.beside("Rue", "Wickenby", date(2016, 2, 29)).person_id
    old = awards.story.beside("Fen", "Oldacre", date(2000, 9, 6)).person_id
    last = awards.story.beside("Ivo", "Penhallow", date(2000, 9, 8)).person_id
    with awards.stage.work() as work:
        with refused("R-AA-1", "aged 11 to 25, and they are 10 then"):
            awards.enrolled(work, "bronze", young)
        awards.enrolled(work, "explore", young)
        with refused("R-AA-1", "Discover is for young people aged up to 25, and they are 26 then"):
            awards.enrolled(work, "discover", old)
        awards.enrolled(work, "discover", last)


def test_what_is_recorded_is_picked_as_evidence_and_once_only(awards: Awards) -> None:
    with awards.stage.work() as work:
        part = parts_of(work, awards.enrolled(work))[0]
        form, there = picking(work, part)
        assert [one.source for one in there.values()] == ["Session on 17 November 2026", "Session on 10 November 2026"]
        assert form.question("sources").kind.options[0].label == "Printmaking: Two-colour lino print."
        first = next(iter(there))
        pick_evidence(work, part, PickedAnswers(sources=[first], shows=[], kept_at="Red folder"))
        assert (part.pieces, part.enrolment.state) == (1, "in_progress")
        assert first not in picking(work, part)[1]
        with refused(None):
            pick_evidence(work, part, PickedAnswers(sources=["session:999999"], shows=[], kept_at=""))
        remove_evidence(work, work.db.scalars(select(PartEvidence)).one())
        assert part.pieces == 0 and first in picking(work, part)[1]


def test_evidence_that_serves_a_second_part_is_pointed_out_where_the_award_forbids_it(awards: Awards) -> None:
    with awards.stage.work() as work:
        for level, warned in (("bronze", ["R-AA-4"]), ("discover", [])):
            a, b, *_ = parts_of(work, awards.enrolled(work, level))
            key = next(iter(picking(work, a)[1]))
            pick_evidence(work, a, PickedAnswers(sources=[key], shows=[], kept_at=""))
            assert not work.warnings
            pick_evidence(work, b, PickedAnswers(sources=[key], shows=[], kept_at=""))
            assert [one.rule for one in work.warnings] == warned
            work.warnings.clear()


def test_explore_b_needs_an_artist_and_an_organisation(awards: Awards) -> None:
    with awards.stage.work() as work:
        enrolment = awards.enrolled(work, "explore")
        part = parts_of(work, enrolment)[1]
        awards.evidenced(work, part, "artist")
        assert [one.message for one in work.warnings] == [
            "The evidence of B Explore does not show an arts organisation yet."
        ]
        assert "B Explore: an arts organisation" in missing(work, enrolment)
        work.warnings.clear()
        piece = work.db.scalars(select(PartEvidence)).one()
        both = EvidenceAnswers(text="Visit.", happened_on=TODAY, shows=["artist", "organisation"], kept_at="")
        change_evidence(work, piece, both)
        mark_part(work, part, awards.marking())
        assert not work.warnings and "B Explore" not in " ".join(missing(work, enrolment))


def test_a_part_is_marked_by_an_adviser_trained_for_the_level_on_that_day(awards: Awards) -> None:
    with awards.stage.work() as work:
        enrolment = awards.enrolled(work)
        part = parts_of(work, enrolment)[0]
        with refused(None, "no evidence of this part yet"):
            mark_part(work, part, awards.marking())
        awards.evidenced(work, part)
        with refused("R-AA-2", "Bram Nettlefold is not trained for this level"):
            mark_part(work, part, awards.marking(arts_award_adviser_id=awards.untrained_id))
        with refused("R-AA-2", "was trained for this level on 1 June 2026 only"):
            mark_part(work, part, awards.marking(marked_on=date(2026, 5, 31)))
        mark_part(work, part, awards.marking())
        assert (part.mark, part.marked_by_id, enrolment.passed) == ("pass", awards.adviser_id, 1)
        mark_part(work, part, awards.marking(mark=Mark.not_started))
        assert (part.mark, part.marked_on, enrolment.passed) == ("not_started", None, 0)


def test_training_that_ran_out_is_none(awards: Awards) -> None:
    with awards.stage.work() as work:
        other, part = awards.adviser(work, awards.untrained_id), parts_of(work, awards.enrolled(work))[0]
        awards.evidenced(work, part)
        told = TrainingAnswers(levels=["arts_award.bronze"], trained_on=date(2024, 1, 8), valid_to=date(2026, 11, 23))
        add_training(work, other, told)
        with refused("R-AA-2", "ran out on 23 November 2026"):
            mark_part(work, part, awards.marking(arts_award_adviser_id=other.id))
        mark_part(work, part, awards.marking(arts_award_adviser_id=other.id, marked_on=date(2026, 11, 23)))
        with refused(None, "advised or marked, and stays"):
            remove_adviser(work, other)


def test_a_level_is_assessed_once_every_part_is_passed_and_its_parts_stay_then(awards: Awards) -> None:
    with awards.stage.work() as work:
        enrolment = awards.enrolled(work)
        first = parts_of(work, enrolment)[0]
        awards.evidenced(work, first)
        mark_part(work, first, awards.marking())
        told = AssessedAnswers(arts_award_adviser_id=awards.adviser_id, assessed_on=TODAY)
        with refused("R-AA-3", "are not passed yet"):
            assess(work, enrolment, told)
        awards.passed(work, enrolment)
        assess(work, enrolment, told)
        assert (enrolment.state, enrolment.assessed_by) == ("assessed", "Odile Farthingdale")
        with refused(None, "its parts stay as they were"):
            awards.evidenced(work, first)
        with refused("R-AA-3", "looks at this level before there is a certificate"):
            write_certificate(work, enrolment, CertificateAnswers(ended_on=TODAY, certificate=""))
        with refused(None, "needs a reason"):
            move_enrolment(work, enrolment, "reopen")
        move_enrolment(work, enrolment, "reopen", "The film is missing.")
        assert (enrolment.state, enrolment.assessed_on, missing(work, enrolment)) == ("in_progress", None, [])


def test_discover_needs_no_moderation_and_is_a_line_of_the_cultural_page(awards: Awards) -> None:
    person = awards.story.person_id
    with awards.stage.work() as work:
        authority = work.get(Authority, awards.stage.authority_id)
        enrolment = awards.enrolled(work, "discover")
        period = Period(date(2026, 9, 1), TODAY)

        def said() -> list[str]:
            work.db.flush()
            told = cultural_lines(work, authority, [person], period)[person]
            return [one.text for one in told if one.part is CulturalPart.award]

        assert said() == ["Arts Award Discover: enrolled, 3 parts to do."]
        awards.assessed(work, enrolment)
        assert said()[0].endswith("3 of 3 parts passed (A Discover, B Find out and C Share).")
        write_certificate(work, enrolment, CertificateAnswers(ended_on=TODAY, certificate="AA-4417"))
        assert said() == ["Arts Award Discover: certificate of 24 November 2026."]
        assert not award_standings(work, [person])[person][0].current


def test_an_enrolment_is_withdrawn_and_taken_up_again_and_removed_only_while_nothing_was_done(awards: Awards) -> None:
    with awards.stage.work() as work:
        enrolment = awards.enrolled(work)
        move_enrolment(work, enrolment, "withdraw", "Moved away.")
        assert enrolment.ended_on == TODAY
        other = awards.enrolled(work)
        with refused(None, "They have an enrolment"):
            move_enrolment(work, enrolment, "take_up", "Back again.")
        remove_enrolment(work, other)
        work.db.flush()
        assert len(work.db.scalars(select(AwardPart)).all()) == 4
        move_enrolment(work, enrolment, "take_up", "Back again.")
        assert (enrolment.state, enrolment.ended_on) == ("in_progress", None)
        with refused(None, "Something was done for this award"):
            remove_enrolment(work, enrolment)
        with refused(None, "done by another step"):
            move_enrolment(work, enrolment, "certificate")


def test_a_mentor_gathers_evidence_of_their_own_and_marks_as_themselves_only(awards: Awards) -> None:
    with awards.stage.work() as work:
        key = awards.enrolled(work).id
    mentor = awards.story.mentor_id
    with awards.stage.work("mentor", mentor_id=mentor) as work:
        part = parts_of(work, work.get(AwardEnrolment, key))[0]
        awards.evidenced(work, part)
        with pytest.raises(NotAllowed):
            mark_part(work, part, awards.marking())
        with refused("R-AA-2"):
            mark_part(work, part, awards.marking(arts_award_adviser_id=awards.untrained_id))
        with pytest.raises(NotAllowed):
            awards.enrolled(work, "silver")
    with awards.stage.work("mentor", mentor_id=awards.story.another_mentor()) as work:
        assert work.db.scalars(select(AwardEnrolment)).first() is None
        assert work.db.scalars(select(PartEvidence)).first() is None
    other = awards.stage.authority("991", "Quillshire", "QU")
    with awards.stage.work(authority_id=other) as work:
        assert work.db.scalars(select(AwardPart)).first() is None


def test_what_another_plugin_knows_of_culture_is_picked_too(awards: Awards) -> None:
    def lines(people: Collection[int]) -> list[CulturalLine]:
        told = {"kind": "wrenshire_event", "record_id": 7, "source": "Event on 6 June 2026"}
        return [
            CulturalLine(young_person_id=key, part=part, text=text, **told)
            for key in people
            for part, text in (
                (CulturalPart.attended, "A film in a day."),
                (CulturalPart.barriers, "No bus back."),
            )
        ]

    with plugged(cmcore_arts_award, a_plugin(cm_cultural_lines=lines)), awards.stage.work() as work:
        part = parts_of(work, awards.enrolled(work))[1]
        there = picking(work, part)[1]
        assert [one.text for one in there.values() if one.kind == "wrenshire_event"] == ["A film in a day."]
        (piece,) = pick_evidence(work, part, PickedAnswers(sources=["wrenshire_event:7"], shows=[], kept_at=""))
        assert (piece.source_kind, piece.source_id, piece.source) == ("wrenshire_event", 7, "Event on 6 June 2026")
