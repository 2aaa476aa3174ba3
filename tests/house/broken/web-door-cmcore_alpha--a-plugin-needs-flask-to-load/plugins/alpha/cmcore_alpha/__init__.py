"""A plugin that imports its own console part, and so cannot be loaded with no Flask installed."""

from cmcore_alpha import console

WEB = console
