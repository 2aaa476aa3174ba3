"""A rule that reaches the database through the records beside it."""

from cmcore.mentors import records

FRIEND = records
