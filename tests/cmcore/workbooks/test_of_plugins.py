"""A plugin's list as a workbook: declared through cm_workbooks, there where the plugin is on, gone where it is not."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import select

import cmcore_mighty_creatives
import cmcore_staffordshire
from cmcore.base.migrations import upgrade
from cmcore.exchange.columns import match_columns
from cmcore.exchange.given import GivenFile
from cmcore.testing import plugged
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import heads_of_workbook
from cmcore.workbooks.lists import list_of, lists_for
from cmcore.workbooks.sheet import held_records, held_rows, template
from cmcore_mighty_creatives.induction import ask_to_read
from cmcore_mighty_creatives.records import Reading
from cmcore_staffordshire.events.records import CulturalEvent
from tests.cmcore.workbooks.filled import Desk, filled, renamed

KIND = "mighty_creatives_reading"


def test_the_papers_mentors_read_come_in_as_a_workbook(desk: Desk) -> None:
    with plugged(cmcore_mighty_creatives):
        upgrade(desk.stage.engine)
        desk.kind = KIND
        with desk.stage.work() as work:
            from cmcore.mentors.records import Mentor

            authority = work.get(Authority, desk.stage.authority_id)
            ask_to_read(work, authority, work.get(Mentor, desk.story.mentor_id))
        with desk.stage.work() as work:
            authority = work.get(Authority, desk.stage.authority_id)
            listed = list_of(KIND, work, authority.id)
            assert listed.plugin == "mighty_creatives"
            rows = held_rows(work, listed, authority, held_records(work, listed, authority))
            blob = template(work, listed, authority, rows)
        made, run = desk.brings(filled(blob, listed.title, [{"The day it was read": date(2026, 11, 10)}]))
        assert made.outcomes[0].what == "changed" and run is not None
        with desk.stage.work() as work:
            assert work.db.scalars(select(Reading)).one().read_on == date(2026, 11, 10)
        late = {"Mentor": "WR-M-0001", "Paper": "Induction pack", "The day it was read": date(2026, 11, 10)}
        (again,) = desk.preview(filled(desk.empty(), listed.title, [late])).outcomes
        other = renamed(desk.empty(), listed.title, Paper="Document", **{"The day it was read": "Date read"})
        with desk.stage.work() as work:
            authority = work.get(Authority, desk.stage.authority_id)
            (heads,) = heads_of_workbook(work, listed, authority, GivenFile.holding("own.xlsx", other))
        matched = match_columns(heads).matches
        assert {matched["Paper"].how, matched["The day it was read"].how} == {"synonym"}
        assert "They were asked to read it already." in again.reasons[0].message
    with desk.stage.work() as work:
        assert KIND not in [one.key for one in lists_for(work, desk.stage.authority_id)]


def test_a_calendar_of_events_comes_in_as_a_workbook_and_a_second_time_changes_nothing(desk: Desk) -> None:
    with plugged(cmcore_staffordshire):
        upgrade(desk.stage.engine)
        desk.kind = "staffordshire_event"
        rows = [
            {
                "What is it called?": f"Shadow puppets {number}",
                "Art form": "Theatre and puppetry",
                "Who runs it": "Lanternfold Theatre",
                "Day": date(2027, number, 6),
                "From": time(10, 30),
                "To": time(14, 30),
                "Place": "The Old Malthouse",
                "How do they get there?": "A taxi for each who needs one",
                "Youngest": 8,
                "Oldest": 14,
                "How many young people can come": 16,
            }
            for number in (2, 3)
        ]
        blob = filled(desk.empty(), "Events", rows)
        made, run = desk.brings(blob)
        assert [one.what for one in made.outcomes] == ["new", "new"] and run is not None, made.outcomes
        with desk.stage.work() as work:
            found = work.db.scalars(select(CulturalEvent).order_by(CulturalEvent.starts_at)).all()
            assert [(one.title, one.on.month, one.capacity, one.state) for one in found] == [
                ("Shadow puppets 2", 2, 16, "planned"),
                ("Shadow puppets 3", 3, 16, "planned"),
            ]
        assert {one.what for one in desk.preview(blob).outcomes} == {"same"}
