"""Text as it lies in the search index, and what was typed as a question to it; both are folded alike.

A question is an "and" of phrases, one for each word that was typed; each finds what begins with it.
"""

from __future__ import annotations

from desktop_app.domain.names import fold


def words(*texts: str) -> str:
    """`texts` as words parted by single spaces: folded, without punctuation."""
    folded = fold(" ".join(texts))
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def indexed(branch: int, *texts: str) -> str:
    """A row's text for the index. The branch is its first word."""
    return f"{_branch_word(branch)} {words(*texts)}"


def phrases(typed: str) -> tuple[str, ...]:
    """What was typed, as phrases: "R-2026-08" is one of three words."""
    return tuple(found for part in fold(typed).split() if (found := words(part)))


def question(typed: str, branch: int | None = None) -> str:
    """The question to the full-text index; "" when nothing was typed that could be looked for."""
    asked = [f'"{phrase}"*' for phrase in phrases(typed)]
    if asked and branch is not None:
        asked.insert(0, f'"{_branch_word(branch)}"')
    return " ".join(asked)


def _branch_word(branch: int) -> str:
    # No typed word folds to this: a typed one keeps its letters in lower case.
    return f"B{branch}x"
