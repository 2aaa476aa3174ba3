"""A list's workbook with headings of somebody's own: matched when they say so, remembered, shown cell by cell."""

from __future__ import annotations

from cmcore.exchange.columns import match_columns
from cmcore.exchange.given import GivenFile
from cmcore.forms.saying import no_titles
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import heads_of_workbook, read_workbook
from cmcore.workbooks.cells import cells_of
from cmcore.workbooks.lists import list_of
from cmcore.workbooks.remembering import as_matched, remember_all
from tests.cmcore.workbooks.filled import DAYS, Desk, filled, listed_words, renamed, session


def test_headings_that_were_changed_are_matched_when_somebody_says_so_and_remembered(desk: Desk) -> None:
    blob = desk.empty()
    who = next(one for one in listed_words(blob) if "WR-0001" in one)
    rows = [session(who, DAYS[0])]
    sound, other = (filled(blob, "Sessions", rows), renamed(filled(blob, "Sessions", rows), "Sessions", Day="Date"))
    assert desk.preview(other).reading.refused, "no guess is used unasked"
    with desk.stage.work() as work:
        authority = work.get(Authority, desk.stage.authority_id)
        listed, given = list_of("session", work, authority.id), GivenFile.holding("own.xlsx", other)
        heads = heads_of_workbook(work, listed, authority, given)
        made = [match_columns(one, None, match_columns(one).places) for one in heads]
        assert match_columns(heads[0]).matches["Day"].heading == "Date"
        reading = read_workbook(work, listed, authority, given, [as_matched(one) for one in made])
        assert not reading.refused
        remember_all(work, authority.id, made, act=listed.needs)
    mine, same = desk.preview(other), desk.preview(sound)
    assert [one.row.raw for one in mine.outcomes] == [one.row.raw for one in same.outcomes]
    assert mine.counts == same.counts and mine.counts["new"] == 1


def test_what_a_row_changes_is_shown_cell_by_cell_without_what_is_sensitive_and_held(desk: Desk) -> None:
    blob = desk.empty()
    who = next(one for one in listed_words(blob) if "WR-0001" in one)
    made, _ = desk.brings(filled(blob, "Sessions", [session(who, DAYS[0])]))
    change = {"Session held already": f"[{made.outcomes[0].record_id}]", "Where": "At home"}
    told = {**change, "What you did, and briefly why": "Drew another map."}
    outcome = desk.preview(filled(blob, "Sessions", [told])).outcomes[0]
    with desk.stage.work() as work:
        form = list_of("session", work, desk.stage.authority_id).form_for(work, desk.stage.authority_id)
        cells = {one.label: (one.before, one.after) for one in cells_of(form, outcome, no_titles)}
    assert cells["Where"] == ("At school", "At home")
    assert cells["What you did, and briefly why"] == (None, "Drew another map.")
