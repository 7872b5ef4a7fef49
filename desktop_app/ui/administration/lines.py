"""Devices, people and what was put aside, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.application.ports.administration import (
    AsideSeen,
    DeviceSeen,
    DeviceState,
    NoticeSeen,
    StaffSeen,
)
from desktop_app.domain.actions import Action
from desktop_app.domain.actor import Actor
from desktop_app.domain.notices import NoticeKind, NoticeState
from desktop_app.texts import name_of, ntr, tr
from desktop_app.texts.clock_words import date_and_time
from desktop_app.texts.quantities import code
from desktop_app.ui.request.naming import Naming

CLOCK_OFF_SECONDS = 120
"""By how much a device's clock may be off before anybody need look at it."""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """`id` is the device's name; `clock_off` says that somebody should set its clock."""

    id: str
    name: str
    place: str
    state: DeviceState
    remark: str
    seen: str
    version: str
    clock: str
    clock_off: bool
    put_aside: int


@dataclass(frozen=True, slots=True)
class StaffLine:
    """`id` is the login; `actor` is the person as the form begins with."""

    id: str
    name: str
    login: str
    role: str
    place: str
    active: bool
    remark: str
    seen: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class AsideLine:
    """`id` is the command's."""

    id: str
    place: int
    what: str
    author: str
    device: str
    reason: str
    arrived: str
    may_be_released: bool


def device_line(seen: DeviceSeen, naming: Naming) -> DeviceLine:
    return DeviceLine(
        id=seen.name,
        name=code(seen.name),
        place=naming.district(seen.branch) if seen.branch else tr("no district"),
        state=seen.state,
        remark=_device_remark(seen),
        seen=_seen(seen.seen_at),
        version=code(seen.version) if seen.version else "",
        clock=_clock(seen.clock_ahead) if seen.seen_at is not None else "",
        clock_off=abs(seen.clock_ahead) >= CLOCK_OFF_SECONDS,
        put_aside=seen.put_aside,
    )


def staff_line(seen: StaffSeen, naming: Naming) -> StaffLine:
    actor = seen.actor
    role = name_of(actor.role)
    if actor.cashier:
        role = tr("{role}, takes payments", role=role)
    if actor.all_branches:
        place = tr("the whole municipality")
    else:
        place = "، ".join(naming.district(branch) for branch in sorted(actor.branches)) or tr("no district")
    remark = ""
    if seen.disabled_at is not None:
        remark = tr("since {moment}, by {who}", moment=date_and_time(seen.disabled_at), who=seen.disabled_by)
    return StaffLine(
        actor.id, actor.name_ar, code(actor.id), role, place, actor.active, remark, _seen(seen.seen_at), actor
    )


@dataclass(frozen=True, slots=True)
class TroubledLine:
    """A notice that awaits a person."""

    id: str
    kind: str
    request: str
    state: NoticeState
    since: str
    attempts: int
    why: str


def troubled_line(seen: NoticeSeen) -> TroubledLine:
    kind = seen.id.split(":")[1] if seen.id.count(":") > 1 else ""
    known = kind in {one.value for one in NoticeKind}
    return TroubledLine(
        id=seen.id,
        kind=name_of(NoticeKind(kind)) if known else kind,
        request=code(seen.request),
        state=seen.state,
        since=date_and_time(seen.changed_at or seen.written_at),
        attempts=seen.attempts,
        why=trouble_words(seen.why),
    )


def trouble_words(why: str) -> str:
    """What the sender noted, for an administrator: the gateway's own number where it gave one."""
    if why == "silent":
        return tr("the sender ended before an answer came")
    if why == "reported":
        return tr("the network reported that it did not arrive")
    if why.startswith("connect"):
        return tr("the gateway could not be reached")
    return tr("the gateway's answer: {answer}", answer=code(why)) if why else ""


def aside_line(seen: AsideSeen, people: dict[str, str]) -> AsideLine:
    """`people` are names by login."""
    try:
        what = name_of(Action(seen.kind))
    except ValueError:
        what = tr("unreadable")
    return AsideLine(
        id=seen.command_id,
        place=seen.place,
        what=what,
        author=people.get(seen.author, seen.author) or tr("unknown"),
        device=code(seen.device),
        reason=reason_words(seen.reason),
        arrived=date_and_time(seen.submitted_at),
        may_be_released=seen.may_be_released,
    )


def state_words(state: DeviceState) -> str:
    return {
        DeviceState.INVITED: tr("invited"),
        DeviceState.ACTIVE: tr("in use"),
        DeviceState.REVOKED: tr("revoked"),
    }[state]


def reason_words(reason: str) -> str:
    """Why something was put aside; what a later version of the centre calls it stands as it is."""
    return {
        "device_revoked": tr("the device is revoked"),
        "author_disabled": tr("the author is disabled"),
        "forged": tr("the signature is not the author's"),
        "no_key": tr("the author has no key on this device"),
        "malformed": tr("its content cannot be read"),
        "mismatched": tr("its content is of another command"),
        "protocol": tr("from another version of the program"),
        "unreadable": tr("it is no command"),
        "another_device": tr("it is of another device"),
        "taken": tr("its id stands for something else"),
        "tampered": tr("another content stands under its id"),
        "bug": tr("the program made a mistake over it"),
    }.get(reason, reason)


def _device_remark(seen: DeviceSeen) -> str:
    if seen.state is DeviceState.REVOKED:
        return seen.revoked_why
    if seen.invited_until is not None:
        return tr("code good until {moment}", moment=date_and_time(seen.invited_until))
    return ""


def _seen(at: datetime | None) -> str:
    return date_and_time(at) if at is not None else tr("never yet")


def _clock(ahead: float) -> str:
    seconds = round(ahead)
    if abs(seconds) < 2:
        return tr("right")
    minutes = abs(seconds) // 60
    if minutes:
        if seconds > 0:
            return ntr("{n} minute ahead", "{n} minutes ahead", minutes)
        return ntr("{n} minute behind", "{n} minutes behind", minutes)
    if seconds > 0:
        return ntr("{n} second ahead", "{n} seconds ahead", abs(seconds))
    return ntr("{n} second behind", "{n} seconds behind", abs(seconds))
