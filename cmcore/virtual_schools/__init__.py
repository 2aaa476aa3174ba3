"""Authorities with their virtual schools, their terms, and the settings where young people learn."""
