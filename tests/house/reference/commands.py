"""The ``cm`` command: every verb with its arguments and options."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cmcore.commands import cm
from tests.house.reference import markdown
from tests.house.reference.markdown import link, plain, table


def page() -> str:
    """Every command, as its help says it."""
    parts: list[str] = []
    for names, command in _all(("cm",), cm):
        usage = " ".join([*names, *(_usage(each) for each in command.params if isinstance(each, click.Argument))])
        parts += [f"## {' '.join(names)}", f"`{usage}`", _help(command)]
        options = [each for each in command.params if isinstance(each, click.Option)]
        if options:
            rows = [
                (
                    ", ".join(f"`{name}`" for name in [*each.opts, *each.secondary_opts]),
                    _kind(each),
                    plain(each.help or ""),
                )
                for each in options
            ]
            parts.append(table(("option", "takes", "what it is for"), rows))
    return markdown.page(
        "Commands",
        f"{link('cmcore/commands')} and {link('console/account.py')}",
        "Every command reads the [settings](settings.md): the database is the one `CM_DATABASE_URL` names. A refusal "
        "is one sentence on standard error and exit code 1. Options marked *needed* must be given.",
        *parts,
    )


def _all(names: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield names, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None:
            yield from _all((*names, name), found)


def _usage(argument: click.Argument) -> str:
    name = argument.name.upper() if argument.name else ""
    return name if argument.required else f"[{name}]"


def _help(command: click.Command) -> str:
    return "\n\n".join(plain(" ".join(part.split())) for part in (command.help or "").split("\n\n"))


def _kind(option: click.Option) -> str:
    said = ["*needed*"] if option.required else []
    if isinstance(option.type, click.Choice):
        said.append(", ".join(f"`{choice}`" for choice in option.type.choices))
    elif not option.is_flag:
        said.append({"integer": "a number"}.get(option.type.name, "a text"))
    shown = isinstance(option.default, str | int) and not isinstance(option.default, bool) and option.default != ""
    return "; ".join([*said, *([f"usually `{option.default}`"] if shown else [])])
