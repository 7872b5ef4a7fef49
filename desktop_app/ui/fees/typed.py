"""The lines a person adds to the bill, as typed: plain values that survive as a draft and become adjustments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.domain.fees.adjustment import Adjustment
from desktop_app.domain.fees.calculation import LineKind
from desktop_app.domain.messages import InputError, Message
from desktop_app.domain.money import Fils
from desktop_app.texts.typed import read_money


class AddedKind(StrEnum):
    """What a line is for. The amount is typed without a sign: the kind says whether it is added or taken off."""

    EXEMPTION = "exemption"
    FINE = "fine"
    RAISE = "raise"
    LOWER = "lower"

    @property
    def kind(self) -> LineKind:
        known = {AddedKind.EXEMPTION: LineKind.EXEMPTION, AddedKind.FINE: LineKind.FINE}
        return known.get(self, LineKind.ADJUSTMENT)

    @property
    def takes_off(self) -> bool:
        return self in (AddedKind.EXEMPTION, AddedKind.LOWER)


@dataclass(frozen=True, slots=True)
class AddedLine:
    """One line as it stands on the screen."""

    kind: AddedKind = AddedKind.EXEMPTION
    amount: str = ""
    reason: str = ""

    @property
    def empty(self) -> bool:
        return not (self.amount.strip() or self.reason.strip())


@dataclass(frozen=True, slots=True)
class Typed:
    """All that is typed on the fees screen: lines, units with a hauler's contract, why it is sent back."""

    lines: tuple[AddedLine, ...] = ()
    contracts: tuple[str, ...] = ()
    reason: str = ""

    @property
    def adjusts(self) -> bool:
        """Whether something stands here that the bill does not hold until it is assessed."""
        return bool(self.contracts) or any(not line.empty for line in self.lines)

    def complete(self) -> Typed:
        """The same without the lines that lack their amount or reason; the rows keep their places."""
        whole = (line if line.amount.strip() and line.reason.strip() else AddedLine() for line in self.lines)
        return replace(self, lines=tuple(whole))

    def read(self) -> tuple[tuple[Adjustment, ...], tuple[Message, ...]]:
        """The adjustments, and what cannot be read: each message about "adjustments.<row>.amount"."""
        read, refusals = [], []
        for row, line in self._filled:
            try:
                size = read_money(line.amount, f"adjustments.{row}.amount")
            except InputError as error:
                refusals.append(error.why)
            else:
                sign = -1 if line.kind.takes_off else 1
                read.append(Adjustment(line.kind.kind, Fils(sign * size), line.reason.strip()))
        return tuple(read), tuple(refusals)

    def at_rows(self, refusals: Iterable[Message]) -> tuple[Message, ...]:
        """The rules count adjustments, the screen counts rows: the same messages about rows."""
        rows = [row for row, _ in self._filled]
        return tuple(replace(why, about=_at_row(why.about, rows)) for why in refusals)

    @property
    def _filled(self) -> list[tuple[int, AddedLine]]:
        return [(row, line) for row, line in enumerate(self.lines) if not line.empty]

    def fields(self) -> dict[str, str]:
        """As a draft keeps it."""
        kept = {f"contract.{key}": "yes" for key in self.contracts}
        for row, line in self._filled:
            kept |= {f"line.{row}.kind": line.kind.value, f"line.{row}.amount": line.amount}
            kept[f"line.{row}.reason"] = line.reason
        return kept | ({"reason": self.reason} if self.reason.strip() else {})


def typed_from(fields: Mapping[str, str]) -> Typed:
    """What a draft kept."""
    rows = sorted({int(name.split(".")[1]) for name in fields if name.startswith("line.")})
    lines = tuple(
        AddedLine(
            AddedKind(fields.get(f"line.{row}.kind", AddedKind.EXEMPTION)),
            fields.get(f"line.{row}.amount", ""),
            fields.get(f"line.{row}.reason", ""),
        )
        for row in rows
    )
    contracts = tuple(name.removeprefix("contract.") for name in fields if name.startswith("contract."))
    return Typed(lines, contracts, fields.get("reason", ""))


def _at_row(about: str, rows: list[int]) -> str:
    parts = about.split(".")
    if len(parts) < 2 or parts[0] != "adjustments":
        return about
    return ".".join((parts[0], str(rows[int(parts[1])]), *parts[2:]))
