"""Fees: a dated schedule as data, a calculation that explains each line, and what a person may adjust."""
