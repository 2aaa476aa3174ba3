"""What is asked about accounts: a new one with its first role."""

from __future__ import annotations

from datetime import date
from typing import Any

from cmcore.forms import Answers, Form, ask, form, kinds, when
from cmcore.safekeeping.roles import roles
from cmcore.safekeeping.work import Work


@form("account", version=2, title="Account")
class AccountAnswers(Answers):
    """Somebody who may sign in, and what they do here. Whoever has an account already is given the role only.

    Somebody new is given a code, shown to you once: with it they choose a password that nobody else knows.
    """

    login: str = ask("Sign-in name", most=64, hint="An e-mail address is best: nobody else has it.", section="Who")
    name: str | None = ask("Name", most=120, hint="As others see it. Leave it empty if they have an account.")
    role: str = ask("Role", most=40, section="What they do here")
    mentor_ref: str | None = ask(
        "Reference of the mentor's record", most=20, show_when=when("role").is_("mentor"), required=True
    )
    setting: int | None = ask(
        "School", of="setting", show_when=when("role").is_("referrer"), hint="Leave it empty for a social worker."
    )
    until: date | None = ask("Until", hint="The last day they may sign in for this. Leave it empty if it goes on.")


def roles_offered() -> tuple[kinds.Option, ...]:
    """The roles somebody can be given, with what each is for: asked when a page is shown, once plugins are there."""
    return tuple(
        kinds.Option(key=key, label=f"{role.label[:1].upper()}{role.label[1:]}", hint=role.description)
        for key, role in roles().items()
        if key != "operator"
    )


def account_form(work: Work, parent: Any) -> Form:
    """The form of an account with the roles there are."""
    return AccountAnswers.form.with_question("role", kind=kinds.Choice(options=roles_offered()))
