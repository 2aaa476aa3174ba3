"""The records of the core, whatever plugin a test has brought into the same process."""

from __future__ import annotations

import cmcore.records
from cmcore.base.records import Record


def core_records() -> list[type[Record]]:
    """Every record class of the core, in no order."""
    cmcore.records.metadata()
    return [mapper.class_ for mapper in Record.registry.mappers if mapper.class_.__module__.startswith("cmcore.")]
