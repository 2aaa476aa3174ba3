"""A return compared with what is held: what is new, what changes, what it ends. Pure: it changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cmcore.exchange.ssda903.codes import SDQ_REASON
from cmcore.exchange.ssda903.rows import Child, Episode, Return, SdqTotal
from cmcore.returns import checks
from cmcore.returns.care import Spell, care_of
from cmcore.returns.endings import Endings
from cmcore.returns.held import EPISODE, PERSON, Held, HeldEpisode, HeldPerson, HeldTotal
from cmcore.returns.plan import CHANGED, ENDED, Additions, Change, Plan, differences
from cmcore.returns.told import columns_of_episode, columns_of_new, told_of_child
from cmcore.reviews.words import ReviewKind

PERSON_KIND, EPISODE_KIND, REVIEW_KIND = "young_person", "care_episode", "review"


class Comparison:
    """One return compared with what is held of its authority, on a day."""

    def __init__(self, made: Return, held: Held, today: date) -> None:
        """Start with an empty plan."""
        self.made = made
        self.held = held
        self.plan = Plan("ssda903", made.year_ends_on, made.files, made.digests, made.rows_read)
        self.plan.new = {kind: Additions(kind, columns) for kind, columns in _COLUMNS_OF_NEW.items()}
        self.endings = Endings(made, held, self.plan, EPISODE_KIND)
        self.scored_on = min(made.year_ends_on, today)
        self.persons: dict[str, HeldPerson] = {}
        self.told_of: dict[str, dict[str, Any]] = {}
        self.before: dict[str, list[Spell]] = {}
        self.after: dict[str, list[Spell]] = {}

    def run(self) -> Plan:
        """The plan: what the return would change."""
        if self.held.anybody:
            self._compare()
        else:
            self._take_all()
        self.plan.findings = [*self.made.findings, *self.plan.findings]
        return self.plan

    def _take_all(self) -> None:
        """The first return of an authority: all of it is new, and there is nothing to compare it with."""
        for child in self.made.children:
            self.after[child.child_id] = []
        new, settings = self.plan.new[EPISODE_KIND], self.held.settings
        for episode in self.made.episodes:
            values = columns_of_episode(episode, settings)
            new.add(episode.child_id, episode.row, values)
            self.after[episode.child_id].append(Spell(values[0], values[1], values[2], values[7]))
        for child in self.made.children:
            self._new_person(child, told_of_child(child))
        for total in self.made.sdq_totals:
            self._new_total(total, ())

    def _compare(self) -> None:
        of_child: dict[str, list[Episode]] = {child.child_id: [] for child in self.made.children}
        for episode in self.made.episodes:
            of_child[episode.child_id].append(episode)
        for child in self.made.children:
            self._match(child)
        for child in self.made.children:
            self._episodes(child, of_child[child.child_id])
        if "episodes" in self.made.files:
            self._absent()
        for child in self.made.children:
            self._person(child)
        for total in self.made.sdq_totals:
            self._total(total)

    # ---- young people
    def _match(self, child: Child) -> None:
        """Find whom the child is held as: by child id, else by pupil number and birthday where no child id is held."""
        person = self.held.by_child_id.get(child.child_id)
        if person is None and child.upn:
            same_number = self.held.by_upn.get(child.upn)
            if same_number and not same_number.values["child_id"] and same_number.values["born_on"] == child.born_on:
                person = same_number
        if person is not None:
            self.persons[child.child_id] = person
        self.told_of[child.child_id] = told_of_child(child)

    def _person(self, child: Child) -> None:
        told = self.told_of[child.child_id]
        person = self.persons.get(child.child_id)
        self._settle_number(child, told, person)
        if person is None:
            self._new_person(child, told)
            return
        before, after = differences(person.values, told)
        if after:
            self.plan.changed.append(Change(PERSON_KIND, CHANGED, child.child_id, child.row, person.id, before, after))
        else:
            self.plan.same[PERSON_KIND] += 1
        self._care_follows(child.child_id, child.row, person, child.born_on)

    def _new_person(self, child: Child, told: dict[str, Any]) -> None:
        care = care_of(self.after.get(child.child_id, ()), child.born_on)
        self.plan.new[PERSON_KIND].add(child.child_id, child.row, columns_of_new(told, care))

    def _settle_number(self, child: Child, told: dict[str, Any], person: HeldPerson | None) -> None:
        """Take no held pupil number away, and leave one out that another young person holds and keeps."""
        number = told.get("upn")
        if number is None:
            if person is not None and person.values["upn"]:
                told.pop("upn_unknown", None)
            return
        owner = self.held.by_upn.get(number)
        if owner is None or owner is person:
            return
        if self.told_of.get(owner.values["child_id"] or "", {}).get("upn", number) != number:
            return
        del told["upn"], told["upn_unknown"]
        self.plan.findings.append(
            checks.UPN_HELD.found(
                f"This unique pupil number is held for another young person, {owner.ref}.",
                file=self.made.files["header"],
                row=child.row,
                column=self.made.called("header", "UPN"),
                value=number,
                way_out="The row comes in without it; find out whose number it is.",
            )
        )

    def _care_follows(self, child_id: str, row: int | None, person: HeldPerson, born_on: date) -> None:
        """What changed episodes change of the whole: whether looked after, since when. A person's own edits stand."""
        before, after = self.before.get(child_id, []), self.after.get(child_id, [])
        if before == after:
            return
        known_since = person.values["looked_after_from"]
        said, says = care_of(before, born_on, known_since), care_of(after, born_on, known_since)
        news = {name: value for name, value in says.items() if name not in said or said[name] != value}
        was, becomes = differences(person.values, news)
        if becomes:
            self.plan.follows.append(Change(PERSON_KIND, CHANGED, child_id, row, person.id, was, becomes))

    # ---- episodes
    def _episodes(self, child: Child, episodes: list[Episode]) -> None:
        person = self.persons.get(child.child_id)
        if person is None:
            self._new_episodes(child.child_id, episodes)
            return
        held = self.held.episodes.get(person.id, {})
        spells = {one.id: _spell(one.values) for one in held.values()}
        self.before[child.child_id] = list(spells.values())
        settings = self.held.settings
        told_all = [(one, dict(zip(EPISODE, columns_of_episode(one, settings), strict=True))) for one in episodes]
        matched = _match_episodes(held, [told for _, told in told_all]) if held else {}
        for place, (episode, told) in enumerate(told_all):
            there = matched.get(place)
            if there is None:
                spells[-1 - place] = _spell(told)
                self.plan.new[EPISODE_KIND].add(child.child_id, episode.row, tuple(told.values()))
                continue
            if told["setting_id"] is None and there.values["placement_urn"] == told["placement_urn"]:
                del told["setting_id"]
            spells[there.id] = _spell(told)
            self._changed_episode(child.child_id, episode.row, there, told)
        if held and "episodes" in self.made.files and child.child_id not in self.made.incomplete:
            told_again = {one.id for one in matched.values()}
            untold = [one for one in held.values() if one.id not in told_again]
            starts = {told["starts_on"] for _, told in told_all}
            for there, ends_on in self.endings.of_child(child.child_id, child.row, untold, starts):
                spells[there.id] = _spell({**there.values, "ends_on": ends_on})
        self.after[child.child_id] = list(spells.values())

    def _new_episodes(self, child_id: str, episodes: list[Episode]) -> None:
        new, settings = self.plan.new[EPISODE_KIND], self.held.settings
        spells = self.after[child_id] = []
        for episode in episodes:
            values = columns_of_episode(episode, settings)
            new.add(child_id, episode.row, values)
            spells.append(Spell(values[0], values[1], values[2], values[7]))

    def _changed_episode(self, child_id: str, row: int, there: HeldEpisode, told: dict[str, Any]) -> None:
        before, after = differences(there.values, told)
        if not after:
            self.plan.same[EPISODE_KIND] += 1
            return
        what = ENDED if "ends_on" in after and before["ends_on"] is None else CHANGED
        self.plan.changed.append(Change(EPISODE_KIND, what, child_id, row, there.id, before, after))

    def _absent(self) -> None:
        """End what is open of children the return no longer names."""
        for child_id, ended in self.endings.of_absent(set(self.told_of) | self.made.incomplete):
            person = self.held.by_child_id[child_id]
            held = self.held.episodes[person.id].values()
            self.before[child_id] = [_spell(one.values) for one in held]
            self.after[child_id] = [
                _spell({**one.values, "ends_on": ended.get(one.id, one.values["ends_on"])}) for one in held
            ]
            self._care_follows(child_id, None, person, person.values["born_on"])

    # ---- SDQ totals
    def _new_total(self, total: SdqTotal, held: Sequence[HeldTotal]) -> None:
        values = (total.score, _because(total), _kind(total, held), self.scored_on)
        self.plan.new[REVIEW_KIND].add(total.child_id, total.row, values)

    def _total(self, total: SdqTotal) -> None:
        person = self.persons.get(total.child_id)
        held = self.held.totals.get(person.id, []) if person else []
        of_year = (self.endings.year_starts_on, self.made.year_ends_on)
        there = next((one for one in held if of_year[0] <= one.held_on <= of_year[1]), None)
        if there is None:
            self._new_total(total, held)
            return
        told: dict[str, Any] = {"score": total.score, "not_scored_because": _because(total)}
        was = {"score": there.score, "not_scored_because": there.not_scored_because}
        if there.score is None and total.score is not None:
            was["kind_of_review"] = there.kind_of_review
            told["kind_of_review"] = _kind(total, [one for one in held if one is not there])
        before, after = differences(was, told)
        if after:
            self.plan.changed.append(Change(REVIEW_KIND, CHANGED, total.child_id, total.row, there.id, before, after))
        else:
            self.plan.same[REVIEW_KIND] += 1


