"""Unicode bidirectional algorithm (UAX #9): one embedding level per character.

Isolates (X5a-X6a) and paired brackets (N0) are included, because a trade name such as ``Acme (Jordan)``
in an Arabic line is set wrongly without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from unicodedata import bidirectional, category

from bidi.mirror import MIRRORED

REMOVED = -1
"""Level of the formatting characters that rule X9 removes: they are never drawn."""

MAX_DEPTH = 125
_EMBEDDINGS = {"RLE": ("R", None), "LRE": ("L", None), "RLO": ("R", "R"), "LRO": ("L", "L")}
_ISOLATES = ("LRI", "RLI", "FSI")
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))
_MAX_OPEN_BRACKETS = 63
_CANONICAL = {"\u2329": "\u3008", "\u232a": "\u3009"}
"""Brackets that are canonically the same as others (BD16): one closes what the other opened."""


def first_strong_level(text: str, default: int = 1) -> int:
    """Paragraph level by the first strong character outside isolates (P2, P3); `default` if there is none."""
    depth = 0
    for char in text:
        kind = bidirectional(char)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return default


@lru_cache(maxsize=8192)
def embedding_levels(text: str, base: int) -> tuple[int, ...]:
    """Level of every character of one paragraph set at paragraph level `base` (0 left to right, 1 right to left).

    Removed formatting characters get `REMOVED`.  Rule L1 is left to the line, see `line_levels`.
    """
    if not text:
        return ()
    kinds = [bidirectional(char) or "L" for char in text]
    present = set(kinds)
    if base == 1 and present <= {"R", "AL", "WS", "NSM", "ON"} and kinds[0] != "NSM":
        return (1,) * len(text)
    if base == 0 and present <= {"L", "EN", "WS", "ON", "CS", "ES", "ET"}:
        return (0,) * len(text)
    matches = _isolate_matches(kinds)
    levels = _explicit_levels(text, kinds, base, matches)
    for sequence, start, end in _isolating_sequences(kinds, levels, base, matches):
        _resolve_weak(kinds, sequence, start)
        _resolve_brackets(text, kinds, sequence, levels[sequence[0]], start)
        _resolve_neutral(kinds, sequence, levels[sequence[0]], start, end)
    for index, level in enumerate(levels):
        if level == REMOVED:
            continue
        kind = kinds[index]
        if level % 2:
            levels[index] += kind in ("L", "EN", "AN")
        else:
            levels[index] += 1 if kind == "R" else 2 if kind in ("EN", "AN") else 0
    return tuple(levels)


def line_levels(text: str, levels: Sequence[int], base: int) -> list[int]:
    """Levels of one line after rule L1: separators, and white space before them or at the end, fall to `base`."""
    result = list(levels)
    if set(result) <= {base}:
        return result
    trailing = True
    for index in range(len(text) - 1, -1, -1):
        kind = bidirectional(text[index])
        if kind in ("B", "S"):
            trailing = True
        elif kind not in ("WS", "LRI", "RLI", "FSI", "PDI") and result[index] != REMOVED:
            trailing = False
        if trailing and result[index] != REMOVED:
            result[index] = base
    return result


def visual_order(levels: Sequence[int]) -> list[int]:
    """Indices from left to right (L2), for single characters or whole runs alike."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2 and level > 0]
    if not odd:
        return order
    for threshold in range(max(levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= threshold:
                end += 1
            if end > start + 1:
                order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order


def _isolate_matches(kinds: list[str]) -> dict[int, int]:
    matches: dict[int, int] = {}
    open_isolates: list[int] = []
    for index, kind in enumerate(kinds):
        if kind in _ISOLATES:
            open_isolates.append(index)
        elif kind == "PDI" and open_isolates:
            matches[open_isolates.pop()] = index
    return matches


def _explicit_levels(text: str, kinds: list[str], base: int, matches: dict[int, int]) -> list[int]:
    """Rules X1 to X8; overrides are written into `kinds`."""
    levels = [base] * len(text)
    stack: list[tuple[int, str | None, bool]] = [(base, None, False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    for index, kind in enumerate(kinds):
        level, override, _ = stack[-1]
        if kind in _EMBEDDINGS or kind in _ISOLATES:
            isolate = kind in _ISOLATES
            if isolate:
                levels[index] = level
                if override:
                    kinds[index] = override
                direction, new_override = ("R" if kind == "RLI" else "L"), None
                if kind == "FSI":
                    inside = text[index + 1 : matches.get(index, len(text))]
                    direction = "R" if first_strong_level(inside, 0) else "L"
            else:
                levels[index] = REMOVED
                direction, new_override = _EMBEDDINGS[kind]
            deeper = (level + 1) | 1 if direction == "R" else (level + 2) & ~1
            if deeper <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                valid_isolates += isolate
                stack.append((deeper, new_override, isolate))
            elif isolate:
                overflow_isolates += 1
            elif not overflow_isolates:
                overflow_embeddings += 1
        elif kind == "PDI":
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            level, override, _ = stack[-1]
            levels[index] = level
            if override:
                kinds[index] = override
        elif kind == "PDF":
            levels[index] = REMOVED
            if overflow_isolates:
                pass
            elif overflow_embeddings:
                overflow_embeddings -= 1
            elif not stack[-1][2] and len(stack) > 1:
                stack.pop()
        elif kind == "BN":
            levels[index] = REMOVED
        elif kind == "B":
            levels[index] = base
        else:
            levels[index] = level
            if override:
                kinds[index] = override
    return levels


def _isolating_sequences(
    kinds: list[str], levels: list[int], base: int, matches: dict[int, int]
) -> list[tuple[list[int], str, str]]:
    """Isolating run sequences with their start and end types (BD13, X10)."""
    kept = [index for index, level in enumerate(levels) if level != REMOVED]
    runs: list[list[int]] = []
    for index in kept:
        if runs and levels[runs[-1][-1]] == levels[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    run_at = {run[0]: run for run in runs}
    closers = {close: opener for opener, close in matches.items()}
    sequences = []
    for run in runs:
        if run[0] in closers and any(other[-1] == closers[run[0]] for other in runs):
            continue
        sequence = list(run)
        while sequence[-1] in matches and matches[sequence[-1]] in run_at:
            sequence += run_at[matches[sequence[-1]]]
        level = levels[sequence[0]]
        before = next((levels[i] for i in range(sequence[0] - 1, -1, -1) if levels[i] != REMOVED), base)
        after = base
        if sequence[-1] in matches or kinds[sequence[-1]] not in _ISOLATES:
            following = range(sequence[-1] + 1, len(levels))
            after = next((levels[i] for i in following if levels[i] != REMOVED), base)
        sequences.append((sequence, "LR"[max(level, before) % 2], "LR"[max(level, after) % 2]))
    return sequences


def _resolve_weak(kinds: list[str], sequence: list[int], start: str) -> None:
    previous, strong = start, start
    for index in sequence:
        kind = kinds[index]
        if kind == "NSM":
            kind = "ON" if previous in ("LRI", "RLI", "FSI", "PDI") else previous
        if kind == "EN" and strong == "AL":
            kind = "AN"
        if kind in ("L", "R", "AL"):
            strong = kind
        kinds[index] = previous = kind
    for index in sequence:
        if kinds[index] == "AL":
            kinds[index] = "R"
    for before, index, after in zip(sequence, sequence[1:], sequence[2:], strict=False):
        kind, left, right = kinds[index], kinds[before], kinds[after]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in ("EN", "AN"))):
            kinds[index] = left
    pending: list[int] = []
    after_number = False
    for index in sequence:
        if kinds[index] == "ET":
            if after_number:
                kinds[index] = "EN"
            else:
                pending.append(index)
            continue
        after_number = kinds[index] == "EN"
        if after_number:
            for waiting in pending:
                kinds[waiting] = "EN"
        pending = []
    strong = start
    for index in sequence:
        kind = kinds[index]
        if kind in ("ET", "ES", "CS"):
            kinds[index] = "ON"
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"
        elif kind in ("L", "R"):
            strong = kind


def _as_direction(kind: str) -> str:
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else ""


def _resolve_brackets(text: str, kinds: list[str], sequence: list[int], level: int, start: str) -> None:
    """Rule N0: a bracket pair takes the direction of what it holds and of what stands before it."""
    embedding = "LR"[level % 2]
    for opener, closer in _bracket_pairs(text, kinds, sequence):
        inside = {_as_direction(kinds[i]) for i in sequence[opener + 1 : closer]}
        if embedding in inside:
            direction = embedding
        elif inside - {""}:
            before = (_as_direction(kinds[i]) for i in reversed(sequence[:opener]))
            direction = next((d for d in before if d), start)
        else:
            continue
        for position in (opener, closer):
            kinds[sequence[position]] = direction
            for index in sequence[position + 1 :]:
                if bidirectional(text[index]) != "NSM":
                    break
                kinds[index] = direction


def _bracket_pairs(text: str, kinds: list[str], sequence: list[int]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for position, index in enumerate(sequence):
        char = text[index]
        if kinds[index] != "ON" or char not in MIRRORED:
            continue
        sort = category(char)
        if sort == "Ps":
            if len(stack) == _MAX_OPEN_BRACKETS:
                break
            stack.append((_CANONICAL.get(MIRRORED[char], MIRRORED[char]), position))
        elif sort == "Pe":
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == _CANONICAL.get(char, char):
                    pairs.append((stack[depth][1], position))
                    del stack[depth:]
                    break
    return sorted(pairs)


def _resolve_neutral(kinds: list[str], sequence: list[int], level: int, start: str, end: str) -> None:
    embedding = "LR"[level % 2]
    left, waiting = start, []
    for index in sequence:
        if kinds[index] in _NEUTRAL:
            waiting.append(index)
            continue
        direction = _as_direction(kinds[index])
        for neutral in waiting:
            kinds[neutral] = direction if direction == left else embedding
        left, waiting = direction, []
    for neutral in waiting:
        kinds[neutral] = end if end == left else embedding
