"""Writes docs/components.html again: ``make reference``."""

from pathlib import Path
from tempfile import TemporaryDirectory

from cmcore.base.engine import engine_for
from cmcore.base.migrations import upgrade
from cmcore.plugins.register import Register, standing
from tests.console.autumn import settle
from tests.house import sources
from tests.house.components import FILE, written
from tests.house.components.pages import opener

with standing(Register()), TemporaryDirectory() as folder:
    engine = engine_for(f"sqlite:///{Path(folder) / 'cm.sqlite'}")
    upgrade(engine)
    (sources.ROOT / FILE).write_text(written(opener(settle(engine))), encoding="utf-8")
    engine.dispose()
