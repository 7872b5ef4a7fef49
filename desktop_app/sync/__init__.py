"""Push, pull, rebase, conflicts and status; knows no SQL.

Commands go to the centre and facts come back; a request with pending commands is the centre's state with
these re-applied on top. Nothing that was typed is lost on the way.
"""
