"""What people do with the programmes of an authority."""

from __future__ import annotations

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import refuse
from cmcore.programmes import rules
from cmcore.programmes.forms import ProgrammeAnswers
from cmcore.programmes.records import Programme
from cmcore.programmes.registry import plugin_of_type, programme_types
from cmcore.safekeeping.removal import hanging_on, remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.queries import authority_for


@action("programme.add")
def add_programme(work: Work, answers: ProgrammeAnswers, authority_id: int | None = None) -> Programme:
    """Begin a programme. Refuses a type that is not declared, and a measure set that is not among the type's."""
    authority = authority_for(work, authority_id)
    answers = _fitting(work, answers)
    _refuse_off(work, authority.id, answers.type_key)
    return work.add(Programme(authority_id=authority.id, **answers.columns()))


@action("programme.change")
def change_programme(
    work: Work, programme: Programme, answers: ProgrammeAnswers, version: int | None = None
) -> Programme:
    """Change a programme. Refuses another type once something hangs on it."""
    answers = _fitting(work, answers)
    if answers.type_key != programme.type_key:
        _refuse_off(work, programme.authority_id, answers.type_key)
        work.heed(rules.type_stays(answers.type_key, programme.type_key, hanging_on(work, programme)))
    work.change(programme, version, **answers.columns())
    return programme


@action("programme.remove")
def remove_programme(work: Work, programme: Programme) -> None:
    """Remove a programme entered by mistake. Refuses one with referrals or enrolments: let it end instead."""
    remove_if_free(work, programme)


def answers_of_programme(programme: Programme) -> ProgrammeAnswers:
    """The programme as the answers that would make it again."""
    return answers_from(ProgrammeAnswers, programme)


def _refuse_off(work: Work, authority_id: int, type_key: str) -> None:
    """Refuse a type whose plugin is switched off for the authority."""
    plugin = plugin_of_type(type_key)
    if plugin and not work.plugin_is_on(plugin, authority_id):
        raise refuse(
            f"“{programme_types()[type_key].title}” comes with a plugin that is switched off here.",
            place="type_key",
            way_out="Choose another type, or ask the administrator to switch the plugin on.",
        )


def _refuse_kept_elsewhere(type_key: str) -> None:
    """Refuse a type that keeps records of its own: nobody is enrolled in it, and nothing is scored."""
    known = programme_types().get(type_key)
    if known is not None and not known.measure_sets:
        raise refuse(
            f"“{known.title}” works with schools, and is kept on pages of its own.",
            place="type_key",
            way_out="Choose another type.",
        )


def _fitting(work: Work, answers: ProgrammeAnswers) -> ProgrammeAnswers:
    given = taken(work, answers)
    _refuse_kept_elsewhere(given.type_key)
    declared = {key: each.measure_sets for key, each in programme_types().items()}
    work.heed(rules.programme_fits(given.key, given.type_key, given.measure_set, declared))
    return given
