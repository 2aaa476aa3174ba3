"""England's statutory return of looked-after children (SSDA903), read from its CSV files into plain values."""
