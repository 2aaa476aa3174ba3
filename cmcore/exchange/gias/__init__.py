"""England's public register of schools (Get Information About Schools), read as a stream into plain values."""
