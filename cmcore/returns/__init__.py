"""Statutory returns and public registers brought into the records: seen first, then all of it or none, and undone."""
