"""Mentors proposed for a referral, each part of the score explained; a person decides."""
