"""Adjustment, exemption and fine: each an amount, a reason and the one who made it (domain.md, Fees)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.fees.calculation import Calculation, FeeLine, LineKind
from desktop_app.domain.messages import Findings, message
from desktop_app.domain.money import Fils

ADJUSTING = frozenset({LineKind.ADJUSTMENT, LineKind.EXEMPTION, LineKind.FINE})
_LABELS = {
    LineKind.ADJUSTMENT: ("تعديل", "Adjustment"),
    LineKind.EXEMPTION: ("إعفاء", "Exemption"),
    LineKind.FINE: ("غرامة", "Fine"),
}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A line that a person adds. An exemption's `amount` is negative, a fine's positive (fils)."""

    kind: LineKind
    amount: Fils
    reason: str
    article: str = ""


def check_adjustments(adjustments: tuple[Adjustment, ...], bill: Calculation) -> Findings:
    """Each adjustment needs its reason and the sign of its kind; a bill never falls below zero."""
    refusals = []
    for place, one in enumerate(adjustments):
        about = f"adjustments.{place}"
        if one.kind not in ADJUSTING:
            refusals.append(message("fees.not_an_adjustment", about))
        if not one.reason.strip():
            refusals.append(message("reason.missing", f"{about}.reason"))
        wrong_sign = (one.kind is LineKind.EXEMPTION and one.amount >= 0) or (
            one.kind is LineKind.FINE and one.amount <= 0
        )
        if wrong_sign or one.amount == 0:
            refusals.append(message("fees.adjustment_sign", f"{about}.amount"))
    if bill.total + sum(one.amount for one in adjustments) < 0:
        refusals.append(message("fees.below_zero", "adjustments"))
    return Findings(tuple(refusals))


def adjusted(bill: Calculation, adjustments: tuple[Adjustment, ...], by: str) -> Calculation:
    """The bill with the adjustments as lines of their own, each with its reason and who made it."""
    lines = tuple(
        FeeLine(
            kind=one.kind,
            label_ar=_LABELS[one.kind][0],
            label_en=_LABELS[one.kind][1],
            article=one.article,
            base="",
            rate="",
            amount=one.amount,
            reason=one.reason.strip(),
            by=by,
        )
        for one in adjustments
    )
    return replace(bill, lines=(*bill.lines, *lines))
