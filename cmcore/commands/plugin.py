"""``cm plugin``: which plugins there are, where they are on; make one, check one, take one out."""

from __future__ import annotations

import json
from importlib import import_module

import click

from cmcore.base.settings import Settings
from cmcore.base.words import count
from cmcore.commands.ground import authority_key, everywhere, the_engine, work_for
from cmcore.plugins.tables import leave_out_behind
from cmcore.safekeeping.plugin_accounts import PluginAccount, accounts_of
from cmcore.safekeeping.plugin_actions import switch_plugin

#: Verbs that stand in files of their own, and are loaded when they are called.
_LATER = {
    "new": ("cmcore.commands.plugin_new", "Lay down a new plugin whose tests pass at once."),
    "check": ("cmcore.commands.plugin_check", "Hold a plugin against what every plugin must keep."),
    "remove": ("cmcore.commands.plugin_remove", "Take a plugin's tables out, and keep what was in them in a file."),
}


class Verbs(click.Group):
    """A group some of whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb."""
        return [*super().list_commands(ctx), *_LATER]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one verb."""
        if cmd_name not in _LATER:
            return super().get_command(ctx, cmd_name)
        found: click.Command = import_module(_LATER[cmd_name][0]).command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs without loading them."""
        here = [(name, one.get_short_help_str(100)) for name, one in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl([*here, *((name, words) for name, (_, words) in _LATER.items())])


@click.group("plugin", cls=Verbs)
def command() -> None:
    """See which plugins there are, switch them, make one, check one, take one out."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
def listed(as_json: bool) -> None:
    """Say which plugins are installed, what each brings, where it is on, and what is wrong."""
    with the_engine() as engine:
        leave_out_behind(engine)
        with everywhere(engine) as work:
            told = accounts_of(work)
            work.undo()
    if as_json:
        click.echo(json.dumps([one.as_data() for one in told], indent=2, ensure_ascii=False))
        return
    if not told:
        click.echo("No plugin is installed.")
    for one in told:
        click.echo(f"{one.title} ({one.name} {one.version}): {one.state}".replace(" )", ")"))
        for line in (one.brings, one.why, _on(one), _failed(one)):
            if line:
                click.echo(f"  {line}")


def _on(one: PluginAccount) -> str:
    return f"On for {', '.join(one.on_for)}." if one.on_for else ""


def _failed(one: PluginAccount) -> str:
    said = [
        f"{each.hook} failed {count(each.failures, 'time')}, last with {each.what} in {each.place or 'the plugin'}."
        for each in one.health
    ]
    return " ".join(said)


def _switch(name: str, code: str, programme: str, on: bool) -> None:
    settings = Settings.load()
    with the_engine(settings) as engine:
        key = authority_key(engine, code)
        with work_for(engine, key, "plugin", settings, writing=True) as work:
            switch_plugin(work, key, name, on, programme)
    where = f"programme {programme} of authority {code}" if programme else f"authority {code}"
    click.echo(f"{name} is {'on' if on else 'off'} for {where}.")


@command.command("on")
@click.argument("name")
@click.option("--authority", "code", required=True, help="Three-digit code of the authority.")
@click.option("--programme", default="", help="Key of one programme of it; without one, all of the authority.")
def on(name: str, code: str, programme: str) -> None:
    """Switch a plugin on."""
    _switch(name, code, programme, True)


@command.command("off")
@click.argument("name")
@click.option("--authority", "code", required=True, help="Three-digit code of the authority.")
@click.option("--programme", default="", help="Key of one programme of it; without one, all of the authority.")
def off(name: str, code: str, programme: str) -> None:
    """Switch a plugin off. What was recorded with it stays, and can be read."""
    _switch(name, code, programme, False)
