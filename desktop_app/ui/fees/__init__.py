"""The fees of a request: the bill line by line, adjusting and assessing it, approving or returning it."""
