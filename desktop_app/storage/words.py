"""Text as it lies in the search index, and what was typed as a question to it; both are folded alike.

A question is an "and" of phrases, one for each word that was typed; each finds what begins with it.
"""

from __future__ import annotations

from functools import lru_cache

from desktop_app.domain.names import fold

_ASCII = str.maketrans({chr(c): " " if not chr(c).isalnum() else chr(c).lower() for c in range(128)})


def words(*texts: str) -> str:
    """`texts` as words parted by single spaces: folded, without punctuation."""
    return " ".join(found for part in " ".join(texts).split() if (found := _parted(part)))


def _parted(typed: str) -> str:
    # Numbers are all ASCII and never come again; what names are made of comes again and again.
    return " ".join(typed.translate(_ASCII).split()) if typed.isascii() else _folded(typed)


@lru_cache(maxsize=16_384)
def _folded(typed: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(typed)).split())


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
