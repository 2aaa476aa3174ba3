"""The hooks a plugin may implement: what each is for, when it is called, what it returns, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from cmcore.answers.stages import StageForm
    from cmcore.base.findings import Finding
    from cmcore.base.migrations.lines import Line
    from cmcore.base.periods import Period
    from cmcore.base.policy import Rule
    from cmcore.base.records import Record
    from cmcore.commissions.records import Commission
    from cmcore.enrolments.records import Enrolment
    from cmcore.forms import Form
    from cmcore.jobs.kinds import TaskKind
    from cmcore.evidence.figures import Figure
    from cmcore.feeds.entries import CalendarEntry
    from cmcore.measures.mappings import MeasureMapping
    from cmcore.measures.sets import MeasureSet
    from cmcore.mentors.records import Mentor
    from cmcore.peps.culture import CulturalLine
    from cmcore.peps.records import PepCycle
    from cmcore.plugins.declared import Acts, PluginSetting
    from cmcore.programmes.types import ProgrammeType
    from cmcore.referrals.records import Referral
    from cmcore.reviews.forms import ReviewAnswers
    from cmcore.reviews.records import Review
    from cmcore.safekeeping.retention import Keeping, RetentionRule
    from cmcore.safekeeping.work import Work
    from cmcore.sessions.forms import SessionAnswers
    from cmcore.sessions.records import MentoringSession
    from cmcore.virtual_schools.records import Authority
    from cmcore.workbooks.lists import ListWorkbook

#: The project name of every hook.
PROJECT = "cmcore"
hookspec = pluggy.HookspecMarker(PROJECT)
#: The mark above every function of a plugin that implements a hook.
hookimpl = pluggy.HookimplMarker(PROJECT)

_NEVER = "a specification is not called"


class Declares:
    """Nouns: what a plugin brings. Called once, when the plugins are loaded; all of a plugin's declarations or none.

    Every key begins with the plugin's own (``Manifest.prefix``), or is named in ``Manifest.keys``. A key that the core
    or another plugin declares already leaves the plugin out, and the sentence names both.
    """

    @hookspec
    def cm_forms(self) -> list[type[Any] | Form]:
        """Forms that people fill in: classes declared with ``@form``, or :class:`cmcore.api.Form` objects.

        **When:** once, at load. **Return:** a list; keys such as ``"wrenshire-visit"``. A form is in force in the
        authorities the plugin is switched on for. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_stage_forms(self) -> list[StageForm]:
        """Forms asked at a stage of the journey in place of the core's own.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.StageForm`; the form is one of ``cm_forms``
        and builds on the core's class, so that it asks all the core needs. What it adds is kept as answers beside the
        record. Where two plugins that are on bring one for the same stage, that of the first by name is asked.
        **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_programme_types(self) -> list[ProgrammeType]:
        """Programme types that a plugin adds.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.ProgrammeType`. New programmes of the type
        can be set up where the plugin is on; those there are stay as they are. **Since:** 0.1.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_measure_sets(self) -> list[MeasureSet]:
        """Measure sets that a plugin adds.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.MeasureSet`; a set is known by key and
        version, ``"wrenshire_five@1"``. **Since:** 0.1.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_measure_mappings(self) -> list[MeasureMapping]:
        """How the measures of an older set stand to those of a newer one, so that they can stand side by side.

        **When:** once, at first use. **Return:** a list of :class:`cmcore.api.MeasureMapping`, which says of every
        measure of both sets what it is the same as, or why it is not comparable. Scores of two sets are never mixed.
        **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_rules(self) -> list[Rule]:
    @hookspec
    def cm_figures(self) -> list[Figure]:
        """Figures that a plugin counts: numbers that are stored queries, asked for by key and counted anew each time.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.Figure`, each with its key
        (``"wrenshire_visits"``), what it is called, in plain words which rows are counted, and a function of a work, an
        authority and a period that gives a :class:`cmcore.api.Counted`: a number, and out of how many where there is
        such a number. It counts within reach of whoever asks, in a few statements, and names the authority in each. A
        figure can be counted where the plugin is on. **Since:** 0.4.
        """
        raise AssertionError(_NEVER)

        """Rules of the plugin's own, which the authority's settings may change like those of the core.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.Rule`, as ``rules_in("cmcore_wrenshire")``
        reads them from a ``rules.toml`` beside the package's ``__init__.py``. An id is ``R-`` and the manifest's
        ``rules``: ``"R-WREN-"`` and a number. A rule holds where the plugin asks ``work.policy_of(record)`` for it.
        **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_settings(self) -> list[PluginSetting]:
        """Settings that the installation may give under ``[plugins.<name>]``.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.PluginSetting`, each with its key, its
        meaning and a safe value; read with ``work.setting("wrenshire", "visit_days")``. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_tables(self) -> list[Line]:
        """The plugin's tables: its line of migrations.

        **When:** once, at load, and by ``cm db upgrade`` and ``cm plugin remove``. **Return:** a list of one
        :class:`cmcore.api.Line` whose owner is the plugin's name; a table is called ``cmp_<name>_<what>``.
        **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_long_work(self) -> list[TaskKind]:
        """Kinds of long work that the plugin does in the background, step by step, with its progress on screen.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.jobs.TaskKind`; a key begins with the plugin's
        name: ``"wrenshire.letters"``. It is asked for with :func:`cmcore.api.jobs.ask_for_long_work`, and may be killed
        and called again. **Since:** 0.3.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_acts(self) -> list[Acts]:
        """What roles may do with the plugin's own records, beside what they may see.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.Acts`: the key of a role and patterns of acts,
        each beginning with its name: ``Acts("coordinator", ("wrenshire_visit.*",))``. Whoever reaches a kind of
        record still sees no more rows than the role reaches. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_workbooks(self) -> list[ListWorkbook]:
        """Lists of the plugin's own records that can be filled in as Excel workbooks and brought back.

        **When:** whenever a list is asked for. **Return:** a list of :class:`cmcore.api.ListWorkbook`: the record, the
        form, and the actions that add and change one. A row goes through both, as a page does; where the plugin is off
        there is no such list. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_retention(self) -> list[Keeping | RetentionRule]:
        """How long the answers to the plugin's forms are kept, and rules of keeping of its own.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.Keeping`, one for every form that asks
        something sensitive, and of :class:`cmcore.api.RetentionRule`. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)


