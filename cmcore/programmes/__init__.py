"""Programmes and their declared types: what the subject is, the life cycle, the forms, the measures, the checks, the dose."""
