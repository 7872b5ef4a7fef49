"""Intake: a request is typed, checked while it is typed, kept, and lodged."""
