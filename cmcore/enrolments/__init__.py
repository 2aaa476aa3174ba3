"""Enrolments: a young person, or a school, in a programme."""
