"""How what a workbook calls something becomes a name here: small letters, digits and _, a letter first."""

from __future__ import annotations

import keyword
import re
import unicodedata

from cmcore.forms.form import RESERVED

#: Names a question cannot have besides: what a class of answers or a round of them has already.
TAKEN = RESERVED | frozenset(("keys", "values", "items", "get", "pop", "copy", "clear", "update", "setdefault"))


def as_key(name: str, taken: set[str]) -> str:
    """A name as a key that is not taken yet: "label-test" becomes "label_test", "_1" becomes "q_1"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9_]+", "_", plain).strip("_") or "question"
    if not key[0].isalpha():
        key = f"q_{key}"
    if key in TAKEN or keyword.iskeyword(key):
        key = f"{key}_answer"
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}_{number}"
    taken.add(free)
    return free


def as_form_key(text: str) -> str:
    """A form's id, title or file name as its key: "Spec test" becomes "spec-test"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:80].rstrip("-_")
    return key if key[:1].isalpha() else f"form-{key}".rstrip("-")
