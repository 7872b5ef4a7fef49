"""One row of a dues file: an amount that a person owes, or has paid."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.application.importing.cells import Cells
from desktop_app.application.importing.licence_rows import read_identity
from desktop_app.application.importing.table import BadRow, Column, Row
from desktop_app.domain.digits import ascii_digits
from desktop_app.domain.tracks import Due, DueKind

COLUMNS = (
    Column("identity_kind", "نوع الإثبات"),
    Column("identity_number", "رقم الإثبات"),
    Column("reference", "رقم المطالبة"),
    Column("kind", "نوع المطالبة"),
    Column("amount_jd", "المبلغ"),
    Column("about", "البيان", required=False),
)
_KINDS = {
    "musaqqafat": DueKind.MUSAQQAFAT,
    "مسقفات": DueKind.MUSAQQAFAT,
    "tahaqquqat": DueKind.TAHAQQUQAT,
    "تحققات": DueKind.TAHAQQUQAT,
}


@dataclass(frozen=True, slots=True)
class OwedRow:
    """Whose account (`Identity.key`) and what; an amount of 0 takes the due out of the account."""

    account: str
    due: Due


def read_due(row: Row) -> OwedRow | BadRow:
    cells = Cells(row)
    owed = OwedRow(
        account=read_identity(cells).key,
        due=Due(
            reference=ascii_digits(cells.text("reference")),
            kind=cells.choice("kind", _KINDS),
            amount=cells.money("amount_jd"),
            about_ar=cells.maybe("about"),
        ),
    )
    return BadRow(row.line, tuple(cells.wrong)) if cells.wrong else owed
