"""The messages that were sent to applicants."""
