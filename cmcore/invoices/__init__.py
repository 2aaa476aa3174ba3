"""Invoices: what a mentor asks for a month's work, paid only where it tallies with the accepted reports."""
