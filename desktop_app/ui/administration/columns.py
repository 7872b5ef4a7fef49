"""The columns of the lists."""

from __future__ import annotations

from desktop_app.application.ports.administration import DeviceState
from desktop_app.domain.notices import NoticeState
from desktop_app.texts import name_of, tr
from desktop_app.texts.quantities import number
from desktop_app.ui.administration.lines import AsideLine, DeviceLine, StaffLine, TroubledLine, state_words
from desktop_app.ui.tables.columns import ChipOf, Column
from desktop_app.ui.theme import Tone

_DEVICE_TONES = {DeviceState.ACTIVE: Tone.DONE, DeviceState.INVITED: Tone.SOON, DeviceState.REVOKED: Tone.LATE}


def device_columns() -> tuple[Column[DeviceLine], ...]:
    return (
        Column("name", tr("Device"), lambda line: line.name, 10),
        Column("place", tr("District"), lambda line: line.place, 16),
        Column("state", tr("State"), lambda line: state_words(line.state), 13, chip=_device_state),
        Column("seen", tr("Last contact"), lambda line: line.seen, 24),
        Column("version", tr("Version"), lambda line: line.version, 10),
        Column("clock", tr("Clock"), lambda line: line.clock, 17, tone=_clock_tone),
        Column("aside", tr("Put aside"), _aside, 11, number=True),
        Column("remark", tr("Remark"), lambda line: line.remark, tone=lambda line: Tone.MUTED),
    )


def staff_columns() -> tuple[Column[StaffLine], ...]:
    return (
        Column("name", tr("Name"), lambda line: line.name, 24),
        Column("login", tr("User name"), lambda line: line.login, 17),
        Column("role", tr("Role"), lambda line: line.role, 22),
        Column("state", tr("State"), lambda line: _staff_state(line).text, 15, chip=_staff_state),
        Column("place", tr("Districts"), lambda line: line.place, 22),
        Column("seen", tr("Last contact"), lambda line: line.seen, 24),
        Column("remark", tr("Remark"), lambda line: line.remark, tone=lambda line: Tone.MUTED),
    )


def aside_columns() -> tuple[Column[AsideLine], ...]:
    return (
        Column("what", tr("Step"), lambda line: line.what, 22),
        Column("author", tr("Author"), lambda line: line.author, 22),
        Column("device", tr("Device"), lambda line: line.device, 10),
        Column("arrived", tr("Arrived"), lambda line: line.arrived, 24),
        Column("reason", tr("Why it was put aside"), lambda line: line.reason),
    )


def troubled_columns() -> tuple[Column[TroubledLine], ...]:
    return (
        Column("kind", tr("Message"), lambda line: line.kind, 21),
        Column("request", tr("Request"), lambda line: line.request, 17),
        Column("state", tr("State"), lambda line: name_of(line.state), 21, chip=_troubled_state),
        Column("since", tr("Since"), lambda line: line.since, 20),
        Column("attempts", tr("Tries"), lambda line: number(line.attempts), 9, number=True),
        Column("why", tr("Remark"), lambda line: line.why),
    )


def _troubled_state(line: TroubledLine) -> ChipOf:
    return ChipOf(name_of(line.state), Tone.LATE if line.state is NoticeState.FAILED else Tone.SOON)


def _aside(line: DeviceLine) -> str:
    return number(line.put_aside) if line.put_aside else ""


def _device_state(line: DeviceLine) -> ChipOf:
    return ChipOf(state_words(line.state), _DEVICE_TONES[line.state])


def _clock_tone(line: DeviceLine) -> Tone:
    return Tone.LATE if line.clock_off else Tone.MUTED


def _staff_state(line: StaffLine) -> ChipOf:
    return ChipOf(tr("may sign in"), Tone.DONE) if line.active else ChipOf(tr("disabled"), Tone.LATE)
