"""Parts of pages: who is in a study, the themes of a protocol, what leaves in a release."""

from __future__ import annotations

from collections import Counter

from flask import url_for
from sqlalchemy import func, select

from cmcore.api import Enrolment, Work, count
from cmcore_action_research.people_records import StudyPlace, StudyReferral
from cmcore_action_research.queries import is_of_a_study, place_of_enrolment
from cmcore_action_research.records import ResearchStudy, StudyProtocol
from cmcore_action_research.release_records import ReleaseFile, StudyRelease
from cmcore_action_research.themes import say, themes
from cmcore_action_research.words import Group, Standing
from console.api import PanelBody, page_of


def study_numbers(here: Work, study: ResearchStudy) -> PanelBody | None:
    """How many are in a study, and where the comparison, the themes and the partners are. Two statements."""
    asked = select(StudyPlace.state, StudyPlace.place_group, func.count()).where(
        StudyPlace.action_research_study_id == study.id
    )
    found: Counter[str] = Counter()
    for state, group, many in here.db.execute(asked.group_by(StudyPlace.state, StudyPlace.place_group)):
        found[state] += many
        if state != "left" and group:
            found[group] += many
    waiting = here.db.scalar(
        select(func.count(StudyReferral.id)).where(
            StudyReferral.action_research_study_id == study.id, StudyReferral.state == "sent"
        )
    )
    more = [
        ("The comparison, and hours received", url_for("StudyComparisons.index", pk=study.id)),
        ("Referral partners", url_for("ReferralPartners.list")),
    ]
    if here.may("action_research_referral.decide", study.authority_id):
        more.append(("Themes", url_for("StudyThemes.index", pk=study.id)))
    facts = [
        ("Referred, not decided", waiting or 0),
        ("In line", found["in_line"]),
        ("With a place", found["given"]),
        *((group.label, found[group.value]) for group in Group),
        ("Left", found["left"]),
    ]
    return PanelBody(facts=facts, more=more)


def enrolment_place(here: Work, enrolment: Enrolment) -> PanelBody | None:
    """The place in a study that an enrolment belongs to, without its theme; nothing where it belongs to none."""
    if not is_of_a_study(here, enrolment):
        return None
    place = place_of_enrolment(here, enrolment.id)
    if place is None:
        return PanelBody(words="It is in no study yet: nobody starts here without a place in one (R-STUDY-1).")
    facts = [
        ("Study", place.study.title),
        ("In line", place.number),
        ("Where it stands", place.state_label),
        ("Group", Group.say(place.place_group)),
    ]
    return PanelBody(facts=facts, more=[("The place", page_of(place))])


def protocol_themes(here: Work, protocol: StudyProtocol) -> PanelBody | None:
    """The themes a version is open to: for those who decide on referrals, and nobody else."""
    rows = [("", (say(key),)) for key in sorted(protocol.themes, key=lambda key: themes()[key].number)]
    return PanelBody(columns=("Theme",), rows=rows)


def files_of(here: Work, release: StudyRelease) -> PanelBody | None:
    """The files of a release, and what readers outside may be told beside them (R-SUP-1)."""
    asked = select(ReleaseFile.name, ReleaseFile.sha256).where(ReleaseFile.action_research_release_id == release.id)
    rows = [("", (name, sha256[:16])) for name, sha256 in here.db.execute(asked.order_by(ReleaseFile.name))]
    groups = release.summary.get("groups", {})
    said = ", ".join(f"{Group.say(key).lower()}: {many}" for key, many in groups.items())
    standing = Counter(one["standing"] for one in release.summary.get("results", ()))
    words = f"{said.capitalize()}. " if said else ""
    words += (
        f"{count(standing[Standing.planned.value], 'planned result')}, "
        f"{standing[Standing.exploratory.value]} exploratory."
    )
    more = [("Numbers for readers outside", url_for("StudyComparisons.outside", pk=release.id))]
    if here.may("action_research_release.take", release.authority_id):
        more.insert(0, ("Take it out (zip)", url_for("ReleaseFiles.take", pk=release.id)))
    return PanelBody(columns=("File", "SHA-256 begins"), rows=rows, words=words, more=more)
