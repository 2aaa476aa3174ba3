"""The pages of docs/reference, written from what the software itself declares: one function a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.house.reference import access, acts, commands, figures, files, glossary, hooks, journey, policy, records

FOLDER = Path("docs/reference")

#: Every page by its file's name, and what writes it.
PAGES: dict[str, Callable[[], str]] = {
    "rules.md": policy.rules_page,
    "settings.md": policy.settings_page,
    "roles.md": access.page,
    "actions.md": acts.page,
    "records.md": records.page,
    "life-cycles.md": journey.life_cycles_page,
    "programmes.md": journey.programmes_page,
    "measures.md": journey.measures_page,
    "figures.md": figures.page,
    "forms.md": journey.forms_page,
    "files.md": files.page,
    "words.md": glossary.page,
    "hooks.md": hooks.page,
    "commands.md": commands.page,
}
