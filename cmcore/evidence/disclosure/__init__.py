"""Disclosure control: which figures of a table are hidden so that nobody can be recognised, and the proof of it."""
