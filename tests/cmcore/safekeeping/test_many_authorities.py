"""Whoever holds a role in many authorities sees the rows of those and of no other, in every kind of query."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased, joinedload

from cmcore.base.among import among
from cmcore.base.engine import is_sqlite
from cmcore.safekeeping.access import made_once
from cmcore.safekeeping.scope import Actor, Grant, Scope
from cmcore.safekeeping.work import Work
from cmcore.sessions.queries import mentor_is_busy
from cmcore.testing import Stage
from cmcore.virtual_schools.records import Authority
from cmcore.young_people.records import CareEpisode, YoungPerson

_NAMES = ("Heronshire", "Plovershire", "Ottershire", "Linnetshire", "Sorrelshire", "Brambleshire", "Medlarshire")


def _settled(stage: Stage) -> list[int]:
    """Eight authorities, each with one young person with one care episode."""
    keys = [stage.authority_id]
    keys += [stage.authority(f"80{place}", name, name[:4].upper()) for place, name in enumerate(_NAMES)]
    for key in keys:
        with stage.work(authority_id=key) as work:
            person = work.add(YoungPerson(authority_id=key, ref=f"XX-{key}", born_on=date(2012, 3, 4), sex="1"))
            work.db.flush()
            work.add(CareEpisode(authority_id=key, young_person_id=person.id, starts_on=date(2020, 1, 1)))
    return keys


def test_seven_authorities_of_eight_are_seen_in_queries_joins_aliases_and_counts(stage: Stage) -> None:
    keys = _settled(stage)
    grants = tuple(Grant(key, "coordinator") for key in keys[:-1])
    scope = Scope("many.quillmarsh", grants, stage.clock.today())
    with Work(stage.engine, Actor(scope.login, "Many Quillmarsh"), scope, clock=stage.clock) as work:
        other = aliased(YoungPerson)
        episodes = work.db.scalars(select(CareEpisode).options(joinedload(CareEpisode.young_person))).all()
        assert work.db.scalar(select(func.count()).select_from(YoungPerson)) == 7
        assert sorted(work.db.scalars(select(other.authority_id))) == keys[:-1]
        assert [each.young_person.authority_id for each in episodes] == [each.authority_id for each in episodes]
        assert sorted(each.authority_id for each in episodes) == keys[:-1]
        assert sorted(work.db.scalars(select(Authority.id))) == keys[:-1]


def test_one_compiled_statement_is_filled_with_the_scope_of_whoever_asks(stage: Stage) -> None:
    keys = _settled(stage)
    # Pairs of one shape, other shapes between them; each is asked for twice, the second time of what is kept ready.
    asked = [keys[:6], keys[2:], keys[:1], keys[3:4], keys[:2], keys[4:7], []]
    for turn in (*asked, *reversed(asked)):
        scope = Scope("many.quillmarsh", tuple(Grant(key, "coordinator") for key in turn), stage.clock.today())
        with Work(stage.engine, Actor(scope.login, "Many Quillmarsh"), scope, clock=stage.clock) as work:
            episodes = work.db.scalars(select(CareEpisode).options(joinedload(CareEpisode.young_person))).all()
            assert sorted(each.authority_id for each in episodes) == turn
            assert sorted(each.young_person.authority_id for each in episodes) == turn
            assert sorted(each.id for each in work.db.scalars(select(Authority))) == turn


def test_roles_of_two_kinds_in_different_authorities_are_not_mixed_up_in_a_kept_statement(stage: Stage) -> None:
    keys = _settled(stage)
    same = tuple(Grant(key, role) for key in keys[:5] for role in ("coordinator", "finance"))
    apart = (*(Grant(key, "coordinator") for key in keys[:5]), *(Grant(key, "finance") for key in keys[2:7]))
    for grants in (same, apart, same, apart):
        scope = Scope("two.quillmarsh", grants, stage.clock.today())
        with Work(stage.engine, Actor(scope.login, "Two Quillmarsh"), scope, clock=stage.clock) as work:
            reached = {grant.authority_id for grant in grants}
            people = {grant.authority_id for grant in grants if grant.role.reaches("young_person", "child") != "none"}
            assert set(work.db.scalars(select(YoungPerson.authority_id))) == people
            assert set(work.db.scalars(select(Authority.id))) == reached


def test_one_of_many_keys_is_one_parameter_and_no_keys_are_no_rows(stage: Stage) -> None:
    keys = _settled(stage)
    with stage.work() as work:
        bind = work.db.get_bind()
        told = select(YoungPerson.id).where(among(YoungPerson.authority_id, keys)).compile(bind)
        assert [value for value in told.params.values() if isinstance(value, list)] == [keys]
        for few in ([], keys[:1], keys[:3], keys):
            found = work.db.scalars(select(YoungPerson.authority_id).where(among(YoungPerson.authority_id, few)))
            assert set(found) == set(few) & {stage.authority_id}


def test_asking_whether_a_mentor_is_busy_elsewhere_leaves_nobody_elses_rows_open(stage: Stage) -> None:
    keys = _settled(stage)
    from_at, until_at = stage.clock.now(), stage.clock.now() + timedelta(hours=1)
    with stage.work() as work:
        assert not mentor_is_busy(work, 1, from_at, until_at)
        seen = work.db.connection().exec_driver_sql("SELECT authority_id FROM cm_young_person").scalars().all()
        # SQLite has no policies of its own: there only the ORM's condition holds.
        assert sorted(seen) == (keys if is_sqlite(stage.engine) else [stage.authority_id])


def test_a_statement_made_once_is_asked_within_the_scope_of_whoever_asks(stage: Stage) -> None:
    keys = _settled(stage)
    asked = made_once(select(CareEpisode).where(CareEpisode.id > bindparam("after")).order_by(CareEpisode.id))
    for turn in (keys[:6], keys[2:], keys[:1], [], keys[3:4], keys[:6], keys[2:]):
        scope = Scope("many.quillmarsh", tuple(Grant(key, "coordinator") for key in turn), stage.clock.today())
        with Work(stage.engine, Actor(scope.login, "Many Quillmarsh"), scope, clock=stage.clock) as work:
            found = [each.authority_id for each in work.db.scalars(asked, {"after": 0})]
            assert found == turn
            assert not work.db.scalars(asked, {"after": 2_000_000_000}).all()
