"""Studies with themes and partners who refer, a protocol fixed before the data, and releases without names."""

from __future__ import annotations

from cmcore.api import Manifest

MANIFEST = Manifest(
    name="action_research",
    title="Action research",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="Studies with themes and partners who refer, a protocol fixed before the data, and releases without names.",
    rules="STUDY",
    sensitive="The theme of a study says what a young person lives with.",
)
