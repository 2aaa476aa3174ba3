"""Mentoring sessions: planned, held, missed, and what came of them."""
