"""What most verbs start from: the settings, an engine, an authority by its code, a work as the operator."""

from __future__ import annotations

import cmcore.records  # noqa: F401  every record is mapped before one is asked for
from cmcore.virtual_schools.opening import authority_key, everywhere, the_engine, work_for

__all__ = ["authority_key", "everywhere", "the_engine", "work_for"]
