"""The journey to an Artsmark, from self-assessment to award and renewal."""

from __future__ import annotations

from cmcore.api import Manifest

MANIFEST = Manifest(
    name="artsmark",
    title="Artsmark",
    version="0.1.0",
    api=1,
    maker="The maintainers of Creative Mentoring",
    about="The journey to an Artsmark: self-assessment, commitments, action "
    "plan, evidence whose numbers are counted, Statement of Impact.",
    rules="AM",
    sensitive="Words of young people that are quoted as evidence.",
)
