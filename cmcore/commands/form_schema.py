"""``cm form schema``: forms as JSON Schema or OpenAPI, for programs that fill them in."""

from __future__ import annotations

import json

import click

from cmcore.commands.known_forms import every_form, form_named, with_measures


@click.command("schema")
@click.argument("key", required=False, default="")
@click.option(
    "--openapi", "as_openapi", is_flag=True, help="Print an OpenAPI 3.1 document; without KEY, of every form."
)
@click.option("--authority", "code", default="", help="Three-digit code: its form in force counts.")
@click.option("--measures", default="eight@1", show_default=True, help="The measure set, where measures are scored.")
def schema(key: str, as_openapi: bool, code: str, measures: str) -> None:
    """Print the form KEY as JSON Schema (2020-12): what may be answered, as it is kept."""
    from cmcore.forms.jsonschema import json_schema
    from cmcore.forms.openapi import openapi

    if not key and not as_openapi:
        raise click.ClickException(f"Name a form: {', '.join(sorted(every_form()))}. Or ask for --openapi of them all.")
    forms = (
        [form_named(key, code, measures)] if key else [with_measures(one, measures) for one in every_form().values()]
    )
    made = openapi(forms, title=forms[0].title if key else "Forms") if as_openapi else json_schema(forms[0])
    click.echo(json.dumps(made, indent=2, ensure_ascii=False))
