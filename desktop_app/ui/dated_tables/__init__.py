"""The dated tables that an administrator edits."""