class Offers:
    """What stands on a page before anybody types. Nothing is decided by it: whoever fills the page in may change it.

    A plugin that raises offers nothing; that it failed is written to its health.
    """

    @hookspec
    def cm_begin_form(self, work: Work, form: str, about: Record | None) -> Mapping[str, Any]:
        """What a form begins with: plain values by question, as a form writes them down.

        ``form`` is the key of the form ("commission"), ``about`` the record it is begun from, where there is one: the
        enrolment of a commission. **When:** when the page of a new commission is opened, and when answers to a form are
        begun. **Return:** a mapping, an empty one for nothing; a question that the form does not have is left out.
        **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_cultural_lines(
        self, work: Work, authority: Authority, people: Collection[int], period: Period
    ) -> Iterable[CulturalLine]:
        """What the plugin's records say of the culture in some young people's lives: records in, lines out.

        ``people`` are keys of young people, one or a whole authority's: read for all of them at once, in few
        statements. ``period`` is what is looked back on. **When:** when :func:`cmcore.api.cultural_lines` is asked, for
        a cultural entitlement page and for whatever else shows them. **Return:** any number of
        :class:`cmcore.api.CulturalLine`, each with its part, its source in words, and the kind and key of the record it
        comes from: by those a line is known again when it is drafted once more. **Since:** 0.3.
        """
        raise AssertionError(_NEVER)


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
        raise AssertionError(_NEVER)

    @hookspec
    def cm_check_enrolment(self, work: Work, enrolment: Enrolment, step: str, on: date) -> list[Finding]:
        """Look at an enrolment before it moves: ``step`` is the transition, such as ``"start"`` or ``"complete"``.

        **When:** in ``move_enrolment``, after the guards of its life cycle. **Return:** findings. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_check_commission(
        self, work: Work, commission: Commission, enrolment: Enrolment, mentor: Mentor, step: str
    ) -> list[Finding]:
        """Look at a commission: ``step`` is ``"add"``, ``"change"`` or ``"activate"``.

        **When:** in ``add_commission``, ``change_commission`` and ``activate_commission``, after the core's own rules;
        the commission holds what it would become. **Return:** findings. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_check_session(
        self, work: Work, commission: Commission, answers: SessionAnswers, session: MentoringSession | None
    ) -> list[Finding]:
        """Look at a session that is planned, reported or put right; ``session`` is the kept one, or ``None`` if new.

        **When:** in ``add_session`` and ``change_session``, after the core's own rules. **Return:** findings.
        **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_check_review(
        self, work: Work, enrolment: Enrolment, answers: ReviewAnswers, review: Review
    ) -> list[Finding]:
        """Look at a review that is to count; ``review`` is not changed yet.

        **When:** in ``finalise_review``, ``score_review``, ``correct_review`` and ``supersede_review``, after the
        core's own rules. **Return:** findings. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_check_pep(self, work: Work, pep: PepCycle, step: str) -> list[Finding]:
        """Look at a personal education plan before it moves: ``step`` is ``"submit"`` or ``"complete"``.

        **When:** in ``submit_pep`` and ``complete_pep``, after the core's own rules. **Return:** findings.
        **Since:** 0.3.
        """
        raise AssertionError(_NEVER)


class Told:
    """Past tense: what has happened, told after it was kept, to one plugin at a time.

    ``work`` is a piece of work of the plugin's own, by the same person in the same reach: what it adds is kept when the
    hook returns, and undone if it raises. A failure is written to the plugin's health and stops nothing and nobody.
    """

    @hookspec
    def cm_referral_submitted(self, work: Work, referral: Referral) -> None:
        """A referral was sent. **When:** after ``submit_referral`` was kept. **Return:** nothing. **Since:** 0.2."""
        raise AssertionError(_NEVER)

    @hookspec
    def cm_referral_accepted(self, work: Work, referral: Referral) -> None:
        """A referral was accepted.

        **When:** after ``decide_referral`` was kept. **Return:** nothing. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_mentor_commissioned(self, work: Work, commission: Commission) -> None:
        """A commission became active: the mentor may begin.

        **When:** after ``activate_commission`` was kept. **Return:** nothing. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_enrolment_started(self, work: Work, enrolment: Enrolment) -> None:
        """An enrolment became active for the first time.

        **When:** after ``move_enrolment`` was kept. **Return:** nothing. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_enrolment_ended(self, work: Work, enrolment: Enrolment) -> None:
        """An enrolment ended, completed or early. **When:** after it was kept. **Return:** nothing. **Since:** 0.2."""
        raise AssertionError(_NEVER)

    @hookspec
    def cm_session_recorded(self, work: Work, session: MentoringSession) -> None:
        """It was said how a session went: its ``outcome`` is known now.

        **When:** after ``add_session`` or ``change_session`` was kept, once a session. **Return:** nothing.
        **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_review_completed(self, work: Work, review: Review) -> None:
        """A review became final: from now on it counts.

        **When:** after ``finalise_review``, ``score_review`` or ``supersede_review`` was kept. **Return:** nothing.
        **Since:** 0.2.
        """
        raise AssertionError(_NEVER)

    @hookspec
    def cm_demo_loaded(self, work: Work, authority: Authority) -> None:
        """An authority was filled with made-up people to try things with.

        **When:** after ``cm serve --demo`` or ``cm demo`` filled it, once. What the plugin adds is made up too: every
        name in it is invented, and it passes every rule. **Return:** nothing. **Since:** 0.2.
        """
        raise AssertionError(_NEVER)


#: The families, in the order of the reference.
FAMILIES: tuple[type[Any], ...] = (Declares, Offers, Checks, Told)
