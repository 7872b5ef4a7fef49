"""The board of the day: what waits, which visits, what is late."""
