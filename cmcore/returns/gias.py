"""The public register of schools brought in: an authority's settings, neighbours', those its young people attend."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cmcore.base.bulk import ranges
from cmcore.base.collecting import collector_held_off
from cmcore.base.findings import Finding, refuse, refuse_if
from cmcore.exchange.gias.read import Establishment, Register
from cmcore.exchange.records import ImportChange, ImportRun
from cmcore.returns import checks
from cmcore.returns.plan import CHANGED, ENDED, Additions, BroughtIn, Change, Plan, Progress, differences, silence
from cmcore.returns.receipt import receipt_of
from cmcore.safekeeping.audit import plain
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority, Federation, Setting
from cmcore.young_people.records import CareEpisode

SETTING_KIND, FEDERATION_KIND, EPISODE_KIND = "setting", "federation", "care_episode"

#: What the register says of a setting; what people add (notes) is never touched.
COLUMNS = (
    "name",
    "kind_of_setting",
    "la_code",
    "la_name",
    "type_name",
    "phase",
    "opened_on",
    "closed_on",
    "low_age",
    "high_age",
    "street",
    "locality",
    "town",
    "county",
    "postcode",
    "phone",
    "trust",
    "easting",
    "northing",
)

_EVERY = 5_000


def plan_register(
    work: Work,
    authority: Authority,
    register: Register,
    neighbours: Collection[str] = (),
    progress: Progress | None = None,
) -> Plan:
    """What bringing the register in would change. Changes nothing. ``neighbours`` are three-digit codes.

    Taken in are the open settings of the authority and the neighbours, every setting held already, and those that a
    care episode of its young people names. A closed setting stays, with the day it closed.
    """
    work.require("import.settings", authority.id)
    refuse_if(_not_codes(neighbours))
    with collector_held_off():
        return _Comparison(work, authority, register).run({authority.code, *neighbours}, progress or silence)


@action("import.settings")
def bring_in_register(
    work: Work,
    authority: Authority,
    register: Register,
    neighbours: Collection[str] = (),
    *,
    seen: str | None = None,
    progress: Progress | None = None,
) -> BroughtIn:
    """Bring the register in for an authority, in the work's one transaction; see :func:`plan_register` for what.

    ``seen`` is the digest of the plan a person confirmed. Where nothing is to be changed nothing is written.
    """
    plan = plan_register(work, authority, register, neighbours, progress)
    if seen is not None and plan.digest() != seen:
        raise refuse(
            "Somebody changed settings since you looked at what would change.",
            way_out="Look at it again, then confirm. Nothing was brought in.",
        )
    if plan.changes_nothing:
        return BroughtIn(plan, None)
    with collector_held_off():
        return BroughtIn(plan, _carry_out(work, authority, plan, progress or silence))


def _not_codes(codes: Iterable[str]) -> Iterator[Finding]:
    for code in codes:
        if not re.fullmatch(r"[0-9]{3}", code):
            yield Finding(f"“{code}” is not the code of an authority, which has three digits.", place="neighbours")


class _Comparison:
    """The register compared with the settings held."""

    def __init__(self, work: Work, authority: Authority, register: Register) -> None:
        """Load the settings and federations held, and the numbers that episodes name."""
        self.register = register
        table = register.table
        as_at = re.search(r"(20[0-9]{2})([01][0-9])([0-3][0-9])", table.name)
        self.plan = Plan("gias", _day(as_at), {"register": table.name}, {"register": table.given.digest()}, {})
        self.plan.new = {
            FEDERATION_KIND: Additions(FEDERATION_KIND, ("code", "name")),
            SETTING_KIND: Additions(SETTING_KIND, ("urn", "federation", *COLUMNS)),
        }
        of_setting = [getattr(Setting, name) for name in COLUMNS]
        asked = select(Setting.urn, Setting.id, Federation.code, *of_setting).outerjoin(
            Federation, Federation.id == Setting.federation_id
        )
        self.held = {row[0]: row for row in work.db.execute(asked.where(Setting.urn.is_not(None)))}
        self.federations = {one.code: one for one in work.db.scalars(select(Federation))}
        self.unlinked: dict[int, list[int]] = {}
        named = select(CareEpisode.id, CareEpisode.placement_urn).where(
            CareEpisode.authority_id == authority.id,
            CareEpisode.placement_urn != "",
            CareEpisode.setting_id.is_(None),
        )
        for key, urn in work.db.execute(named):
            if urn.isascii() and urn.isdigit():
                self.unlinked.setdefault(int(urn), []).append(key)

    def run(self, codes: set[str], progress: Progress) -> Plan:
        """Go through the register once."""
        met: set[int] = set()
        told: set[str] = set()
        for establishment in self._told_of(self.register.establishments(codes, {*self.held, *self.unlinked}), progress):
            met.add(establishment.urn)
            if establishment.federation_code and establishment.federation_code not in told:
                told.add(establishment.federation_code)
                self._federation(establishment)
            self._setting(establishment)
            for key in self.unlinked.get(establishment.urn, ()):
                after = {"setting_urn": establishment.urn}
                self.plan.follows.append(
                    Change(EPISODE_KIND, CHANGED, str(establishment.urn), None, key, {"setting_id": None}, after)
                )
        self.plan.rows_read = {"register": self.register.rows_read}
        self.plan.findings = [*self.register.findings, *self._gone(met)]
        return self.plan

    def _told_of(self, establishments: Iterable[Establishment], progress: Progress) -> Iterator[Establishment]:
        told = 0
        for establishment in establishments:
            if self.register.rows_read - told >= _EVERY:
                told = self.register.rows_read
                progress("rows of the register", told, 0)
            yield establishment
        progress("rows of the register", self.register.rows_read, self.register.rows_read)

    def _federation(self, establishment: Establishment) -> None:
        code, name = establishment.federation_code, establishment.federation_name
        held = self.federations.get(code)
        if held is None:
            self.plan.new[FEDERATION_KIND].add(code, establishment.row, (code, name))
        elif held.name != name:
            self.plan.changed.append(
                Change(FEDERATION_KIND, CHANGED, code, establishment.row, held.id, {"name": held.name}, {"name": name})
            )
        else:
            self.plan.same[FEDERATION_KIND] += 1

    def _setting(self, establishment: Establishment) -> None:
        told = _columns_of(establishment)
        row = self.held.get(establishment.urn)
        known_as = str(establishment.urn)
        if row is None:
            new = (establishment.urn, told["federation"], *(told[name] for name in COLUMNS))
            self.plan.new[SETTING_KIND].add(known_as, establishment.row, new)
            return
        _, key, federation, *values = row
        held = dict(zip(COLUMNS, values, strict=True)) | {"federation": federation or ""}
        before, after = differences(held, told)
        if not after:
            self.plan.same[SETTING_KIND] += 1
            return
        what = ENDED if before.get("closed_on", after) is None and after.get("closed_on") else CHANGED
        self.plan.changed.append(Change(SETTING_KIND, what, known_as, establishment.row, key, before, after))

    def _gone(self, met: set[int]) -> Iterator[Finding]:
        for urn, row in self.held.items():
            if urn not in met:
                yield checks.GONE_FROM_REGISTER.found(
                    f"{row[3]} is held with the number {urn}, which the register no longer has.",
                    file=self.register.table.name,
                    column=self.register.table.called("URN"),
                    value=str(urn),
                    way_out="Nothing was changed; look whether the number is right.",
                )


def _day(found: re.Match[str] | None) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _columns_of(establishment: Establishment) -> dict[str, Any]:
    told = {name: getattr(establishment, name) for name in COLUMNS if name != "kind_of_setting"}
    told["kind_of_setting"] = establishment.kind
    told["federation"] = establishment.federation_code
    return told


def _carry_out(work: Work, authority: Authority, plan: Plan, progress: Progress) -> ImportRun:
    now = work.clock.now()
    run = work.add(
        ImportRun(
            authority_id=authority.id,
            importer=plan.importer,
            as_at=plan.as_at,
            started_at=now,
            started_by=work.actor.name,
            files=plan.digests,
            counts=plan.counts(),
        )
    )
    federations = {one.code: one for one in work.db.scalars(select(Federation))}
    for change in plan.new[FEDERATION_KIND]:
        federations[change.known_as] = work.add(Federation(**change.after))
    work.db.flush()
    made = _new_settings(work, plan, federations)
    touched = _change(work, plan, federations)
    work.db.flush()
    for change, record in touched:
        work.db.add(_remembered(authority, run, change, record))
    new_federations = [federations[change.known_as].id for change in plan.new[FEDERATION_KIND]]
    keys = {FEDERATION_KIND: ranges(new_federations), SETTING_KIND: ranges(one.id for one in made)}
    run.receipt = receipt_of(plan, {kind: pairs for kind, pairs in keys.items() if pairs})
    run.finished_at = work.clock.now()
    many = len(made) + len(touched)
    progress("settings", many, many)
    return run


def _new_settings(work: Work, plan: Plan, federations: dict[str, Federation]) -> list[Setting]:
    """Add the new settings; one whose number another authority typed in, unseen from here, is left out and told."""
    new = plan.new[SETTING_KIND]
    try:
        with work.db.begin_nested():
            made = [_add(work, change, federations) for change in new]
            work.db.flush()
        return made
    except IntegrityError:
        made = []
    for change in new:
        try:
            with work.db.begin_nested():
                setting = _add(work, change, federations)
                work.db.flush()
            made.append(setting)
        except IntegrityError:
            plan.findings.append(
                checks.NUMBER_TAKEN.found(
                    f"Another authority keeps a setting of its own with the number {change.known_as}.",
                    file=plan.files["register"],
                    row=change.row,
                    column="URN",
                    value=change.known_as,
                    way_out="It was left out; ask the administrator to make that one the register's.",
                )
            )
    return made


def _add(work: Work, change: Change, federations: dict[str, Federation]) -> Setting:
    values = {name: value for name, value in change.after.items() if name != "federation"}
    return work.add(Setting(**values, federation=federations.get(change.after["federation"])))


def _change(work: Work, plan: Plan, federations: dict[str, Federation]) -> list[tuple[Change, Any]]:
    classes: dict[str, type[Any]] = {SETTING_KIND: Setting, FEDERATION_KIND: Federation, EPISODE_KIND: CareEpisode}
    by_urn = {urn: key for urn, key in work.db.execute(select(Setting.urn, Setting.id)) if urn is not None}
    touched = []
    for change in (*plan.changed, *plan.follows):
        record = work.get(classes[change.kind], change.record_id)
        values = dict(change.after)
        if "federation" in values:
            federation = federations.get(values.pop("federation"))
            change.before["federation_id"] = record.federation_id
            change.before.pop("federation", None)
            values["federation_id"] = federation.id if federation else None
        if "setting_urn" in values:
            values["setting_id"] = by_urn[values.pop("setting_urn")]
        work.change(record, **values)
        touched.append((change, record))
    return touched


def _remembered(authority: Authority, run: ImportRun, change: Change, record: Any) -> ImportChange:
    return ImportChange(
        authority_id=authority.id,
        run_id=run.id,
        kind_of_record=change.kind,
        record_id=record.id,
        change=change.what,
        before={name: plain(value) for name, value in change.before.items()},
        after={"version": record.version, **{name: plain(value) for name, value in change.after.items()}},
    )
