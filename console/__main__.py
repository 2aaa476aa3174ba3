"""``python -m console`` serves the console, as ``cm serve`` does."""

from console.serve import command

command(prog_name="python -m console")
