"""How long evidence takes: one authority, a country beside bare SQL and pandas, and hiding small numbers in a table."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.ground import Ground
from cmcore.base.clock import WallClock
from cmcore.base.engine import engine_for
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.policies import Disclosure
from cmcore.evidence.disclosure.protecting import protected
from cmcore.evidence.queries import evidence, evidence_everywhere, subgroups
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work

PROGRAMME, SET = "creative-mentoring", "eight@1"
ONE_SECONDS, TIMES_SQL, TABLE_MS = 0.5, 2.0, 50.0

#: The least that reads the same rows: referrals, enrolments, reviews with their scores, minutes received.
_BARE = (
    "SELECT count(*) FROM cm_referral WHERE state <> 'draft'",
    "SELECT count(*) FROM cm_enrolment WHERE started_on IS NOT NULL",
    "SELECT r.kind_of_review, s.measure, s.score, count(*) FROM cm_review r"
    " JOIN cm_review_score s ON s.review_id = r.id"
    f" JOIN cm_enrolment e ON e.id = r.enrolment_id WHERE r.state = 'final' AND r.measure_set = '{SET}'"
    " GROUP BY 1, 2, 3",
    "SELECT r.enrolment_id, r.scored_by, min(r.held_on), max(r.held_on) FROM cm_review r"
    f" WHERE r.state = 'final' AND r.measure_set = '{SET}' AND r.enrolment_id IS NOT NULL GROUP BY 1, 2",
    "SELECT enrolment_id, sum(minutes) FROM cm_session WHERE outcome IS NOT NULL GROUP BY 1",
)


def run(ground: Ground, rounds: int) -> None:
    """Print the medians, everybody taking turns, and what does not hold."""
    engine = engine_for(ground.url)
    keys = {int(key) for key in ground.authorities.split(",")}
    first = min(keys)
    actor, clock = Actor("command", "bench", "command"), WallClock()

    def one() -> int:
        with Work(engine, actor, operator_scope({first}, clock.today()), clock=clock) as work:
            return evidence(work, first, PROGRAMME).account.paired

    def split() -> int:
        with Work(engine, actor, operator_scope({first}, clock.today()), clock=clock) as work:
            return len(subgroups(work, first, PROGRAMME, by="setting").rows)

    def country() -> int:
        with Work(engine, actor, operator_scope(keys, clock.today()), clock=clock) as work:
            return evidence_everywhere(work, PROGRAMME).paired

    def bare() -> int:
        with ground.psycopg() as connection:
            return sum(len(connection.execute(each).fetchall()) for each in _BARE)

    asked: dict[str, Callable[[], int]] = {"one authority": one, "by setting": split, "a country": country, "SQL": bare}
    try:
        asked["pandas"] = _pandas(ground)
    except ImportError:
        print("pandas is not installed here, so nothing is said of it")
    taken: dict[str, list[float]] = {name: [] for name in asked}
    counted = {}
    order, draw = list(asked.items()), random.Random(1)
    for turn in range(max(3, rounds // 5) + 1):
        # By lot: who always comes after somebody who reads the same finds it in memory.
        draw.shuffle(order)
        for name, does in order:
            began = time.perf_counter()
            counted[name] = does()
            if turn:
                taken[name].append(time.perf_counter() - began)
    middle = {name: statistics.median(each) for name, each in taken.items()}
    for name, seconds in middle.items():
        print(f"evidence, {name}: {seconds * 1000:,.0f} ms ({counted[name]:,})")
    if "pandas" in counted and counted["pandas"] != counted["a country"]:
        raise SystemExit("pandas counts other pairs than we do.")
    slow = []
    if middle["one authority"] > ONE_SECONDS:
        slow.append("one authority takes too long")
    if middle["a country"] > TIMES_SQL * middle["SQL"]:
        slow.append(f"a country takes {middle['a country'] / middle['SQL']:.1f} times the bare SQL")
    if middle.get("pandas", float("inf")) < middle["a country"]:
        slow.append("pandas is faster")
    with Work(engine, actor, operator_scope({first}, clock.today()), clock=clock) as work:
        slow += _hiding(work, first, rounds)
    print("Every target holds." if not slow else "Not yet:\n- " + "\n- ".join(slow))


def _hiding(work: Work, authority_id: int, rounds: int) -> list[str]:
    """Hide small numbers under the policy dfe in each split, in the time of the processor: eight tables each."""
    policy, slow = Disclosure("dfe", 5, 1, 10), []
    for by in ("key_stage", "age_band", "care_status", "send", "funding", "year", "mentor", "setting"):
        grid = subgroups(work, authority_id, PROGRAMME, Cohort(), by=by).release.grid
        protected(grid, policy)
        times = []
        for _ in range(max(3, rounds // 5)):
            began = time.process_time()
            hidden = len(protected(grid, policy).hidden)
            times.append((time.process_time() - began) * 1000)
        each = statistics.median(times) / 8
        print(
            f"hiding by {by}: {statistics.median(times):.0f} ms for {grid.total} groups and eight measures, "
            f"{each:.1f} ms a table, {hidden} hidden"
        )
        if each > TABLE_MS:
            slow.append(f"hiding by {by} takes {each:.0f} ms a table")
    return slow


def _pandas(ground: Ground) -> Callable[[], int]:
    """The same pairs as somebody would count them in a notebook: the tables read whole, joined and grouped."""
    import pandas

    engine = ground.peer_engine()

    def count() -> int:
        def read(statement: str) -> Any:
            return pandas.read_sql(statement, engine)

        started = read("SELECT id FROM cm_enrolment WHERE started_on IS NOT NULL")
        reviews = read(
            "SELECT id, enrolment_id, kind_of_review, held_on, scored_by FROM cm_review"
            f" WHERE state = 'final' AND measure_set = '{SET}' AND enrolment_id IS NOT NULL"
        )
        scores = read("SELECT review_id, measure, score FROM cm_review_score WHERE score IS NOT NULL")
        sessions = read(
            "SELECT enrolment_id, minutes FROM cm_session"
            " WHERE outcome IN ('held', 'shortened', 'ended_for_safety', 'left')"
        )
        reviews = reviews[reviews.enrolment_id.isin(started.id)].sort_values(["held_on", "id"])
        begins = reviews[reviews.kind_of_review == "baseline"]
        begins = begins.drop_duplicates(["enrolment_id", "scored_by"], keep="first")
        ends = reviews[reviews.kind_of_review != "baseline"]
        ends = ends.drop_duplicates(["enrolment_id", "scored_by"], keep="last")
        pairs = begins.merge(ends, on=["enrolment_id", "scored_by"], suffixes=("_first", "_last"))
        pairs = pairs[pairs.held_on_last >= pairs.held_on_first].sort_values(["held_on_first", "id_first"])
        pairs = pairs.drop_duplicates("enrolment_id", keep="first")
        both = pairs.merge(scores, left_on="id_first", right_on="review_id").merge(
            scores, left_on=["id_last", "measure"], right_on=["review_id", "measure"], suffixes=("_before", "_after")
        )
        both.groupby(["measure", "score_before", "score_after"]).size()
        pairs.merge(sessions.groupby("enrolment_id").minutes.sum(), on="enrolment_id", how="left")
        return len(pairs)

    return count
