"""The journey as declared: life cycles, programme types, measure sets, and the forms that are asked."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import cmcore
import cmcore.records
from cmcore.base.lifecycle import Lifecycle, Stateful
from cmcore.forms import Answers, Form, describe
from cmcore.measures.sets import MeasureSet, Polarity
from cmcore.measures.shipped import SHIPPED
from cmcore.programmes.registry import programme_types
from cmcore.programmes.types import ProgrammeType
from tests.house.reference import markdown
from tests.house.reference.kept import core_records
from tests.house.reference.markdown import by_stage, link, plain, table


def life_cycles_page() -> str:
    """Every life cycle with its states and the ways between them."""
    found = {
        str(record.words[0]): record.life
        for record in core_records()
        if issubclass(record, Stateful) and record.life is not None
    }
    parts = []
    for words, life in sorted(found.items()):
        parts += [f"## {words.capitalize()}", _states(life), _ways(life)]
    return markdown.page(
        "Life cycles",
        f"the `records.py` of each folder of {link('cmcore')}, and the programme types",
        "A state is reached by a transition and in no other way: setting it by hand is refused, in a script too. What "
        "a transition *looks at* is a guard: it asks the rules first. An enrolment follows the life cycle that the "
        "type of its [programme](programmes.md) declares; shown is that of creative mentoring.",
        *parts,
    )


def _states(life: Lifecycle) -> str:
    shown = [f"{state.label} (`{state.key}`{', an end' if state.ended else ''})" for state in life.states]
    return f"It begins as {shown[0]}. " + f"The others: {', '.join(shown[1:])}."


def _ways(life: Lifecycle) -> str:
    rows = [
        (
            f"`{way.name}`",
            way.label,
            ", ".join(life.label(state) for state in way.sources),
            life.label(way.target),
            "yes" if way.needs_reason else "",
            ", ".join(guard.replace("_", " ") for guard in way.guards),
        )
        for way in life.transitions
    ]
    return table(("transition", "on the button", "from", "to", "asks for a reason", "looks at"), rows)


def programmes_page() -> str:
    """Every programme type the software ships."""
    parts = [part for each in programme_types().values() if each.owner == "cmcore" for part in _programme(each)]
    return markdown.page(
        "Programme types",
        link("cmcore/programmes/creative_mentoring.py"),
        "A programme type declares what its subject is, its life cycle, the form of each stage, the measure sets it is "
        "scored with, the checks a mentor needs, and how much of it was evaluated. A plugin declares another one the "
        "same way, through the hook `cm_programme_types`.",
        *parts,
    )


def _programme(each: ProgrammeType) -> list[str]:
    rows = [
        ("key", f"`{each.key}`"),
        ("subject", each.subject.label),
        ("measure sets", ", ".join(f"[`{ref}`](measures.md)" for ref in each.measure_sets)),
        ("mentor checks", ", ".join(f"`{check}`" for check in each.checks)),
        ("forms", ", ".join(f"{stage}: `{key}`" for stage, key in each.forms.items())),
        ("roles", ", ".join(each.roles)),
    ]
    if each.dose:
        dose = each.dose
        evaluated = f"{dose.hours} hours over {dose.months} months, ages {dose.least_age} to {dose.most_age}"
        rows.append(("evaluated dose", f"{evaluated} {plain(dose.source)}"))
    return [f"## {each.title}", plain(each.description), table(("", ""), rows)]


def measures_page() -> str:
    """Every measure set the software ships."""
    parts = [part for each in SHIPPED for part in _set(each)]
    return markdown.page(
        "Measure sets",
        link("cmcore/measures/shipped.py"),
        "A measure set has a version, because sets change: scores of different sets or versions are never mixed. A "
        "plugin declares another one through the hook `cm_measure_sets`.",
        *parts,
    )


def _set(each: MeasureSet) -> list[str]:
    rows = [
        (
            measure.label,
            f"`{measure.key}`",
            f"{measure.scale.least} ({measure.scale.least_means}) to {measure.scale.most} ({measure.scale.most_means})",
            "higher" if measure.polarity is Polarity.higher_is_better else "lower",
            plain(measure.definition),
        )
        for measure in each.measures
    ]
    told = f"`{each.ref}`, usable from {each.valid_from.isoformat()}. Source: {plain(each.source)}."
    return [f"## {each.title}", told, table(("measure", "key", "scale", "better", "definition"), rows)]


def forms_page() -> str:
    """Every form of the core in plain words."""
    parts = []
    modules = [f"cmcore.{folder.name}.forms" for folder in iter_modules(cmcore.__path__) if folder.ispkg]
    for module in sorted(modules, key=by_stage):
        for form in _forms(module):
            parts += [f"## {form.title}", f"`{form.key}`, version {form.version}.", f"```text\n{describe(form)}```"]
    return markdown.page(
        "Forms",
        f"the `forms.py` of each folder of {link('cmcore')}",
        "A form is declared once; the page in the console, the checks in the library and this description are drawn "
        "from the same declaration. Where a choice depends on the authority (its programmes, measure sets), it is put "
        "in when the form is shown.",
        *parts,
    )


def _forms(module: str) -> list[Form]:
    try:
        found = vars(import_module(module)).values()
    except ModuleNotFoundError:
        return []
    declared = [
        each for each in found if isinstance(each, type) and issubclass(each, Answers) and each.__module__ == module
    ]
    return [each.form for each in declared if isinstance(getattr(each, "form", None), Form)]
