"""A mentor's sessions in the console, scripts off: six questions, drafts, plans, the week, and concerns in reach."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cmcore.sessions.records import MentoringSession, SessionDraft
from tests.console.autumn import Autumn
from tests.console.test_two_at_once import carried
from tests.console.visitor import Visitor

ADD = "/sessions/add"
RING = 'href="tel:999"'


@pytest.fixture
def mentor(shipped: Flask, autumn: Autumn) -> Visitor:
    """Juno Tansyhurst, creative mentor, on the start page."""
    return autumn.visitor(shipped, "mentor")


def typed(autumn: Autumn, **changes: str) -> dict[str, str]:
    """The six questions and what goes with them, as a page sends them."""
    return {
        "commission_id": str(autumn.main.commission_id),
        "held_on": "2026-11-09",
        "starts": "10:00",
        "ends": "11:30",
        "place": "school",
        "outcome": "held",
        "done": "Second colour on the heron print.",
        "worrying": "no",
        "joint": "no",
        "mentor_drove": "no",
        "chargeable": "yes",
        **changes,
    }


def sessions(autumn: Autumn) -> int:
    with autumn.stage.work() as work:
        return len(list(work.db.scalars(select(MentoringSession.id))))


def drafts(autumn: Autumn) -> list[dict[str, Any]]:
    with autumn.stage.work("operator") as work:
        own = select(SessionDraft).where(SessionDraft.began_by == "mentor@example.invalid")
        return [one.values for one in work.db.scalars(own.order_by(SessionDraft.id))]


def follow(visitor: Visitor) -> Visitor:
    assert visitor.status == 303, visitor.page
    return visitor.opens(visitor.answer.location)


# ---- the form
def test_a_session_takes_six_questions_and_the_rest_is_folded_and_answered(mentor: Visitor, autumn: Autumn) -> None:
    page = mentor.opens(f"{ADD}?commission_id={autumn.main.commission_id}").page
    open_part = page.partition("<details")[0]
    asked = set(re.findall(r'name="([a-z_]+)[".]', open_part.partition("<form id")[2])) - {"csrf_token"}
    # Who, when (a day and two times), where, how it went, what was done; what was noticed and what worried may wait.
    assert asked == {
        *("commission_id", "held_on", "starts", "ends", "place", "outcome", "done"),
        *("in_the_way", "impact", "worrying"),
    }
    given = dict(re.findall(r'name="(held_on|starts|ends)" type="[a-z]+" value="([^"]+)"', page))
    assert given == {"held_on": "2026-11-10", "starts": "14:00", "ends": "15:30"}
    assert f'value="{autumn.main.commission_id}" checked' in page and 'value="school" selected' in page
    before = sessions(autumn)
    assert "Session kept" in follow(mentor.sends(ADD, **typed(autumn), **carried(page))).page
    assert sessions(autumn) == before + 1


def test_two_presses_send_one_session_and_going_back_loses_no_word(mentor: Visitor, autumn: Autumn) -> None:
    page = carried(mentor.opens(ADD).page)
    before = sessions(autumn)
    for said in ("Session kept", "It was kept already, once."):
        assert said in follow(mentor.sends(ADD, **typed(autumn), **page)).page
    assert sessions(autumn) == before + 1
    # Back, another day typed into the page that was sent, and sent again: told, and kept as another one when meant.
    mentor.sends(ADD, **typed(autumn, held_on="2026-11-08", done="Sunday's walk."), **page)
    assert mentor.status == 422 and "You sent this page before" in mentor.page and "Sunday&#39;s walk." in mentor.page
    assert sessions(autumn) == before + 1
    follow(mentor.sends(ADD, **typed(autumn, held_on="2026-11-08"), **carried(mentor.page)))
    assert sessions(autumn) == before + 2


def test_words_that_are_not_asked_of_such_a_session_are_never_dropped_silently(mentor: Visitor, autumn: Autumn) -> None:
    mentor.opens(ADD).sends(ADD, **typed(autumn, outcome="absent"))
    assert mentor.status == 422 and "is not kept of a session that went like this" in mentor.page
    assert "Second colour on the heron print." in mentor.page


def test_a_lift_is_asked_about_and_refused_without_the_insurance(mentor: Visitor, autumn: Autumn) -> None:
    assert "Did you drive?" in mentor.opens(ADD).page
    mentor.sends(ADD, **typed(autumn, mentor_drove="yes"))
    assert mentor.status == 422 and "R-INS-3" in mentor.page and 'href="#q-mentor_drove' in mentor.page


# ---- drafts
def test_a_draft_is_kept_by_a_button_offered_again_and_gone_once_sent(mentor: Visitor, autumn: Autumn) -> None:
    page = carried(mentor.opens(ADD).page)
    begun = typed(autumn, starts="half two", outcome="")
    home = follow(mentor.sends(ADD, **begun, **page, **{"cm-press.draft": "1"})).page
    assert "Saved as a draft" in home and "Your draft of a session" in home
    [there] = re.findall(r'href="(/sessions/add\?draft=\d+)"', mentor.opens(ADD).page)
    again = mentor.opens(there).page
    assert "half two" in again or 'value="half two"' in again
    assert "Second colour on the heron print." in again and "Throw it away" in again
    follow(mentor.sends(there, **typed(autumn), **carried(again)))
    assert drafts(autumn) == [] and "Your draft" not in mentor.opens("/").page


def test_a_script_keeps_the_draft_of_a_tab_that_is_killed(mentor: Visitor, autumn: Autumn) -> None:
    page = carried(mentor.opens(ADD).page)
    mentor.sends(ADD, **typed(autumn, done="First"), **page, **{"cm-autosave": "1"})
    assert (mentor.status, mentor.answer.json["version"]) == (200, 1)
    token = re.search(r'name="csrf_token" value="([^"]+)"', mentor.opens(ADD).page)
    assert token is not None
    later = {**page, "cm-draft": "1", "cm-autosave": "1"}
    mentor.sends(ADD, token=token[1], **typed(autumn, done="First, and more"), **later)
    assert mentor.answer.json["version"] == 2 and [one["done"] for one in drafts(autumn)] == ["First, and more"]
    # An older copy of the page does not undo it; its button keeps what stands there beside it.
    mentor.sends(ADD, token=token[1], **typed(autumn, done="Older"), **{**page, "cm-autosave": "1"})
    assert mentor.status == 409
    follow(mentor.sends(ADD, token=token[1], **typed(autumn, done="Older"), **page, **{"cm-press.draft": "1"}))
    assert [one["done"] for one in drafts(autumn)] == ["First, and more", "Older"]


def test_a_draft_is_nobody_elses_and_is_thrown_away_by_who_began_it(
    mentor: Visitor, shipped: Flask, autumn: Autumn
) -> None:
    follow(mentor.sends(ADD, **typed(autumn), **carried(mentor.opens(ADD).page), **{"cm-press.draft": "1"}))
    [there] = re.findall(r'href="(/sessions/add\?draft=(\d+))"', mentor.opens(ADD).page)
    discard = f"/session-drafts/{there[1]}/discard"
    for who in ("coordinator", "head", "elsewhere"):
        other = autumn.visitor(shipped, who)
        for path in (there[0], discard):
            assert other.opens(path).status == 404
        assert there[0] not in other.opens(ADD).page
    for who in ("finance", "referrer", "evaluator", "administrator"):
        other = autumn.visitor(shipped, who)
        assert other.opens(discard).status in (403, 404) and other.opens(ADD).status == 403
    assert mentor.opens(discard).status == 200 and len(drafts(autumn)) == 1
    assert "The draft is gone." in follow(mentor.sends(discard)).page
    assert drafts(autumn) == []


# ---- plans
def test_a_plan_is_made_before_and_recorded_after_in_place(mentor: Visitor, shipped: Flask, autumn: Autumn) -> None:
    planned = typed(autumn, held_on="2026-11-11", intention="The press is theirs.", planned_measures="confidence")
    page = mentor.opens(f"{ADD}?as=plan").page
    assert "Plan a session" in page and 'name="outcome"' not in page
    asked = {key: value for key, value in planned.items() if f'name="{key}"' in page}
    shown = follow(mentor.sends(f"{ADD}?as=plan", **asked, **carried(page))).page
    assert "Planned" in shown and "Not yet. It is to last until 11:30 on 11 November 2026" in shown
    path = mentor.answer.request.path
    assert "11 Nov 2026, 10:00 to 11:30" in mentor.opens("/").page.partition("What is next")[2]
    autumn.stage.on(date(2026, 11, 11), 21)
    mentor = autumn.visitor(shipped, "mentor")
    home = mentor.opens("/").page
    assert f'href="{path}/record"' in home.partition("Not recorded yet")[2].partition("What is next")[0]
    page = mentor.opens(f"{path}/record").page
    assert "The press is theirs." in page and 'value="held" selected' in page
    told = {**planned, "done": "It was theirs."}
    for said in ("Session kept.", "It was kept already, once."):
        assert said in follow(mentor.sends(f"{path}/record", **told, **carried(page))).page
    with autumn.stage.work() as work:
        kept = work.get(MentoringSession, int(path.rpartition("/")[2]))
        assert (kept.outcome, kept.intention, kept.done) == ("held", "The press is theirs.", "It was theirs.")


def test_the_record_of_a_plan_is_drafted_too_and_opens_with_what_was_typed(shipped: Flask, autumn: Autumn) -> None:
    autumn.stage.on(date(2026, 11, 12), 21)
    mentor = autumn.visitor(shipped, "mentor")
    path = f"/sessions/{autumn.keys['plan']}/record"
    page = carried(mentor.opens(path).page)
    begun = typed(autumn, held_on="2026-11-12", starts="14:00", ends="15:30", done="Only half of")
    home = follow(mentor.sends(path, **begun, **page, **{"cm-press.draft": "1"})).page
    assert f'href="{path}"' in home.partition("Begun and not sent")[2]
    again = mentor.opens(path).page
    assert "Only half of" in again and "Only you see it." in again
    follow(mentor.sends(path, **{**begun, "done": "All of it."}, **carried(again)))
    assert drafts(autumn) == []


def test_what_did_not_take_place_is_asked_only_what_makes_sense(mentor: Visitor, autumn: Autumn) -> None:
    path = f"/sessions/{autumn.keys['plan']}/missed"
    page = mentor.opens(path).page
    assert "What got in the way?" in page and 'name="done"' not in page and 'name="impact' not in page
    told = {
        **{key: value for key, value in typed(autumn).items() if f'name="{key}"' in page},
        "held_on": "2026-11-12",
        "starts": "14:00",
        "ends": "15:30",
        "chargeable": "no",
        "outcome": "postponed",
        "in_the_way": "A hard morning.",
        "instead_on": "2026-11-19",
    }
    shown = follow(mentor.sends(path, **told, **carried(page))).page
    assert "A hard morning." in shown and "Postponed" in shown
    assert "19 Nov 2026, 14:00 to 15:30" in mentor.opens("/sessions/").page


# ---- the week
def rows_of(page: str) -> dict[str, str]:
    """What a sheet would send if its button were pressed now."""
    sent = dict(re.findall(r'<input[^>]*name="(rows\.[^"]+)"[^>]*value="([^"]*)"', page))
    sent = {key: value for key, value in sent.items() if not key.endswith(".worrying")}
    for name, options in re.findall(r'<select[^>]*name="(rows\.[^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea[^>]*name="(rows\.[^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL):
        sent[name] = text
    return {key: unescape(value) for key, value in sent.items()}


def test_the_week_is_one_sheet_and_good_rows_are_kept_only_when_somebody_says_so(
    shipped: Flask, autumn: Autumn
) -> None:
    autumn.stage.on(date(2026, 11, 15), 20)
    mentor = autumn.visitor(shipped, "mentor")
    page = mentor.opens("/week/").page
    rows = rows_of(page)
    assert rows["rows.0.plan_id"] == str(autumn.keys["plan"]) and rows["rows.0.starts"] == "14:00"
    good = {"rows.0.outcome": "held", "rows.0.told": "Second colour."}
    wrong = {
        "rows.1.commission_id": str(autumn.main.commission_id),
        "rows.1.held_on": "2026-11-10",
        "rows.1.starts": "half two",
        "rows.1.ends": "15:00",
        "rows.1.place": "school",
        "rows.1.outcome": "held",
        "rows.1.told": "Words that must not be lost.",
    }
    before = sessions(autumn)
    mentor.sends("/week/?on=2026-11-09", **(rows | good | wrong), **carried(page))
    assert mentor.status == 422 and sessions(autumn) == before
    assert "is not a time" in mentor.page and "Words that must not be lost." in mentor.page
    assert "Keep 1 good row, leave the rest here" in mentor.page and 'href="#q-rows-1-starts"' in mentor.page
    again = rows_of(mentor.page) | wrong
    mentor.sends("/week/?on=2026-11-09", **again, **carried(mentor.page), **{"cm-press.good": "1"})
    shown = follow(mentor).page
    assert "1 session kept. 1 row waits here to be put right." in shown and "is not a time" in shown
    assert "Words that must not be lost." in shown and "Kept already" in shown
    mended = rows_of(shown) | {"rows.0.starts": "14:30"}
    assert "1 session kept." in follow(mentor.sends("/week/?on=2026-11-09", **mended, **carried(shown))).page
    assert sessions(autumn) == before + 1 and drafts(autumn) == []
    with autumn.stage.work() as work:
        assert work.get(MentoringSession, autumn.keys["plan"]).outcome == "held"


def test_a_sheet_left_as_it_is_keeps_nothing_and_is_a_draft_by_its_button(mentor: Visitor, autumn: Autumn) -> None:
    page = mentor.opens("/week/").page
    before = sessions(autumn)
    mentor.sends("/week/", **rows_of(page), **carried(page))
    assert mentor.status == 422 and "nothing was kept" in mentor.page
    told = rows_of(page) | {"rows.0.told": "To go on with."}
    follow(mentor.sends("/week/", **told, **carried(page), **{"cm-press.draft": "1"}))
    assert "To go on with." in mentor.opens("/week/").page and sessions(autumn) == before
    added = mentor.sends("/week/", **rows_of(mentor.page), **carried(mentor.page), **{"cm-add": "rows"})
    assert added.status == 200 and "Row 5" in added.page


def test_a_coordinator_chooses_whose_week_and_others_have_none(shipped: Flask, autumn: Autumn) -> None:
    hester = autumn.visitor(shipped, "coordinator")
    assert "Juno Tansyhurst" in hester.opens("/week/").page
    assert "M.B. WR-0001" in hester.opens(f"/week/?mentor_id={autumn.main.mentor_id}").page
    assert autumn.visitor(shipped, "elsewhere").opens(f"/week/?mentor_id={autumn.main.mentor_id}").status == 404
    for who in ("finance", "referrer", "evaluator", "administrator"):
        assert autumn.visitor(shipped, who).opens("/week/").status == 403


def test_nobody_writes_a_row_of_what_is_not_theirs(mentor: Visitor, autumn: Autumn) -> None:
    page = mentor.opens("/week/?on=2026-11-02").page
    typed_in = {
        "rows.0.commission_id": str(autumn.others["elsewhere"].commission_id),
        "rows.0.held_on": "2026-11-03",
        "rows.0.starts": "10:00",
        "rows.0.ends": "11:00",
        "rows.0.place": "school",
        "rows.0.outcome": "held",
    }
    mentor.sends("/week/?on=2026-11-02", **(rows_of(page) | typed_in), **carried(page))
    assert mentor.status == 422 and "This is not to be found." in mentor.page


# ---- concerns
def test_a_concern_is_raised_in_three_presses_with_the_numbers_in_sight_all_the_way(
    mentor: Visitor, autumn: Autumn
) -> None:
    for path in ("/", "/sessions/", f"/young-people/{autumn.main.person_id}", f"/sessions/{autumn.keys['plan']}", ADD):
        presses = 0
        reach = mentor.opens(path).page.partition('<aside class="cm-reach"')[2].partition("</aside>")[0]
        assert RING in reach and "01632 960 111" in reach, path
        link = re.search(r'href="(/concerns/add[^"]*)"', reach)
        assert link is not None
        presses += 1
        page = mentor.opens(unescape(link[1])).page
        assert RING in page.partition("<form id")[0] and "R-SAF-4" in page
        sent = {"kind_of_concern": "observed", "worrying": "no", "happened": "A bruise on the arm."}
        assert 'value="observed" selected' in page
        if 'name="young_person_id" value="' + str(autumn.main.person_id) + '" checked' not in page:
            presses += 1
        sent["young_person_id"] = str(autumn.main.person_id)
        mentor.sends("/concerns/add", **sent)
        presses += 1
        assert "Concern" in follow(mentor).page and presses <= 3, path


def test_where_something_worried_a_mentor_the_concern_is_asked_for_next(mentor: Visitor, autumn: Autumn) -> None:
    page = follow(mentor.opens(ADD).sends(ADD, **typed(autumn, worrying="yes"))).page
    assert "Raise a concern" in page and "raise the concern now" in page
    assert f'name="young_person_id" value="{autumn.main.person_id}" checked' in page


def test_whoever_raises_no_concerns_has_no_button_for_them(shipped: Flask, autumn: Autumn) -> None:
    assert 'class="cm-reach"' not in autumn.visitor(shipped, "finance").opens("/").page
    assert "Log a session" not in autumn.visitor(shipped, "coordinator").opens("/").page
