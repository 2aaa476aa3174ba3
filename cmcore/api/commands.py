"""The front door for a plugin's command: the database of the settings, an authority, a work as the operator."""

from __future__ import annotations

import cmcore.records  # noqa: F401  every record is mapped before one is asked for
from cmcore.base.settings import Settings
from cmcore.virtual_schools.opening import authority_key, the_engine, work_for

__all__ = ["Settings", "authority_key", "the_engine", "work_for"]
