"""Plugins are taken in whole or not at all, and one that is left out is named with the way out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from cmcore.api import Answers, Keeping, Line, Manifest, PluginSetting, StageForm, ask, form, hookimpl
from cmcore.base.findings import Severity
from cmcore.base.policy import Policy, Rule
from cmcore.evidence.own_figures import OWN
from cmcore.jobs.kinds import Result, TaskKind, task_kinds
from cmcore.measures.shipped import EIGHT, SHIPPED
from cmcore.plugins import register as registering
from cmcore.plugins.declared import CORE_KEYS, STAGE_FORMS
from cmcore.plugins.manifest import API, PluginFault
from cmcore.plugins.register import Register
from cmcore.programmes.creative_mentoring import CREATIVE_MENTORING
from cmcore.programmes.registry import programme_types
from cmcore.programmes.types import ProgrammeType
from cmcore.testing import Stage, a_plugin, plugged
from cmcore.virtual_schools.records import Authority


@form("wrenshire-visit", version=1, title="Visit to a studio")
class Visit(Answers):
    """What was seen."""

    seen: str = ask("What was seen?")


RULE = Rule("R-WRENSHIRE-1", "A visit is announced.", Severity.block, "[Default]")


def _week(**stages: str) -> ProgrammeType:
    return replace(CREATIVE_MENTORING, key="wrenshire-week", forms={**CREATIVE_MENTORING.forms, **stages})


def nothing() -> list[Any]:
    """What a hook answers that has nothing to bring."""
    return []


def taken(**said: Any) -> Register:
    """A register after one plugin was tried."""
    made = Register()
    one = a_plugin(**said)
    made.add(one.MANIFEST, one)
    return made


def test_what_a_plugin_declares_is_found_by_its_hook_with_its_owner() -> None:
    kind = replace(CREATIVE_MENTORING, key="wrenshire-studio", title="Studio time", owner="wrenshire")
    one = a_plugin(cm_forms=lambda: [Visit], cm_rules=lambda: [RULE], cm_programme_types=lambda: [kind])
    with plugged(one) as known:
        assert [(plugin.name, each) for plugin, each in known.by_plugin("cm_forms")] == [("wrenshire", Visit)]
        assert Policy.load()["R-WRENSHIRE-1"] is RULE
        assert programme_types()["wrenshire-studio"] is kind
    assert "R-WRENSHIRE-1" not in Policy.load() and "wrenshire-studio" not in programme_types()


def test_an_authority_may_keep_a_plugins_rule_another_way() -> None:
    with plugged(a_plugin(cm_rules=lambda: [RULE])):
        kept = Policy.load(("wrenshire.toml", {"R-WRENSHIRE-1": {"severity": "warn"}}))
        assert kept["R-WRENSHIRE-1"].severity is Severity.warn


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            {"api": API + 1},
            "was built for version 2 of the front doors, and this is version 1. Bring Creative Mentoring",
        ),
        ({"api": 0}, "Install a version of it that was built for this one."),
        ({"requires": ("thornley",)}, "Wrenshire needs the plugin thornley, which is not in use."),
        ({"cm_form": nothing}, "In Wrenshire: cm_form is no hook. Did you mean cm_forms?"),
        ({"cm_forms": lambda: None}, "Wrenshire answers cm_forms with NoneType, not with a list."),
        ({"cm_forms": lambda: [Visit, Visit]}, "Wrenshire declares wrenshire-visit twice in cm_forms."),
        ({"name": "thornley", "cm_forms": lambda: [Visit]}, "which does not begin with “thornley”"),
        ({"rules": "WREN", "cm_rules": lambda: [RULE]}, "its rules begin with R-WREN-. Rename it."),
        ({"cm_measure_sets": lambda: [EIGHT], "keys": ("eight",)}, "Wrenshire and the core both declare eight@1"),
        ({"cm_tables": lambda: [Line("thornley", "a:b", ("cmp_",), dict)]}, "brings tables in the name of thornley"),
        (
            {"cm_check_referral": lambda work, referal: []},
            "cm_check_referral asks for referal, and is given work, referral. Name the arguments so",
        ),
        (
            {"cm_forms": lambda: [Visit], "cm_stage_forms": lambda: [StageForm("session", Visit)]},
            "Wrenshire has wrenshire-visit asked at the stage “session”. A form of its own can be asked at: referral.",
        ),
        (
            {"cm_programme_types": lambda: [_week(visit="wrenshire-visit")]},
            "names wrenshire-visit for the stage “visit”, which is not among its cm_forms.",
        ),
        (
            {"cm_forms": lambda: [Visit], "cm_programme_types": lambda: [_week(session="wrenshire-visit")]},
            "names wrenshire-visit for the stage “session”, which is not among its cm_stage_forms.",
        ),
        ({"cm_forms": lambda work: []}, "cm_forms asks for work, and is given nothing."),
    ],
)
def test_a_plugin_that_cannot_be_taken_in_says_why_and_leaves_nothing_behind(said: dict[str, Any], words: str) -> None:
    made = Register()
    one = a_plugin(**said)
    with pytest.raises(PluginFault) as refused:
        made.add(one.MANIFEST, one)
    assert words in str(refused.value)
    assert made.plugins == {} and made.implementing("cm_check_referral") == ()
    assert made.pluggy.get_plugins() == set()


def test_a_declaration_that_raises_leaves_the_plugin_out_whole() -> None:
    with pytest.raises(ZeroDivisionError):
        taken(cm_forms=lambda: [Visit], cm_rules=lambda: 1 / 0)


def test_a_hook_without_its_mark_is_named() -> None:
    one = a_plugin(cm_rules=nothing)
    one.cm_forms = list
    with pytest.raises(PluginFault, match="cm_forms is not marked: write @hookimpl above it"):
        Register().add(one.MANIFEST, one)


def test_two_plugins_with_one_key_are_both_named_and_the_second_is_left_out() -> None:
    made = taken(cm_forms=lambda: [Visit])
    second = a_plugin("thornley", keys=("wrenshire-visit",), cm_forms=lambda: [Visit])
    with pytest.raises(PluginFault, match="Thornley and Wrenshire both declare wrenshire-visit"):
        made.add(second.MANIFEST, second)
    assert list(made.plugins) == ["wrenshire"]


def test_what_is_said_of_the_rules_of_a_plugin_that_could_not_start_is_kept_aside() -> None:
    said = ("wrenshire.toml", {RULE.id: {"severity": "warn"}})
    with plugged(a_plugin(cm_rules=lambda: [RULE])) as known:
        assert Policy.load(said)[RULE.id].severity is Severity.warn
        known.leave_out("wrenshire", "Its tables are not there yet.")
        assert RULE.id not in Policy.load(said)
        with pytest.raises(ValueError, match=r"there is no rule R-MEA-33. Did you mean R-MEA-3?"):
            Policy.load(("wrenshire.toml", {"R-MEA-33": {"days": 9}}))
    with plugged(), pytest.raises(ValueError, match=r"If it is a plugin's, install the plugin, or take it out."):
        Policy.load(said)


def test_what_an_authority_keeps_of_a_rule_whose_plugin_is_gone_stops_nothing(stage: Stage) -> None:
    with plugged(), stage.work("coordinator") as work:
        work.get(Authority, stage.authority_id).policy = {RULE.id: {"severity": "warn"}, "R-MEA-3": {"days": 56}}
        assert work.policy_of(stage.authority_id).threshold("R-MEA-3", "days") == 56
        work.undo()


def test_names_whose_tables_could_not_be_told_apart_are_refused() -> None:
    made = taken()
    longer = a_plugin("wrenshire_north")
    with pytest.raises(PluginFault, match="begin alike, so their tables could not be told apart"):
        made.add(longer.MANIFEST, longer)


def test_what_needs_a_plugin_goes_out_with_it() -> None:
    made = taken()
    second = a_plugin("thornley", requires=("wrenshire",))
    made.add(second.MANIFEST, second)
    made.leave_out("wrenshire", "Its tables are not there yet.")
    assert made.plugins == {} and "Thornley needs Wrenshire" in made.left_out["thornley"].why


def test_the_keys_kept_for_the_core_are_those_the_core_declares() -> None:
    with plugged():
        assert CORE_KEYS["cm_programme_types"] == set(programme_types())
    assert CORE_KEYS["cm_measure_sets"] == {one.ref for one in SHIPPED}
    assert CORE_KEYS["cm_figures"] == {one.key for one in OWN}
    assert dict(CREATIVE_MENTORING.forms) == STAGE_FORMS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path, for packages of plugins that are found by entry points."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [each for each in sys.modules if each.startswith("cmcore_made_")]:
        del sys.modules[name]


def found(folder: Path, monkeypatch: pytest.MonkeyPatch, **sources: str) -> Register:
    """The register after these packages were installed, by the name of each plugin."""
    for name, source in sources.items():
        (folder / f"cmcore_made_{name}.py").write_text(source)
    points = [EntryPoint(name, f"cmcore_made_{name}", registering.GROUP) for name in sources]
    monkeypatch.setattr(registering, "entry_points", lambda group: points)
    made = Register()
    made.load_installed()
    return made


GOOD = (
    "from cmcore.api import Manifest\n"
    "MANIFEST = Manifest(name={name!r}, title={name!r}, version='1', api=1, maker='Juno', requires={needs!r})\n"
)


def test_what_cannot_be_imported_is_left_out_and_the_others_go_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = found(
        folder,
        monkeypatch,
        one="import something_nobody_has",
        two="x = (",
        three="raise RuntimeError('Hester Quillmarsh')",
        four="MANIFEST = 'none'",
        five=GOOD.format(name="six", needs=()),
        seven=GOOD.format(name="seven", needs=()),
    )
    assert list(made.plugins) == ["seven"]
    why = {name: one.why for name, one in made.left_out.items()}
    assert "one could not be loaded: something_nobody_has is not installed." in why["one"]
    assert "line 1 of cmcore_made_two.py is not Python" in why["two"]
    assert "RuntimeError" in why["three"] and "Hester" not in why["three"]
    assert "says nothing of itself: give its package a MANIFEST" in why["four"]
    assert "calls itself six and is installed as five" in why["five"]


def test_a_plugin_is_taken_in_after_those_it_needs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = found(
        folder,
        monkeypatch,
        alder=GOOD.format(name="alder", needs=("birch",)),
        birch=GOOD.format(name="birch", needs=()),
        cedar=GOOD.format(name="cedar", needs=("alder", "oak")),
    )
    assert list(made.plugins) == ["birch", "alder"]
    assert "needs the plugin oak" in made.left_out["cedar"].why


def test_a_manifest_refuses_a_name_that_could_not_stand_in_a_tables_name() -> None:
    with pytest.raises(PluginFault, match="“Wren-Shire” is not a plugin's name"):
        Manifest(name="Wren-Shire", title="Wrenshire", version="1", api=1, maker="Hester Quillmarsh")


def test_settings_and_rules_of_keeping_are_declared_too() -> None:
    one = a_plugin(
        cm_settings=lambda: [PluginSetting("visit_days", "Days between visits.", 14)],
        cm_retention=lambda: [Keeping("wrenshire-visit", "child")],
    )
    with plugged(one) as known:
        assert [each.key for each in known.declared("cm_settings")] == ["visit_days"]
        assert known.declared("cm_retention") == [Keeping("wrenshire-visit", "child")]


def test_long_work_a_plugin_brings_is_known_by_its_own_name_only() -> None:
    def kind(key: str) -> TaskKind:
        return TaskKind(key, "Letters", "task.add", lambda doing: Result("Written."))

    with plugged(a_plugin(cm_long_work=lambda: [kind("wrenshire.letters")])):
        assert task_kinds()["wrenshire.letters"].words == "Letters"
    assert "wrenshire.letters" not in task_kinds()
    with pytest.raises(PluginFault, match="begins with “wrenshire.”"):
        with plugged(a_plugin(cm_long_work=lambda: [kind("letters")])):
            pass


def test_the_mark_of_a_hook_is_the_front_doors() -> None:
    assert hookimpl.project_name == "cmcore"
