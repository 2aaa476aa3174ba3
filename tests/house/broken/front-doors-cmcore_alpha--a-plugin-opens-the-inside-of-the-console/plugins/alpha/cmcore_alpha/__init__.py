"""A plugin of which the console part is well hidden."""
