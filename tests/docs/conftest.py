"""Fixtures of the tutorials' tests: the two virtual schools of an autumn."""

from tests.console.conftest import autumn, bare_engine, quick_passwords

__all__ = ["autumn", "bare_engine", "quick_passwords"]
