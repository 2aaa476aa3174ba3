"""What templates know, and what of it may change after one was read."""

from __future__ import annotations

from flask import Flask

from console.templating import Templates


def test_what_an_app_has_its_templates_know_is_known_to_those_read_before() -> None:
    templates = Templates(Flask("quill"), autoescape=True)
    read = templates.from_string("{{ town }} {{ of }}")
    assert read.render(of="one") == " one"
    templates.globals["town"] = "Wrenshire"
    assert read.render(of="two") == "Wrenshire two"
    assert read.render(town="Tarnside") == "Tarnside " and read.render() == "Wrenshire "


def test_what_one_template_knows_by_itself_is_known_to_no_other() -> None:
    templates = Templates(Flask("quill"), autoescape=True)
    templates.globals["town"] = "Wrenshire"
    own = templates.from_string("{{ town }}", globals={"town": "Tarnside"})
    other = templates.from_string("{{ town }}")
    assert (own.render(), other.render()) == ("Tarnside", "Wrenshire")
