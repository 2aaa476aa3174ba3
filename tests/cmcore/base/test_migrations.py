"""Taking the database up and down, and that it is then as the records declare it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import Column, Index, MetaData, String, Table, inspect

from cmcore.base.engine import engine_for
from cmcore.base.migrations import check, current, downgrade, upgrade
from cmcore.base.migrations.lines import OF_PLUGINS, Line, lines
from cmcore.base.migrations.run import _in_words
from cmcore.testing import refused

VISIT = Table("cmp_wrenshire_visit", MetaData(), Column("place", String(40)))


def test_up_gives_what_the_records_declare(empty_database_url: str) -> None:
    assert [line.partition(" ")[0] for line in upgrade(empty_database_url)][:2] == ["core", "console"]
    assert check(empty_database_url) == []
    assert upgrade(empty_database_url) == []
    assert all(at == newest for at, newest in current(empty_database_url).values())


def test_down_takes_everything_of_an_owner_away_and_up_brings_it_back(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    for line in reversed(lines()):
        downgrade(empty_database_url, line.owner)
    engine = engine_for(empty_database_url)
    left = {name for name in inspect(engine).get_table_names() if not name.startswith("cm_version_")}
    engine.dispose()
    assert left == set()
    upgrade(empty_database_url)
    assert check(empty_database_url) == []


def test_each_step_of_the_core_can_be_taken_alone(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    for step in ("0007", "0006", "0005", "0004", "0003", "0002", "0001"):
        downgrade(empty_database_url, "core", step)
    upgrade(empty_database_url)
    assert check(empty_database_url) == []


def test_two_who_migrate_at_once_wait_for_each_other(empty_database_url: str) -> None:
    wrong: list[Exception] = []

    def migrate() -> None:
        try:
            upgrade(empty_database_url)
        except Exception as raised:  # noqa: BLE001  what a thread raises is looked at below
            wrong.append(raised)

    both = [threading.Thread(target=migrate) for _ in range(2)]
    [each.start() for each in both]
    [each.join() for each in both]
    assert wrong == [] and check(empty_database_url) == []


def test_an_owner_that_is_not_there_is_named_with_those_that_are(empty_database_url: str) -> None:
    with refused(words="There is no line marmalade. There are core, console"):
        upgrade(empty_database_url, owner="marmalade")


def test_every_line_owns_its_tables_and_no_others() -> None:
    known = lines()
    # Records of plugins are declared beside those of the core; each table is of one owner.
    tables = {table for line in known for table in line.metadata().tables if not table.startswith(OF_PLUGINS)}
    assert all(sum(line.owns(table) for line in known) == 1 for table in tables)
    assert not Line("x", "x:versions", ("cm_",), MetaData).owns("cm_version_core")


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (("add_table", VISIT), "the table cmp_wrenshire_visit is missing, which a record declares."),
        (("remove_table", VISIT), "the table cmp_wrenshire_visit is there, and no record declares it."),
        (
            ("remove_column", None, "cmp_wrenshire_visit", VISIT.c.place),
            "the column place of cmp_wrenshire_visit is there, and no record declares it.",
        ),
        (
            ("add_index", Index("ix_visit_place", VISIT.c.place)),
            "the index ix_visit_place of cmp_wrenshire_visit is missing, which a record declares.",
        ),
        (
            [("modify_nullable", None, "cmp_wrenshire_visit", "place", {}, True, False)],
            "the column place of cmp_wrenshire_visit has another “nullable” than the record declares.",
        ),
    ],
)
def test_a_difference_is_said_in_words(difference: Any, said: str) -> None:
    assert _in_words(difference) == said
