"""The centre: the registrar and its PostgreSQL tables.

The inbox of submissions, the decision in one transaction, gap-free numbers, the feed without gaps, notices
to be sent, and the provisioning of roles, policies and functions.
"""
