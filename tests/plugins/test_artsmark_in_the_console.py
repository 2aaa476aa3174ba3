"""The journey to an Artsmark in a console: begun, judged, promised, proved, drafted, taken out, and due on Today."""

from __future__ import annotations

import re
from typing import Any

from tests.console.autumn import Autumn
from tests.console.test_statements import cost, said
from tests.console.visitor import Visitor
from tests.plugins.consoles import console_with
from tests.plugins.test_epep_culture_in_the_console import did

CRITERIA = ("values", "leadership", "engagement", "curriculum", "offer", "development", "partnerships", "inclusion")


def on(name: str, day: int, month: int, year: int) -> dict[str, Any]:
    """A day as a form asks for it."""
    return {f"{name}.day": day, f"{name}.month": month, f"{name}.year": year}


def begun(hester: Visitor) -> str:
    """A journey with every criterion judged; where it is."""
    there = did(
        hester, "/artsmark-journeys/add", led_by="Hester Quillmarsh", aims_at="gold", **on("registered_on", 1, 9, 2026)
    )
    key = there.rpartition("/")[2]
    for criterion in CRITERIA:
        add = f"/artsmark-judgements/add?artsmark_journey_id={key}"
        did(
            hester,
            add,
            criterion=criterion,
            at="start",
            judgement="silver",
            said="It shows.",
            **on("judged_on", 5, 10, 2026),
        )
    return there


def test_the_whole_way_in_the_console(autumn: Autumn) -> None:
    with console_with(autumn, artsmark=["990"]) as app:
        hester = autumn.visitor(app)
        assert "No journey yet" in hester.opens("/artsmark/").page
        journey = begun(hester)
        key = journey.rpartition("/")[2]
        assert "8 of 8 criteria judged" in hester.opens("/artsmark/").page
        assert "There is no commitment yet" in hester.opens(journey).page or "criterion is judged" in hester.page
        did(hester, f"{journey}/assess")
        promise = did(
            hester,
            f"/artsmark-commitments/add?artsmark_journey_id={key}",
            goal="An event in each half term",
            criterion="offer",
            principles=["exciting", "belonging"],
            owner="Hester Quillmarsh",
            **on("due_on", 1, 6, 2027),
        )
        statement = f"/artsmark-statements/{key}/commitment"
        assert "Nothing yet" in hester.opens(statement).page
        did(hester, f"{statement}/draft")
        assert "We will: An event in each half term" in hester.page
        did(hester, f"{journey}/commit", **on("committed_on", 2, 11, 2026), **on("impact_due_on", 9, 11, 2026))
        assert "R-AM-2" in hester.opens("/artsmark/").page and "due on 9 November 2026" in hester.page
        assert "1 Artsmark journey matches" in hester.opens("/artsmark-journeys/?due=impact").page
        assert "Artsmark statements past their day" in hester.opens("/").page
        did(hester, f"{promise}/start")
        there = did(
            hester,
            f"{promise}/number",
            figure="sessions_held",
            shows="They met.",
            **on("starts_on", 1, 9, 2026),
            **on("ends_on", 30, 11, 2026),
        )
        assert "Mentoring sessions held" in hester.opens(there).page
        evidence = re.findall(r'href="(/artsmark-evidence/\d+)"', hester.page)[0]
        assert "Counted again now" in hester.opens(evidence).page
        impact = f"/artsmark-statements/{key}/impact"
        assert "once a commitment is achieved" in hester.opens(impact).page
        assert "nothing to claim" in hester.opens(f"{journey}/claim").page
        did(hester, f"{promise}/achieve", achieved="They come back.", **on("achieved_on", 5, 11, 2026))
        did(hester, f"{impact}/draft")
        assert "They come back." in hester.page and "Mentoring sessions held" in hester.page
        for file, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
            hester.opens(f"{impact}/take/{file}")
            assert hester.status == 200 and hester.answer.data.startswith(begins)
            assert "attachment" in hester.answer.headers["Content-Disposition"]
        assert hester.opens(f"{impact}/take/exe").status == 404
        assert hester.opens(f"/artsmark-statements/{key}/nothing").status == 404
        passage = re.findall(r'href="(/artsmark-passages/\d+)"', hester.opens(impact).page)[1]
        did(hester, f"{passage}/edit", heading="Events", text="They come in crowds.", **{"cm-version": "1"})
        did(hester, f"{impact}/draft")
        assert "They come in crowds." in hester.page and "changed by hand" in hester.page
        did(hester, f"{promise}/reopen", reason="It stopped.")
        assert "is claimed and is not achieved" in hester.opens(impact).page
        assert hester.opens(f"{impact}/take/pdf").status != 200


def test_a_mentor_finds_no_journey_and_where_the_plugin_is_off_nobody_does(autumn: Autumn) -> None:
    with console_with(autumn, artsmark=["990"]) as app:
        key = begun(autumn.visitor(app)).rpartition("/")[2]
        setting = autumn.main.setting_id
        there = "/artsmark-journeys/add"
        did(autumn.visitor(app), there, setting_id=setting, led_by="", **on("registered_on", 1, 10, 2026))
        assert "Artsmark journey from October 2026" in autumn.visitor(app).opens(f"/settings/{setting}").page
        mentor = Visitor(app).holds(autumn.token("mentor"))
        for path in (
            "/artsmark/",
            "/artsmark-journeys/",
            f"/artsmark-journeys/{key}",
            f"/artsmark-statements/{key}/impact",
        ):
            assert mentor.opens(path).status in (403, 404), path
        assert "Artsmark" not in mentor.opens("/").page
    with console_with(autumn) as app:
        assert autumn.visitor(app).opens("/artsmark/").status == 404


def test_the_way_and_the_lists_take_few_statements(autumn: Autumn) -> None:
    with console_with(autumn, artsmark=["990"]) as app:
        hester = autumn.visitor(app)
        journey = begun(hester)
        for path, most in (
            ("/artsmark/", 16),
            (journey, 18),
            ("/artsmark-journeys/", 9),
            (f"/artsmark-statements/{journey.rpartition('/')[2]}/impact", 14),
        ):
            spent = cost(hester, path, autumn.stage.engine)
            assert len(spent) <= most, f"{path} {len(spent)}\n{said(spent)}"
