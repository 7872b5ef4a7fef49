"""What the inbox of refused commands knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.application.ports.queries import RefusedCommand, RequestView
from desktop_app.application.workplace import Workplace
from desktop_app.domain.messages import message
from desktop_app.texts import describe, tr
from desktop_app.ui.background import Background
from desktop_app.ui.conflicts.redoing import Redo, redo_of
from desktop_app.ui.conflicts.refused_shown import RefusedShown, refused_shown
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.theme import Tone


class ConflictsDisplay(Protocol):
    def show_refused(self, refused: tuple[RefusedShown, ...]) -> None:
        """Nothing is chosen beforehand; what was chosen stays chosen."""

    def show_problem(self, sentence: str) -> None:
        """Beside the reason of dismissal; "" takes it away."""

    def clear_reason(self) -> None: ...


class ConflictsPresenter:
    """Shows what was refused and why; leads to the form that does it again, or dismisses with a reason."""

    def __init__(
        self,
        display: ConflictsDisplay,
        workplace: Workplace,
        background: Background,
        messages: MessageChannel,
        go: Callable[[Route], bool],
        show_count: Callable[..., None],
    ) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._go = go
        self._show_count = show_count

    def reload(self) -> None:
        self._background.read(self._read, self._show)

    def open(self, request_id: str) -> None:
        """To the request as it stands."""
        self._go(Route("request", {"id": request_id}))

    def redo(self, command_id: str) -> None:
        """To the form that gives such a command, filled with what the refused one said. It stays in the inbox until it
        is put aside: nobody can know before whether the second try is the same thing."""
        self._background.write(lambda: self._prepare(command_id), self._led, busy=tr("Opening…"))

    def _prepare(self, command_id: str) -> Redo | None:
        workplace = self._workplace
        refused = next((one for one in workplace.queries.refused_commands() if one.command_id == command_id), None)
        if refused is None:
            return None
        redo = redo_of(refused, self._find(refused))
        if redo.form:
            workplace.drafts.save(FormDraft(redo.form, redo.key, workplace.clock.now(), dict(redo.fields)))
        return redo

    def _led(self, redo: Redo | None) -> None:
        if redo is None:
            self.reload()
        else:
            self._go(redo.route)

    def dismiss(self, command_id: str, reason: str) -> None:
        """Takes it out of the inbox. The history keeps it with the reason, so there must be one."""
        if not reason.strip():
            self._display.show_problem(describe(message("reason.missing", "reason")))
            return
        self._display.show_problem("")
        desk = self._workplace.commands
        self._background.write(lambda: desk.dismiss(command_id, reason.strip()), self._dismissed, busy=tr("Saving…"))

    def _dismissed(self, _: None) -> None:
        self._display.clear_reason()
        self._messages.done(tr("It was put aside; it is kept with your reason."))
        self.reload()

    def _read(self) -> tuple[RefusedShown, ...]:
        queries = self._workplace.queries
        refused = queries.refused_commands()
        names = {one.id: one.name_ar for one in queries.staff()} if refused else {}
        own = self._workplace.session.actor.id
        shown = []
        for command in refused:
            view = self._find(command)
            naming = Naming(queries.reference(), names, view.parent if view else None)
            shown.append(refused_shown(command, view, naming, own))
        return tuple(shown)

    def _find(self, command: RefusedCommand) -> RequestView | None:
        try:
            return self._workplace.queries.get_request(command.request_id)
        except KeyError:
            return None

    def _show(self, refused: tuple[RefusedShown, ...]) -> None:
        self._display.show_refused(refused)
        self._show_count("conflicts", len(refused), Tone.LATE)
