"""The next return of looked-after children: the same changes nothing, one cell one record, and what ended is closed."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from cmcore.exchange.ssda903.read import read_return
from cmcore.returns import checks
from cmcore.reviews.records import Review
from cmcore.testing import Stage
from tests.cmcore.exchange.made_returns import child, episode, files, read, score
from tests.cmcore.returns.brought_in import (
    USUAL,
    bring_in,
    counted,
    everyone,
    everything,
    usual,
)


def test_the_same_files_again_change_nothing(stage: Stage) -> None:
    bring_in(stage, usual())
    before = everything(stage)
    again = bring_in(stage, usual())
    assert again.run is None
    assert again.plan.changes_nothing
    assert counted(again.plan, "same") == 7
    assert everything(stage) == before


@pytest.mark.parametrize(
    ("part", "row", "cell", "value", "kind", "column"),
    [
        ("header", 0, "SEX", "1", "young_person", "sex"),
        ("header", 0, "DOB", "27/03/2013", "young_person", "born_on"),
        ("header", 0, "ETHNIC", "MOTH", "young_person", "ethnicity"),
        ("header", 0, "UPN", "B123456789013", "young_person", "upn"),
        ("episodes", 1, "DECOM", "03/10/2025", "care_episode", "starts_on"),
        ("episodes", 1, "RNE", "B", "care_episode", "reason_new"),
        ("episodes", 1, "LS", "C1", "care_episode", "legal_status"),
        ("episodes", 1, "CIN", "N2", "care_episode", "need"),
        ("episodes", 1, "PLACE", "U4", "care_episode", "placement"),
        ("episodes", 1, "PLACE_PROVIDER", "PR4", "care_episode", "provider"),
        ("episodes", 0, "DEC", "01/10/2025", "care_episode", "ends_on"),
        ("episodes", 0, "REC", "E8", "care_episode", "reason_ceased"),
        ("episodes", 1, "URN", "1234567", "care_episode", "placement_urn"),
        ("oc2", 0, "SDQ_SCORE", "13", "review", "score"),
        ("oc2", 1, "SDQ_REASON", "SDQ2", "review", "not_scored_because"),
    ],
)
def test_one_changed_cell_changes_one_record(
    stage: Stage, part: str, row: int, cell: str, value: str, kind: str, column: str
) -> None:
    bring_in(stage, usual())
    rows = [dict(one) for one in USUAL[part]]
    rows[row][cell] = value
    done = bring_in(stage, usual(**{part: rows}))
    [changed] = done.plan.changed
    assert (changed.kind, changed.what, changed.row) == (kind, "changed", row + 2)
    assert column in changed.after
    assert (counted(done.plan, "new"), counted(done.plan, "changed"), counted(done.plan, "same")) == (0, 1, 6)
    assert bring_in(stage, usual(**{part: rows})).run is None


def test_a_changed_column_order_changes_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(stage, usual())
    from tests.cmcore.exchange import made_returns

    turned = {part: tuple(reversed(columns)) for part, columns in made_returns.PARTS.items()}
    monkeypatch.setattr(made_returns, "PARTS", turned)
    assert bring_in(stage, usual()).run is None


def test_a_later_return_closes_what_ended(stage: Stage) -> None:
    bring_in(stage, usual())
    ended = [
        USUAL["episodes"][0],
        dict(USUAL["episodes"][1]) | {"DEC": "05/06/2026", "REC": "E4A"},
        USUAL["episodes"][2],
    ]
    done = bring_in(stage, usual(episodes=[*ended, episode("100002", DECOM="01/06/2026")]))
    [change] = [one for one in done.plan.changed if one.what == "ended"]
    assert (change.before, change.after) == (
        {"ends_on": None, "reason_ceased": ""},
        {"ends_on": date(2026, 6, 5), "reason_ceased": "E4A"},
    )
    [follows] = done.plan.follows
    assert follows.after == {"care_status": "previously_looked_after", "ceased_on": date(2026, 6, 5)}
    with stage.work() as work:
        assert everyone(work)["100001"].ceased_on == date(2026, 6, 5)


def test_a_later_return_ends_what_it_no_longer_names(stage: Stage) -> None:
    others = [child(str(number)) for number in range(100010, 100013)]
    their_episodes = [episode(str(number), DECOM="01/05/2025") for number in range(100010, 100013)]
    bring_in(stage, read(header=[child(), *others], episodes=[episode(), *their_episodes]))
    later = [dict(one) for one in their_episodes] + [episode("100010", DECOM="01/06/2026")]
    done = bring_in(stage, read(header=others, episodes=later))
    [change] = [one for one in done.plan.changed if one.what == "ended"]
    assert (change.known_as, change.after) == ("100001", {"ends_on": date(2026, 3, 31)})
    assert done.plan.tally()[checks.ENDED_BY_ABSENCE.id] == 1
    with stage.work() as work:
        person = everyone(work)["100001"]
        assert (person.care_status, person.ceased_on) == ("previously_looked_after", date(2026, 3, 31))
    assert bring_in(stage, read(header=others, episodes=later)).run is None


def test_a_part_of_a_return_ends_nothing(stage: Stage) -> None:
    bring_in(stage, usual())
    part = read(header=[child("100009")], episodes=[episode("100009", DECOM="01/06/2026")])
    done = bring_in(stage, part)
    assert done.plan.tally()[checks.PART_ONLY.id] == 1
    assert counted(done.plan, "ended") == 0


def test_a_child_missing_from_the_same_years_return_is_told_and_kept(stage: Stage) -> None:
    bring_in(stage, usual())
    kept = {part: [row for row in rows if row["CHILD"] == "100001"] for part, rows in USUAL.items()}
    done = bring_in(stage, read(**kept))
    assert done.run is None
    assert done.plan.tally()[checks.NOT_IN_RETURN.id] == 1


def test_what_was_held_back_ends_nothing(stage: Stage) -> None:
    old = episode("100002", DECOM="14/10/2024")
    bring_in(stage, usual(episodes=[*USUAL["episodes"][:2], old]))
    broken = dict(old) | {"DEC": "31/02/2026", "REC": "E8"}
    later = [*USUAL["episodes"][:2], broken, episode("100001", DECOM="01/06/2026")]
    done = bring_in(stage, usual(episodes=later))
    assert len(done.plan.held_back) == 1
    assert counted(done.plan, "ended") == 0


def test_a_part_that_was_not_given_changes_nothing(stage: Stage) -> None:
    bring_in(stage, usual())
    only_header = read_return(files(header=USUAL["header"]), today=stage.clock.today())
    assert bring_in(stage, only_header).run is None


def test_next_years_total_is_another_review_and_this_years_is_not_touched(stage: Stage) -> None:
    bring_in(stage, usual())
    later = usual(
        episodes=[*USUAL["episodes"], episode("100002", DECOM="01/06/2026", RNE="P")],
        oc2=[score("100001", SDQ_SCORE="9")],
    )
    assert later.year_ends_on == date(2027, 3, 31)
    bring_in(stage, later)
    bring_in(stage.on(date(2026, 12, 1)), usual(episodes=later_episodes(), oc2=[score("100001", SDQ_SCORE="8")]))
    with stage.work() as work:
        person = everyone(work)["100001"]
        asked = select(Review).where(Review.young_person_id == person.id).order_by(Review.held_on, Review.id)
        told = [(one.held_on, one.kind_of_review, one.state, one.scores[0].score) for one in work.db.scalars(asked)]
    assert told == [
        (date(2026, 3, 31), "baseline", "final", 12),
        (date(2026, 11, 10), "interim", "superseded", 9),
        (date(2026, 11, 10), "interim", "final", 8),
    ]


def later_episodes() -> list[dict[str, str]]:
    return [*map(dict, USUAL["episodes"]), episode("100002", DECOM="01/06/2026", RNE="P")]


def test_a_first_score_after_a_reason_becomes_the_baseline(stage: Stage) -> None:
    bring_in(stage, usual())
    scored = [USUAL["oc2"][0], score("100002", DOB="30/09/2010", SDQ_SCORE="20")]
    bring_in(stage, usual(oc2=scored))
    with stage.work() as work:
        kinds = work.db.scalars(select(Review.kind_of_review)).all()
        assert kinds == ["baseline", "baseline"]


def test_the_return_takes_away_nothing_it_does_not_say(stage: Stage) -> None:
    bring_in(stage, usual())
    silent = [dict(one) | {"UPN": "UN5", "SEX": "", "ETHNIC": ""} for one in USUAL["header"]]
    assert bring_in(stage, usual(header=silent)).run is None


def test_what_a_person_put_right_stands_until_the_return_brings_news(stage: Stage) -> None:
    bring_in(stage, usual())
    with stage.work() as work:
        work.change(everyone(work)["100001"], care_status="kinship_care", given_name="Juno", family_name="Tansyhurst")
    assert bring_in(stage, usual()).run is None
