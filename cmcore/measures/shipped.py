"""The three measure sets that come with the software: the eight, the six of 2017, and the SDQ total."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cmcore.measures.sets import Measure, MeasureSet, Polarity, Scale

_ROLE = "Creative Mentor role and responsibilities, Measuring Progress"
_AWARD = "Derbyshire Virtual School, Pupil Premium Awards interview"

#: "1 (needing significant help) to 5 (doing very well)"
ONE_TO_FIVE = Scale(1, 5, "needing significant help", "doing very well")


def _measure(key: str, definition: str) -> Measure:
    return Measure(key, key.capitalize(), definition, ONE_TO_FIVE, _ROLE)


#: The eight measures of progress, worded and ordered as the role document gives them. It has no date: the set may be
#: used from the launch of the Virtual School in 2014, so that older scores can be entered as they were taken.
EIGHT = MeasureSet(
    key="eight",
    version=1,
    title="The eight measures of progress",
    measures=(
        _measure("participation", "The action of taking part in something."),
        _measure(
            "engagement",
            "The degree of attention, curiosity, interest, optimism, and passion that students show when they are "
            "learning (in its broadest sense).",
        ),
        _measure("confidence", "Having a feeling of trust in one's own abilities, qualities, and judgement."),
        # The document has "the ability to exchange of information": its slip of the pen is left out here.
        _measure("communication", "The ability to exchange information, ideas and feelings."),
        _measure(
            "motivation",
            "Reason and strength to complete on a task or intention, even when challenging, without giving up.",
        ),
        _measure(
            "achievement",
            "Any act of sustaining, accomplishment or finishing a task in a successful manner that is considered an "
            "achievement for an individual.",
        ),
        _measure("leadership", "The ability to inspire, engage and encourage others to achieve a shared task or goal."),
        _measure("ambition", "The strong desire to do or achieve something with the determination to achieve success."),
    ),
    valid_from=date(2014, 1, 1),
    source=f"{_ROLE}; Local Government Association, Derbyshire case study",
)

#: What Derbyshire charted in 2017, in the order of the interview. It gives names only: definitions as in the eight.
SIX = MeasureSet(
    key="six",
    version=2017,
    title="The six measures of 2017",
    measures=tuple(
        replace(EIGHT[key], source=f"{_AWARD}; definition: {_ROLE}")
        for key in ("engagement", "achievement", "confidence", "communication", "motivation", "ambition")
    ),
    valid_from=date(2014, 1, 1),
    source=_AWARD,
)

#: The carer's questionnaire in England's yearly return of looked-after children (SSDA903, since April 2008).
SDQ = MeasureSet(
    key="sdq",
    version=1,
    title="Strengths and Difficulties Questionnaire",
    measures=(
        Measure(
            key="total",
            label="Total difficulties",
            definition="The sum of the emotional, conduct, hyperactivity and peer problem scales, 0 to 40; "
            "lower is better.",
            scale=Scale(0, 40, "few difficulties", "many difficulties"),
            source="R. Goodman (1997), The Strengths and Difficulties Questionnaire: a research note, "
            "Journal of Child Psychology and Psychiatry 38, 581-586",
            polarity=Polarity.lower_is_better,
        ),
    ),
    valid_from=date(2008, 4, 1),
    source="Department for Education, Children looked after by local authorities in England: guide to the SSDA903",
)

#: In the order they are offered.
SHIPPED: tuple[MeasureSet, ...] = (EIGHT, SIX, SDQ)
