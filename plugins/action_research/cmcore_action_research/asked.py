"""Every form of the plugin, in the order of a study."""

from __future__ import annotations

from cmcore_action_research.forms import (
    AnalysisAnswers,
    DeclineAnswers,
    GiveAnswers,
    LeaveAnswers,
    PartnerAnswers,
    ProtocolAnswers,
    RoundAnswers,
    StudyAnswers,
    StudyReferralAnswers,
    TakeAnswers,
    VersionAnswers,
)
from cmcore_action_research.release.forms import GivenAnswers, ReleaseAnswers, ThemeReleaseAnswers

FORMS = (
    StudyAnswers,
    ProtocolAnswers,
    VersionAnswers,
    AnalysisAnswers,
    PartnerAnswers,
    StudyReferralAnswers,
    TakeAnswers,
    DeclineAnswers,
    RoundAnswers,
    GiveAnswers,
    LeaveAnswers,
    ReleaseAnswers,
    ThemeReleaseAnswers,
    GivenAnswers,
)
