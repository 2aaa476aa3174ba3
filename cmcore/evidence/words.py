"""The words of a cohort that no record keeps: key stages and bands of age."""

from __future__ import annotations

from cmcore.base.words import Choice


class KeyStage(Choice):
    """A key stage, as :func:`cmcore.base.periods.key_stage` names it."""

    eyfs = "EYFS", "Early years"
    ks1 = "KS1", "Key stage 1"
    ks2 = "KS2", "Key stage 2"
    ks3 = "KS3", "Key stage 3"
    ks4 = "KS4", "Key stage 4"
    ks5 = "KS5", "Key stage 5"
    post_18 = "post-18", "After school age"


class AgeBand(Choice):
    """A band of age, as the statistics of looked-after children print them; the two youngest are one here."""

    youngest = "0-4", "Under 5"
    young = "5-9", "5 to 9"
    older = "10-15", "10 to 15"
    oldest = "16+", "16 and over"
