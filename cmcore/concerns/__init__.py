"""Concerns about a young person's safety: raised at once, added to, passed on, never taken away."""
