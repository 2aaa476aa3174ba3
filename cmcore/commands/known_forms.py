"""The forms a command can name: those declared, and those in force in an authority; and answers kept as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cmcore.exchange.documents.heading import Heading
    from cmcore.forms.form import Form


def every_form() -> dict[str, Form]:
    """The forms of the journey and those declared for filling in, by key."""
    from importlib import import_module
    from pkgutil import iter_modules

    import cmcore
    from cmcore.answers.declared import declared_forms
    from cmcore.forms.form import Form

    found: dict[str, Form] = {}
    for folder in iter_modules(cmcore.__path__):
        if folder.ispkg and (Path(cmcore.__path__[0]) / folder.name / "forms.py").exists():
            for each in vars(import_module(f"cmcore.{folder.name}.forms")).values():
                form = getattr(each, "form", None)
                if isinstance(each, type) and isinstance(form, Form):
                    found[form.key] = form
    return found | {one.form.key: one.form for one in declared_forms()}


def declared_form(key: str) -> Form:
    """The declared form with this key; otherwise one sentence that names those there are."""
    known = every_form()
    if key not in known:
        raise click.ClickException(f"There is no form “{key}”. There are {', '.join(sorted(known))}.")
    return known[key]


def form_of_authority(key: str, code: str) -> tuple[Form, Heading]:
    """The form as it is in force in the authority, and the authority's name for the head of a page."""
    from cmcore.answers.editions import form_to_fill
    from cmcore.base.settings import Settings
    from cmcore.commands.ground import authority_key, the_engine, work_for
    from cmcore.exchange.documents.heading import Heading
    from cmcore.virtual_schools.records import Authority

    settings = Settings.load()
    with the_engine(settings) as engine:
        authority_id = authority_key(engine, code)
        with work_for(engine, authority_id, "form", settings) as work:
            authority = work.get(Authority, authority_id)
            heading = Heading(authority=authority.name, school=authority.school_name)
            offered = form_to_fill(work, key, authority_id)
            work.undo()
    return (offered.form if offered is not None else declared_form(key)), heading


def form_named(key: str, code: str, measures: str) -> Form:
    """The form with this key, of an authority where its code is given, with a measure set put in."""
    return with_measures(form_of_authority(key, code)[0] if code else declared_form(key), measures)


def with_measures(form: Form, ref: str) -> Form:
    """The form with a measure set put in where it asks for scores and was declared without one."""
    from cmcore.forms import kinds, scores_of
    from cmcore.measures.registry import measure_set

    for question in form.questions:
        if isinstance(question.kind, kinds.Scores) and not question.kind.measures:
            form = form.with_question(question.key, kind=scores_of(measure_set(ref).measures))
    return form


def read_answers(path: Path, form: Form) -> dict[str, Any]:
    """The answers of a JSON file; refuses what is not answers by question."""
    try:
        given = json.loads(path.read_text("utf-8"))
    except (ValueError, UnicodeDecodeError) as wrong:
        raise click.ClickException(f"{path.name} is not JSON: {wrong}.") from None
    if not isinstance(given, dict):
        raise click.ClickException(f"{path.name} holds no answers by question: write an object, key and answer.")
    known = {one.key for one in form.questions if one.answers}
    if strange := sorted(set(given) - known):
        raise click.ClickException(f"{path.name} answers {', '.join(strange)}, which {form.title} does not ask.")
    return given
