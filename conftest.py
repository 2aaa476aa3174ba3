"""What every test may ask for: a database of each kind, a browser, and the folder both live in while a run lasts."""

import atexit
import gc
import os

import hypothesis
import pytest

from tests import run_folder

# While everything is loaded nearly all of it stays: looking for what may go takes a quarter as long as loading it.
gc.disable()

# A machine that does something else as well is no fault of what is tested.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

#: Files whose tests take many seconds each, beside those that drive a browser.
LONG = {
    "test_a_plugin_in_and_out.py",
    "test_a_programme_year.py",
    "test_concurrency.py",
    "test_demo.py",
    "test_disclosure.py",
    "test_every_page_on_postgresql.py",
    "test_first_plugin.py",
    "test_killed_import.py",
    "test_killed_saves.py",
    "test_statements.py",
}

#: Settings a developer may have made for the console they run: tests make their own.
SETTINGS = ["CM_DATABASE_URL", "CM_CONFIG", "PORT"]

pytest_plugins = [
    "tests.engines",
    "tests.console.pages_once",
    "tests.databases",
    "tests.readers",
    "tests.stages",
    "tests.warm",
    "tests.browser.chromium",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let one kind of database be left out while a change is being made; `make test` and CI use both."""
    parser.addoption(
        "--on",
        choices=["both", "sqlite", "postgresql"],
        default="both",
        help="which databases tests of storage run on (default: both)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of this run, in the process that leads it: xdist's workers find it in the environment."""
    for setting in SETTINGS:
        os.environ.pop(setting, None)
    if hasattr(config, "workerinput"):
        # A worker is gone once it has told what it did: nobody asks how it ended, and taking it apart takes seconds.
        atexit.register(os._exit, 0)
    else:
        if config.getoption("dist", "no") != "no":
            # Whoever leads workers collects nothing itself.
            gc.enable()
        run_folder.sweep()
        os.environ[run_folder.VARIABLE] = str(run_folder.make())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, once the order is drawn, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: not (item.get_closest_marker("browser") or item.path.name in LONG))


def pytest_collection_finish() -> None:
    """Look for what may go less often, and never again at what stays: a million objects, before the first test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 30)
    gc.enable()


def pytest_sessionfinish() -> None:
    """Look once more for what was left, as pytest does five times over: what stays is left out of those."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the PostgreSQL of this run, if a test started one, and take the folder away."""
    if not hasattr(config, "workerinput"):
        run_folder.remove(run_folder.path())
