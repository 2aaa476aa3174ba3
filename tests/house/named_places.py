"""The files that may speak to the database past the records, each with the reason: there is no other list."""

#: A folder ends with a slash and stands for all that is in it.
NAMED_PLACES = {
    "cmcore/base/engine.py": "sets up each connection: SQLite's switches, before any record is read",
    "cmcore/base/migrations/": "makes and changes the tables themselves",
    "cmcore/safekeeping/access.py": "tells PostgreSQL whose rows this transaction may see",
    "cmcore/safekeeping/audit.py": "writes and checks the chain of audit rows, which no record may touch",
    "cmcore/safekeeping/refs.py": "takes the next public reference in one statement, so that no two are alike",
    "console/accounts.py": "keeps the framework's own account tables, which hold no young person",
    "console/server_sessions.py": "keeps sign-in sessions, which hold no young person",
    "console/tables.py": "declares the console's own tables, which hold no young person",
    "console/throttle.py": "counts failed sign-ins in one statement each, so that a hundred at once are a hundred",
}
