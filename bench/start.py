"""How long the command takes to say what it can do, beside importing the part it is built on."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

_HELP = "import sys; sys.argv = ['cm', '--help']; from cmcore.commands import main; main()"
_CLICK = "import click"
TIMES_CLICK = 3.0


def _once(code: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def run(rounds: int) -> None:
    """Print the medians and the ratio; both are started in turn."""
    ours, click = [], []
    for _ in range(rounds):
        ours.append(_once(_HELP))
        click.append(_once(_CLICK))
    own, floor = statistics.median(ours), statistics.median(click)
    held = "holds" if own <= TIMES_CLICK * floor else "does not hold"
    print(f"cm --help: {own:.0f} ms; import click: {floor:.0f} ms.")
    print(f"  {own / floor:.2f} times (within {TIMES_CLICK:.0f}: {held})")
