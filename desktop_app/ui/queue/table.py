"""The columns of the queue."""

from __future__ import annotations

from desktop_app.texts import name_of, tr
from desktop_app.ui.icons import Icon
from desktop_app.ui.queue.lines import QueueLine
from desktop_app.ui.status_look import tone_of
from desktop_app.ui.tables.columns import BarOf, ChipOf, Column, MarkOf
from desktop_app.ui.theme import Tone


def queue_columns() -> tuple[Column[QueueLine], ...]:
    muted = Tone.MUTED
    return (
        Column("number", tr("Number"), lambda line: line.number, 17, tooltip=_number, mark=_portal),
        Column("applicant", tr("Applicant"), lambda line: line.row.applicant_ar, tooltip=_applicant),
        Column("parent", tr("Parent licence"), lambda line: line.parent, 15, tone=lambda line: muted),
        Column("district", tr("District"), lambda line: line.district, 9),
        Column("status", tr("Status"), lambda line: name_of(line.row.status), 17, chip=_status),
        Column("waits", tr("Waits for"), lambda line: line.waits_for, 11.5),
        Column("time", tr("Time left"), lambda line: line.promise.words, 12.5, bar=_time, tooltip=_reason),
        Column("holder", tr("Held by"), lambda line: line.holder, 11, tone=lambda line: muted),
        Column("sync", tr("Centre"), _sync_words, 6, chip=_sync, tooltip=_sync_words),
    )


def _applicant(line: QueueLine) -> str:
    return tr("{applicant} — {trade}", applicant=line.row.applicant_ar, trade=line.row.trade_name)


def _status(line: QueueLine) -> ChipOf:
    return ChipOf(name_of(line.row.status), tone_of(line.row.status))


def _portal(line: QueueLine) -> MarkOf | None:
    return MarkOf(Icon.PORTAL, Tone.ACCENT) if line.from_portal else None


def _number(line: QueueLine) -> str:
    return tr("{number}, from the portal", number=line.number) if line.from_portal else line.number


def _reason(line: QueueLine) -> str:
    return line.reason or line.promise.words


def _time(line: QueueLine) -> BarOf | None:
    if not line.promise.words:
        return None
    return BarOf(line.promise.words, line.promise.used, line.promise.tone)


def _sync_words(line: QueueLine) -> str:
    if line.row.refused:
        return tr("refused by the centre")
    return tr("awaiting the centre") if line.row.pending else ""


def _sync(line: QueueLine) -> ChipOf | None:
    if line.row.refused:
        return ChipOf("", Tone.LATE, Icon.CONFLICT)
    if line.row.pending:
        return ChipOf("", Tone.SOON, Icon.PENDING)
    return None
