"""The words for the domain's closed lists (statuses, roles, capacities …), one table per list."""

from __future__ import annotations

from enum import Enum

from desktop_app.texts.name_tables import NAMES
from desktop_app.texts.sentences import tr


class NameMissing(LookupError):
    """A member of a closed list of the domain has no words yet: a bug."""


def name_of(member: Enum) -> str:
    """The member in the current language. Raises NameMissing."""
    try:
        return tr(NAMES[type(member).__name__][str(member.value)])
    except KeyError as error:
        raise NameMissing(f"no words for {type(member).__name__}.{member.name}") from error
