"""Permissions about a young person: by whom, for what, from when to when, and when one was taken back."""
