"""A set of forms as an OpenAPI 3.1 document: for programs that fill forms in, and for whoever writes one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cmcore.forms import kinds
from cmcore.forms.declare import form_of
from cmcore.forms.examples import example_of
from cmcore.forms.form import Form
from cmcore.forms.jsonschema import Json, json_schema

_ABOUT = (
    "Each schema is one version of one form: what may be answered to each question, as it is kept. What depends on "
    "other answers stands in words and is checked when answers are taken in. Examples are invented."
)


def openapi(
    forms: Iterable[Form | type[Any]],
    *,
    title: str = "Forms",
    version: str = "1",
    paths: Mapping[str, Any] | None = None,
) -> Json:
    """The document: a schema for each form and version, by the name :func:`name_of` gives it, with an example.

    ``paths`` are put in as they are; they point to a form's schema with :func:`ref_to`. Refuses two different forms of
    one key and version.
    """
    schemas: dict[str, Json] = {}
    for declared in forms:
        form = form_of(declared)
        made = schema_for(form)
        if schemas.setdefault(name_of(form), made) != made:
            raise ValueError(f'Two forms have the key "{form.key}" and the version {form.version}.')
    return {
        "openapi": "3.1.1",
        "info": {"title": title, "version": version, "description": _ABOUT},
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": dict(paths or {}),
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def name_of(form: Form) -> str:
    """What a form's schema is called in the document: "session-record.2"."""
    return f"{form.key}.{form.version}"


def ref_to(form: Form) -> Json:
    """What points to a form's schema from elsewhere in the document."""
    return {"$ref": f"#/components/schemas/{name_of(form)}"}


def schema_for(form: Form) -> Json:
    """The schema of one form as it stands in the document."""
    # A base of its own would turn every pointer inside the document into one to somewhere else.
    made = {name: value for name, value in json_schema(form).items() if name not in ("$schema", "$id")}
    made["x-form"] = {"key": form.key, "version": form.version}
    # Until a measure set is put in, what is scored is not known.
    unmeasured = any(isinstance(one.kind, kinds.Scores) and not one.kind.measures for one in form.questions)
    if not unmeasured and (given := example_of(form)) is not None:
        made["examples"] = [given]
    return made
