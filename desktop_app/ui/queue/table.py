"""The columns of the queue."""

from __future__ import annotations

from desktop_app.texts import name_of, tr
from desktop_app.texts.quantities import number
from desktop_app.ui.icons import Icon
from desktop_app.ui.queue.lines import QueueLine
from desktop_app.ui.status_look import tone_of
from desktop_app.ui.tables.columns import BarOf, ChipOf, Column
from desktop_app.ui.theme import Tone


def queue_columns() -> tuple[Column[QueueLine], ...]:
    return (
        Column("number", tr("Number"), lambda line: line.number, 16.5),
        Column("applicant", tr("Applicant"), lambda line: line.row.applicant_ar, tooltip=_applicant),
        Column("parent", tr("Parent licence"), lambda line: line.parent, 16.5, tone=lambda line: Tone.MUTED),
        Column("district", tr("District"), lambda line: line.district, 11),
        Column("status", tr("Status"), lambda line: name_of(line.row.status), 19, chip=_status),
        Column("waits", tr("Waits for"), lambda line: line.waits_for, 13),
        Column("time", tr("Time left"), lambda line: line.promise.words, 15, bar=_time),
        Column("holder", tr("Holder"), lambda line: line.holder, 14, tone=lambda line: Tone.MUTED),
        Column("sync", tr("At the centre"), _sync_words, 13, chip=_sync),
    )


def _applicant(line: QueueLine) -> str:
    return tr("{applicant} — {trade}", applicant=line.row.applicant_ar, trade=line.row.trade_name)


def _status(line: QueueLine) -> ChipOf:
    return ChipOf(name_of(line.row.status), tone_of(line.row.status))


def _time(line: QueueLine) -> BarOf | None:
    if not line.promise.words:
        return None
    return BarOf(line.promise.words, line.promise.used, line.promise.tone)


def _sync_words(line: QueueLine) -> str:
    if line.row.refused:
        return tr("refused")
    return tr("{n} pending", n=number(line.row.pending)) if line.row.pending else ""


def _sync(line: QueueLine) -> ChipOf | None:
    if line.row.refused:
        return ChipOf(tr("refused"), Tone.LATE, Icon.CONFLICT)
    if line.row.pending:
        return ChipOf(tr("awaiting the centre"), Tone.SOON, Icon.PENDING)
    return None
