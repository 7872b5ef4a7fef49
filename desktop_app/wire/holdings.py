"""What the centre answers when both sides compare what they hold of a branch."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.wire.digests import Holding
from desktop_app.wire.facts import FactKind


@dataclass(frozen=True, slots=True)
class CentreHolding:
    """What the centre holds of `kind` in `branch` and this person sees of it, when the feed stood at `last`."""

    epoch: str
    branch: int
    last: int
    kind: FactKind
    holding: Holding
