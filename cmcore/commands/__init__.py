"""The ``cm`` command: one file a verb, loaded only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

import click

#: Each verb, where it stands, and what it is for. Help is printed from here, so that nothing else is loaded for it.
VERBS = {
    "init": ("cmcore.commands.init", "Make an empty database, or bring one up to date."),
    "authority": ("cmcore.commands.authority", "Set up an authority."),
    "account": ("console.account", "Give somebody a sign-in and a role."),
    "import": ("cmcore.commands.import_", "Bring in a statutory return or the register of schools."),
    "workbook": ("cmcore.commands.workbook", "Lists as Excel workbooks, to fill in and bring back."),
    "form": ("cmcore.commands.form", "Forms as files: print one, take one in, lay one out as a sheet."),
    "evidence": ("cmcore.commands.evidence", "Print what changed for the cohort of a programme."),
    "report": ("cmcore.commands.report", "Draw up a report of the evidence: summary, termly return, journey."),
    "money": ("cmcore.commands.money", "Print where a year's funding lines stand, and what the work cost."),
    "compliance": ("cmcore.commands.compliance", "Print which mentors may work, who soon may not, and why."),
    "audit": ("cmcore.commands.audit", "Check that nobody tampered with the audit."),
    "check": ("cmcore.commands.check", "Check the database and show the settings in force."),
    "db": ("cmcore.commands.db", "Take the database up and down, line by line."),
    "plugin": ("cmcore.commands.plugin", "See, switch, make, check or take out plugins."),
    "demo": ("cmcore.commands.demo", "Fill an authority with made-up people."),
    "jobs": ("console.jobs", "Send digests, alarms and notices when they are due."),
    "serve": ("console.serve", "Serve the console."),
}


#: The group of entry points in which a plugin's distribution names commands of its own, as ``module:command``.
BROUGHT = "cmcore.commands"


def brought_verbs() -> dict[str, EntryPoint]:
    """The verbs that plugins bring, by name; one of the core's own stays the core's. Nothing is imported for it."""
    found = sorted(entry_points(group=BROUGHT), key=lambda each: each.name)
    return {each.name: each for each in found if each.name not in VERBS}


class Verbs(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in the order of the work."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one verb; a verb whose extra is not installed says so in a sentence."""
        brought = None if cmd_name in VERBS else brought_verbs().get(cmd_name)
        if cmd_name not in VERBS and brought is None:
            return None
        try:
            found: click.Command = brought.load() if brought else import_module(VERBS[cmd_name][0]).command
        except ModuleNotFoundError as missing:
            if (missing.name or "").partition(".")[0] in ("cmcore", "console"):
                raise
            raise click.ClickException(
                f"“cm {cmd_name}” needs {missing.name}, which is not installed. "
                "Install creative-mentoring[console,postgres,evidence]."
            ) from None
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(verb, words) for verb, (_, words) in VERBS.items()])
        if brought := brought_verbs():
            with formatter.section("Commands of plugins"):
                formatter.write_dl(
                    [(verb, f"Brought by {each.value.partition('.')[0]}.") for verb, each in brought.items()]
                )


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
def cm() -> None:
    """Creative mentoring: from referral to evidence."""


def main() -> None:
    """Run ``cm``. What the user can put right is one sentence; no traceback with a child's record in it is printed."""
    try:
        cm(prog_name="cm")
    except Exception as raised:
        from cmcore.commands.failures import sentence_for

        said = sentence_for(raised)
        if said is None:
            raise
        click.echo(said, err=True)
        sys.exit(1)
