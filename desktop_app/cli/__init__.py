"""The subcommands of `tajzia`, one file each.

A subcommand reads its arguments, asks `bootstrap` for what it needs, says in words what happened and
returns an exit status. It is a module with the three parts of `dispatch.Subcommand`, and has a line in the
table of `desktop_app/__main__.py`. It is imported only when it was chosen, so that the others cost start-up
nothing. (Those of the rooms beside this one live there: `demo/command.py`, `tour/command.py`.)
"""
