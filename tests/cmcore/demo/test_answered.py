"""The made-up forms: answers to two editions, a correction, a draft, and every one of them readable."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from cmcore.answers.records import AnswersRevision, FormAnswers
from cmcore.answers.showing import shown_parts
from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from tests.cmcore.demo.test_demo import TODAY, load_small
from tests.databases import CopyOf


def test_the_made_up_forms_stand_in_every_state_and_are_all_readable(copy_of: CopyOf) -> None:
    engine = engine_for(copy_of("small", load_small))
    scope = operator_scope({1}, TODAY)
    with Work(engine, Actor("operator", "operator"), scope, clock=StoppedClock.on(TODAY)) as work:
        found = list(work.db.scalars(select(FormAnswers)))
        assert Counter(one.state for one in found) == {"finished": 3, "corrected": 1, "draft": 1}
        assert {(one.form_key, one.edition.number) for one in found} >= {("gallery-visit", 1), ("gallery-visit", 2)}
        assert all(shown_parts(work, one) for one in found)
        assert work.db.scalars(select(AnswersRevision)).one().reason == "It was a Saturday."
    engine.dispose()
