"""Arts Award: enrolments, advisers, evidence of each part, moderation and certificates."""

from __future__ import annotations

from cmcore.api import Manifest

MANIFEST = Manifest(
    name="arts_award",
    title="Arts Award",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="Enrolments for Arts Award, advisers and their training, evidence "
    "of each part, what is missing, moderation and certificates.",
    rules="AA",
    sensitive="What a young person made and did for an award, and where it is kept.",
)
