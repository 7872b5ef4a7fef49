"""The workstation's store: tables, repositories, queue queries, search index and migrations.

One SQLite file holds the replica of the centre's facts and the log of commands not yet confirmed. What was
acknowledged to a user is on disk.
"""
