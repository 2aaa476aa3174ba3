"""Commissions: a mentor commissioned for an enrolment, for so many hours at such a rate."""
