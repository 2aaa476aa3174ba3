"""Programmes and their declared types: subject, life cycle, forms, measures, checks, dose."""
