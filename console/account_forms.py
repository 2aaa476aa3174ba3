"""What is asked about accounts: a new one with its first role, another first password."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form, kinds, when
from cmcore.safekeeping.roles import roles
from console import passwords

_ROLES = tuple(
    kinds.Option(key=key, label=f"{role.label[:1].upper()}{role.label[1:]}", hint=role.description)
    for key, role in roles().items()
    if key != "operator"
)
_FIRST = f"{passwords.LEAST} characters or more. They choose one of their own when they first sign in with it."


@form("account", version=1, title="Account")
class AccountAnswers(Answers):
    """Somebody who may sign in, and what they do here. Whoever has an account already is given the role only."""

    login: str = ask("Sign-in name", most=64, hint="An e-mail address is best: nobody else has it.", section="Who")
    name: str | None = ask("Name", most=120, hint="As others see it. Leave it empty if they have an account.")
    first_password: str | None = ask("First password", most=200, hint=_FIRST)
    role: str = ask("Role", kind=kinds.Choice(options=_ROLES), section="What they do here")
    mentor_ref: str | None = ask(
        "Reference of the mentor's record", most=20, show_when=when("role").is_("mentor"), required=True
    )
    setting: int | None = ask(
        "School", of="setting", show_when=when("role").is_("referrer"), hint="Leave it empty for a social worker."
    )
    until: date | None = ask("Until", hint="The last day they may sign in for this. Leave it empty if it goes on.")


@form("first-password", version=1, title="First password")
class FirstPasswordAnswers(Answers):
    """A password for somebody who cannot sign in any more. Every browser signed in with the account is signed out."""

    first_password: str = ask("First password", most=200, hint=_FIRST)
