"""The library of creative mentoring: its records, its rules, its measures of progress. It knows no web."""
