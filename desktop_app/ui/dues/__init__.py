"""The notice of dues: what an owner owes, and the reference of its electronic payment."""
