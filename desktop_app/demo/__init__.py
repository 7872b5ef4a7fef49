"""The demonstration: sample data and a centre that lives as long as the program does.

It starts a real PostgreSQL and a real registrar on this machine; no second code path pretends to be a
centre. Everything it invents is called sample data, on screen and on paper.
"""
