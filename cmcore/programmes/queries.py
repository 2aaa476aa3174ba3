"""What is read of programmes, and the form of one with the types and measure sets there are."""

from __future__ import annotations

from sqlalchemy import or_, select

from cmcore.forms import Form, kinds
from cmcore.measures.registry import measure_sets
from cmcore.programmes.forms import ProgrammeAnswers
from cmcore.programmes.records import Programme
from cmcore.programmes.registry import plugin_of_type, programme_types
from cmcore.safekeeping.work import Work


def find(work: Work, text: str, limit: int = 20) -> list[Programme]:
    """Programmes whose title or key match, those that take referrals first."""
    asked = select(Programme).order_by(Programme.open_to_referrals.desc(), Programme.title, Programme.id)
    for word in text.split():
        named = Programme.title.icontains(word, autoescape=True)
        asked = asked.where(or_(named, Programme.key.icontains(word, autoescape=True)))
    return list(work.db.scalars(asked.limit(limit)))


def programme_form(work: Work | None = None) -> Form:
    """The form of a programme, offering the types that are declared and the sets they are measured with.

    For somebody's ``work`` only those of the core, and of plugins that are on in an authority within their reach.
    """
    known = {key: each for key, each in programme_types().items() if each.measure_sets}
    types = {key: each for key, each in known.items() if work is None or _is_on(work, key)}
    scored = measure_sets()
    sets = dict.fromkeys(ref for each in types.values() for ref in each.measure_sets)
    offered = [kinds.Option(key=ref, label=scored[ref].title if ref in scored else ref, hint=ref) for ref in sets]
    named = [kinds.Option(key=each.key, label=each.title, hint=each.description) for each in types.values()]
    form = ProgrammeAnswers.form.with_question("type_key", kind=kinds.Choice(options=tuple(named)))
    return form.with_question("measure_set", kind=kinds.Choice(options=tuple(offered)))


def _is_on(work: Work, key: str) -> bool:
    plugin = plugin_of_type(key)
    reached = work.scope.authorities if work.scope else ()
    return not plugin or any(work.plugin_is_on(plugin, each) for each in reached)
