"""Lazy tables over pages fetched by key."""
