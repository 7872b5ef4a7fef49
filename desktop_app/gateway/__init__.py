"""The workstation's side of the centre's functions: a connection, and one call per function.

It tells trouble of the environment (to be retried) from a refusal by the rules (an outcome like another).
"""
