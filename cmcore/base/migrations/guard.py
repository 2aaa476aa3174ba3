"""What a migration adds to a table beside its columns: row-level security, and triggers that only let rows be added."""

from __future__ import annotations

from alembic import op


def _postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


#: The authorities that the transaction may reach, as PostgreSQL reads them from its own setting. The inner SELECT makes
#: it read the setting once a statement: without it, reading a million rows takes apart the list a million times.
REACHED = "ANY ((SELECT string_to_array(nullif(current_setting('cm.authorities', true), ''), ',')::int[])::int[])"


def keep_to_authority(table: str, condition: str | None = None) -> None:
    """On PostgreSQL, let a transaction see and write a table's rows only for the authorities it has named."""
    if not _postgresql():
        return
    seen = condition or f"authority_id = {REACHED}"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_within ON {table} USING ({seen}) WITH CHECK ({seen})")


def also_seen(table: str, condition: str) -> None:
    """On PostgreSQL, a further condition under which rows of a table may be read, never written."""
    if _postgresql():
        op.execute(f"CREATE POLICY {table}_also_seen ON {table} FOR SELECT USING ({condition})")


def not_also_seen(table: str) -> None:
    """On PostgreSQL, take that further condition away again."""
    if _postgresql():
        op.execute(f"DROP POLICY IF EXISTS {table}_also_seen ON {table}")


def answer(name: str, asked: str, question: str) -> None:
    """On PostgreSQL, a function that answers yes or no over every authority, and shows nothing else of any.

    ``asked`` are its parameters, ``question`` the condition that is true or false. While it runs, and no longer, every
    authority counts as named; what was named before stands again when it has answered, or when the transaction fails.
    """
    if not _postgresql():
        return
    everywhere = "SELECT string_agg(chain::text, ',') FROM cm_audit_head"
    op.execute(
        f"CREATE FUNCTION {name}({asked}) RETURNS boolean LANGUAGE plpgsql AS $$ "
        f"DECLARE named text := coalesce(current_setting('cm.authorities', true), ''); yes boolean; BEGIN "
        f"PERFORM set_config('cm.authorities', ({everywhere}), true); yes := {question}; "
        f"PERFORM set_config('cm.authorities', named, true); RETURN yes; END $$"
    )


def only_add(table: str) -> None:
    """Refuse to change or remove a row, on both databases."""
    sentence = "The audit is only added to."
    if _postgresql():
        op.execute(
            f"CREATE FUNCTION {table}_only_add() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{sentence}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_only_add()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_add()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )


def never_changed(table: str, sentence: str) -> None:
    """Refuse to change a row once it is there, on both databases; disposal in due time may still remove it."""
    if _postgresql():
        op.execute(
            f"CREATE FUNCTION {table}_never_changed() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{sentence}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_never_changed()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def never_lost(table: str, columns: tuple[str, ...], sentence: str) -> None:
    """Refuse to remove a row, and to change what these columns hold, on both databases."""
    same = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    if _postgresql():
        op.execute(
            f"CREATE FUNCTION {table}_never_lost() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP IN ('DELETE', 'TRUNCATE') THEN RAISE EXCEPTION '{sentence}'; END IF; "
            f"IF {same} THEN RAISE EXCEPTION '{sentence}'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_never_lost()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_never_lost()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )
    differs = same.replace("IS DISTINCT FROM", "IS NOT")
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} WHEN {differs} "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def only_forward(table: str) -> None:
    """Let a chain's head move forward only, and never go."""
    sentence = "The head of the audit only moves forward."
    if _postgresql():
        op.execute(
            f"CREATE FUNCTION {table}_only_forward() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'DELETE' OR NEW.chain <> OLD.chain OR NEW.seq <= OLD.seq "
            f"THEN RAISE EXCEPTION '{sentence}'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_forward BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_only_forward()"
        )
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_forward BEFORE UPDATE ON {table} WHEN NEW.chain <> OLD.chain OR NEW.seq <= OLD.seq "
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def drop_functions(*names: str) -> None:
    """On PostgreSQL, drop functions once their tables are gone."""
    if _postgresql():
        for name in names:
            op.execute(f"DROP FUNCTION IF EXISTS {name}")


def release(*tables: str) -> None:
    """On PostgreSQL, drop the policies of tables first, where one looks into another's table."""
    if _postgresql():
        for table in tables:
            op.execute(f"DROP POLICY IF EXISTS {table}_within ON {table}")
