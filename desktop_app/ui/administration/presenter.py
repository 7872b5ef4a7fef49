"""What the administrator's screen knows and does, without any widget. Everything here needs the centre."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.guessable import refuse_guessable
from desktop_app.application.ports.administration import (
    Administration,
    AsideSeen,
    Invited,
    Refusal,
    RefusedByCentreError,
)
from desktop_app.application.workplace import Workplace
from desktop_app.domain.delivery import NoticeState
from desktop_app.domain.messages import InputError, Message, message
from desktop_app.texts import describe, tr
from desktop_app.texts.clock_words import date_and_time
from desktop_app.texts.quantities import code
from desktop_app.ui.administration.centre_away import why_away
from desktop_app.ui.administration.forms_read import (
    TypedDevice,
    TypedPerson,
    read_device,
    read_lease_days,
    read_person,
)
from desktop_app.ui.administration.lines import (
    AsideLine,
    DeviceLine,
    StaffLine,
    TroubledLine,
    aside_line,
    device_line,
    staff_line,
    troubled_line,
)
from desktop_app.ui.background import Background
from desktop_app.ui.errors import explain
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.request.naming import Naming

PAGE = 500
"""Of what was put aside, asked for at a time; of troubled messages, at most."""


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is listed, as of one look at the centre."""

    devices: tuple[DeviceLine, ...]
    staff: tuple[StaffLine, ...]
    aside: tuple[AsideLine, ...]
    troubled: tuple[TroubledLine, ...]
    lease_days: int
    districts: tuple[tuple[int, str], ...]
    bodies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """A code as it is shown once: with the whole line that can be copied or printed."""

    device: str
    code: str
    invitation: str
    until: str


class AdministrationDisplay(Protocol):
    def show_loading(self) -> None: ...

    def show_overview(self, overview: Overview) -> None: ...

    def show_offline(self, sentence: str) -> None:
        """Nothing can be looked after now, and why."""

    def show_findings(self, form: str, findings: tuple[Message, ...]) -> None:
        """Beside the fields of a form ("device" or "person")."""

    def show_invitation(self, made: InvitationMade) -> None: ...

    def close_form(self) -> None: ...


