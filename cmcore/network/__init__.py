"""The adults around a young person."""
