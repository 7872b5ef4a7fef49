"""What the screen of enrolment knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.enrolling import (
    AlreadyEnrolledError,
    EnrolmentRefusedError,
    RegistrarAwayError,
    StoreElsewhereError,
)
from desktop_app.application.ports.enrolment import EnrolmentState
from desktop_app.application.ports.secrets import PassphraseNeededError
from desktop_app.application.settings import WorkstationSettings
from desktop_app.texts import tr
from desktop_app.texts.quantities import code as coded
from desktop_app.ui.background import Background
from desktop_app.ui.errors import explain
from desktop_app.wire.invitation import BadCodeError, BadInvitationError, Invitation, clean_code, read_invitation


@dataclass(frozen=True, slots=True)
class InvitationShown:
    """What an invitation says, in words; `asks_code` where it comes without its code."""

    device: str
    centre: str
    asks_code: bool


class EnrolDisplay(Protocol):
    def show_invitation(self, shown: InvitationShown | None) -> None: ...

    def show_problem(self, field: str, sentence: str) -> None:
        """Beside `field` ("invitation" or "code"); "" takes it away, as it does at the other field."""

    def show_busy(self, busy: bool) -> None: ...


class Enrolment(Protocol):
    """`application.enrolling.WorkstationEnrolment`."""

    def enrol(self, invitation: Invitation, code: str = "") -> WorkstationSettings: ...


class EnrolPresenter:
    """Reads the invitation while it is put in, and enrols off the UI thread; `enrolled` gets the settings, `locked`
    whether a passphrase is to be chosen where the device's key has to lie under one."""

    def __init__(
        self,
        display: EnrolDisplay,
        enrolment: Enrolment,
        background: Background,
        enrolled: Callable[[WorkstationSettings], None],
        locked: Callable[[bool], None],
    ) -> None:
        self._display = display
        self._locked = locked
        self._enrolment = enrolment
        self._background = background
        self._enrolled = enrolled

    def put_in(self, text: str) -> None:
        """The text of the invitation as it stands in the field."""
        invitation = self._find(text)
        self._display.show_invitation(_shown(invitation) if invitation is not None else None)
        self._display.show_problem("invitation", _not_whole() if text.strip() and invitation is None else "")

    def enrol(self, text: str, code: str) -> None:
        invitation = self._find(text)
        if invitation is None:
            missing = tr("Put the invitation in here.")
            self._display.show_problem("invitation", _not_whole() if text.strip() else missing)
            return
        if not invitation.code:
            try:
                clean_code(code)
            except BadCodeError:
                self._display.show_problem("code", tr("A code has 25 letters and digits: look at it again."))
                return
        self._display.show_busy(True)
        self._background.write(
            lambda: self._enrolment.enrol(invitation, code),
            self._done,
            lambda error: self._failed(error, invitation),
            busy=tr("Enrolling…"),
        )

    @staticmethod
    def _find(text: str) -> Invitation | None:
        try:
            return read_invitation(text)
        except BadInvitationError:
            return None

    def _done(self, settings: WorkstationSettings) -> None:
        self._display.show_busy(False)
        self._enrolled(settings)

    def _failed(self, error: Exception, invitation: Invitation) -> None:
        self._display.show_busy(False)
        field = "invitation" if invitation.code else "code"
        match error:
            case PassphraseNeededError(new=new):
                self._locked(new)
            case EnrolmentRefusedError(state=state):
                self._display.show_problem(field, _refused(state))
            case AlreadyEnrolledError(device=device):
                sentence = tr(
                    "This computer is device {device} already: it cannot become another.", device=coded(device)
                )
                self._display.show_problem("invitation", sentence)
            case StoreElsewhereError(device=device):
                sentence = tr(
                    "This invitation renews device {device}, whose data is not on this computer. "
                    "Ask the administrator for an invitation with a new name.",
                    device=coded(device),
                )
                self._display.show_problem("invitation", sentence)
            case RegistrarAwayError():
                sentence = tr(
                    "The centre has the request, and nobody has signed it yet. "
                    "Try again later: the same code still counts."
                )
                self._display.show_problem("invitation", sentence)
            case PermissionError():
                self._display.show_problem(
                    "invitation", tr("The centre does not let this invitation in. Ask the administrator for a new one.")
                )
            case ConnectionError():
                self._display.show_problem(
                    "invitation",
                    tr("The centre of this invitation cannot be reached. Look at the network, then try again."),
                )
            case _:
                notice = explain(error)
                self._display.show_problem("invitation", " ".join((notice.happened, notice.kept, notice.todo)))


def _not_whole() -> str:
    return tr("This is not the whole invitation: copy it again from its first letter to its last.")


def _shown(invitation: Invitation) -> InvitationShown:
    return InvitationShown(coded(invitation.device), coded(invitation.host), asks_code=not invitation.code)


def _refused(state: EnrolmentState) -> str:
    return {
        EnrolmentState.UNKNOWN: tr("The centre knows no such code: look at it again, or ask for a new one."),
        EnrolmentState.EXPIRED: tr("This code has expired. Ask the administrator for a new one."),
        EnrolmentState.USED: tr("This code was used already. Ask the administrator for a new one."),
    }.get(state, tr("The centre refused this computer's request. Ask the administrator for a new code."))
