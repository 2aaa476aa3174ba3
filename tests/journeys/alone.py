"""The whole story with the library alone, run as a script by a test: a return comes in, and ends as evidence.

The web framework is kept from being imported, as where it was never installed.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

WEB = {"flask", "flask_appbuilder", "flask_wtf", "werkzeug", "wtforms", "jinja2", "gunicorn"}


class NotInstalled(MetaPathFinder):
    """Makes the web framework look as if it had never been installed."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Refuse what belongs to the web."""
        if name.partition(".")[0] in WEB:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def main(url: str, folder: Path) -> None:
    """Bring a return in and take its first young person from referral to evidence; print what was counted."""
    from sqlalchemy import func, select

    from cmcore.api import Authority, YoungPerson, engine_for, evidence, files_in, read_return, upgrade
    from cmcore.api.acts import bring_in_return
    from cmcore.api.asks import ReviewKind
    from cmcore.testing import Stage
    from cmcore.testing.story import Story

    engine = engine_for(url)
    upgrade(engine, owner="core")
    stage = Stage(engine).on(date(2026, 9, 29))
    stage.authority()
    with stage.work() as work:
        brought = bring_in_return(
            work, work.get(Authority, stage.authority_id), read_return(files_in(folder), today=work.today)
        )
        children = sum(len(each) for each in brought.plan.new.values())
    story = Story.begin(stage)
    with stage.work() as work:
        story.started(work)
        story.scored(work, date(2026, 9, 29), ReviewKind.baseline, 2)
    stage.on(date(2026, 11, 10))
    with stage.work("mentor", mentor_id=story.mentor_id) as work:
        story.logged(work, date(2026, 10, 6), date(2026, 10, 13))
    with stage.work() as work:
        story.scored(work, date(2026, 11, 10), ReviewKind.exit, 4)
        story.ended(work)
    with stage.work() as work:
        found = evidence(work, stage.authority_id, "creative-mentoring")
        first = found.account.measures[0]
        told = {
            "records": children,
            "paired": first.paired,
            "improved": first.improved,
            "people": work.db.scalar(select(func.count(YoungPerson.id))),
        }
    sys.stdout.write(json.dumps(told | {"web": sorted(name for name in WEB if sys.modules.get(name))}))


if __name__ == "__main__":
    sys.meta_path.insert(0, NotInstalled())
    main(sys.argv[1], Path(sys.argv[2]))
