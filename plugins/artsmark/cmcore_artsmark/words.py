"""The fixed words of Artsmark: its criteria and how one stands to them, quality principles, levels, kinds of evidence.

Criteria and levels: Arts Council England, Artsmark self-assessment. Quality principles: Arts Council England's seven.
"""

from __future__ import annotations

from cmcore.api import Choice


class Criterion(Choice):
    """What a setting judges itself by: Artsmark's eight criteria."""

    values = "values", "Values and ethos"
    leadership = "leadership", "Leadership"
    engagement = "engagement", "Children and young people's engagement"
    curriculum = "curriculum", "Curriculum design"
    offer = "offer", "Range of offer"
    development = "development", "Continuing professional development"
    partnerships = "partnerships", "Partnerships"
    inclusion = "inclusion", "Equality, diversity and inclusion"


class Judgement(Choice):
    """Where one stands on a criterion, by the levels whose statements fit best."""

    working_towards = "working_towards", "Working towards Silver"
    silver = "silver", "Silver"
    gold = "gold", "Gold"
    platinum = "platinum", "Platinum"


class Level(Choice):
    """The levels of the award: DOMAIN §9."""

    silver = "silver", "Silver"
    gold = "gold", "Gold"
    platinum = "platinum", "Platinum"


class Principle(Choice):
    """Arts Council England's seven quality principles."""

    excellence = "excellence", "Striving for excellence and innovation"
    authentic = "authentic", "Being authentic"
    exciting = "exciting", "Being exciting, inspiring and engaging"
    positive = "positive", "Ensuring a positive and inclusive experience"
    involving = "involving", "Actively involving children and young people"
    progression = "progression", "Enabling personal progression"
    belonging = "belonging", "Developing belonging and ownership"


class At(Choice):
    """When a criterion was judged: the way between the two is what the award looks at."""

    start = "start", "At the start"
    end = "end", "Before the Statement of Impact"


class EvidenceKind(Choice):
    """What a piece of evidence is: DOMAIN §9."""

    number = "number", "A number"
    quote = "quote", "A quote"
    case_study = "case_study", "A case study"
    media = "media", "A picture, film or recording"


class Statement(Choice):
    """The two statements a journey sends."""

    commitment = "commitment", "Statement of Commitment"
    impact = "impact", "Statement of Impact"


class Origin(Choice):
    """How a passage came into a statement."""

    drafted = "drafted", "Drafted"
    edited = "edited", "Drafted, and changed by hand"
    written = "written", "Written by hand"
