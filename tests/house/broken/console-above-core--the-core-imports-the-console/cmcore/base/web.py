"""A file of the core that leans on the console."""

import console

UPSTAIRS = console
