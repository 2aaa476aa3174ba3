"""Studies in a console: set up, frozen, referred into, placed, compared, released; and what each role is shown."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from sqlalchemy import select

from cmcore.programmes.records import Programme
from cmcore.safekeeping.records import AuditEntry
from cmcore.virtual_schools.records import Authority
from cmcore_action_research.release.checker import check
from tests.console.autumn import Autumn
from tests.console.test_statements import cost, said
from tests.console.visitor import Visitor
from tests.plugins.consoles import console_with
from tests.plugins.studies_shown import furnish_studies, somebody, study_pages
from tests.plugins.test_artsmark_in_the_console import on
from tests.plugins.test_epep_culture_in_the_console import did


def seen_by(autumn: Autumn, app: Any, who: str) -> Visitor:
    """A browser of somebody who has signed in."""
    return Visitor(app).holds(autumn.token(who))


def test_a_study_from_its_protocol_to_a_place_in_the_console(autumn: Autumn) -> None:
    with console_with(autumn, action_research=["990"]) as app:
        with autumn.stage.work("operator") as work:
            authority = work.get(Authority, autumn.stage.authority_id)
            programme = work.add(
                Programme(
                    authority_id=authority.id,
                    key="study",
                    title="The study",
                    type_key="action-research",
                    measure_set="eight@1",
                )
            )
            person = somebody(work, authority, 0)
            work.db.flush()
            keys = (programme.id, person.id)
        hester = autumn.visitor(app)
        assert "No study yet" in hester.opens("/action-research-studies/").page
        wrong = hester.opens("/action-research-studies/add").sends(
            "/action-research-studies/add", title="Gaming and after", programme_id=keys[0]
        )
        assert wrong.status == 422 and "R-STUDY-12" in wrong.page
        study = did(hester, "/action-research-studies/add", title="The winter study", programme_id=keys[0])
        key = study.rpartition("/")[2]
        protocol = did(
            hester,
            f"/action-research-protocols/add?action_research_study_id={key}",
            question="Does it help?",
            who="Whoever wants to.",
            themes=["gaming", "crime"],
            measures=["all"],
            dose_hours=24,
            dose_months=3,
            least_age=15,
            most_age=18,
            places=10,
            waiting_weeks=12,
            **on("starts_on", 10, 11, 2026),
            **on("ends_on", 1, 7, 2027),
        )
        assert "plans no analysis yet" in hester.opens(protocol).page
        add = f"/action-research-analyses/add?action_research_protocol_id={protocol.rpartition('/')[2]}"
        did(hester, add, measure="all", statistic="median_change", compares="mentored_waiting")
        did(hester, f"{protocol}/freeze")
        assert re.search(r"[0-9a-f]{64}", hester.opens(protocol).page) and "Planned" in hester.page
        assert "stays as it is" in hester.opens(f"{protocol}/edit").page
        did(
            hester,
            "/action-research-partners/add",
            organisation="Quillhaven Lodgings",
            kind_of_partner="housing",
            name="Ros Amblewick",
            login="referrer@example.invalid",
            **on("starts_on", 1, 9, 2026),
        )
        assert "not a referral partner today" in hester.opens("/action-research-referrals/add").page
        ros = seen_by(autumn, app, "referrer")
        asked = ros.opens("/action-research-referrals/add").page
        assert "internet gaming" in asked and "homelessness" not in asked.lower()
        referral = did(
            ros,
            "/action-research-referrals/add",
            action_research_study_id=key,
            given_name="Merle",
            family_name="Tarnsworth",
            theme="gaming",
            willing="yes",
            **on("born_on", 1, 3, 2010),
        )
        assert "Received. A coordinator reads it." in ros.page and "internet gaming" not in ros.page
        assert "Referrals into studies" in hester.opens("/").page
        place = did(hester, f"{referral}/take-in", young_person_id=keys[1], **on("joined_on", 10, 11, 2026))
        assert "waiting for a place" in hester.opens(referral).page, place
        did(hester, f"{study}/round", many=1, **on("given_on", 10, 11, 2026))
        assert "with a place since 10 November 2026" in ros.opens(referral).page
        assert "Mentored first" in hester.opens(f"/action-research-comparison/{key}").page
        hester.opens(f"{study}/release").sends(f"{study}/release", age="band", sex="kept", group="kept", **_LEFT_OUT)
        assert hester.status == 422 and "R-STUDY-8" in hester.page and "Wait until more" in hester.page


_LEFT_OUT = dict.fromkeys(("care_status", "ethnicity", "send", "joined"), "left_out")


def test_each_role_is_shown_its_own_part_and_nobody_a_theme_in_passing(autumn: Autumn) -> None:
    with console_with(autumn, action_research=["990"]) as app:
        furnish_studies(autumn)
        pages, key = study_pages(autumn), autumn.keys
        hester, wilf = seen_by(autumn, app, "coordinator"), seen_by(autumn, app, "evaluator")
        ros, juno = seen_by(autumn, app, "referrer"), seen_by(autumn, app, "mentor")
        for path in pages:
            assert hester.opens(path).status == 200, path
            telling = "/action-research-themes/" in path or "/action-research-protocols/" in path
            assert telling or "omelessness" not in hester.page, path
            assert juno.opens(path).status in (403, 404), path
        # The theme is shown after a button, and that is written down.
        there = f"/action-research-referrals/{key['study_referral']}"
        assert "9. After 16: homelessness" in hester.opens(there).sends(there).page
        with autumn.stage.work("operator") as work:
            asked = select(AuditEntry.why).where(AuditEntry.kind_of_record == "action_research_referral")
            assert "Show name, date of birth and theme" in work.db.scalars(asked).all()
        # The partner sees their own referral and no other page.
        assert ros.opens(there).status == 200 and "Take into the study" not in ros.page
        for path in (f"/action-research-studies/{key['study']}", f"/action-research-places/{key['study_placed']}"):
            assert ros.opens(path).status in (403, 404), path
        # The evaluator sees the protocol without its themes, and what was given out.
        release = f"/action-research-releases/{key['study_release']}"
        for path in (
            f"/action-research-studies/{key['study']}",
            release,
            f"/action-research-protocols/{key['study_protocol']}",
        ):
            page = wilf.opens(path).page
            assert wilf.status == 200 and "omelessness" not in page and "M.T." not in page, path
        packed = wilf.opens(f"/action-research-release-files/{key['study_release']}/zip")
        assert "release-1.zip" in packed.answer.headers["Content-Disposition"]
        content = zipfile.ZipFile(io.BytesIO(packed.answer.data))
        assert check({name: content.read(name) for name in content.namelist()}).wrong == []
        outside = wilf.opens(f"/action-research-comparison/outside/{key['study_release']}").page
        assert "c</td>" in outside and "Planned" in outside and "Exploratory" in outside
        for path in (there, f"/action-research-comparison/{key['study']}", f"/action-research-themes/{key['study']}"):
            assert wilf.opens(path).status in (403, 404), path
        # Called back, it is gone for the evaluator.
        did(hester, f"{release}/call_back", reason="A fault was found.")
        assert wilf.opens(release).status == 404
        assert wilf.opens(f"/action-research-release-files/{key['study_release']}/zip").status == 404
        elsewhere = seen_by(autumn, app, "elsewhere")
        assert {elsewhere.opens(path).status for path in pages} <= {403, 404}
        # No theme in an address, in the search of the masthead, or in a list.
        assert all("homeless" not in path for path in pages)
        assert "WR-ST-0001" in hester.opens("/action-research-referrals/").page
        assert "WR-ST-0001" not in hester.opens("/action-research-referrals/?q=homelessness").page


@pytest.mark.parametrize("off", ["/action-research-studies/", "/action-research-referrals/"])
def test_where_the_plugin_is_off_there_is_no_study(autumn: Autumn, off: str) -> None:
    with console_with(autumn) as app:
        assert autumn.visitor(app).opens(off).status == 404


def test_lists_and_pages_take_few_statements(autumn: Autumn) -> None:
    with console_with(autumn, action_research=["990"]) as app:
        furnish_studies(autumn)
        hester, key = autumn.visitor(app), autumn.keys
        for path, most in (
            ("/action-research-studies/", 9),
            (f"/action-research-studies/{key['study']}", 20),
            ("/action-research-referrals/", 9),
            (f"/action-research-releases/{key['study_release']}", 16),
            (f"/action-research-comparison/{key['study']}", 22),
        ):
            spent = cost(hester, path, autumn.stage.engine)
            assert len(spent) <= most, f"{path} {len(spent)}\n{said(spent)}"
