"""Who does what with studies, and how far each role sees of every kind."""

from __future__ import annotations

from cmcore.api import Acts

_NAMES = ("study", "protocol", "analysis", "partner", "referral", "place", "release", "file", "key")


def _kinds(*names: str) -> tuple[str, ...]:
    return tuple(f"action_research_{name}" for name in names)


def _reach(**told: str) -> tuple[tuple[str, str], ...]:
    """How far a role sees each kind; what is not named it does not see at all."""
    return tuple((f"action_research_{name}", told.get(name, "none")) for name in _NAMES)


_ALL = _reach(**dict.fromkeys(_NAMES, "authority"))
#: Everything but deciding that themes leave (R-STUDY-9).
_RUN = (
    *(f"{kind}.*" for kind in _kinds("study", "protocol", "analysis", "partner", "referral", "place")),
    *(f"action_research_release.{act}" for act in ("see", "make", "give", "call_back", "take", "tell", "verify")),
)
#: Of a kind whose rows a mentor's checks must find, and no page shows them: that a protocol is frozen, and a place.
_OF_A_MENTOR = _reach(study="authority", protocol="authority", place="commissioned")

ACTS: tuple[Acts, ...] = (
    Acts("coordinator", _RUN, _ALL),
    Acts("head", (*_RUN, "action_research_release.decide_themes"), _ALL),
    Acts("operator", (), _ALL),
    Acts("mentor", (), _OF_A_MENTOR),
    Acts(
        "referrer",
        ("action_research_referral.see", "action_research_referral.add", "action_research_referral.withdraw"),
        _reach(
            study="authority",
            protocol="authority",
            partner="action_research own",
            referral="action_research own",
            place="action_research own",
        ),
    ),
    Acts(
        "evaluator",
        (
            "action_research_study.see",
            "action_research_protocol.see",
            "action_research_analysis.see",
            "action_research_analysis.note",
            "action_research_release.see",
            "action_research_release.take",
        ),
        _reach(
            study="authority",
            protocol="authority",
            analysis="authority",
            release="action_research given",
            file="action_research given",
        ),
    ),
    Acts("finance", (), _reach()),
    Acts("administrator", (), _reach()),
)
