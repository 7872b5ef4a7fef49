"""The documents of a request: added, on their way, looked at."""
