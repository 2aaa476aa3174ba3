"""The hooks around an act: questions asked before it is kept, and what is told after it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcore.plugins.marks import NEVER, hookspec

if TYPE_CHECKING:
    from datetime import date

    from cmcore.base.findings import Finding
    from cmcore.commissions.records import Commission
    from cmcore.enrolments.records import Enrolment
    from cmcore.mentors.records import Mentor
    from cmcore.peps.records import PepCycle
    from cmcore.referrals.records import Referral
    from cmcore.reviews.forms import ReviewAnswers
    from cmcore.reviews.records import Review
    from cmcore.safekeeping.work import Work
    from cmcore.sessions.forms import SessionAnswers
    from cmcore.sessions.records import MentoringSession
    from cmcore.virtual_schools.records import Authority


class Checks:
    """Questions the core asks inside the transaction of an act, before it is kept.

    Each returns findings: one that blocks refuses the act, one that warns or informs lets it through. ``work`` is the
    work of the act: read with it, never write or commit. A plugin is asked only where it is switched on. A check that
    raises refuses the act, in a sentence that names the plugin and says the way out; see
    ``docs/decisions/a-check-that-fails-refuses.md``. Take only the arguments you need.
    """

    @hookspec
    def cm_check_referral(self, work: Work, referral: Referral) -> list[Finding]:
        """Look at a referral that is sent, or changed after it was sent.

        **When:** in ``submit_referral`` and ``change_referral``, after the core's own rules. **Return:** findings.
        **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_check_enrolment(self, work: Work, enrolment: Enrolment, step: str, on: date) -> list[Finding]:
        """Look at an enrolment before it moves: ``step`` is the transition, such as ``"start"`` or ``"complete"``.

        **When:** in ``move_enrolment``, after the guards of its life cycle. **Return:** findings. **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_check_commission(
        self, work: Work, commission: Commission, enrolment: Enrolment, mentor: Mentor, step: str
    ) -> list[Finding]:
        """Look at a commission: ``step`` is ``"add"``, ``"change"`` or ``"activate"``.

        **When:** in ``add_commission``, ``change_commission`` and ``activate_commission``, after the core's own rules;
        the commission holds what it would become. **Return:** findings. **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_check_session(
        self, work: Work, commission: Commission, answers: SessionAnswers, session: MentoringSession | None
    ) -> list[Finding]:
        """Look at a session that is planned, reported or put right; ``session`` is the kept one, or ``None`` if new.

        **When:** in ``add_session`` and ``change_session``, after the core's own rules. **Return:** findings.
        **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_check_review(
        self, work: Work, enrolment: Enrolment, answers: ReviewAnswers, review: Review
    ) -> list[Finding]:
        """Look at a review that is to count; ``review`` is not changed yet.

        **When:** in ``finalise_review``, ``score_review``, ``correct_review`` and ``supersede_review``, after the
        core's own rules. **Return:** findings. **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_check_pep(self, work: Work, pep: PepCycle, step: str) -> list[Finding]:
        """Look at a personal education plan before it moves: ``step`` is ``"submit"`` or ``"complete"``.

        **When:** in ``submit_pep`` and ``complete_pep``, after the core's own rules. **Return:** findings.
        **Since:** 0.3.
        """
        raise AssertionError(NEVER)


class Told:
    """Past tense: what has happened, told after it was kept, to one plugin at a time.

    ``work`` is a piece of work of the plugin's own, by the same person in the same reach: what it adds is kept when the
    hook returns, and undone if it raises. A failure is written to the plugin's health and stops nothing and nobody.
    """

    @hookspec
    def cm_referral_submitted(self, work: Work, referral: Referral) -> None:
        """A referral was sent. **When:** after ``submit_referral`` was kept. **Return:** nothing. **Since:** 0.2."""
        raise AssertionError(NEVER)

    @hookspec
    def cm_referral_accepted(self, work: Work, referral: Referral) -> None:
        """A referral was accepted.

        **When:** after ``decide_referral`` was kept. **Return:** nothing. **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_mentor_commissioned(self, work: Work, commission: Commission) -> None:
        """A commission became active: the mentor may begin.

        **When:** after ``activate_commission`` was kept. **Return:** nothing. **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_enrolment_started(self, work: Work, enrolment: Enrolment) -> None:
        """An enrolment became active for the first time.

        **When:** after ``move_enrolment`` was kept. **Return:** nothing. **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_enrolment_ended(self, work: Work, enrolment: Enrolment) -> None:
        """An enrolment ended, completed or early. **When:** after it was kept. **Return:** nothing. **Since:** 0.2."""
        raise AssertionError(NEVER)

    @hookspec
    def cm_session_recorded(self, work: Work, session: MentoringSession) -> None:
        """It was said how a session went: its ``outcome`` is known now.

        **When:** after ``add_session`` or ``change_session`` was kept, once a session. **Return:** nothing.
        **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_review_completed(self, work: Work, review: Review) -> None:
        """A review became final: from now on it counts.

        **When:** after ``finalise_review``, ``score_review`` or ``supersede_review`` was kept. **Return:** nothing.
        **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_demo_loaded(self, work: Work, authority: Authority) -> None:
        """An authority was filled with made-up people to try things with.

        **When:** after ``cm serve --demo`` or ``cm demo`` filled it, once. What the plugin adds is made up too: every
        name in it is invented, and it passes every rule. A plugin that builds on what others made up marks it
        ``@hookimpl(trylast=True)``, and is told after them. **Return:** nothing. **Since:** 0.2.
        """
        raise AssertionError(NEVER)
