"""What is asked about a story: why it is told, why parts are left out, to whom it was given."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, ask, form
from cmcore.stories.words import GivenHow, GivenTo, StoryWhy


@form("story", version=1, title="Tell their story")
class StoryAnswers(Answers):
    """It is put together from what is kept: referrals, sessions, reviews, journal, education plans, awards."""

    why: StoryWhy = ask("Why is it told?", section="Their record, as a story they can read")
    asked_on: date = ask(
        "When was it asked for?", hint="From this day on there is one month to give it. The day today, if nobody asked."
    )
    opening: str | None = ask(
        "A few words at the beginning",
        long=True,
        most=1_000,
        sensitive=True,
        hint="Yours, to them. Leave it empty and it begins by itself.",
    )


@form("story-opening", version=1, title="Change its beginning")
class StoryOpeningAnswers(Answers):
    """What stands before the first thing that happened."""

    opening: str = ask("A few words at the beginning", long=True, required=False, most=1_000, sensitive=True)


@form("story-given", version=1, title="Give it out")
class StoryGivenAnswers(Answers):
    """Who was given it, and how. Once this is said, the files can be opened."""

    given_to: GivenTo = ask("Who is it given to?", hint="Make sure of who they are first.")
    given_how: GivenHow = ask("How?")


@form("story-not-given", version=1, title="Send it back, or do not give it")
class StoryReasonAnswers(Answers):
    """Why, in a sentence for whoever made it."""

    reason: str = ask("Why?", long=True, most=2_000, sensitive=True)