_COLUMNS_OF_NEW = {
    PERSON_KIND: PERSON,
    EPISODE_KIND: EPISODE,
    REVIEW_KIND: ("score", "not_scored_because", "kind_of_review", "held_on"),
}
#: What tells two episodes apart beside the day they start.
_BUT_THE_START = tuple(name for name in EPISODE if name not in ("starts_on", "setting_id"))


def _match_episodes(held: dict[date, HeldEpisode], told: list[dict[str, Any]]) -> dict[int, HeldEpisode]:
    """Which held episode each told one is: by the day it started, else the only one alike in all else."""
    matched = {place: held[one["starts_on"]] for place, one in enumerate(told) if one["starts_on"] in held}
    starts = {one["starts_on"] for one in told}
    left = [one for start, one in held.items() if start not in starts]
    for place, one in enumerate(told):
        if place in matched or not left:
            continue
        alike = [there for there in left if all(there.values[name] == one[name] for name in _BUT_THE_START)]
        if len(alike) == 1:
            matched[place] = alike[0]
            left.remove(alike[0])
    return matched


def _spell(values: dict[str, Any]) -> Spell:
    return Spell(values["starts_on"], values["ends_on"], values["reason_new"], values["reason_ceased"])


def _because(total: SdqTotal) -> str:
    """Why there is no score; empty where there is one."""
    return "" if total.score is not None else SDQ_REASON.say(total.reason)


_BASELINE, _INTERIM = ReviewKind.baseline.value, ReviewKind.interim.value


def _kind(total: SdqTotal, others: Sequence[HeldTotal]) -> str:
    """The first total of a child that is a score is the baseline; all others are interim."""
    if total.score is None or any(one.score is not None for one in others):
        return _INTERIM
    return _BASELINE


def compare(made: Return, held: Held, today: date) -> Plan:
    """What a return would change in what is held of its authority."""
    return Comparison(made, held, today).run()
