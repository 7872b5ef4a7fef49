"""A sheet of the ledger, and what is missing between the sheets, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop_app.application.ports.sheets import SheetRow
from desktop_app.domain.sheet_serials import MissingSheets
from desktop_app.domain.tracks import Spoilt
from desktop_app.texts import name_of, tr
from desktop_app.texts.clock_words import short_moment
from desktop_app.texts.quantities import code, number

MOST_NAMED = 6
"""Gaps that are named; of further ones, how many."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """`state` says of a spoilt one what was wrong with it; `carries` is the licence's number, and of a copy its count;
    `stands` is a fine one whose licence was not taken back."""

    id: tuple[str, int]
    request_id: str
    when: str
    serial: str
    stands: bool
    state: str
    carries: str
    request: str
    who: str


def line_of(row: SheetRow, person: Callable[[str], str]) -> SheetLine:
    """`person` gives the name of a login."""
    licence = code(row.licence)
    return SheetLine(
        id=(row.request_id, row.place),
        request_id=row.request_id,
        when=short_moment(row.at),
        serial=code(row.serial),
        stands=row.fine and not row.taken_back,
        state=_state(row),
        carries=tr("{licence}, copy no. {count}", licence=licence, count=row.copy) if row.copy else licence,
        request=code(row.request),
        who=person(row.by),
    )


def _state(row: SheetRow) -> str:
    if row.fine:
        return tr("fine, the licence was taken back") if row.taken_back else tr("fine")
    why = row.note or (name_of(Spoilt(row.spoilt)) if row.spoilt in set(Spoilt) else "")
    return tr("spoilt: {why}", why=why) if why else tr("spoilt")


def missing_said(missing: Iterable[MissingSheets]) -> str:
    """The gaps in one line; "" where there are none."""
    gaps = tuple(missing)
    if not gaps:
        return ""
    named = "، ".join(_gap(one) for one in gaps[:MOST_NAMED])
    total = sum(one.count for one in gaps)
    if len(gaps) > MOST_NAMED:
        return tr(
            "Missing between recorded serials: {count} in all, among them {named}", count=number(total), named=named
        )
    return tr("Missing between recorded serials: {count} in all, {named}", count=number(total), named=named)


def _gap(one: MissingSheets) -> str:
    if one.count == 1:
        return code(one.first)
    return tr("{first} to {last}", first=code(one.first), last=code(one.last))
