"""The subcommands of `tajzia`, one file each.

A subcommand reads its arguments, asks `bootstrap` for what it needs, says in words what happened and
returns an exit status. It is imported only when it was chosen, so that the others cost start-up nothing.
"""
