"""What everything else stands on: work, records, engines, settings, policy, findings, periods, words."""
