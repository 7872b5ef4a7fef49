"""What the request screen knows and does, without any widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop_app.application.attaching import answer_with_scan
from desktop_app.application.workplace import Workplace
from desktop_app.domain.actions import Action, row_of
from desktop_app.domain.attachments import MOST_BYTES
from desktop_app.domain.commands import Command, kind_of
from desktop_app.domain.commands.deliver import Deliver
from desktop_app.domain.commands.record_approval import RecordApproval
from desktop_app.domain.commands.record_civil_defence import RecordCivilDefence
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.duplicates import awaits_acceptance, look_alike_keys
from desktop_app.domain.messages import Message
from desktop_app.domain.request import Request
from desktop_app.texts import tr
from desktop_app.ui.background import Background, Task
from desktop_app.ui.errors import explain
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.kept_form import KeptForm
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.request.action_forms import FORMS, ActionForm, FieldKind, Options, command_from
from desktop_app.ui.request.happened import done_in
from desktop_app.ui.request.kept_file import find_kept
from desktop_app.ui.request.naming import Naming
from desktop_app.ui.request.shown import RequestShown, shown_of

_SOFT = frozenset({"answer.scan_missing"})
"""What stands beside the letter from then on need not stay in the way until somebody closes it."""


@dataclass(frozen=True, slots=True)
class FormShown:
    """A form that is to be opened: what it is, what each choice offers, and what stands in each field."""

    form: ActionForm
    text: str
    options: Mapping[str, Options]
    values: Mapping[str, str]


class RequestDisplay(Protocol):
    def show_request(self, shown: RequestShown) -> None: ...

    def show_missing(self) -> None:
        """There is no such request on this computer."""

    def show_form(self, form: FormShown) -> None: ...

    def close_form(self) -> None: ...

    def show_findings(self, refusals: tuple[Message, ...], naming: Naming) -> None:
        """Beside the fields of the open form, the rest under it; without a form, under the actions."""

    def show_busy(self, busy: bool) -> None:
        """A command is being given: no second one until it is."""


class RequestPresenter:
    """Opens a request, offers what the rules allow, and turns what was typed into commands."""

    def __init__(
        self,
        display: RequestDisplay,
        workplace: Workplace,
        background: Background,
        messages: MessageChannel,
        go: Callable[[Route], bool],
        retitle: Callable[[], None],
    ) -> None:
        self._display = display
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._go = go
        self._retitle = retitle
        self._id = ""
        self._reading: Task | None = None
        self._giving = False
        self.shown: RequestShown | None = None
        self.form: ActionForm | None = None
        self._begin: Action | None = None
        self.on_shown: Callable[[Request], None] = lambda request: None

    @property
    def request_id(self) -> str:
        """The request that is shown or on its way ("": none)."""
        return self._id

    @property
    def title(self) -> str:
        if self.shown is None:
            return tr("Request")
        return tr("Request {number}", number=self.shown.number)

    def title_of_letter(self, digest: str) -> str:
        """By what a letter's window and the printer's queue know it."""
        letters = self.shown.letters if self.shown else ()
        found = ((one.title, paper.title) for one in letters for paper in one.papers if paper.digest == digest)
        body, title = next(found, ("", tr("Letter")))
        return f"{title} · {body}" if body else title

    def open(self, request_id: str, begin: Action | None = None) -> None:
        """Shows a request. Coming back to the one that is shown keeps its open form. `begin` is an action that is to
        be done again: its form is opened with what lies in the drafts."""
        if request_id != self._id or begin is not None:
            self._id, self.shown = request_id, None
            self._close_form()
        self._begin = begin
        self.reload()

    def reload(self) -> None:
        if not self._id:
            return
        if self._reading is not None:
            self._reading.cancel()
        wanted = self._id
        self._reading = self._background.read(lambda: self._read(wanted), self._show)

    def start(self, action: Action) -> None:
        """What a click on an action's button does."""
        form = FORMS[action]
        if self.shown is None or self._giving:
            return
        if form.route:
            self._go(Route(form.route, {"id": self._id}))
        elif form.at_once:
            self._close_form()
            self._give(form, {})
        else:
            key = self._id
            self._kept(form).restore(key, lambda typed: self._open_form(form, key, typed))

    def keep(self, values: Mapping[str, str]) -> None:
        """Typing rests: what stands in the open form is kept on disk."""
        if self.form is None:
            return
        self._kept(self.form).keep(self._id, values)

    def cancel(self) -> None:
        """Closes the open form. What was typed is kept, and stands there when it is opened again."""
        self._close_form()

    def give(self, values: Mapping[str, str]) -> None:
        """Gives the command of the open form."""
        if self.form is not None and not self._giving:
            self._give(self.form, values)

    def go_to_request(self, request_id: str) -> None:
        self._go(Route("request", {"id": request_id}))

    def go_to_licence(self, number: str) -> None:
        self._go(Route("licence", {"number": number}))

    def go_to_papers(self) -> None:
        self._go(Route("certificate", {"id": self._id}))

    def go_to_conflicts(self) -> None:
        self._go(Route("conflicts"))

    def _read(self, request_id: str) -> RequestShown | None:
        workplace = self._workplace
        try:
            view = workplace.queries.get_request(request_id)
        except KeyError:
            return None
        available = workplace.commands.available(request_id)
        alike = workplace.queries.look_alikes(look_alike_keys(view.request)) if awaits_acceptance(view.request) else ()
        names = {one.id: one.name_ar for one in workplace.queries.staff()}
        naming = Naming(workplace.queries.reference(), names, view.parent)
        proof_of = workplace.proofs.proof_of
        return shown_of(view, available, naming, workplace.session.actor, workplace.clock.now(), alike, proof_of)

    def _show(self, shown: RequestShown | None) -> None:
        self.shown = shown
        if shown is None:
            self._close_form()
            self._display.show_missing()
        else:
            self._display.show_request(shown)
            self.on_shown(shown.request)
            if self.form is not None and shown.find_action(self.form.action) is None:
                # Somebody has moved the request on; what was typed stays in the drafts.
                self._close_form()
                self._messages.info(tr("The request has moved on, so this form was closed. What you typed is kept."))
            self._begin_again(shown)
        self._retitle()

    def _begin_again(self, shown: RequestShown) -> None:
        """What was refused, on top of what stands now, if the rules still know of it there."""
        begin, self._begin = self._begin, None
        if begin is None:
            return
        if shown.find_action(begin) is None:
            self._messages.info(tr("As the request stands now, what was refused cannot be done again."))
        elif not FORMS[begin].at_once:
            self.start(begin)

    def _open_form(self, form: ActionForm, request_id: str, typed: Mapping[str, str]) -> None:
        if self.shown is None or request_id != self._id:
            return
        self.form = form
        request, naming, actor = self.shown.request, self.shown.naming, self._workplace.session.actor
        options = {
            field.name: field.options(request, actor, naming) for field in form.fields if field.options is not None
        }
        values = {field.name: typed.get(field.name, field.initial(request)) for field in form.fields}
        action = self.shown.find_action(form.action)
        self._display.show_form(FormShown(form, action.text if action else "", options, values))

    def _give(self, form: ActionForm, values: Mapping[str, str]) -> None:
        shown = self.shown
        if shown is None:
            return
        command = command_from(form, self._id, values)
        if isinstance(command, tuple):
            self._display.show_findings(command, shown.naming)
            return
        given: Command = command
        base = shown.request.version_of(row_of(form.action).track, kind_of(given).part(given))
        request_id, kept = self._id, self._kept(form)
        self._giving = True
        self._display.show_busy(True)

        files = [values.get(one.name, "") for one in form.fields if one.kind is FieldKind.FILE]
        file = next((one for one in files if one and find_kept(one) is None), "")

        def give() -> Outcome:
            outcome = self._answer(given, base, file) if file else self._workplace.commands.give(given, base)
            if outcome.accepted and form.fields:
                kept.discard(request_id)
            return outcome

        self._background.write(
            give,
            lambda outcome: self._given(form, shown, outcome),
            self._failed,
            busy=tr("Saving…"),
        )

    def _answer(self, command: Command, base: int, file: str) -> Outcome:
        """The command of an answer, with the file that was chosen as its scan."""
        assert isinstance(command, RecordApproval | RecordCivilDefence | Deliver)
        path = Path(file)
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        return answer_with_scan(self._workplace, command, base, path.name, data)

    def _given(self, form: ActionForm, on: RequestShown, outcome: Outcome) -> None:
        """`on` is the request that it was given on; another may have been opened meanwhile."""
        self._giving = False
        self._display.show_busy(False)
        here = on.request.id == self._id
        if not outcome.accepted:
            if here:
                self._display.show_findings(outcome.refusals, on.naming)
            else:
                why = " ".join(on.naming.say(one) for one in outcome.refusals)
                self._messages.warning(tr("Request {number}", number=on.number), todo=why)
            self.reload()
            return
        if here:
            self._close_form()
        done = tr("{done}. It is final once the centre has confirmed it.", done=done_in(outcome, form.action))
        # What stood beside the action already is not told once more.
        warned = [said for one in outcome.warnings if (said := on.naming.say(one)) not in on.what_now]
        if warned and all(one.key in _SOFT for one in outcome.warnings):
            self._messages.info(done, todo=" ".join(warned))
        elif warned:
            self._messages.warning(done, todo=" ".join(warned))
        else:
            self._messages.done(done)
        self.reload()

    def _failed(self, error: Exception) -> None:
        self._giving = False
        self._display.show_busy(False)
        self._messages.post(explain(error))

    def _kept(self, form: ActionForm) -> KeptForm:
        return KeptForm(f"request.{form.action.value}", self._workplace, self._background)

    def _close_form(self) -> None:
        self.form = None
        self._display.close_form()
