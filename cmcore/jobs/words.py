"""The fixed answers about long work."""

from __future__ import annotations

from cmcore.base.words import Choice


class FilePart(Choice):
    """What a file is to the long work it belongs to."""

    given = "given", "Given to it"
    piece = "piece", "Made so far"
    result = "result", "Its result"
