"""What it shows in the console."""
