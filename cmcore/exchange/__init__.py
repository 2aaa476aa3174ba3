"""Files other systems make, read into plain values: this layer knows no record, no database and no web."""
