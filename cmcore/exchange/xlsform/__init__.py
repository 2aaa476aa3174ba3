"""Reads a form that somebody drew up as a workbook in ODK's standard, XLSForm."""
