"""Possible duplicates of a request, field by field beside it."""
