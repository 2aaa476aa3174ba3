"""A folder that has not taken its place among the layers."""
