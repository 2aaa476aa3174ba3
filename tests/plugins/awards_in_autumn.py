"""Awards in an autumn: an adviser, somebody half way through Bronze, and an entry that waits for its sample."""

from __future__ import annotations

from datetime import date, timedelta

from cmcore.young_people.records import YoungPerson
from cmcore_arts_award.advising import add_adviser, add_training
from cmcore_arts_award.enrolling import assess, enrol
from cmcore_arts_award.evidencing import add_evidence, mark_part
from cmcore_arts_award.forms import (
    AdviserAnswers,
    AssessedAnswers,
    BatchAnswers,
    ChosenAnswers,
    EnrolAnswers,
    EnteredAnswers,
    EvidenceAnswers,
    MarkAnswers,
    SampledAnswers,
    TrainingAnswers,
)
from cmcore_arts_award.moderating import add_batch, choose, enter, sample
from cmcore_arts_award.queries import parts_of
from cmcore_arts_award.records import PartEvidence
from cmcore_arts_award.words import Mark
from tests.console.autumn import Autumn


def furnish_awards(autumn: Autumn) -> None:
    """Give an autumn its awards; the keys of one record of each kind stand in ``autumn.keys``."""
    stage = autumn.stage
    today: date = stage.clock.today()
    with stage.work() as work:
        adviser = add_adviser(
            work, AdviserAnswers(name="Odile Farthingdale", mentor_id=None, works_at="The hospital", left_on=None)
        )
        work.db.flush()
        levels = [f"arts_award.{level}" for level in ("discover", "explore", "bronze")]
        told = TrainingAnswers(
            levels=levels, trained_on=today - timedelta(days=200), valid_to=today + timedelta(days=30)
        )
        training = add_training(work, adviser, told)
        person = work.get(YoungPerson, autumn.main.person_id)
        asked = {"enrolled_on": today - timedelta(days=60), "setting_id": None, "aims_on": None}
        enrolment = enrol(
            work, person, EnrolAnswers(level="arts_award.bronze", arts_award_adviser_id=adviser.id, **asked)
        )
        explore = enrol(work, person, EnrolAnswers(level="arts_award.explore", arts_award_adviser_id=None, **asked))
        work.db.flush()
        mark = MarkAnswers(
            mark=Mark.passed, arts_award_adviser_id=adviser.id, marked_on=today, found_at="Pages 1 to 3", note=""
        )
        piece = EvidenceAnswers(text="A film of the press.", happened_on=today, shows=["artist"], kept_at="Red folder")
        made: list[PartEvidence] = []
        for one in (enrolment, explore):
            for part in parts_of(work, one)[: 2 if one is enrolment else 4]:
                made.append(add_evidence(work, part, piece))
                work.db.flush()
                mark_part(work, part, mark)
        assess(work, explore, AssessedAnswers(arts_award_adviser_id=adviser.id, assessed_on=today))
        batch = add_batch(work, BatchAnswers(scheme="arts_award", title="Autumn 2026", kept_at="The shared drive"))
        work.db.flush()
        choose(work, batch, ChosenAnswers(enrolments=[str(explore.id)]))
        work.db.flush()
        enter(work, batch, EnteredAnswers(entered_on=today, reference="TCL-0042"))
        sample(work, batch, SampledAnswers(sampled_on=today, enrolments=[str(explore.id)]))
        work.db.flush()
        autumn.keys |= {
            "award": enrolment.id,
            "award_part": parts_of(work, enrolment)[2].id,
            "award_evidence": made[0].id,
            "award_adviser": adviser.id,
            "award_training": training.id,
            "award_entry": batch.id,
        }


def award_pages(autumn: Autumn) -> list[str]:
    """The pages about one award, part, piece of evidence, adviser and entry, and the forms they lead to."""
    keys = autumn.keys
    award, part, piece = keys["award"], keys["award_part"], keys["award_evidence"]
    return [
        f"/arts-award-enrolments/{award}",
        f"/arts-award-enrolments/{award}/edit",
        f"/arts-award-enrolments/add?young_person_id={autumn.main.person_id}",
        f"/arts-award-parts/{part}",
        f"/arts-award-parts/{part}/pick",
        f"/arts-award-parts/{part}/mark",
        f"/arts-award-evidence/{piece}",
        f"/arts-award-evidence/add?arts_award_part_id={part}",
        f"/arts-award-advisers/{keys['award_adviser']}",
        f"/arts-award-trainings/{keys['award_training']}",
        f"/arts-award-trainings/add?arts_award_adviser_id={keys['award_adviser']}",
        f"/arts-award-entries/{keys['award_entry']}",
        f"/arts-award-entries/{keys['award_entry']}/upload",
        "/arts-award-entries/add",
    ]


#: The board, and every list.
AWARD_LISTS = (
    "/arts-award/",
    "/arts-award/levels",
    "/arts-award/settings",
    "/arts-award-enrolments/",
    "/arts-award-parts/",
    "/arts-award-evidence/",
    "/arts-award-advisers/",
    "/arts-award-trainings/",
    "/arts-award-entries/",
)
