"""The return of looked-after children brought in: seen first, then all of it or none, with a receipt."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select

from cmcore.base.bulk import count_what_grew, insert_columns, ranges, take_keys
from cmcore.base.clock import local
from cmcore.base.collecting import collector_held_off
from cmcore.base.findings import refuse
from cmcore.exchange.records import ImportChange, ImportRun
from cmcore.exchange.ssda903.rows import Return
from cmcore.measures.shipped import SDQ
from cmcore.returns.compare import EPISODE_KIND, PERSON_KIND, REVIEW_KIND, compare
from cmcore.returns.held import SOURCE, Held, load_held
from cmcore.returns.plan import NEW, BroughtIn, Change, Plan, Progress, silence
from cmcore.returns.receipt import receipt_of
from cmcore.reviews import rules as review_rules
from cmcore.reviews.records import Review, ReviewScore
from cmcore.reviews.words import Scorer
from cmcore.safekeeping import audit
from cmcore.safekeeping.audit import Line, plain
from cmcore.safekeeping.refs import next_refs
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import CareEpisode, YoungPerson

RECORDS: dict[str, type[Any]] = {PERSON_KIND: YoungPerson, EPISODE_KIND: CareEpisode, REVIEW_KIND: Review}


@collector_held_off()
def plan_return(work: Work, authority: Authority, made: Return) -> Plan:
    """What bringing the return in would change for an authority. Changes nothing."""
    work.require("import.ssda903", authority.id)
    return compare(made, load_held(work.db, authority.id), work.today)


@action("import.ssda903")
@collector_held_off()
def bring_in_return(
    work: Work, authority: Authority, made: Return, *, seen: str | None = None, progress: Progress | None = None
) -> BroughtIn:
    """Bring a return in for an authority, in the work's one transaction.

    ``seen`` is the digest of the plan a person confirmed: if something changed since, nothing is brought in and they
    are asked to look again. Where nothing is to be changed nothing is written, and there is no run.
    """
    work.db.execute(select(Authority.id).where(Authority.id == authority.id).with_for_update())
    held = load_held(work.db, authority.id)
    plan = compare(made, held, work.today)
    if seen is not None and plan.digest() != seen:
        raise refuse(
            "Somebody changed records since you looked at what would change.",
            way_out="Look at it again, then confirm. Nothing was brought in.",
        )
    if plan.changes_nothing:
        return BroughtIn(plan, None)
    return BroughtIn(plan, _Bringing(work, authority, plan, held, progress or silence).run())


class _Bringing:
    """One plan being carried out."""

    def __init__(self, work: Work, authority: Authority, plan: Plan, held: Held, progress: Progress) -> None:
        """Begin a run for the plan, which came of what is held."""
        self.work = work
        self.authority = authority
        self.plan = plan
        self.progress = progress
        self.now = work.clock.now()
        self.connection = work.db.connection()
        self.kept = {"version": 1, "created_at": self.now, "changed_at": self.now, "authority_id": authority.id}
        #: The keys of the young people held already, and then of the new ones, by child id.
        self.keys = {child_id: person.id for child_id, person in held.by_child_id.items()}
        # One found by pupil number has another child id yet, or none.
        self.keys |= {one.known_as: one.record_id for one in plan.changed if one.kind == PERSON_KIND and one.record_id}
        self.made: dict[str, list[int]] = {}
        self.instead: list[Review] = []
        self.run_of = ImportRun(
            authority_id=authority.id,
            importer=plan.importer,
            as_at=plan.as_at,
            started_at=self.now,
            started_by=work.actor.name,
            files=plan.digests,
            counts=plan.counts(),
        )

    def run(self) -> ImportRun:
        """Carry the plan out, and give the run with its receipt."""
        self.work.add(self.run_of)
        self.work.db.flush()
        self._free_numbers()
        steps = (
            ("young people", len(self.plan.new[PERSON_KIND]), self._new_people),
            ("care episodes", len(self.plan.new[EPISODE_KIND]), self._new_episodes),
            ("SDQ totals", len(self.plan.new[REVIEW_KIND]), self._new_reviews),
            ("changes", len(self.plan.changed) + len(self.plan.follows), self._changes),
        )
        for what, many, step in steps:
            self.progress(what, 0, many)
            step()
            self.progress(what, many, many)
        self._audit()
        grown = {RECORDS[kind]: len(keys) for kind, keys in self.made.items()}
        count_what_grew(self.connection, {**grown, ReviewScore: len(self.made.get(REVIEW_KIND, ()))})
        self.run_of.receipt = receipt_of(self.plan, {kind: ranges(keys) for kind, keys in self.made.items()})
        self.run_of.finished_at = self.work.clock.now()
        return self.run_of

    # ---- new records
    def _new_people(self) -> None:
        new = self.plan.new[PERSON_KIND]
        if not new:
            return
        keys = take_keys(self.connection, YoungPerson, len(new))
        refs = next_refs(self.work.db, self.authority.prefix, self.authority.id, len(new))
        insert_columns(self.connection, YoungPerson, {"id": keys, "ref": refs, **new.by_column()}, self.kept)
        self.keys |= zip(new.known_as, keys, strict=True)
        self.made[PERSON_KIND] = keys

    def _new_episodes(self) -> None:
        new = self.plan.new[EPISODE_KIND]
        if not new:
            return
        keys = take_keys(self.connection, CareEpisode, len(new))
        owners = [self.keys[child_id] for child_id in new.known_as]
        columns = {"id": keys, "young_person_id": owners, **new.by_column()}
        insert_columns(self.connection, CareEpisode, columns, self.kept)
        self.made[EPISODE_KIND] = keys

    def _new_reviews(self) -> None:
        new = self.plan.new[REVIEW_KIND]
        if not new:
            return
        keys = take_keys(self.connection, Review, len(new))
        owners = [self.keys[child_id] for child_id in new.known_as]
        of_review = {
            "measure_set": SDQ.ref,
            "scored_by": Scorer.carer.value,
            "state": "final",
            "finalised_at": self.now,
            "source": SOURCE,
        }
        told = new.by_column()
        scores = {name: told.pop(name) for name in ("score", "not_scored_because")}
        columns = {"id": keys, "young_person_id": owners, **told}
        insert_columns(self.connection, Review, columns, {**self.kept, **of_review})
        of_score = {"review_id": keys, "young_person_id": owners, **scores}
        fixed = {"authority_id": self.authority.id, "measure": SDQ.measures[0].key}
        insert_columns(self.connection, ReviewScore, of_score, fixed)
        self.made[REVIEW_KIND] = keys

    # ---- changed records
    def _changes(self) -> None:
        for kind in (PERSON_KIND, EPISODE_KIND):
            wanted = [one for one in (*self.plan.changed, *self.plan.follows) if one.kind == kind]
            held = self._records(RECORDS[kind], wanted)
            for change in wanted:
                record = held[change.record_id or 0]
                self.work.change(record, **change.after)
        totals = [one for one in self.plan.changed if one.kind == REVIEW_KIND]
        reviews = self._records(Review, totals)
        for change in totals:
            self._change_total(reviews[change.record_id or 0], change)
        self.work.db.flush()
        self._remember_changes()

    def _free_numbers(self) -> None:
        """Take pupil numbers that change hands off their old owners first: two may not hold one even for a moment."""
        changing = [one for one in self.plan.changed if one.kind == PERSON_KIND and one.before.get("upn")]
        for record in self._records(YoungPerson, changing).values():
            record.upn = None
        if changing:
            self.work.db.flush()

    def _records(self, record: type[Any], changes: list[Change]) -> dict[int, Any]:
        keys = [one.record_id for one in changes if one.record_id]
        found: dict[int, Any] = {}
        for start in range(0, len(keys), 500):
            asked = select(record).where(record.id.in_(keys[start : start + 500]))
            found |= {one.id: one for one in self.work.db.scalars(asked)}
        return found

    def _change_total(self, review: Review, change: Change) -> None:
        """Correct the total while that is allowed (R-MEA-5); after that, supersede it with the new one."""
        final_on = local(review.finalised_at or self.now).date()
        late = review_rules.may_correct(final_on, self.work.today, self.work.policy_of(review))
        row = review.scores[0]
        score = change.after.get("score", row.score)
        because = change.after.get("not_scored_because", row.not_scored_because)
        if not late:
            row.score, row.not_scored_because = score, because
            review.kind_of_review = change.after.get("kind_of_review", review.kind_of_review)
            review.changed_at = self.now
            return
        instead = self.work.add(
            Review(
                authority_id=review.authority_id,
                young_person_id=review.young_person_id,
                measure_set=review.measure_set,
                kind_of_review=change.after.get("kind_of_review", review.kind_of_review),
                held_on=review.held_on,
                scored_by=review.scored_by,
                source=SOURCE,
            )
        )
        instead.scores.append(
            ReviewScore(
                authority_id=review.authority_id,
                young_person_id=review.young_person_id,
                measure=SDQ.measures[0].key,
                score=score,
                not_scored_because=because,
            )
        )
        self.work.move(review, "supersede", reason="The authority's return gives another total.")
        self.work.move(instead, "finalise")
        instead.finalised_at = self.now
        self.work.db.flush()
        review.superseded_by_id = instead.id
        self.made.setdefault(REVIEW_KIND, []).append(instead.id)
        self.instead.append(instead)

    def _remember_changes(self) -> None:
        """Keep what each changed record was and became, with its version then, so that it can be put back."""
        for review in self.instead:
            self.work.db.add(self._remembered(NEW, REVIEW_KIND, review.id, {"version": review.version}))
        by_record: dict[tuple[str, int], ImportChange] = {}
        for change in (*self.plan.changed, *self.plan.follows):
            key = (change.kind, change.record_id or 0)
            kept = by_record.get(key)
            if kept is None:
                record = self.work.db.get(RECORDS[change.kind], change.record_id)
                version = record.version if record else None
                kept = by_record[key] = self._remembered(change.what, change.kind, key[1], {"version": version})
            kept.before = {**(kept.before or {}), **{name: plain(value) for name, value in change.before.items()}}
            kept.after = {**(kept.after or {}), **{name: plain(value) for name, value in change.after.items()}}
        self.work.db.add_all(by_record.values())

    def _remembered(self, what: str, kind: str, key: int, after: dict[str, Any]) -> ImportChange:
        return ImportChange(
            authority_id=self.authority.id,
            run_id=self.run_of.id,
            kind_of_record=kind,
            record_id=key,
            change=what,
            before={},
            after=after,
        )

    # ---- audit
    def _audit(self) -> None:
        """One line a young person for what is new about them; what changed was written down by the change itself."""
        new_people = dict.fromkeys(self.plan.new[PERSON_KIND].known_as)
        episodes, reviews = (Counter(self.plan.new[kind].known_as) for kind in (EPISODE_KIND, REVIEW_KIND))
        # Most lines say one of a few things: those share it.
        details: dict[tuple[int, int], dict[str, int]] = {}
        db, authority, keys = self.work.db, self.authority.id, self.keys
        for child_id in dict.fromkeys((*new_people, *episodes, *reviews)):
            many = episodes[child_id], reviews[child_id]
            if many not in details:
                told = {"import_run": self.run_of.id, EPISODE_KIND: many[0], REVIEW_KIND: many[1]}
                details[many] = {name: count for name, count in told.items() if count}
            what, key = "added" if child_id in new_people else "changed", keys[child_id]
            audit.note(db, Line(what, PERSON_KIND, key, authority, key, details[many]))
