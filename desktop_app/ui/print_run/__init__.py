"""Printing many certificates one after the other: each goes out only when a person has answered for the one before."""
