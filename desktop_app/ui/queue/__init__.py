"""The request queues: saved views, filters, the table, and a preview beside it."""
