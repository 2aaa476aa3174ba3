"""A plugin that imports the inside of the core."""

from cmcore import base

WINDOW = base
