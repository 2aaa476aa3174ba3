"""Pictures, films and recordings: told by what is in them, and freed of everything that says where, when or who."""
