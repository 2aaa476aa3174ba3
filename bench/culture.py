"""What culture in the plan costs: opening a term, drafting its 1,300 pages, and the two boards, on SQLite."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import event, select

import cmcore.records  # noqa: F401  every record is mapped before one is asked for
import cmcore_arts_award
import cmcore_epep_culture
import cmcore_staffordshire
from cmcore.api import Authority, Work, YoungPerson, board, term_at
from cmcore.api.acts import open_term
from cmcore.api.asks import TermAnswers
from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from cmcore.base.migrations import upgrade
from cmcore.demo import load_demo
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.testing import plugged
from cmcore_epep_culture.coverage import coverage
from cmcore_epep_culture.drafting import AT_A_TIME, draft_these, to_draft

#: Whoever has lines to draft from: events, lessons, clubs, awards.
SPEAKING = (cmcore_epep_culture, cmcore_staffordshire, cmcore_arts_award)
CHILDREN, MOST_SECONDS, MOST_STATEMENTS = 1_300, 60.0, 12
SPRING = date(2027, 2, 1)


def run(rounds: int) -> None:
    """Fill an authority of 1,300 children, all of them in care and at school, and measure."""
    with tempfile.TemporaryDirectory() as folder, plugged(*SPEAKING):
        engine = engine_for(f"sqlite:///{folder}/culture.db")
        clock = StoppedClock.on(date(2026, 11, 10))
        upgrade(engine)
        key = load_demo(engine, "authority", clock=clock)[0].key
        clock.at = StoppedClock.on(SPRING).at

        def works(*, writing: bool = False) -> Work:
            scope = operator_scope({key}, clock.today())
            return Work(engine, Actor("bench", "bench", "command"), scope, clock=clock, writing=writing)

        with works(writing=True) as work:
            for person in work.db.scalars(select(YoungPerson)):
                in_school = date(2011, 9, 1) < person.born_on < date(2022, 1, 1)
                born_on = person.born_on if in_school else date(2014, 5, 3)
                since = max(date(2020, 1, 6), born_on)
                work.change(
                    person, born_on=born_on, care_status="looked_after", looked_after_from=since, ceased_on=None
                )
        _timed(f"open the PEPs of {CHILDREN:,} young people", lambda: _opened(works))
        with works() as work:
            authority = work.get(Authority, key)
            keys = to_draft(work, authority, term_at(work, authority, SPRING))
        for words in ("draft", "draft again"):
            took = _timed(f"{words} {len(keys):,} pages", lambda: _drafted(works, key, keys))
            assert took < MOST_SECONDS, f"{words}: {took:.1f} s"
        sent: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
        for words, ask in (("coverage board", coverage), ("PEP board", board)):
            times = [_asked(works, key, ask, sent) for _ in range(rounds)]
            assert max(many for _, many in times) <= MOST_STATEMENTS
            print(f"{words}: {statistics.median(took for took, _ in times) * 1000:.0f} ms, {times[-1][1]} statements")
        engine.dispose()


def _opened(works: Callable[..., Work]) -> None:
    with works() as work:
        assert len(open_term(work, TermAnswers(on=SPRING))) >= CHILDREN


def _drafted(works: Callable[..., Work], key: int, keys: list[int]) -> None:
    for begin in range(0, len(keys), AT_A_TIME):
        with works(writing=True) as work:
            for _ in draft_these(work, work.get(Authority, key), keys[begin : begin + AT_A_TIME]):
                pass


def _asked(works: Callable[..., Work], key: int, ask: Callable[..., Any], sent: list[str]) -> tuple[float, int]:
    with works() as work:
        del sent[:]
        began = time.perf_counter()
        authority = work.get(Authority, key)
        ask(work, authority, term_at(work, authority, SPRING))
        return time.perf_counter() - began, len([each for each in sent if not each.startswith("BEGIN")])


def _timed(words: str, does: Callable[[], None]) -> float:
    began = time.perf_counter()
    does()
    took = time.perf_counter() - began
    print(f"{words}: {took:.1f} s")
    return took
