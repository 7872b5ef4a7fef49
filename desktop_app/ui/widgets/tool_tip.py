"""Tool tips of what others have written."""

from __future__ import annotations

from html import escape


def plain_tool_tip(text: str) -> str:
    """A tool tip that shows `text` as it is. What looks like markup Qt draws as a page, and loads the pictures in it:
    from files, and on Windows from other computers, which are told who asks."""
    if "<" not in text:
        return text
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"
