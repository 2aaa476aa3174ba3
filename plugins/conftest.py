"""What the tests of all plugins that come with it share: the programs of the contract are forks, not started anew."""

from __future__ import annotations

import os
import subprocess

import pytest

from cmcore.testing.contract import PluginContract
from tests import run_folder
from tests.warm import Warm


@pytest.fixture(scope="session", autouse=True)
def programs_of_the_contract(warm_library: Warm) -> None:
    """Run them in forks of a process that has loaded the doors a plugin enters by, and no web."""

    def in_a_program(code: str) -> subprocess.CompletedProcess[str]:
        return warm_library.run(code, env=dict(os.environ), cwd=run_folder.path())

    PluginContract.in_a_program = staticmethod(in_a_program)  # type: ignore[method-assign]
