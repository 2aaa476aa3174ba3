"""What must hold of a programme: its type is declared, and it is measured with one of the type's sets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cmcore.base.findings import Finding
from cmcore.base.words import in_words

_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def programme_fits(key: str, type_key: str, measure_set: str, declared: Mapping[str, Sequence[str]]) -> list[Finding]:
    """A programme's key can stand in an address, its type is declared, its measure set is among the type's.

    ``declared`` maps the key of each programme type to its measure sets.
    """
    found = []
    if not _KEY.fullmatch(key):
        said = f"“{key}” is not a key: small letters, digits and single hyphens, a letter first."
        found.append(Finding(said, place="key", way_out="For example creative-mentoring."))
    if type_key not in declared:
        said = f"There is no programme type “{type_key}”."
        found.append(Finding(said, place="type_key", way_out=f"Choose {in_words(sorted(declared), 'or')}."))
    elif measure_set not in declared[type_key]:
        said = f"A programme of this type is not measured with “{measure_set}”."
        found.append(Finding(said, place="measure_set", way_out=f"Choose {in_words(list(declared[type_key]), 'or')}."))
    return found


def type_stays(type_key: str, kept: str, hanging: Sequence[str]) -> list[Finding]:
    """The type of a programme is not changed once something hangs on it: the life cycle would change under it."""
    if type_key == kept or not hanging:
        return []
    said = f"The type stays, because of what hangs on this programme: {in_words(list(hanging))}."
    return [Finding(said, place="type_key", way_out="Add another programme of the other type.")]
