"""What holds for every kind of record that is entered: the round trip, the roles, the authority, two people at once."""

from __future__ import annotations

import pytest
from sqlalchemy import func, inspect, select

from cmcore.base.findings import NotAllowed, NotFound
from cmcore.forms import dump, load
from cmcore.safekeeping.access import open_session
from cmcore.safekeeping.records import AuditEntry
from cmcore.safekeeping.scope import Actor, Grant, Scope
from cmcore.safekeeping.work import Conflict, Work
from cmcore.testing import Stage, refused
from cmcore.virtual_schools.actions import add_setting
from tests.cmcore.roster import KINDS, Entered

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
#: Roles that see, or do not even see, what they may not enter.
#: Who enters nothing of a kind. A referrer, who may be the social worker, writes down known risks.
ONLY_SEE = [
    (kind, role)
    for kind in KINDS
    for role in ("mentor", "referrer", "evaluator")
    if (kind, role) != ("known_risk", "referrer")
]


def key_of_one(stage: Stage, kind: Entered) -> int:
    with stage.work() as work:
        key: int = kind.made(work).id
    return key


@every_kind
def test_what_is_entered_comes_back_as_it_was_answered(stage: Stage, kind: Entered) -> None:
    key = key_of_one(stage, kind)
    with stage.work() as work:
        kept = work.get(kind.record, key)
        assert kind.answers_of(kept) == kind.answers
        assert work.warnings == []
        kind.change(work, kept, kind.changed, kept.version)
    with stage.work() as work:
        assert kind.answers_of(work.get(kind.record, key)) == kind.changed


@every_kind
def test_answers_pass_through_the_form_and_back(kind: Entered) -> None:
    answers = type(kind.answers)
    assert load(answers, dump(answers, kind.answers)) == kind.answers


@every_kind
def test_what_nothing_hangs_on_can_be_removed(stage: Stage, kind: Entered) -> None:
    key = key_of_one(stage, kind)
    with stage.work() as work:
        kind.remove(work, work.get(kind.record, key))
    with stage.work() as work, pytest.raises(NotFound):
        work.get(kind.record, key)


@every_kind
def test_each_act_is_written_to_the_audit_under_its_name(stage: Stage, kind: Entered) -> None:
    key = key_of_one(stage, kind)
    with stage.work() as work:
        kind.change(work, work.get(kind.record, key), kind.changed)
    with stage.work() as work:
        kind.remove(work, work.get(kind.record, key))
    noun = kind.record.kind()
    with open_session(stage.engine, stage.scope("operator")) as db:
        asked = select(AuditEntry.what, AuditEntry.act).where(
            AuditEntry.kind_of_record == noun, AuditEntry.record_id == key
        )
        told = [tuple(row) for row in db.execute(asked.order_by(AuditEntry.id))]
    assert told == [("added", f"{noun}.add"), ("changed", f"{noun}.change"), ("removed", f"{noun}.remove")]


@pytest.mark.parametrize(("named", "role"), ONLY_SEE)
def test_a_role_that_only_sees_may_enter_change_and_remove_nothing(stage: Stage, named: str, role: str) -> None:
    kind = KINDS[named]
    with stage.work() as work:
        kept = kind.made(work)
    with stage.work(role, mentor_id=1, setting_id=1) as work:
        assert not work.may(f"{kind.record.kind()}.add")
        for act in (lambda: kind.change(work, kept, kind.changed), lambda: kind.remove(work, kept)):
            with pytest.raises(NotAllowed, match="Your role does not include this"):
                act()


@every_kind
def test_the_head_enters_as_the_coordinator_does(stage: Stage, kind: Entered) -> None:
    with stage.work("head") as work:
        kind.remove(work, kind.made(work))


@every_kind
def test_another_authority_finds_nothing_of_it(stage: Stage, kind: Entered) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    key = key_of_one(stage, kind)
    with stage.work(authority_id=other) as work:
        assert work.db.scalar(select(func.count()).select_from(kind.record)) == 0
        with pytest.raises(NotFound):
            work.get(kind.record, key)


@every_kind
def test_the_second_of_two_people_is_told_and_changes_nothing(stage: Stage, kind: Entered) -> None:
    key = key_of_one(stage, kind)
    with stage.work() as first:
        opened = first.get(kind.record, key).version
        kind.change(first, first.get(kind.record, key), kind.changed, opened)
    with stage.work() as second, pytest.raises(Conflict, match="Somebody else changed this"):
        kind.change(second, second.get(kind.record, key), kind.answers, opened)
    with stage.work() as work:
        assert kind.answers_of(work.get(kind.record, key)) == kind.changed


@every_kind
def test_the_form_says_what_it_is_for(kind: Entered) -> None:
    form = kind.answers.form
    assert form.key == kind.record.kind().replace("_", "-")
    assert form.doc.endswith(".") and form.title
    assert all(question.hint.endswith((".", "")) for question in form.questions)


#: Answers that are kept in another shape than they are typed in.
_RESHAPED = {"in_area", "art_forms", "languages", "upn"}


@every_kind
def test_whatever_is_answered_fits_where_it_is_kept(kind: Entered) -> None:
    columns = {column.key: column.columns[0] for column in inspect(kind.record).column_attrs}
    for question in kind.answers.form.questions:
        if question.key in _RESHAPED:
            continue
        column = columns[question.key]
        room = getattr(column.type, "length", None)
        options = [len(one.key) for one in getattr(question.kind, "options", ())]
        assert room is None or (max(options) if options else question.kind.most) <= room, question.key
        assert column.nullable is (question.nothing is None and not question.required), question.key
        assert bool(column.info.get("sensitive")) is question.sensitive, question.key


def for_both(stage: Stage, other: int) -> Work:
    """Work of somebody who coordinates one authority and keeps the money of another."""
    grants = (Grant(stage.authority_id, "coordinator"), Grant(other, "finance"))
    scope = Scope("hester.quillmarsh", grants, stage.clock.today())
    return Work(stage.engine, Actor(scope.login, "Hester Quillmarsh"), scope, clock=stage.clock)


def test_somebody_who_acts_for_two_authorities_says_which_one(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    place = KINDS["setting"].answers
    with for_both(stage, other) as work, refused(None, "Say which one"):
        add_setting(work, place)
    with for_both(stage, other) as work:
        assert add_setting(work, place, authority_id=stage.authority_id).added_by_id == stage.authority_id


def test_a_role_in_one_authority_is_none_in_another(stage: Stage) -> None:
    other = stage.authority("991", "Quillshire", "QU")
    with for_both(stage, other) as work, pytest.raises(NotAllowed):
        add_setting(work, KINDS["setting"].answers, authority_id=other)
