"""A plugin is taken out by name: what was in its tables is kept in a file, and nothing else is touched."""

from __future__ import annotations

import csv
import io
import json
import stat
import zipfile
from pathlib import Path

from sqlalchemy import Engine, Select, inspect, select, text

from cmcore.base.engine import WRITING
from cmcore.commands.plugin_remove import remove
from cmcore.plugins.records import PluginSwitch
from cmcore.plugins.tables import owners_in, rows_in, standing, tables_of
from cmcore.programmes.records import Programme
from cmcore.safekeeping.plugin_accounts import accounts_of
from cmcore.safekeeping.plugin_actions import switch_plugin
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage, a_plugin, plugged, refused
from cmcore.testing.story import Story


def settle(engine: Engine, *names: str) -> None:
    """Tables as plugins leave them, the second of each pointing at the first, with a row in both."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        for name in names:
            connection.execute(text(f"CREATE TABLE cm_version_{name} (version_num VARCHAR(32) NOT NULL)"))
            connection.execute(text(f"CREATE TABLE cmp_{name}_studio (id INTEGER PRIMARY KEY, words VARCHAR(80))"))
            connection.execute(
                text(
                    f"CREATE TABLE cmp_{name}_visit (id INTEGER PRIMARY KEY, "
                    "authority_id INTEGER REFERENCES cm_authority (id), "
                    f"studio_id INTEGER REFERENCES cmp_{name}_studio (id))"
                )
            )
            connection.execute(text(f"INSERT INTO cmp_{name}_studio VALUES (1, '=1+1')"))
            connection.execute(text(f"INSERT INTO cmp_{name}_visit VALUES (1, NULL, 1)"))


def test_a_plugin_that_is_gone_is_named_and_taken_out_with_its_rows_kept(stage: Stage, tmp_path: Path) -> None:
    settle(stage.engine, "alder", "birch")
    file = tmp_path / "alder.zip"
    with plugged():
        with stage.work("head") as work:
            told = {one.name: one for one in accounts_of(work)}
            assert told["alder"].state == "not installed" and told["alder"].tables == {
                "cmp_alder_studio": 1,
                "cmp_alder_visit": 1,
            }
            assert "cm plugin remove alder --export FILE" in told["alder"].why
        said = remove(stage.engine, "alder", file)
    assert "2 tables with 2 rows, kept in alder.zip" in said and "personal data" in said
    left = inspect(stage.engine).get_table_names()
    assert not [each for each in left if "alder" in each]
    assert {"cmp_birch_studio", "cmp_birch_visit", "cm_version_birch"} <= set(left)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        kept = json.loads(archive.read("tables/cmp_alder_studio.json"))
        assert kept["rows"] == [{"id": 1, "words": "=1+1"}]
        rows = list(csv.reader(io.StringIO(archive.read("tables/cmp_alder_studio.csv").decode())))
        assert rows == [["id", "words"], ["1", "'=1+1"]], "a cell never becomes a formula"
    with stage.work("operator") as work:
        asked: Select[tuple[AuditEntry]] = select(AuditEntry).where(AuditEntry.act == "plugin.remove")
        assert [one.detail for one in work.db.scalars(asked)] == [{"plugin": "alder"}]


def test_the_switches_of_a_plugin_go_with_it_and_its_forms_are_in_the_file(stage: Stage, tmp_path: Path) -> None:
    from cmcore.api import Answers, ask, form

    @form("wrenshire-visit", version=1, title="Visit")
    class Visit(Answers):
        seen: str = ask("What was seen?")

    with plugged(a_plugin(cm_forms=lambda: [Visit])):
        with stage.work("administrator") as work:
            switch_plugin(work, stage.authority_id, "wrenshire", True)
        remove(stage.engine, "wrenshire", tmp_path / "wrenshire.zip")
        with stage.work() as work:
            assert work.db.scalars(select(PluginSwitch)).all() == []
    with zipfile.ZipFile(tmp_path / "wrenshire.zip") as archive:
        told = json.loads(archive.read("plugin.json"))
    assert [one["key"] for one in told["forms"]] == ["wrenshire-visit"] and told["maker"] == "Hester Quillmarsh"


def test_a_plugin_others_need_is_not_taken_out(stage: Stage, tmp_path: Path) -> None:
    with plugged(a_plugin(), a_plugin("thornley", requires=("wrenshire",))):
        with refused(words="Thornley cannot do without wrenshire."):
            remove(stage.engine, "wrenshire", tmp_path / "out.zip")
    assert not (tmp_path / "out.zip").exists()


def test_a_plugin_whose_measures_a_programme_is_scored_with_stays(stage: Stage, tmp_path: Path) -> None:
    from dataclasses import replace

    from cmcore.measures.shipped import EIGHT

    Story.begin(stage)
    with plugged(a_plugin(cm_measure_sets=lambda: [replace(EIGHT, key="wrenshire_eight")])):
        with stage.work() as work:
            programme = work.db.scalars(select(Programme)).first()
            assert programme is not None
            programme.measure_set = "wrenshire_eight@1"
        with refused(words="The programme Creative mentoring is kept with what wrenshire declares"):
            remove(stage.engine, "wrenshire", tmp_path / "out.zip")


def test_a_table_others_point_at_is_not_taken_out(stage: Stage, tmp_path: Path) -> None:
    settle(stage.engine, "alder")
    with stage.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        connection.execute(
            text("CREATE TABLE cmp_birch_note (id INTEGER, studio_id INTEGER REFERENCES cmp_alder_studio (id))")
        )
    with plugged(), refused(words="cmp_birch_note points at its tables."):
        remove(stage.engine, "alder", tmp_path / "out.zip")


def test_a_file_that_is_there_is_not_written_over(stage: Stage, tmp_path: Path) -> None:
    settle(stage.engine, "alder")
    (tmp_path / "out.zip").write_text("kept")
    with plugged(), refused(words="There is a file out.zip already."):
        remove(stage.engine, "alder", tmp_path / "out.zip")
    assert "cmp_alder_visit" in inspect(stage.engine).get_table_names()


def test_a_plugin_nobody_knows_is_refused(stage: Stage, tmp_path: Path) -> None:
    with plugged(a_plugin()), refused(words="There is no plugin marmalade, and no table of one. There are wrenshire."):
        remove(stage.engine, "marmalade", tmp_path / "out.zip")


def test_a_name_that_begins_with_anothers_keeps_its_own_tables(stage: Stage) -> None:
    settle(stage.engine, "alder", "alder_north")
    names = ["alder", "alder_north"]
    assert tables_of(standing(stage.engine), "alder", names) == ["cmp_alder_studio", "cmp_alder_visit"]
    assert [one for one in owners_in(standing(stage.engine)) if one.startswith("alder")] == names
    assert rows_in(stage.engine, ["cmp_alder_north_visit"], []) == {"cmp_alder_north_visit": 1}
