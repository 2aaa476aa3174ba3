"""What The Mighty Creatives kept of every mentor goes to the core when the database is brought up to date."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, text

import cmcore_mighty_creatives
from cmcore.base.engine import WRITING, engine_for
from cmcore.base.migrations import downgrade, upgrade
from cmcore.demo.sheets import reach
from cmcore.readiness.records import AssessmentRead, RiskAssessment, Supervision
from cmcore.testing import Stage, plugged
from cmcore.testing.story import Story
from cmcore_mighty_creatives.records import Reading

#: The columns of what was read, beside those every record has.
READ = "paper, edition, asked_on, read_on, recorded_by"


def test_what_was_kept_of_reflective_sessions_and_risk_assessments_goes_to_the_core(empty_database_url: str) -> None:
    engine = engine_for(empty_database_url)
    try:
        with plugged(cmcore_mighty_creatives):
            upgrade(engine)
            stage = Stage(engine)
            stage.authority()
            story = Story.begin(stage)
            downgrade(engine, "mighty_creatives", "0001")
            own = {"authority": stage.authority_id, "mentor": story.mentor_id}
            with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
                reach(connection, [stage.authority_id])
                kept = "version, created_at, changed_at, authority_id, mentor_id"
                values = "1, '2026-09-01', '2026-09-01', :authority, :mentor"
                for table, columns, told in (
                    ("reflective", "held_on, support, led_by", "'2026-10-06', 'reflective', 'Oriel Fenwhistle'"),
                    ("reading", READ, "'risk_assessment', '2026', '2026-09-01', '2026-09-02', 'Juno Tansyhurst'"),
                    ("reading", READ, "'induction_pack', '2026', '2026-09-01', '2026-09-02', 'Juno Tansyhurst'"),
                ):
                    name = f"cmp_mighty_creatives_{table}"
                    connection.execute(text(f"INSERT INTO {name} ({kept}, {columns}) VALUES ({values}, {told})"), own)
            upgrade(engine)
            with stage.work() as work:
                held = work.db.scalars(select(Supervision)).one()
                assert (held.held_on, held.led_by, held.attendance) == (date(2026, 10, 6), "Oriel Fenwhistle", "came")
                asked = select(AssessmentRead).join(AssessmentRead.assessment)
                read = work.db.scalars(asked.where(RiskAssessment.template.contains("Mighty"))).one()
                assert (read.read_on, read.mentor_id) == (date(2026, 9, 2), story.mentor_id)
                assert [one.paper for one in work.db.scalars(select(Reading))] == ["induction_pack"]
    finally:
        engine.dispose()
