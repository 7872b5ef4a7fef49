"""The use-cases and queries, one file each, and the ports they need.

A use-case takes a command and a unit of work; what is not committed is rolled back. Ports are protocols:
unit of work, clock, renderer, signer, secrets. `bootstrap` says who answers to them.
"""
