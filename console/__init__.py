"""The console: what a person sees. It shows, asks, and calls the library; it decides nothing."""
