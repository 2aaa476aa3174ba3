"""The hooks a plugin may implement: what each is for, when it is called, what it returns, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmcore.plugins.hooks_around_acts import Checks, Told
from cmcore.plugins.marks import NEVER, hookspec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from cmcore.answers.stages import StageForm
    from cmcore.awards.schemes import AwardScheme
    from cmcore.awards.standings import AwardStanding
    from cmcore.base.migrations.lines import Line
    from cmcore.base.periods import Period
    from cmcore.base.policy import Rule
    from cmcore.base.records import Record
    from cmcore.evidence.figures import Figure
    from cmcore.evidence.happened import Happened
    from cmcore.feeds.entries import CalendarEntry
    from cmcore.forms import Form
    from cmcore.jobs.kinds import TaskKind
    from cmcore.measures.mappings import MeasureMapping
    from cmcore.measures.sets import MeasureSet
    from cmcore.peps.culture import CulturalLine
    from cmcore.plugins.declared import Acts, PluginSetting
    from cmcore.plugins.glossary import GlossaryTerm
    from cmcore.programmes.types import ProgrammeType
    from cmcore.safekeeping.retention import Keeping, RetentionRule
    from cmcore.safekeeping.work import Work
    from cmcore.virtual_schools.records import Authority
    from cmcore.workbooks.lists import ListWorkbook


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
        raise AssertionError(NEVER)

    @hookspec
    def cm_stage_forms(self) -> list[StageForm]:
        """Forms asked at a stage of the journey in place of the core's own.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.StageForm`; the form is one of ``cm_forms``
        and builds on the core's class, so that it asks all the core needs. What it adds is kept as answers beside the
        record. The stage is ``"referral"``; a form at another leaves the plugin out. Where two plugins that are on
        bring one for the same stage, that of the first by name is asked.
        **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_programme_types(self) -> list[ProgrammeType]:
        """Programme types that a plugin adds.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.ProgrammeType`. New programmes of the type
        can be set up where the plugin is on; those there are stay as they are. **Since:** 0.1.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_measure_sets(self) -> list[MeasureSet]:
        """Measure sets that a plugin adds.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.MeasureSet`; a set is known by key and
        version, ``"wrenshire_five@1"``. **Since:** 0.1.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_measure_mappings(self) -> list[MeasureMapping]:
        """How the measures of an older set stand to those of a newer one, so that they can stand side by side.

        **When:** once, at first use. **Return:** a list of :class:`cmcore.api.MeasureMapping`, which says of every
        measure of both sets what it is the same as, or why it is not comparable. Scores of two sets are never mixed.
        **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_figures(self) -> list[Figure]:
        """Figures that a plugin counts: numbers that are stored queries, asked for by key and counted anew each time.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.Figure`, each with its key
        (``"wrenshire_visits"``), what it is called, in plain words which rows are counted, and a function of a work, an
        authority and a period that gives a :class:`cmcore.api.Counted`: a number, and out of how many where there is
        such a number. It counts within reach of whoever asks, in a few statements, and names the authority in each. A
        figure can be counted where the plugin is on. **Since:** 0.4.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_glossary(self) -> list[GlossaryTerm]:
        """Words of the plugin's own part of the sector, for the one page on which the console explains its words.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.GlossaryTerm`, as
        ``terms_in("cmcore_wrenshire", "wrenshire_")`` reads them from a ``glossary.toml`` beside the package's
        ``__init__.py``: each has the word and what it means, in a sentence or two that a child of
        eleven can read. **Since:** 0.5.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_rules(self) -> list[Rule]:
        """Rules of the plugin's own, which the authority's settings may change like those of the core.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.Rule`, as ``rules_in("cmcore_wrenshire")``
        reads them from a ``rules.toml`` beside the package's ``__init__.py``. An id is ``R-`` and the manifest's
        ``rules``: ``"R-WREN-"`` and a number. A rule holds where the plugin asks ``work.policy_of(record)`` for it.
        **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_settings(self) -> list[PluginSetting]:
        """Settings that the installation may give under ``[plugins.<name>]``.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.PluginSetting`, each with its key, its
        meaning and a safe value; read with ``work.setting("wrenshire", "visit_days")``. **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_tables(self) -> list[Line]:
        """The plugin's tables: its line of migrations.

        **When:** once, at load, and by ``cm db upgrade`` and ``cm plugin remove``. **Return:** a list of one
        :class:`cmcore.api.Line` whose owner is the plugin's name; a table is called ``cmp_<name>_<what>``.
        **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_long_work(self) -> list[TaskKind]:
        """Kinds of long work that the plugin does in the background, step by step, with its progress on screen.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.jobs.TaskKind`; a key begins with the plugin's
        name: ``"wrenshire.letters"``. It is asked for with :func:`cmcore.api.jobs.ask_for_long_work`, and may be killed
        and called again. **Since:** 0.3.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_acts(self) -> list[Acts]:
        """What roles may do with the plugin's own records, beside what they may see.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.Acts`: the key of a role and patterns of acts,
        each beginning with its name: ``Acts("coordinator", ("wrenshire_visit.*",))``. Whoever reaches a kind of
        record still sees no more rows than the role reaches; ``reach`` says of single kinds that it is less, or another
        part. **Since:** 0.2.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_award_schemes(self) -> list[AwardScheme]:
        """Awards that young people can work towards: levels, units, parts and what each asks, as data.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.AwardScheme`; a key begins with the plugin's
        name. Whoever keeps enrolments for awards finds them with :func:`cmcore.api.award_schemes`. **Since:** 0.4.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_workbooks(self) -> list[ListWorkbook]:
        """Lists of the plugin's own records that can be filled in as Excel workbooks and brought back.

        **When:** whenever a list is asked for. **Return:** a list of :class:`cmcore.api.ListWorkbook`: the record, the
        form, and the actions that add and change one. A row goes through both, as a page does; where the plugin is off
        there is no such list. Columns are matched for it as for every importer: by the form's words, by what was
        confirmed before, by likeness, and by ``synonyms``, the words people write over a column instead, by question.
        **Since:** 0.2; ``synonyms`` since 0.6.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_retention(self) -> list[Keeping | RetentionRule]:
        """How long the answers to the plugin's forms are kept, and rules of keeping of its own.

        **When:** once, at load. **Return:** a list of :class:`cmcore.api.Keeping`, one for every form that asks
        something sensitive, and of :class:`cmcore.api.RetentionRule`. **Since:** 0.2.
        """
        raise AssertionError(NEVER)


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
        raise AssertionError(NEVER)

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
        raise AssertionError(NEVER)

    @hookspec
    def cm_award_enrolments(self, work: Work, people: Collection[int]) -> Iterable[AwardStanding]:
        """For which levels of awards some young people are enrolled, and how far they are.

        ``people`` are keys of young people of one authority: read for all of them at once, in few statements.
        **When:** when :func:`cmcore.api.award_standings` is asked: by a list of those who came to an event and work
        towards nothing, for one. **Return:** any number of :class:`cmcore.api.AwardStanding`, ended ones too.
        **Since:** 0.4.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_happened(self, work: Work, people: Collection[int]) -> Iterable[Happened]:
        """What the plugin's records say happened to some young people: lines of a timeline, passages of their story.

        ``people`` are keys of young people of one authority. Read with ``work``, which shows no more than its person
        reaches, and ask ``work.may`` for the kind of record, as a page does. **When:** when
        :func:`cmcore.api.happened` is asked: for the whole timeline of a young person, and when their story is put
        together. **Return:** any number of :class:`cmcore.api.Happened`; one that says nothing ``to_them`` stands in no
        story. **Since:** 0.4.
        """
        raise AssertionError(NEVER)

    @hookspec
    def cm_calendar_entries(self, work: Work, authority: Authority, period: Period) -> Iterable[CalendarEntry]:
        """What the plugin's records put into the calendar of an authority: events, meetings, days that are due.

        ``period`` is the days that are shown. Read with ``work``, which shows no more than its person reaches, and ask
        ``work.may`` for the kind of record, as a page does. **When:** when :func:`cmcore.api.calendar_entries` is
        asked: for the calendar's page, for a feed that somebody's own calendar reads, and for other plugins.
        **Return:** any number of :class:`cmcore.api.CalendarEntry`, each with its kind and key, when, where, and the
        path of its page. A feed says a title only where no young person's name stands in it. **Since:** 0.4.
        """
        raise AssertionError(NEVER)


#: The families, in the order of the reference.
FAMILIES: tuple[type[Any], ...] = (Declares, Offers, Checks, Told)
