"""An earlier stage of the journey that leans on a later one."""

from cmcore import sessions

LATER = sessions
