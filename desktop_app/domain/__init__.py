"""The rules of splitting a vocational licence, as pure functions over small immutable values.

Standard library only. Time, identity and data come in as arguments; messages leave as a key and arguments.
Workstation and centre call the same functions, so a rule is written once.
"""
