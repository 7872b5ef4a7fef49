"""What the centre refused, kept whole."""
