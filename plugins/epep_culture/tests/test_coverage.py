"""Whom the pages of a term reach: every share with its denominator, in few statements, moved by one page."""

from __future__ import annotations

from datetime import date

from sqlalchemy import event, select

from cmcore.api import Authority, CareEpisode, PepCycle, Period, Work, YoungPerson, counted, term_at
from cmcore.api.acts import open_term
from cmcore.api.asks import TermAnswers
from cmcore.testing.story import Story
from cmcore_epep_culture.coverage import Coverage, Share, coverage
from cmcore_epep_culture.drafting import draft_page, draft_term
from cmcore_epep_culture.editing import leave_out, lines_of


def seen(work: Work, story: Story) -> Coverage:
    authority = work.get(Authority, story.stage.authority_id)
    return coverage(work, authority, term_at(work, authority, work.today))


def counts(shares: tuple[Share, ...]) -> list[tuple[str, int, int, int]]:
    return [(one.name, one.pages, one.of, one.reached) for one in shares]


def test_a_page_moves_coverage_by_one_in_every_way_of_looking(story: Story) -> None:
    other = story.beside("Rue", "Wickenby", date(2009, 12, 3)).person_id
    with story.stage.work("operator") as work:
        work.change(work.get(YoungPerson, other), looked_after_from=date(2024, 1, 8))
        own = {"authority_id": story.stage.authority_id, "young_person_id": story.person_id}
        work.add(CareEpisode(starts_on=date(2024, 3, 4), placement="U6", legal_status="C2", **own))
        open_term(work, TermAnswers(on=work.today))
    with story.stage.work() as work:
        before = seen(work, story)
        assert counts((before.whole,)) == [("All PEPs of the term", 0, 2, 0)] and before.missing == 2
        pep = work.db.scalars(select(PepCycle).where(PepCycle.young_person_id == story.person_id)).one()
        page = draft_page(work, pep)
        work.db.flush()
        after = seen(work, story)
        assert counts((after.whole,)) == [("All PEPs of the term", 1, 2, 1)]
        assert counts(after.by["setting"]) == [("Quillen Tarn School", 1, 2, 1)]
        assert counts(after.by["key_stage"]) == [("KS4", 1, 1, 1), ("KS5", 0, 1, 0)]
        assert counts(after.by["area"]) == [("In area", 1, 2, 1)]
        assert counts(after.by["placement"])[0] == ("No placement known", 0, 1, 0)
        assert counts(after.by["placement"])[1][1:] == (1, 1, 1)
        assert counts(after.by["care_status"]) == [("Looked after", 1, 2, 1)]
        authority, autumn = work.get(Authority, story.stage.authority_id), Period(date(2026, 9, 1), date(2026, 12, 31))
        keys = ("epep_culture_pages", "epep_culture_reached")
        assert [counted(work, key, authority, autumn).words for key in keys] == ["1 of 2", "1 of 1"]
        for line in lines_of(work, page):
            leave_out(work, line)
        assert [counted(work, key, authority, autumn).words for key in keys] == ["0 of 2", "0 of 0"]
        assert counts((seen(work, story).whole,)) == [("All PEPs of the term", 0, 2, 0)]


def test_a_share_always_says_out_of_how_many_and_no_percentage_under_ten() -> None:
    assert [Share.said(4, 9), Share.said(0, 1), Share.said(5, 10), Share.said(1_200, 1_300)] == [
        "4 of 9",
        "0 of 1",
        "5 of 10 (50 %)",
        "1,200 of 1,300 (92 %)",
    ]


def test_the_board_and_a_batch_of_pages_take_few_statements_however_many_there_are(story: Story) -> None:
    for number in range(30):
        made = story.beside("Rue", f"Wickenby {number}").person_id
        with story.stage.work() as work:
            work.change(work.get(YoungPerson, made), looked_after_from=date(2024, 1, 8))
    with story.stage.work() as work:
        open_term(work, TermAnswers(on=work.today))
    sent: list[str] = []
    event.listen(story.stage.engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
    with story.stage.work() as work:
        authority = work.get(Authority, story.stage.authority_id)
        at = term_at(work, authority, work.today)
        del sent[:]
        assert list(draft_term(work, authority, at)) == [(31, 31)]
        work.db.flush()
        assert len([each for each in sent if each.startswith("SELECT")]) <= 20, "\n".join(sent)
        del sent[:]
        assert coverage(work, authority, at).whole.of == 31
        assert len(sent) <= 3
