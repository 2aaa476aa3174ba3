"""Answers to forms on their way to a record and back."""
