"""The inspection calendar: a week of inspectors and time windows, and the visits that wait to be booked."""
