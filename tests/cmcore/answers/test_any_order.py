"""Whatever order people publish, fill in, save, take over, finish, correct and go away in, nothing answered is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, select

from cmcore.answers.editions import edition_to_fill, form_of_edition, in_force, publish
from cmcore.answers.filling import begin_again, carry_over, correct, finish, save_draft, start
from cmcore.answers.queries import revisions_of
from cmcore.answers.records import FormAnswers
from cmcore.answers.showing import shown_parts
from cmcore.base.findings import Refused
from cmcore.forms import Form, Question, kinds
from cmcore.forms.schema import is_blank
from cmcore.testing import Stage

KEY = "any-order"
#: What a question may be asked as, from one edition to the next.
KINDS: dict[str, kinds.Kind] = {
    "text": kinds.ShortText(),
    "long": kinds.LongText(),
    "number": kinds.WholeNumber(),
    "day": kinds.Day(),
    "yes": kinds.YesNo(),
    "choice": kinds.Choice(options=(kinds.Option(key="a", label="A"), kinds.Option(key="b", label="B"))),
}
forms = st.dictionaries(st.sampled_from("pqrst"), st.sampled_from(sorted(KINDS)), min_size=1).map(
    lambda asked: Form(
        key=KEY,
        version=1,
        title="Any order",
        questions=tuple(
            Question(key=f"q_{key}", label=f"{key.upper()} as {kind}", kind=KINDS[kind], required=False)
            for key, kind in sorted(asked.items())
        ),
    )
)
typed = st.dictionaries(
    st.sampled_from([f"q_{key}" for key in "pqrst"]),
    st.sampled_from(["7", "a", "yes", "2026-11-10", "31/02/2026", "Café", "=1+1", "several words"]),
)


class AnyOrder(RuleBasedStateMachine):
    """People at work on one form, and what each of them was told is kept."""

    drafts, done = Bundle("drafts"), Bundle("done")
    engine: Engine
    count = 0

    def __init__(self) -> None:
        """Nobody has done anything yet; each run has an authority of its own."""
        super().__init__()
        type(self).count += 1
        self.stage = Stage(self.engine)
        letters = "".join(chr(ord("A") + int(figure)) for figure in f"{self.count:04d}")
        self.stage.authority(f"{100 + self.count}", f"Place {letters}", letters)
        #: What each set of answers was left with: the texts that must stay readable somewhere in it.
        self.left: dict[int, dict[str, Any]] = {}

    @initialize(form=forms)
    def first(self, form: Form) -> None:
        """The first edition."""
        self.again(form)

    @rule(form=forms)
    def again(self, form: Form) -> None:
        """Publish; the same questions change nothing."""
        with self.stage.work() as work:
            before = in_force(work, KEY, self.stage.authority_id)
            made = publish(work, form, authority_id=self.stage.authority_id, source="workbook")
            assert made.state == "published" and (before is None or made.number in (before.number, before.number + 1))

    @rule(target=drafts)
    def begin(self) -> int:
        """Begin on the edition in force."""
        with self.stage.work() as work:
            made = start(work, edition_to_fill(work, KEY, self.stage.authority_id))
            work.db.flush()
            self.left[made.id] = {}
            return int(made.id)

    @rule(draft=drafts, given=typed)
    def save(self, draft: int, given: dict[str, str]) -> None:
        """Save what the form asks of it; what is unreadable is kept as well."""
        with self.stage.work() as work:
            answers = work.get(FormAnswers, draft)
            if answers.state != "draft":
                return
            asked = {one.key for one in form_of_edition(answers.edition).questions}
            values = {key: value for key, value in given.items() if key in asked}
            save_draft(work, answers, values, answers.version)
            aside = {one["place"]: one["value"] for one in answers.left_behind}
            self.left[draft] = {**aside, **values}

    @rule(draft=drafts)
    def take_over(self, draft: int) -> None:
        """Take a draft over to the edition in force, if it is on an older one."""
        with self.stage.work() as work:
            answers = work.get(FormAnswers, draft)
            if answers.state == "draft" and answers.edition.state == "replaced":
                carry_over(work, answers)

    @rule(target=done, draft=consumes(drafts))
    def end(self, draft: int) -> int:
        """Finish a draft; what cannot be read refuses, and is there afterwards."""
        with self.stage.work() as work:
            answers = work.get(FormAnswers, draft)
            kept = dict(answers.values)
            try:
                finish(work, answers)
            except Refused:
                work.undo()
                answers = work.get(FormAnswers, draft)
                assert answers.values == kept
                save_draft(work, answers, {})
                finish(work, answers)
            self.left[draft] = {key: value for key, value in answers.values.items() if not is_blank(value)}
        return draft

    @rule(finished=done, given=typed)
    def put_right(self, finished: int, given: dict[str, str]) -> None:
        """Correct; what stood before is kept, and a correction that is refused changes nothing."""
        with self.stage.work() as work:
            answers = work.get(FormAnswers, finished)
            asked = {one.key for one in form_of_edition(answers.edition).questions}
            before, stood = dict(answers.values), len(revisions_of(work, answers))
            try:
                correct(work, answers, {key: one for key, one in given.items() if key in asked}, reason="It was wrong.")
            except Refused:
                work.undo()
                assert work.get(FormAnswers, finished).values == before
                return
            work.db.flush()
            assert revisions_of(work, answers)[0].values == before and len(revisions_of(work, answers)) == stood + 1
            self.left[finished] = {key: value for key, value in answers.values.items() if not is_blank(value)}

    @rule(target=drafts, finished=done)
    def once_more(self, finished: int) -> int:
        """Answer again: a new draft that begins with what was finished."""
        with self.stage.work() as work:
            answers = work.get(FormAnswers, finished)
            if answers.state == "superseded":
                made = start(work, edition_to_fill(work, KEY, self.stage.authority_id))
                work.db.flush()
                self.left[made.id] = {}
                return int(made.id)
            made = begin_again(work, answers)
            self.left[made.id] = dict(self.left[finished])
            return int(made.id)

    @invariant()
    def everything_answered_is_readable(self) -> None:
        """Each set of answers holds what it was left with, shows it in words, and thaws the questions it answered."""
        with self.stage.work() as work:
            for answers in work.db.scalars(select(FormAnswers)):
                expected = self.left[answers.id]
                aside = {one["place"]: one["value"] for one in answers.left_behind}
                here = {key: value for key, value in answers.values.items() if not is_blank(value)}
                assert {**aside, **here} == expected if answers.state == "draft" else here == expected
                shown = {line.label for part in shown_parts(work, answers) for line in part.lines}
                form = form_of_edition(answers.edition)
                assert {form.question(key).label for key in here} == shown
                assert all(one["said"] for one in answers.left_behind)


def test_nothing_answered_is_lost_in_any_order(engine: Engine) -> None:
    AnyOrder.engine, AnyOrder.count = engine, 0
    quick = settings(
        max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(AnyOrder, settings=quick)  # type: ignore[no-untyped-call]
