"""A young person is enrolled, gathers evidence, is marked, assessed and certificated; R-AA-1 to R-AA-4 both ways."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from cmcore.api import NotAllowed, Period, award_standings, cultural_lines
from cmcore.api import Authority as AuthorityRecord
from cmcore.api.asks import CulturalPart
from cmcore.testing import refused
from cmcore_arts_award.advising import add_training, remove_adviser
from cmcore_arts_award.enrolling import assess, move_enrolment, remove_enrolment, write_certificate
from cmcore_arts_award.evidencing import change_evidence, mark_part, pick_evidence, picking, remove_evidence
from cmcore_arts_award.forms import AssessedAnswers, CertificateAnswers, EvidenceAnswers, PickedAnswers, TrainingAnswers
from cmcore_arts_award.queries import missing, parts_of
from cmcore_arts_award.records import AwardAdviser, AwardEnrolment, AwardPart, PartEvidence
from cmcore_arts_award.words import Mark
from plugins.arts_award.tests.conftest import BEGAN, TODAY, Awards
