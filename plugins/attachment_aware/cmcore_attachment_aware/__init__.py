"""Schools that apply, train for a year, try a change and count what came of it, and mentor others."""

from __future__ import annotations

from cmcore.api import Manifest

MANIFEST = Manifest(
    name="attachment_aware",
    title="Attachment Aware Schools",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="Schools that apply, train for a year, try a change and count what came of it, and mentor others.",
    rules="AAS",
    sensitive="What a school's suspensions and exclusions were before and after.",
)
