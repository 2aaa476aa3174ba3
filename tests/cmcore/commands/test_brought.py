"""Commands that plugins bring stand beside the core's own, and never in their place."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import click
import pytest
from click.testing import CliRunner

from cmcore import commands


@click.command("wrenshire")
def command() -> None:
    """Say good morning."""
    click.echo("Good morning.")


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> None:
    value = f"{__name__}:command"
    found = [EntryPoint(name, value, commands.BROUGHT) for name in ("wrenshire", "init")]
    monkeypatch.setattr(commands, "entry_points", lambda group: found if group == commands.BROUGHT else [])


@pytest.mark.usefixtures("brought")
def test_a_plugins_command_is_called_by_its_name_and_listed_with_whose_it_is() -> None:
    assert CliRunner().invoke(commands.cm, ["wrenshire"]).output == "Good morning.\n"
    said = CliRunner().invoke(commands.cm, ["--help"]).output
    assert "Commands of plugins" in said and "wrenshire" in said and "Brought by tests" in said


@pytest.mark.usefixtures("brought")
def test_no_plugin_takes_the_place_of_a_verb_of_the_core() -> None:
    assert list(commands.brought_verbs()) == ["wrenshire"]
    assert "empty database" in CliRunner().invoke(commands.cm, ["init", "--help"]).output
