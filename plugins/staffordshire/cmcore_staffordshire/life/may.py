"""What each role may do here, and how long what is asked is kept."""

from __future__ import annotations

from cmcore.api import Acts, Keeping

_WHOLE = tuple(
    f"staffordshire_{noun}.*"
    for noun in ("lesson", "club", "signpost", "work", "council", "council_person", "decision")
)
_SEEN = tuple(f"staffordshire_{noun}.see" for noun in ("lesson", "club", "signpost", "work"))
#: A designated teacher writes down what they know of their own pupils, and what came of what was pointed out.
_TEACHER = (
    *_SEEN,
    *(f"staffordshire_{noun}.{act}" for noun in ("lesson", "club") for act in ("add", "change")),
    "staffordshire_signpost.add",
    "staffordshire_signpost.hear",
    "staffordshire_council.see",
    "staffordshire_decision.see",
)
#: A mentor points things out to those they work with, and hears what came of it.
_MENTOR = (
    *_SEEN,
    "staffordshire_signpost.add",
    "staffordshire_signpost.hear",
    "staffordshire_council.see",
    "staffordshire_decision.see",
)

ACTS = (Acts("coordinator", _WHOLE), Acts("head", _WHOLE), Acts("referrer", _TEACHER), Acts("mentor", _MENTOR))

#: The forms asked here, each about a young person but for the council's own.
KEPT = tuple(
    Keeping(f"staffordshire-{form}", rule)
    for form, rule in (
        ("lesson", "child"),
        ("club", "child"),
        ("ended", "child"),
        ("signpost", "child"),
        ("became", "child"),
        ("work", "child"),
        ("went", "child"),
        ("referral", "child"),
        ("voice", "child"),
        ("council-person", "child"),
        ("council", "authority"),
        ("decision", "authority"),
        ("decision-outcome", "authority"),
        ("told-back", "authority"),
    )
)
