"""The texts that a value is made of, however deep they lie, each with the name of the field that holds it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass


def texts_within(value: object, name: str = "") -> list[tuple[str, str]]:
    """Field and text, in no particular order. `value` is made of dataclasses, tuples, sets and texts; what else there
    is holds none. A text in a tuple is of the field that the tuple is of."""
    found: list[tuple[str, str]] = []
    waiting = [(name, value)]
    while waiting:
        name, one = waiting.pop()
        if isinstance(one, str):
            found.append((name, one))
        elif isinstance(one, tuple | frozenset):
            waiting += [(name, each) for each in one]
        else:
            waiting += [(field, getattr(one, field)) for field in field_names(type(one))]
    return found


def field_names(kind: type) -> tuple[str, ...]:
    """Of what it is made of; of nothing, where it is no dataclass."""
    found = _NAMES.get(kind)
    if found is None:
        found = _NAMES[kind] = tuple([field.name for field in fields(kind)]) if is_dataclass(kind) else ()
    return found


_NAMES: dict[type, tuple[str, ...]] = {}
