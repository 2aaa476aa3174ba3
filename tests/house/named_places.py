"""The files that may speak to the database past the records, each with the reason: there is no other list."""

#: A folder ends with a slash and stands for all that is in it.
NAMED_PLACES = {
    "cmcore/base/bulk.py": "inserts a return's thousands of rows at once, with their authority and permission checked",
    "cmcore/base/engine.py": "sets up each connection: SQLite's switches, before any record is read",
    "cmcore/base/migrations/": "makes and changes the tables themselves",
    "cmcore/commands/audit.py": "tells PostgreSQL that the whole chain is being verified, every authority in it",
    "cmcore/commands/check.py": "asks PostgreSQL whether its role could walk past row-level security",
    "cmcore/commissions/records.py": "says which young people a mentor works with, which decides what a scope reaches",
    "cmcore/concerns/records.py": "says which concerns somebody raised themselves, which decides what a scope reaches",
    "cmcore/demo/sheets.py": "writes a million made-up rows, each authority's in one transaction with its audit",
    "cmcore/mentors/records.py": "says which mentors work for an authority, which decides what a scope reaches",
    "cmcore/plugins/tables.py": "counts the rows of plugins' tables within one's own reach, those of gone plugins too",
    "cmcore/plugins/taking_out.py": "writes a plugin's tables into a file and drops them, for the command line only",
    "cmcore/referrals/records.py": "says which young people a referrer knows, which decides what a scope reaches",
    "cmcore/returns/ssda903.py": "writes a whole return in a few statements, with the audit of each young person",
    "cmcore/returns/undo.py": "removes what an import made, by its keys, after asking whether anybody built on it",
    "cmcore/safekeeping/access.py": "tells PostgreSQL whose rows this transaction may see",
    "cmcore/safekeeping/audit.py": "writes and checks the chain of audit rows, which no record may touch",
    "cmcore/safekeeping/refs.py": "takes the next public reference in one statement, so that no two are alike",
    "cmcore/sessions/queries.py": "asks whether a mentor is elsewhere then, for any authority; yes or no comes back",
    "cmcore/testing/": "makes databases for tests, and asks whether a plugin's tables are guarded",
    "cmcore/virtual_schools/founding.py": "takes the next key of an authority, which is in nobody's scope yet",
    "console/accounts.py": "keeps the framework's own account tables, which hold no young person",
    "console/migrations/": "makes and changes the tables of the framework and the console",
    "console/server_sessions.py": "keeps what somebody typed when their sign-in ended, for their own account only",
    "console/tables.py": "declares the console's own tables, which hold no young person",
    "console/throttle.py": "counts failed sign-ins in one statement each, so that a hundred at once are a hundred",
    "console/uploads.py": "keeps the files an account is about to bring in, which are no record and go within the hour",
}

#: The files whose statements go beyond a scope while staying with the records, each with what comes back.
BEYOND_A_SCOPE = {
    "cmcore/activity_reports/queries.py": "looks names up to have them left out of a report; how many words comes back",
    "cmcore/evidence/counting.py": "counts a cohort for whoever may see evidence; only counts come back",
    "cmcore/invoices/actions.py": "locks the reports of an approved invoice, with permission checked; nothing back",
    "cmcore/invoices/queries.py": "sums accepted minutes by commission and day; minutes, days and yes or no come back",
    "cmcore/returns/undo.py": "takes an import back whole, with its permission checked; nothing comes back",
    "cmcore/safekeeping/access.py": "says what going beyond means",
    "cmcore/safekeeping/memberships.py": "finds the scope itself; roles come back",
    "cmcore/safekeeping/refs.py": "numbers references over a whole authority; a reference comes back",
    "cmcore/safekeeping/removal.py": "asks whether anything hangs on a record; only its kind comes back",
    "cmcore/sessions/queries.py": "asks whether a mentor is busy, and sums a commission's hours; yes or no, or a sum",
    "cmcore/virtual_schools/founding.py": "asks whether a code is taken before there is an authority; yes or no",
}
