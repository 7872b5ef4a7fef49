"""One request: whose it is, where it stands, what is due now, and all that happened."""
