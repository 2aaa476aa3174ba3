"""The fixed answers of a story: why it is told, what becomes of a name, to whom it was given."""

from __future__ import annotations

from cmcore.base.words import Choice


class StoryWhy(Choice):
    """Why somebody's record is told as a story: DOMAIN §13."""

    asked = "asked", "They asked for their record"
    keepsake = "keepsake", "To keep, at the end or in between"


class Becomes(Choice):
    """What becomes of a name that stands in a story."""

    leave_out = "leave_out", "Leave it out"
    keep = "keep", "Keep it"


class GivenTo(Choice):
    """Who was given a story."""

    themselves = "themselves", "The young person"
    parent = "parent", "Somebody with parental responsibility"
    representative = "representative", "Somebody they named to act for them"


class GivenHow(Choice):
    """How a story was given."""

    together = "together", "Read together, in person"
    in_hand = "in_hand", "Given by hand"
    post = "post", "By post, signed for"
    secure = "secure", "By secure email"


class FileKind(Choice):
    """The two forms in which a story is kept once it is approved."""

    pdf = "pdf", "PDF"
    word = "word", "Word document"
