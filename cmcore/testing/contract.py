"""What every plugin must keep: a class its maker inherits, and `cm plugin check` runs.

    class TestContract(PluginContract):
        package = "cmcore_wrenshire"

Fixtures it asks for: ``database_url``, which :mod:`cmcore.testing.fixtures` has.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

from sqlalchemy import inspect

import cmcore.records  # noqa: F401  every record is mapped before a plugin's is
from cmcore.base.engine import engine_for, is_sqlite
from cmcore.base.migrations import check, downgrade, upgrade
from cmcore.base.records import OfAuthority, Record
from cmcore.exchange.documents.form_document import form_pdf
from cmcore.exchange.workbook.form_sheet import read_sheet, write_sheet
from cmcore.forms import Form, dump, form_of, freeze, json_schema, read, say, thaw
from cmcore.plugins.configured import Configured
from cmcore.plugins.declared import Plugin
from cmcore.plugins.register import Register, standing
from cmcore.safekeeping.retention import Keeping, retention_rules
from cmcore.safekeeping.roles import roles
from cmcore.testing.examples import example_of
from cmcore.testing.walk import failing_neighbour, failures_on_the_way, noted_calls

#: What a plugin may import of ours, and from which of its files.
CORE_DOORS, CONSOLE_DOORS = ("cmcore.api", "cmcore.testing"), ("console.api",)
_WEB = ("flask", "flask_appbuilder", "wtforms", "werkzeug", "console")

_ALONE = """
import sys
for name in {web!r}: sys.modules[name] = None
from importlib import import_module
from cmcore.plugins.register import Register
import {package} as module
made = Register()
for name in module.MANIFEST.requires:
    needed = import_module(f"cmcore_{{name}}")
    made.add(needed.MANIFEST, needed)
