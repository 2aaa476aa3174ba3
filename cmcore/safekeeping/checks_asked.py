"""What an act is told of the plugins that were asked about it: their findings, and that one could not be asked."""

from __future__ import annotations

from typing import Any

from cmcore.base.findings import Finding, Severity
from cmcore.plugins.register import Implementation, LeftOut


def as_findings(answered: Any) -> list[Finding]:
    """What a check answered, as findings; nothing is none. Refuses with ``TypeError`` what is something else."""
    found = list(answered or ())
    if not all(isinstance(one, Finding) for one in found):
        raise TypeError("A check gives a list of findings.")
    return found


def not_looked_at(one: LeftOut) -> Finding:
    """What an act is told when a plugin that is switched on is not in use: its rules are missing, and that shows."""
    return Finding(
        f"The rules of {one.title} were not looked at: the plugin is switched on and could not start.",
        severity=Severity.warn,
        way_out="Ask the administrator to look at the Plugins page.",
    )


def could_not_check(each: Implementation) -> Finding:
    """What an act is refused with where a check of it failed."""
    return Finding(
        f"The plugin {each.plugin.manifest.title} could not look at this, so it was not kept.",
        way_out="Try again. If it happens again, ask the administrator to look at the Plugins page: "
        "it says what failed, and the plugin can be switched off there.",
    )
