"""Lessons, clubs, what was pointed out, work experience, and the Virtual School Council."""
