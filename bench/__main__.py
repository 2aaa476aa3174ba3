"""Runs the measurements: ``python -m bench`` for all, or with the names of some."""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys


def main() -> None:
    """Read what is wanted, and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure beside peers and the floor.")
    known = [
        "start",
        "plugins",
        "import",
        "documents",
        "workbooks",
        "tally",
        "statements",
        "pages",
        "saturation",
        "culture",
        "evidence",
    ]
    parser.add_argument("what", nargs="*", choices=known, default=[])
    parser.add_argument("--rounds", type=int, default=15, help="how often each is measured")
    parser.add_argument("--database", default=None, help="a PostgreSQL address in place of the one kept under .bench/")
    told = parser.parse_args()
    wanted = told.what or known
    if "start" in wanted:
        from bench import start

        start.run(told.rounds)
    if "plugins" in wanted:
        from bench import plugins
        from console import logs

        logs.configure(level=logging.ERROR)
        plugins.run(told.rounds)
    if "import" in wanted:
        subprocess.run([sys.executable, "bench/import_return.py"], check=True)
    if "documents" in wanted:
        from bench import documents

        documents.run(told.rounds)
    if "culture" in wanted:
        # The plugin stands beside us here; nothing has to be installed to measure it.
        sys.path.insert(0, "plugins/epep_culture")
        from bench import culture

        culture.run(told.rounds)
    if "tally" in wanted:
        from bench import tally

        tally.run(told.rounds)
    if "workbooks" in wanted:
        from bench import workbooks

        workbooks.run()
    if "statements" in wanted:
        from bench import statements
        from console import logs

        logs.configure(level=logging.ERROR)
        statements.run(told.database)
    if "pages" in wanted:
        from bench import pages
        from bench.ground import ground
        from console import logs

        logs.configure(level=logging.ERROR)
        pages.run(ground(told.database), told.rounds)
    if "saturation" in wanted:
        from bench import saturation
        from bench.ground import ground

        saturation.run(ground(told.database), min(told.rounds, saturation.MOST_ROUNDS))
    if "evidence" in wanted:
        from bench import evidence
        from bench.ground import ground

        evidence.run(ground(told.database), told.rounds)


if __name__ == "__main__":
    main()
