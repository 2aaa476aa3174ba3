"""What the plugin shows: studies and their protocols, partners' own page, the line, the comparison, releases."""

from __future__ import annotations

from cmcore_action_research.console.comparing import StudyComparisons, StudyThemes
from cmcore_action_research.console.parts import enrolment_place, files_of, protocol_themes, study_numbers
from cmcore_action_research.console.people import ReferralPartners, StudyPlaces, StudyReferrals
from cmcore_action_research.console.releases import ReleaseFiles, StudyReleases
from cmcore_action_research.console.studies import ResearchStudies, StudyAnalyses, StudyProtocols
from console.api import Panel, PluginPage, hookimpl


@hookimpl
def console_pages() -> list[PluginPage]:
    """Studies among the evidence, and the partners' page among the young people; the rest is reached from them."""
    return [
        PluginPage(ResearchStudies, "Studies", "Evidence"),
        PluginPage(StudyReferrals, "Referrals into studies", "Young people"),
        PluginPage(StudyProtocols),
        PluginPage(StudyAnalyses),
        PluginPage(ReferralPartners),
        PluginPage(StudyPlaces),
        PluginPage(StudyReleases),
        PluginPage(ReleaseFiles),
        PluginPage(StudyComparisons),
        PluginPage(StudyThemes),
    ]


@hookimpl
def console_panels() -> list[Panel]:
    """On an enrolment its place, on a study who is in it, on a protocol its themes, on a release what leaves."""
    return [
        Panel("enrolment", "In a study", enrolment_place, "action_research_place.see"),
        Panel("action_research_study", "Who is in it", study_numbers, "action_research_place.see"),
        Panel("action_research_protocol", "Themes", protocol_themes, "action_research_referral.decide"),
        Panel("action_research_release", "What leaves", files_of, "action_research_release.see"),
    ]
