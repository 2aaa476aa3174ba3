"""Concern as a measure, and how the six measures of 2017 stand to the eight of today."""

from __future__ import annotations

from datetime import date

from cmcore.api import Measure, MeasureMapping, MeasureSet, Polarity, Scale

_LGA = "Local Government Association, Derbyshire case study"

#: "lowered from a red (high concern) to a green (low concern)": what a school reports after twelve weeks.
CONCERN = MeasureSet(
    key="derbyshire_concern",
    version=1,
    title="Concern, from green to red",
    measures=(
        Measure(
            key="concern",
            label="Concern",
            definition="How worried the school and social care are: 1 is green, 2 is amber, 3 is red.",
            scale=Scale(1, 3, "green, low concern", "red, high concern"),
            source=_LGA,
            polarity=Polarity.lower_is_better,
        ),
    ),
    valid_from=date(2014, 1, 1),
    source=_LGA,
)

#: The two are never added up: this only says which rows may stand side by side.
SIX_TO_EIGHT = MeasureMapping(
    earlier="six@2017",
    later="eight@1",
    same={key: key for key in ("engagement", "achievement", "confidence", "communication", "motivation", "ambition")},
    not_comparable={
        "participation": "It was not scored in 2017.",
        "leadership": "It was not scored in 2017.",
    },
    source="Derbyshire Virtual School, Pupil Premium Awards interview; " + _LGA,
)
