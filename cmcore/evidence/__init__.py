"""What changed: cohorts of enrolments, counted measure by measure with their intervals and tests."""
