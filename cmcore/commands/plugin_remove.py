"""``cm plugin remove``: take a plugin's tables out, and keep what was in them in a file."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import Engine, select

from cmcore.base.findings import refuse
from cmcore.base.migrations import current, downgrade
from cmcore.base.words import count, in_words
from cmcore.commands.ground import everywhere, the_engine
from cmcore.forms import form_of, freeze
from cmcore.plugins.records import PluginHealth, PluginSwitch
from cmcore.plugins.register import register
from cmcore.plugins.tables import owners_in, standing, tables_of
from cmcore.plugins.taking_out import drop, pointing_in, write_out
from cmcore.programmes.records import Programme
from cmcore.reviews.records import Review
from cmcore.safekeeping import audit
from cmcore.safekeeping.work import Work


@click.command("remove")
@click.argument("name")
@click.option(
    "--export", "file", required=True, type=click.Path(path_type=Path), help="A new file for what is in them."
)
@click.confirmation_option(prompt="This takes the plugin's tables away. What is in them goes into the file. Go on?")
def command(name: str, file: Path) -> None:
    """Take a plugin's tables out, and keep what was in them in FILE, a zip of JSON and CSV.

    Answers to its forms stay where they are, with the questions they answered. It works as well when the plugin is
    broken or is not installed any more. Afterwards take the package out with pip.
    """
    with the_engine() as engine:
        said = remove(engine, name, file)
    click.echo(said)


def remove(engine: Engine, name: str, file: Path) -> str:
    """Take out one plugin; says what was done. Refuses while others depend on it, naming them."""
    known = register()
    found = standing(engine)
    names = [*known.plugins, *known.left_out, *owners_in(found)]
    tables = tables_of(found, name, names)
    if name not in names and not tables:
        there = ", ".join(sorted({*known.plugins, *known.left_out})) or "none"
        raise refuse(f"There is no plugin {name}, and no table of one.", way_out=f"There are {there}.")
    with everywhere(engine) as work:
        _refuse_needed(work, name, tables)
        reached = sorted(work.scope.authorities) if work.scope else []
        rows = write_out(engine, tables, reached, file, _told(name))
        work.undo()
    try:
        # With the plugin whole, its own way down is taken; whatever is left, or all of it, is dropped by name.
        if any(line.owner == name for line in known.declared("cm_tables")) and current(engine).get(name, (None,))[0]:
            downgrade(engine, name)
    finally:
        drop(engine, name, tables_of(standing(engine), name, names))
    with everywhere(engine) as work:
        _forget(work, name, reached)
    held = f"{count(len(tables), 'table')} with {count(rows, 'row')}" if tables else "no tables"
    return (
        f"{name} is taken out: {held}, kept in {file.name}. "
        "That file may hold personal data: keep it as you keep the database. Now run “pip uninstall” for its package."
    )


def _refuse_needed(work: Work, name: str, tables: list[str]) -> None:
    known = register()
    if needing := [each.manifest.title for each in known.plugins.values() if name in each.manifest.requires]:
        raise refuse(f"{in_words(needing)} cannot do without {name}.", way_out="Take that out first.")
    with work.engine.connect() as connection:
        if tables and (pointing := pointing_in(connection, tables)):
            raise refuse(
                f"{in_words(pointing)} points at its tables.", way_out="Take out the plugin that owns it first."
            )
    plugin = known.plugins.get(name)
    declared = plugin.declared if plugin else {}
    types = {one.key for one in declared.get("cm_programme_types", ())}
    sets = {one.ref for one in declared.get("cm_measure_sets", ())}
    programmes = [
        each.title for each in work.db.scalars(select(Programme)) if each.type_key in types or each.measure_set in sets
    ]
    scored = list(work.db.scalars(select(Review.id).where(Review.measure_set.in_(sets)).limit(1))) if sets else []
    if programmes or scored:
        what = f"The programme {programmes[0]}" if programmes else "A review"
        raise refuse(
            f"{what} is kept with what {name} declares, and could not be read without it.",
            way_out="Leave it installed, and switch it off: nothing new is begun with it then.",
        )


def _told(name: str) -> dict[str, object]:
    """What the file says of the plugin: who it is, and its forms as they were asked."""
    plugin = register().plugins.get(name)
    if plugin is None:
        return {"name": name}
    forms = [freeze(form_of(one)) for one in plugin.declared.get("cm_forms", ())]
    about = plugin.manifest
    return {
        "name": name,
        "title": about.title,
        "version": about.version,
        "maker": about.maker,
        "sensitive": about.sensitive,
        "forms": forms,
    }


def _forget(work: Work, name: str, reached: list[int]) -> None:
    """Its switches and its health go; that it was taken out stays in the audit of every authority."""
    for kind in (PluginSwitch, PluginHealth):
        for one in work.db.scalars(select(kind).where(kind.plugin == name)):
            work.db.delete(one)
    for each in reached:
        audit.note(work.db, audit.Line("removed", "plugin", None, each, detail={"plugin": name}, act="plugin.remove"))
