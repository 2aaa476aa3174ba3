"""Fixtures for the plugins that come with it, in a console: the two virtual schools of an autumn."""

import pytest

from tests.console.conftest import autumn, bare_engine, quick_passwords, same_consoles

__all__ = ["autumn", "bare_engine", "quick_passwords", "same_consoles"]


@pytest.fixture(autouse=True)
def no_plugin_of_this_place() -> None:
    """Each test here says itself which plugins are in use."""