made.add(module.MANIFEST, module)
made.declared("cm_forms")
"""


class PluginContract:
    """Inherit it, name the package, and every promise of a plugin becomes a test."""

    #: The plugin's package, such as "cmcore_wrenshire".
    package: ClassVar[str] = ""

    # ---- what is looked at
    @staticmethod
    def in_a_program(code: str) -> subprocess.CompletedProcess[str]:
        """Run code in a program of its own, which has loaded no web."""
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    def module(self) -> ModuleType:
        """The plugin's package."""
        return import_module(self.package)

    def taken_in(self, *others: Any) -> tuple[Register, Plugin]:
        """A register with this plugin, those it needs, and these others; on everywhere."""
        module: Any = self.module()
        made = Register()
        for name in module.MANIFEST.requires:
            needed: Any = import_module(f"cmcore_{name}")
            made.add(needed.MANIFEST, needed)
        plugin = made.add(module.MANIFEST, module)
        for each in others:
            made.add(each.MANIFEST, each)
        made.configured = Configured(on=frozenset({"*"}))
        return made, plugin

    def forms(self) -> list[Form]:
        """The forms it declares."""
        return [form_of(one) for one in self.taken_in()[1].declared.get("cm_forms", ())]

    # ---- the promises
    def test_it_loads_alone_and_without_flask(self) -> None:
        """A library with no web installed can use it."""
        done = self.in_a_program(_ALONE.format(web=_WEB, package=self.package))
        assert done.returncode == 0, done.stderr

    def test_its_hooks_are_as_specified_and_its_keys_its_own(self) -> None:
        """No misspelt hook, no argument that is not given, no key of somebody else's; the refusal says which."""
        _, plugin = self.taken_in()
        assert self.package == f"cmcore_{plugin.name}", "The package of a plugin is called cmcore_ and its name."
        assert plugin.manifest.title and plugin.manifest.version and plugin.manifest.maker

    def test_it_enters_by_the_front_doors(self) -> None:
        """It imports cmcore.api and cmcore.testing, and console.api from its console.py alone."""
        root = Path(str(self.module().__file__)).parent
        wrong = [said for file in sorted(root.rglob("*.py")) for said in _wrong_doors(file, root)]
        assert wrong == []

    def test_every_form_passes_through_schema_sheet_and_document(self) -> None:
        """What is answered comes back from each the same."""
        for form in self.forms():
            json_schema(form)
            answers = _answered(form)
            told = dump(form, answers)
            assert read(form, told, draft=True).answers == answers, f"{form.key} through its schema"
            sheet = read_sheet(form, write_sheet(form, told))
            assert read(form, sheet.raw, draft=True).answers == answers, f"{form.key} through its sheet"
            for values in (None, told):
                assert form_pdf(form, values).startswith(b"%PDF"), f"{form.key} as a document"

    def test_removed_its_answers_are_still_read(self) -> None:
        """The frozen questions say everything that is needed to read what was answered."""
        for form in self.forms():
            told = dump(form, _answered(form))
            kept = thaw(freeze(form))
            again = read(kept, told, draft=True)
            assert again.answers is not None, [str(one) for one in again.findings]
            for question in kept.questions:
                if question.answers:
                    say(question.kind, getattr(again.answers, question.key))

    def test_sensitive_questions_have_a_rule_of_keeping(self) -> None:
        """Every form that asks something sensitive is named in cm_retention, with a rule there is."""
        known, plugin = self.taken_in()
        told = {one.form: one.rule for one in plugin.declared.get("cm_retention", ()) if isinstance(one, Keeping)}
        with standing(known):
            rules = retention_rules()
        for form in self.forms():
            if any(question.sensitive for question in form.questions):
                assert form.key in told, f"{form.key} asks something sensitive: name it in cm_retention."
        assert set(told.values()) <= set(rules), "cm_retention names a rule of keeping there is not."

    def test_its_records_are_within_access_audit_and_keeping(self) -> None:
        """Each belongs to an authority, carries the plugin's prefix, and says how long it is kept and who sees it."""
        known, plugin = self.taken_in()
        with standing(known):
            rules = retention_rules()
        for record in self._records():
            assert issubclass(record, OfAuthority), f"{record.__name__} derives from OfAuthority or OfYoungPerson."
            assert record.retention in rules, f"{record.__name__}.retention names a rule of keeping."
            assert record.words != Record.words, f"{record.__name__}.words say what one and many are called."
            seen = [role for role in roles().values() if role.reaches(record.kind(), record.about) != "none"]
            assert seen, f"{record.__name__}.about is within no role's reach."
        assert not self._records() or plugin.declared.get("cm_tables"), "Records need cm_tables and its migrations."

    def _records(self) -> list[type[Record]]:
        self.taken_in()
        mapped = [mapper.class_ for mapper in Record.registry.mappers]
        return [each for each in mapped if each.__module__.partition(".")[0] == self.package]

    def test_its_tables_go_up_and_down_and_are_as_its_records_say(self, database_url: str) -> None:
        """Migrated, checked, guarded, taken down again with nothing left, and up once more."""
        known, plugin = self.taken_in()
        prefix = plugin.manifest.table_prefix
        for record in self._records():
            assert str(record.__tablename__).startswith(prefix), f"A table of {plugin.name} begins with {prefix}."
        if not plugin.declared.get("cm_tables"):
            return
        engine = engine_for(database_url)
        try:
            with standing(known):
                upgrade(engine)
                assert check(engine, owner=plugin.name) == []
                if not is_sqlite(engine):
                    assert _unguarded(engine, prefix) == []
                downgrade(engine, plugin.name)
                assert [each for each in inspect(engine).get_table_names() if each.startswith(prefix)] == []
                upgrade(engine)
                assert check(engine) == []
        finally:
            engine.dispose()

    def test_it_goes_the_whole_way_beside_a_neighbour_that_fails(self, database_url: str) -> None:
        """From a referral to an ending, its offers and figures read, it never raises; nor does a neighbour's fault."""
        known, plugin = self.taken_in(failing_neighbour())
        with standing(known):
            failed = failures_on_the_way(database_url).get(plugin.name, [])
        assert failed == [], f"{plugin.name} failed on the way: {'; '.join(failed)}."

    def test_switched_off_nothing_of_it_is_asked_or_told(self, database_url: str) -> None:
        """Where it is off, everything goes its way as if it were not there."""
        known, _ = self.taken_in()
        asked = noted_calls(known, self.module())
        known.configured = Configured()
        with standing(known):
            failures_on_the_way(database_url)
        assert asked == []


def _answered(form: Form) -> Any:
    """Answers to a form; what its own checks refuse of the examples is left open."""
    raw = example_of(form)
    for _ in range(len(raw) + 1):
        reading = read(form, raw, draft=True)
        if reading.answers is not None:
            return reading.answers
        refused = {(one.place or "").partition(".")[0] for one in reading.findings}
        raw = {key: value for key, value in raw.items() if key not in refused}
    raise AssertionError(f"{form.key} cannot be left open: {[str(one) for one in read(form, {}, draft=True).findings]}")


def _wrong_doors(file: Path, root: Path) -> list[str]:
    """The imports of a file that go round the front doors, one sentence each."""
    inner = file.relative_to(root).as_posix()
    web = inner == "console.py" or inner.startswith("console/")
    doors = (*CORE_DOORS, *(CONSOLE_DOORS if web else ()))
    closed = () if web else ("flask", "flask_appbuilder", "wtforms", "werkzeug")
    wrong = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        at = getattr(node, "lineno", 0)
        for name in names:
            top = name.partition(".")[0]
            ours = top in ("cmcore", "console") and not any(
                name == door or name.startswith(f"{door}.") for door in doors
            )
            if ours or top in closed:
                wrong.append(f"{inner}, line {at}: imports {name}; a plugin enters by {', '.join(doors)}.")
    return wrong


def _unguarded(engine: Any, prefix: str) -> list[str]:
    """On PostgreSQL, the plugin's tables without row-level security."""
    from sqlalchemy import text

    asked = text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE :own AND NOT relrowsecurity")
    with engine.connect() as connection:
        own = prefix.replace("_", r"\_") + "%"
        return [name for (name,) in connection.execute(asked, {"own": own})]


__all__ = ["PluginContract"]
