"""The console's tables: made by its own line of migrations, as they are declared, and filled once at deployment."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import Engine, inspect, select

from cmcore.base import migrations
from console import tables
from console.app import sync_permissions


def test_the_tables_are_as_they_are_declared_the_frameworks_included(database_url: str) -> None:
    assert [one for one in migrations.check(database_url) if one.startswith("console")] == []


def test_the_line_can_be_taken_down_and_up_again(empty_database_url: str) -> None:
    migrations.upgrade(empty_database_url)
    migrations.downgrade(empty_database_url, "console")
    assert migrations.upgrade(empty_database_url, owner="console") == ["console console_0005"]


def test_making_the_app_makes_no_table_and_writes_no_permission(app: Flask, engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute(select(tables.metadata.tables["ab_permission"])).all() == []
    assert set(tables.metadata.tables) <= set(inspect(engine).get_table_names())


def test_permissions_and_roles_are_written_once_and_the_second_time_changes_nothing(app: Flask, engine: Engine) -> None:
    assert sync_permissions(app) > 50
    assert sync_permissions(app) == 0
    role, held = tables.metadata.tables["ab_role"], tables.metadata.tables["ab_permission_view_role"]
    with engine.connect() as connection:
        names = set(connection.scalars(select(role.c.name)))
        mine = connection.execute(select(held).join(role, role.c.id == held.c.role_id).where(role.c.name == "mentor"))
        assert {"coordinator", "mentor", "signed in"} <= names
        assert 0 < len(mine.all()) < 20
