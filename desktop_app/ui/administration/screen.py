"""Devices and staff for the frame."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_app.texts import tr
from desktop_app.ui.administration.presenter import AdministrationPresenter, InvitationMade
from desktop_app.ui.administration.view import AdministrationCalls, AdministrationWidget
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.screens import Ports


class AdministrationScreen:
    """Route "administration"."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._view = AdministrationWidget(ports.background)
        self._presenter = AdministrationPresenter(self._view, ports.workplace, ports.background, ports.messages)
        presenter = self._presenter
        self._view.attach(
            AdministrationCalls(
                look=presenter.look,
                invite=presenter.invite,
                revoke=presenter.revoke,
                save_person=presenter.save_person,
                disable=presenter.disable,
                release=presenter.release,
                discard=presenter.discard,
                send_again=presenter.send_again,
                take_as_sent=presenter.take_as_sent,
                set_lease=presenter.set_lease,
                print_invitation=self._print,
                save_invitation=self._save,
            )
        )

    @property
    def title(self) -> str:
        return tr("Devices and staff")

    def widget(self) -> QWidget:
        return self._view

    def activate(self, route: Route) -> None:
        self._presenter.look()

    def deactivate(self) -> bool:
        """A code that is shown is gone when one leaves: it was for this once."""
        self._view.close_form()
        return True

    def _print(self, made: InvitationMade) -> None:
        from desktop_app.ui.administration.sheet import invitation_sheet

        sheet = invitation_sheet(made)
        printing, messages = self._ports.workplace.printing, self._ports.messages

        def hand_over() -> str:
            printers = printing.printers()
            if printers:
                printing.print_file(sheet, tr("Invitation"), printers[0])
            return printers[0] if printers else ""

        def then(printer: str) -> None:
            if printer:
                messages.done(tr("The invitation was given to the printer {printer}.", printer=printer))
            else:
                messages.warning(tr("This computer knows no printer: save the invitation to a file instead."))

        self._ports.background.write(hand_over, then, busy=tr("Printing…"))

    def _save(self, made: InvitationMade, name: str) -> None:
        messages = self._ports.messages
        self._ports.background.write(
            lambda: Path(name).write_text(f"{made.invitation}\n", encoding="ascii"),
            lambda _: messages.done(tr("The file was saved.")),
        )
