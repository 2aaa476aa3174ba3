"""Messages that leave the system: digests, notices and alarms, made of initials, references and fixed words only."""
