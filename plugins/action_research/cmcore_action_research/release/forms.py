"""What is asked about a release: how coarse it tells who somebody is, and whether the themes leave."""

from __future__ import annotations

from cmcore.api import Answers, ask, form, kinds
from cmcore_action_research.release.generalising import LADDERS, LEFT_OUT, USUAL


def _ladder(key: str) -> kinds.Choice:
    ladder = next(one for one in LADDERS if one.key == key)
    told = [kinds.Option(key=one.key, label=one.words[:1].upper() + one.words[1:]) for one in ladder.rungs]
    return kinds.Choice(options=tuple(told))


@form("action-research-release", version=1, title="A release without names")
class ReleaseAnswers(Answers):
    """How coarse the release tells who somebody is. At least five must share whatever is told of each."""

    age: str = ask("Age on joining", kind=_ladder("age"), default=USUAL["age"], rule="R-STUDY-8")
    sex: str = ask("Sex", kind=_ladder("sex"), default=USUAL["sex"])
    group: str = ask("Mentored or waited first", kind=_ladder("group"), default=USUAL["group"])
    care_status: str = ask("Care status", kind=_ladder("care_status"), default=LEFT_OUT)
    ethnicity: str = ask("Ethnicity", kind=_ladder("ethnicity"), default=LEFT_OUT)
    send: str = ask("Special needs", kind=_ladder("send"), default=LEFT_OUT)
    joined: str = ask("When they joined", kind=_ladder("joined"), default=LEFT_OUT)


@form("action-research-release-themes", version=1, title="A release with themes")
class ThemeReleaseAnswers(ReleaseAnswers):
    """The same, with the themes: it is written down that you decided so, and why."""

    theme_why: str = ask(
        "Why must the themes leave?",
        long=True,
        most=2_000,
        sensitive=True,
        section="The decision",
        rule="R-STUDY-9",
        hint="The question that cannot be answered without them.",
    )


@form("action-research-given", version=1, title="Give to the evaluator")
class GivenAnswers(Answers):
    """Who receives it. From now on evaluators of this authority can take it out."""

    given_to: str = ask("Who receives it?", most=120, hint="An organisation, and who there.")


#: The questions that say how coarse, by quasi-identifier.
COARSENESS = ("age", "sex", "group", "care_status", "ethnicity", "send", "joined")


def coarseness_of(answers: ReleaseAnswers) -> dict[str, str]:
    """How coarse each quasi-identifier is told; the themes only with :class:`ThemeReleaseAnswers`."""
    made = {name: str(getattr(answers, name)) for name in COARSENESS}
    return {**made, "theme": "kept" if isinstance(answers, ThemeReleaseAnswers) else LEFT_OUT}
