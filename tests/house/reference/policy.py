"""The rules and the settings, as they are shipped."""

from __future__ import annotations

import re
import tomllib

from cmcore.base.policy import Rule, shipped_rules
from tests.house import sources
from tests.house.reference import markdown
from tests.house.reference.markdown import link, plain, table

_RULES = "cmcore/base/rules.toml"
_SETTINGS = "cmcore/base/default.toml"

_WEIGHTS = {
    "block": "**blocks**: the act is refused, with the reason and the way out.",
    "warn": "**warns**: the act goes through, and the warning stays visible until it is dealt with.",
    "inform": "**informs**: something is told, and nothing is asked.",
}


def rules_page() -> str:
    """Every rule with its weight, its thresholds and its source."""
    rows = [(f"`{rule.id}`", plain(rule.statement), rule.severity, _held(rule), plain(rule.source)) for rule in _all()]
    return markdown.page(
        "Rules",
        link(_RULES),
        "A rule has an id, a statement, a weight, a source and, where it measures something, thresholds. A refusal or "
        "a warning names its rule, so that “why?” has an answer.",
        "\n".join(f"- A rule that {words}" for words in _WEIGHTS.values()),
        "An authority may change weight, thresholds and the day from which a rule holds: in its settings file "
        '(`[rules."R-MEA-3"]`, then `days = 56`) or in its own record. Not so where a rule is *fixed*. The sources in '
        "brackets are the texts and defaults the rules were taken from; `[Default]` marks a threshold of ours.",
        table(("id", "statement", "weight", "thresholds", "source"), rows),
    )


def _all() -> list[Rule]:
    return list(shipped_rules().values())


def _held(rule: Rule) -> str:
    held = [f"`{name}` {value} {rule.units.get(name, '')}".strip() for name, value in rule.thresholds.items()]
    return ", ".join(["*fixed*"] * rule.fixed + held)


def settings_page() -> str:
    """Every setting with its meaning, its value as shipped, and the variable that sets it."""
    text = sources.read(sources.Path(_SETTINGS))
    shipped = tomllib.loads(text)
    parts = []
    for section, entries in shipped.items():
        if section == "rules":
            continue
        meanings = _meanings(text, section)
        rows = [
            (f"`{key}`", meanings[key], f"`{_shown(value)}`", _variable(section, key)) for key, value in entries.items()
        ]
        parts += [f"## {section}", table(("setting", "meaning", "as shipped", "variable"), rows)]
    return markdown.page(
        "Settings",
        link(_SETTINGS),
        "Settings come in three layers, each over the one before: what is shipped; the file that `CM_CONFIG` names; "
        "variables of the environment. `cm check --settings` prints every value in force and where it came from. A "
        "name that is not known is an error that names the nearest one.",
        *parts,
        "## rules",
        'A section for each rule that is changed for every authority kept here: `[rules."R-MEA-3"]`, then a line for '
        "each threshold, `severity` or `from`. [Rules](rules.md) lists them.",
    )


def _meanings(text: str, section: str) -> dict[str, str]:
    """What stands above each setting; settings that follow without a line between share it."""
    found: dict[str, str] = {}
    block = re.split(r"(?m)^\[", text.split(f"\n[{section}]\n")[1])[0]
    said: list[str] = []
    fresh = True
    for line in block.splitlines():
        if line.startswith("#"):
            said = [*(said if not fresh else []), line.lstrip("# ")]
            fresh = False
        elif "=" in line:
            found[line.split("=")[0].strip()] = plain(" ".join(said))
            fresh = True
    return found


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')


def _variable(section: str, key: str) -> str:
    short = {("console", "port"): "`PORT` or "}.get((section, key), "")
    return f"{short}`CM_{section}_{key}`".replace(f"CM_{section}_{key}", f"CM_{section}_{key}".upper())
