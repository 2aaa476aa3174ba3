"""What plugins cost: a start with fifty beside none, asking a hook nobody answers, building the page of a form."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from sqlalchemy import Engine

from cmcore.base.engine import engine_for
from cmcore.base.migrations import upgrade

PLUGINS, FORMS = 50, 5
TIMES_NONE, MOST_HOOK_US, MOST_PAGE_MS = 2.0, 50.0, 5.0

_START = """
import sys, time
sys.path.insert(0, {folder!r})
began = time.perf_counter()
import cmcore.records
from cmcore.base.engine import engine_for
from cmcore.plugins import register as registering
if not {folder!r}:
    registering.entry_points = lambda group: []
from console.app import create_app
import console.plugins
console.plugins.installed = lambda: []
app = create_app(engine_for({url!r}))
known = registering.register()
made = [name for name in known.plugins if name.startswith("made_")]
assert len(made) == {wanted}, (len(made), known.left_out)
print((time.perf_counter() - began) * 1000)
"""

_FORM = '''
@form("{key}-form-{number}", version=1, title="Form {number} of {key}")
class Form{number}(Answers):
    """What is asked."""

    held_on: date = ask("Date")
    where: str = ask("Where?", most=80)
    outcome: Outcome = ask("What came of it?")
    minutes: int | None = ask("How long, in minutes", least=5, most=720)
    notes: str = ask("What was done", long=True, sensitive=True)
    again: bool = ask("Again?")
'''

_PACKAGE = '''"""A plugin that was generated to be measured."""

from __future__ import annotations

from datetime import date

from cmcore.api import Answers, Choice, Keeping, Manifest, ask, form, hookimpl

MANIFEST = Manifest(name="{name}", title="{name}", version="1", api=1, maker="The bench")


class Outcome(Choice):
    """What came of it."""

    much = "much", "Much"
    little = "little", "Little"

{forms}

@hookimpl
def cm_forms():
    """Its forms."""
    return [{classes}]


@hookimpl
def cm_retention():
    """How long answers are kept."""
    return [Keeping(each.form.key, "child") for each in cm_forms()]
'''


def generate(folder: Path) -> None:
    """Put fifty installed plugins of five forms each into a folder."""
    for number in range(PLUGINS):
        name = f"made_{number:02}_x"
        key = name.replace("_", "-")
        forms = "".join(_FORM.format(key=key, number=each) for each in range(FORMS))
        package = folder / f"cmcore_{name}"
        package.mkdir()
        classes = ", ".join(f"Form{each}" for each in range(FORMS))
        (package / "__init__.py").write_text(_PACKAGE.format(name=name, forms=forms, classes=classes))
        told = folder / f"cmcore_{name}-1.dist-info"
        told.mkdir()
        (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: cmcore-{key}\nVersion: 1\n")
        (told / "entry_points.txt").write_text(f"[cmcore.plugins]\n{name} = cmcore_{name}\n")


def _started(url: str, folder: str) -> float:
    code = _START.format(url=url, folder=folder, wanted=PLUGINS if folder else 0)
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={**os.environ, "CM_CONFIG": ""}
    )
    return float(done.stdout.strip().splitlines()[-1])


def _hook_us(engine: Engine) -> float:
    """Asking fifty plugins that do not implement a hook, as an action does."""
    from cmcore.base.clock import WallClock
    from cmcore.plugins.configured import Configured
    from cmcore.plugins.register import Register, standing
    from cmcore.safekeeping.scope import Actor
    from cmcore.safekeeping.work import Work
    from cmcore.testing import a_plugin
    from cmcore.virtual_schools.records import Authority

    known = Register()
    for number in range(PLUGINS):
        one = a_plugin(f"made_{number:02}_x", cm_check_review=lambda work: [])
        known.add(one.MANIFEST, one)
    known.configured = Configured(on=frozenset({"*"}))
    times = 20_000
    with standing(known), Work(engine, Actor("bench", "bench"), None, clock=WallClock()) as work:
        about = Authority(id=1)
        work.ask("cm_check_session", about)
        began = time.perf_counter()
        for _ in range(times):
            work.ask("cm_check_session", about)
        took = time.perf_counter() - began
        work.undo()
    return took / times * 1_000_000


def _page_ms(engine: Engine, folder: Path, rounds: int) -> float:
    """Building the page of a form that a plugin might bring, of six questions, in a console that is running."""
    from console.app import create_app
    from console.form_page import FormPage

    app = create_app(engine)
    sys.path.insert(0, str(folder))
    form = import_module("cmcore_made_00_x").Form0.form
    taken = []
    for _ in range(rounds + 5):
        with app.test_request_context("/"):
            began = time.perf_counter()
            FormPage(form=form, title=form.title, action_url="/", submit="Send").blank()
            taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[5:])


def run(rounds: int) -> None:
    """Print start with fifty plugins beside none, the call of a hook, the building of a page."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        url = f"sqlite:///{folder / 'bench.sqlite'}"
        upgrade(url)
        plugins = folder / "installed"
        plugins.mkdir()
        generate(plugins)
        none, fifty = [], []
        for _ in range(max(3, rounds // 3)):
            none.append(_started(url, ""))
            fifty.append(_started(url, str(plugins)))
        alone, beside = statistics.median(none), statistics.median(fifty)
        print(f"start of the console: {alone:.0f} ms; with {PLUGINS} plugins of {FORMS} forms: {beside:.0f} ms.")
        _say(f"{beside / alone:.2f} times (within {TIMES_NONE:.0f}", beside <= TIMES_NONE * alone)
        engine = engine_for(url)
        took = _hook_us(engine)
        print(f"asking a hook none of {PLUGINS} plugins implements: {took:.1f} µs")
        _say(f"under {MOST_HOOK_US:.0f} µs", took < MOST_HOOK_US, bracket=False)
        page = _page_ms(engine, plugins, max(30, rounds))
        print(f"building the page of a form: {page:.1f} ms")
        _say(f"under {MOST_PAGE_MS:.0f} ms", page < MOST_PAGE_MS, bracket=False)
        engine.dispose()


def _say(words: str, holds: bool, *, bracket: bool = True) -> None:
    print(f"  {words}: {'holds' if holds else 'does not hold'}{')' if bracket else ''}")