class AdministrationPresenter:
    def __init__(
        self,
        display: AdministrationDisplay,
        workplace: Workplace,
        background: Background,
        messages: MessageChannel,
    ) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._seen: Overview | None = None

    def look(self) -> None:
        """Asks the centre how things stand."""
        if self._seen is None:
            self._display.show_loading()
        self._background.read(self._overview, self._show, self._unreachable)

    def invite(self, typed: TypedDevice) -> None:
        wanted, findings = read_device(typed)
        if wanted is None:
            self._display.show_findings("device", findings)
            return
        centre = self._workplace.administration
        self._background.write(
            lambda: centre.invite(wanted.name, wanted.branch, wanted.hours, again=wanted.again),
            self._invited,
            lambda error: self._refused(error, "device"),
            busy=tr("Asking the centre…"),
        )

    def revoke(self, device: str, why: str) -> None:
        self._do(
            lambda: self._workplace.administration.revoke(device, why.strip()),
            tr("Device {device} is revoked; its sessions were ended.", device=code(device)),
            from_form=True,
        )

    def save_person(self, typed: TypedPerson) -> None:
        known = {one.id: one.actor for one in self._seen.staff} if self._seen else {}
        wanted, findings = read_person(typed, known.get(typed.login.strip()))
        if wanted is None:
            self._display.show_findings("person", findings)
            return

        def save() -> None:
            if wanted.password:
                refuse_guessable(wanted.password, wanted.actor)
            self._workplace.administration.save_staff(wanted.actor, wanted.password)

        self._do(save, tr("{name} may sign in now.", name=wanted.actor.name_ar), form="person")

    def disable(self, login: str, name: str) -> None:
        self._do(
            lambda: self._workplace.administration.disable(login),
            tr("{name} may sign in no more; their sessions were ended.", name=name),
        )

    def release(self, command_id: str) -> None:
        self._do(lambda: self._workplace.administration.release(command_id), tr("The centre decides it now."))

    def discard(self, command_id: str, why: str) -> None:
        self._do(
            lambda: self._workplace.administration.discard(command_id, why.strip()),
            tr("It is put away, and its device is told why."),
            from_form=True,
        )

    def send_again(self, notice: str, why: str) -> None:
        self._do(
            lambda: self._workplace.administration.settle_notice(notice, NoticeState.WAITING, why.strip()),
            tr("The message goes out once more."),
            from_form=True,
        )

    def take_as_sent(self, notice: str, why: str) -> None:
        self._do(
            lambda: self._workplace.administration.settle_notice(notice, NoticeState.SENT, why.strip()),
            tr("The message counts as sent."),
            from_form=True,
        )

    def set_lease(self, typed: str) -> None:
        days = read_lease_days(typed)
        if days is None:
            self._messages.warning(tr("Write a number of days from 1 to 365."))
            return
        self._do(
            lambda: self._workplace.administration.set_lease(days),
            tr("It counts for every device from its next contact on."),
        )

    def _do(self, work: Callable[[], None], done: str, form: str = "", *, from_form: bool = False) -> None:
        """`form` is the one with fields beside which a refusal stands. What is done closes the form that it was asked
        for in, and no other that is being filled in."""

        def then(_: object) -> None:
            self._messages.done(done)
            if form or from_form:
                self._display.close_form()
            self.look()

        self._background.write(work, then, lambda error: self._refused(error, form), busy=tr("Asking the centre…"))

    def _overview(self) -> Overview:
        centre = self._workplace.administration
        reference = self._workplace.queries.reference()
        naming = Naming(reference)
        staff = centre.staff()
        people = {one.actor.id: one.actor.name_ar for one in staff}
        return Overview(
            devices=tuple(device_line(one, naming) for one in centre.devices()),
            staff=tuple(staff_line(one, naming) for one in staff),
            aside=tuple(aside_line(one, people) for one in _all_aside(centre)),
            troubled=tuple(troubled_line(one) for one in centre.troubled_notices(PAGE)),
            lease_days=centre.lease_days(),
            districts=tuple((one.number, naming.district(one.number)) for one in reference.districts),
            bodies=tuple((one.code, naming.body(one.code)) for one in reference.bodies),
        )

    def _show(self, overview: Overview) -> None:
        self._seen = overview
        self._display.show_overview(overview)

    def _invited(self, made: Invited) -> None:
        self._display.close_form()
        until = date_and_time(made.expires_at)
        self._display.show_invitation(InvitationMade(code(made.device), made.code, made.invitation, until))
        self.look()

    def _unreachable(self, error: Exception) -> None:
        self._display.show_offline(
            why_away(error, tr("Devices and staff are looked after at the centre, which cannot be reached now."))
        )

    def _refused(self, error: Exception, form: str) -> None:
        if isinstance(error, RefusedByCentreError):
            finding = finding_of(error.refusal)
            if form and finding.about:
                self._display.show_findings(form, (finding,))
            else:
                self._messages.warning(describe(finding))
        elif isinstance(error, InputError):
            self._display.show_findings(form, (error.why,))
        elif isinstance(error, PermissionError):
            self._messages.error(tr("The centre does not take you for an administrator."))
        elif isinstance(error, ConnectionError):
            self._messages.warning(
                tr("The centre cannot be reached: nothing was changed."), todo=tr("Try again when it is back.")
            )
        else:
            self._messages.post(explain(error))


def _all_aside(centre: Administration) -> Iterator[AsideSeen]:
    """Page after page: what a revoked device pushed may be thousands, and none of it may stay out of sight."""
    after = 0
    while page := centre.put_aside(after, PAGE):
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].place


def finding_of(refusal: Refusal) -> Message:
    """What the centre's refusal says, and beside which field."""
    return {
        Refusal.DEVICE_NAME: message("administration.device_name", "name"),
        Refusal.DEVICE_KNOWN: message("administration.device_known", "name"),
        Refusal.DEVICE_UNKNOWN: message("administration.device_unknown", "name"),
        Refusal.LOGIN: message("administration.login_form", "login"),
        Refusal.LOGIN_TAKEN: message("administration.login_taken", "login"),
        Refusal.OWN_RIGHTS: message("administration.own_rights", "role"),
        Refusal.PASSWORD: message("administration.password_missing", "password"),
        Refusal.NOBODY: message("administration.nobody", "login"),
    }.get(refusal, message("administration.refused"))
