"""How far the awards of an authority are: by level, by setting and by adviser, in two statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select

from cmcore.api import Authority, Setting, Work, award_schemes
from cmcore.api.asks import SettingKind
from cmcore_arts_award.levels import said
from cmcore_arts_award.life import ENROLMENT_LIFE
from cmcore_arts_award.records import AwardAdviser, AwardEnrolment

#: What stands together in a column, and what it is called.
COLUMNS: dict[str, tuple[str, ...]] = {
    "Enrolled": ("enrolled",),
    "In progress": ("in_progress", "not_yet"),
    "Assessed": ("assessed",),
    "Entered": ("entered", "sampled"),
    "Certificated": ("certificated",),
    "Withdrawn": ("withdrawn",),
}
NO_SETTING, NO_ADVISER = "No setting", "No adviser yet"


@dataclass
class Tally:
    """How many enrolments stand where, of one level, setting or adviser."""

    name: str
    key: int | None = None
    below: str = ""
    states: dict[str, int] = field(default_factory=dict)

    def add(self, state: str, many: int) -> None:
        """Count some more."""
        self.states[state] = self.states.get(state, 0) + many

    def of(self, *states: str) -> int:
        """How many stand in these states."""
        return sum(self.states.get(state, 0) for state in states)

    @property
    def working(self) -> int:
        """How many work towards it, or wait for the result."""
        return sum(many for state, many in self.states.items() if not ENROLMENT_LIFE.ended(state))

    @property
    def cells(self) -> tuple[int, ...]:
        """The numbers of the columns."""
        return tuple(self.of(*states) for states in COLUMNS.values())


@dataclass(frozen=True)
class Progress:
    """How far the awards of an authority are, each way of looking at it, and the young people they are of."""

    people: int
    whole: Tally
    levels: tuple[Tally, ...]
    settings: tuple[Tally, ...]
    kinds: tuple[Tally, ...]
    advisers: tuple[Tally, ...]


def progress(work: Work, authority: Authority) -> Progress:
    """How far the awards are, within reach of whoever asks. Two statements, however many there are."""
    asked = (
        select(
            AwardEnrolment.scheme,
            AwardEnrolment.level,
            AwardEnrolment.state,
            AwardEnrolment.setting_id,
            Setting.name,
            Setting.kind_of_setting,
            AwardEnrolment.arts_award_adviser_id,
            AwardAdviser.name,
            func.count(),
        )
        .outerjoin(Setting, Setting.id == AwardEnrolment.setting_id)
        .outerjoin(AwardAdviser, AwardAdviser.id == AwardEnrolment.arts_award_adviser_id)
        .where(AwardEnrolment.authority_id == authority.id)
        .group_by(
            AwardEnrolment.scheme,
            AwardEnrolment.level,
            AwardEnrolment.state,
            AwardEnrolment.setting_id,
            Setting.name,
            Setting.kind_of_setting,
            AwardEnrolment.arts_award_adviser_id,
            AwardAdviser.name,
        )
    )
    whole, levels, settings = Tally("In all"), dict[tuple[str, str], Tally](), dict[int | None, Tally]()
    kinds, advisers = dict[str, Tally](), dict[int | None, Tally]()
    for scheme, level, state, setting_id, setting, kind, adviser_id, adviser, many in work.db.execute(asked):
        told = SettingKind.say(kind) if kind else NO_SETTING
        for one in (
            whole,
            levels.setdefault((scheme, level), Tally(said(scheme, level))),
            settings.setdefault(setting_id, Tally(setting or NO_SETTING, setting_id, told if kind else "")),
            kinds.setdefault(told, Tally(told)),
            advisers.setdefault(adviser_id, Tally(adviser or NO_ADVISER, adviser_id)),
        ):
            one.add(state, many)
    order = [(scheme.key, level.key) for scheme in award_schemes().values() for level in scheme.levels]
    of_levels = [levels.pop(key) for key in order if key in levels]
    people = select(func.count(func.distinct(AwardEnrolment.young_person_id))).where(
        AwardEnrolment.authority_id == authority.id
    )
    return Progress(
        work.db.scalar(people) or 0,
        whole,
        (*of_levels, *levels.values()),
        _most_first(settings.values()),
        _most_first(kinds.values()),
        _most_first(advisers.values()),
    )


def _most_first(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(tallies, key=lambda one: (-one.working, one.name.lower())))
