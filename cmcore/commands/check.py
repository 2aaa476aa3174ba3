"""``cm check``: is the database as the records declare it, and which settings are in force."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
from sqlalchemy import Engine

from cmcore.base.engine import is_sqlite
from cmcore.base.migrations import ahead, check, current
from cmcore.base.settings import Settings
from cmcore.commands.ground import everywhere, the_engine
from cmcore.plugins.configured import configured_by
from cmcore.plugins.register import register


@click.command("check")
@click.option("--settings", "show_settings", is_flag=True, help="Print each setting, its value and where it came from.")
def command(show_settings: bool) -> None:
    """Check the database, or show the settings in force."""
    settings = Settings.load()
    if show_settings:
        for name, setting in settings.everything():
            shown = _without_password(str(setting.value)) if name == "database.url" else setting.value
            if name == "mail.password" and setting.value:
                shown = "***"
            click.echo(f"{name} = {shown!r}   [{setting.origin}]")
        for line in _of_plugins(settings):
            click.echo(line)
        for rule in settings.policy().values():
            held = ", ".join(f"{key} = {value}" for key, value in rule.thresholds.items())
            click.echo(f"rules.{rule.id} = {rule.severity}{', ' + held if held else ''}   [{rule.origin}]")
        return
    with the_engine(settings) as engine:
        newer = ahead(engine)
        faults = [
            f"The line {owner} stands at {at or 'nothing'} and not at {newest}: "
            + ("a newer version of the software made it, install that." if owner in newer else "run “cm init”.")
            for owner, (at, newest) in current(engine).items()
            if at != newest
        ]
        faults = faults or check(engine) or list(_elsewhere(engine))
        if not is_sqlite(engine):
            with engine.connect() as connection:
                asked = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
                passes = connection.exec_driver_sql(asked).scalar()
            if passes:
                faults.append(
                    "The database role may pass row-level security. "
                    "Connect as a role that is no superuser and has no BYPASSRLS."
                )
    click.echo("\n".join(faults) if faults else "The database is as it should be.")
    sys.exit(1 if faults else 0)


def _elsewhere(engine: Engine) -> Iterator[str]:
    """Places where the settings switch a plugin that are in no authority kept here: a code was mistyped, perhaps."""
    with everywhere(engine) as work:
        kept = sorted(work.authority_codes().values())
        work.undo()
    known = register().configured
    for name, words in sorted(known.places.items()):
        for place in sorted(words[0] | words[1]):
            if kept and place.partition("/")[0] not in kept:
                yield (
                    f"{known.origin}: plugins.{name} names {place}, and no authority has that code. "
                    f"The codes kept here: {', '.join(kept)}."
                )


def _of_plugins(settings: Settings) -> Iterator[str]:
    """What the settings say of each plugin in use; refuses what cannot be meant, as every other command does."""
    known = register()
    said = configured_by(settings, known)
    for name, plugin in sorted(known.plugins.items()):
        own = settings.plugins.get(name, {})
        for word, places in zip(("on", "off"), said.places.get(name, (frozenset(), frozenset())), strict=True):
            if places:
                yield f"plugins.{name}.{word} = {sorted(places)!r}   [{said.origin}]"
        for one in plugin.declared.get("cm_settings", ()):
            given = one.key in own
            value, origin = (own[one.key], said.origin) if given else (one.default, plugin.manifest.title)
            yield f"plugins.{name}.{one.key} = {value!r}   [{origin}]"


def _without_password(url: str) -> str:
    from sqlalchemy.engine import make_url

    return make_url(url).render_as_string(hide_password=True)
