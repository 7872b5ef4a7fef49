"""The words of the text messages, for an administrator to change."""
