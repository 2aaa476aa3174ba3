"""Every record says whose it is, how long it is kept and what people call it; and its table can be guarded."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.base.records import OfYoungPerson, Record
from cmcore.safekeeping.access import condition, person_column
from cmcore.safekeeping.retention import RETENTION
from cmcore.safekeeping.roles import roles
from cmcore.safekeeping.scope import Grant, Scope
from tests.cmcore.roster import KINDS
from tests.house.reference.kept import core_records

CLASSES = sorted(core_records(), key=lambda record: record.kind())
every_record = pytest.mark.parametrize("record", CLASSES, ids=[record.kind() for record in CLASSES])
#: Reaches that show one person's part of an authority, not all of it.
NARROW = {"commissioned", "own answers", "own commissions", "own concerns", "own drafts", "own pupils", "self"} | {
    "shared case studies",
    "shown entries",
    "shown media",
}


@every_record
def test_a_record_names_a_rule_of_keeping_that_there_is(record: type[Record]) -> None:
    assert record.retention in RETENTION


@every_record
def test_a_record_is_within_some_roles_reach_or_is_bookkeeping_of_the_software(record: type[Record]) -> None:
    reached = {role.reaches(record.kind(), record.about) for role in roles().values()} - {"none"}
    assert reached if record.about != "system" else not reached


@every_record
def test_a_record_has_words_of_its_own(record: type[Record]) -> None:
    one, many = record.words
    assert one and many and one != many
    assert record.about == "system" or record.words != Record.words


@every_record
def test_a_record_opens_with_a_sentence_that_says_what_it_is(record: type[Record]) -> None:
    assert (record.__doc__ or "").strip().split("\n\n")[0].endswith(".")


@every_record
def test_what_is_about_a_young_person_is_kept_as_long_as_their_record(record: type[Record]) -> None:
    if record.about == "child":
        # What was typed and never sent is no record of anybody yet.
        assert record.retention in ("child", "draft") and person_column(record) is not None
    if issubclass(record, OfYoungPerson):
        assert record.about == "child"


@every_record
@pytest.mark.parametrize("role", [role for role in roles() if role != "operator"])
def test_every_role_has_a_condition_on_every_record(record: type[Record], role: str) -> None:
    scope = Scope("somebody", (Grant(1, role, mentor_id=1, setting_id=1),), date(2026, 11, 10))
    told = str(condition(record, scope).compile())
    reach = roles()[role].reaches(record.kind(), record.about)
    assert (told in ("false", "0 = 1")) is (reach == "none")


@pytest.mark.parametrize("role", ["mentor", "referrer"])
def test_whoever_is_not_staff_never_reaches_a_whole_authoritys_young_people(role: str) -> None:
    for record in CLASSES:
        if record.about == "child":
            assert roles()[role].reaches(record.kind(), record.about) in NARROW | {"none"}, record


def test_no_role_names_an_act_on_a_kind_that_is_not_there() -> None:
    read = {"compliance", "evidence", "money"}
    nouns = {record.kind() for record in CLASSES} | {"*", "import", "account", "audit", "review", "session", *read}
    named = {(key, act) for key, role in roles().items() for act in role.may if act.partition(".")[0] not in nouns}
    assert not named


def test_the_kinds_that_are_entered_are_all_tried() -> None:
    assert set(KINDS) <= {record.kind() for record in CLASSES}
