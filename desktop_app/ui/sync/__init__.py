"""How things stand with the centre."""
