"""The form every virtual school has from the first day: a young person's own page, in their own words."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form


@form("my-page", version=1, title="My page")
class MyPage(Answers):
    """A page of the young person's own, filled in together before the work begins and whenever they want to."""

    written_on: date = ask("The day we wrote this", section="Who I am")
    called: str | None = ask("What I like to be called", section="Who I am", most=100)
    likes: str | None = ask("What I like doing", section="Who I am", voice=True, sensitive=True)
    good_at: str | None = ask("What I am good at", section="Who I am", voice=True, sensitive=True)
    try_out: str | None = ask("What I would like to try", section="What I want", voice=True, sensitive=True)
    helps: str | None = ask("What helps me when things are hard", section="What I want", voice=True, sensitive=True)
    does_not_help: str | None = ask("What does not help", section="What I want", voice=True, sensitive=True)
    together: bool | None = ask("Did we write this together?", section="What I want")
