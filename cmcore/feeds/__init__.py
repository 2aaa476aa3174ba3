"""Feeds that somebody's own calendar reads: initials, references and days, never a name."""
