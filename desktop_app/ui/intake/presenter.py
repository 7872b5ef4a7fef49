"""Intake without widgets: looks up, checks while one types, keeps what is typed, lodges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop_app.application.ports.drafts import FormDraft
from desktop_app.application.spoken import spoken
from desktop_app.application.workplace import Workplace
from desktop_app.domain.commands.lodge import Lodge
from desktop_app.domain.commands.save_draft import SaveDraft
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.identifiers import is_licence_number
from desktop_app.domain.licence import Licence
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.messages import Message
from desktop_app.domain.reference import Reference
from desktop_app.domain.request import Request, Status
from desktop_app.domain.status import status_of
from desktop_app.domain.tracks import Due
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.duplicates.comparing import Comparison, comparison_of
from desktop_app.ui.frame.routes import Route
from desktop_app.ui.intake import form as fields
from desktop_app.ui.intake.form import IntakeForm, form_of
from desktop_app.ui.intake.giving import as_draft, giving
from desktop_app.ui.intake.judged import Judged
from desktop_app.ui.intake.looking import Looked, Opened, load_opened, look
from desktop_app.ui.intake.raw_text import RawText
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.split_editor.keeping import kept, restored
from desktop_app.ui.split_editor.presenter import SplitPresenter
from desktop_app.ui.split_editor.sharing import Sharing, sharing_of


class IntakeView(Protocol):
    def show_form(self, form: IntakeForm) -> None:
        """Other texts than those typed here: restored, or opened."""

    def show_state(self) -> None:
        """The presenter changed: show what it says now."""

    def focus_on(self, about: str) -> None: ...


class IntakePresenter:
    """The view tells every keystroke (`typed`) and every pause of typing (`pause`)."""

    def __init__(
        self,
        workplace: Workplace,
        background: Background,
        messages: MessageChannel,
        go: Callable[[Route], bool],
        pause_soon: Callable[[], None] = lambda: None,
    ) -> None:
        self._workplace, self._background, self._messages, self._go = workplace, background, messages, go
        self.pause_soon = pause_soon
        self.retitle: Callable[[], None] = lambda: None
        self.view: IntakeView | None = None
        self.on_looked: Callable[[Request], None] = lambda request: None
        self._then: Callable[[], None] | None = None
        self.reference = Reference()
        self.split = SplitPresenter(self.reference, self._split_changed)
        self.form = IntakeForm()
        self.request: Request | None = None
        self.unfinished: tuple[FormDraft, ...] = ()
        self.parent: Licence | None = None
        self.duplicates = Comparison()
        self.dues: tuple[Due, ...] = ()
        self.busy = False
        self._id = ""
        self._judged = Judged()
        self._turn = self._opening = 0
        self._text = RawText(workplace, background, self._environment)

    # -- coming and going ------------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """Under which the raw text is kept."""
        return self.request.id if self.request else f"new:{self._id}"

    @property
    def title(self) -> str:
        if self.request is None:
            return tr("New request")
        if status_of(self.request) is Status.RETURNED:
            return tr("Complete request {number}", number=self.request.shown_number)
        return tr("Draft {number}", number=self.request.shown_number)

    @property
    def returned_because(self) -> str:
        """Why the request came back; "" for one that did not."""
        request = self.request
        return request.intake.reason if request and status_of(request) is Status.RETURNED else ""

    def open(self, request_id: str = "", draft: str = "", parent: str = "") -> None:
        """A new request (on licence `parent`, if named), a kept draft by its key, or a request not accepted yet.

        Coming back to a form that was left with unsaved text finds that text.
        """
        # Behind what is being kept, a load must wait its turn, or it would miss it.
        load = self._background.write if self._text.dirty else self._background.read
        self.keep()
        wanted = draft or request_id
        self._opening += 1
        self._turn += 1
        opening, place = self._opening, self._workplace
        if not wanted:
            # Somebody quick types before the drafts have been read: what they type has its name from the start.
            self.request, self._id = None, place.commands.new_request_id()
        load(lambda: load_opened(place, wanted), lambda opened: self._show_opened(opening, wanted, parent, opened))

    def _show_opened(self, opening: int, key: str, parent: str, opened: Opened) -> None:
        if opening != self._opening:
            return
        self.reference = opened.reference
        self.request = opened.request
        new = key.removeprefix("new:") if key.startswith("new:") else self._id
        self._id = opened.request.id if opened.request else new
        self.unfinished = tuple(one for one in opened.unfinished if one.key != self.key)
        if not key and self._text.dirty:
            self.split.show_reference(self.reference)
            self._look()
            return
        self._forget()
        if opened.draft is not None:
            texts = {**fields.EMPTY, **opened.draft.fields}
            units = restored(texts.pop(fields.SPLIT, ""))
            self._begin(IntakeForm(texts), Sharing(None, units))
        elif opened.request is not None:
            content = RequestContent(opened.request.applicant, opened.request.requirements, opened.request.plan)
            self._begin(form_of(content), sharing_of(None, content.plan))
        else:
            self._begin(IntakeForm({**fields.EMPTY, fields.PARENT: parent}), Sharing())
        self._look()
        self.retitle()

    def _forget(self) -> None:
        self.parent, self.duplicates, self.dues, self._judged = None, Comparison(), (), Judged()
        self._text.dirty = self.busy = False

    def _begin(self, form: IntakeForm, sharing: Sharing) -> None:
        self.form = form
        self.split.show_reference(self.reference)
        self.split.open(sharing)
        if self.view is not None:
            self.view.show_form(form)
        self._show()

    # -- typing ----------------------------------------------------------------------------------------------

    def typed(self, name: str, text: str) -> None:
        """One keystroke. The parent is looked up as soon as its number is whole; all else waits for a pause."""
        before = self.form.parent_number
        self.form = self.form.typed(name, text)
        self._judged.touched.add(name)
        self._text.dirty = True
        if name == fields.PARENT and self.form.parent_number != before:
            self.parent = None if not self._is_shown_parent() else self.parent
            if is_licence_number(self.form.parent_number):
                self._look()
        self.pause_soon()
        self._show()

    def left(self, name: str) -> None:
        """The user went on to another field: what is wrong with this one may be said."""
        if self.form.get(name).strip():
            self._judged.touched.add(name)
            self._show()

    def pause(self) -> None:
        """Typing rests: keep what is typed, and check it."""
        self.keep()
        self._look()

    def keep(self) -> None:
        """Put the raw text into the drafts, if there is anything new in it."""
        self._text.keep(self.key, self._raw)

    def _raw(self) -> dict[str, str]:
        return {**self.form.texts, fields.SPLIT: kept(self.split.sharing.units)}

    def _split_changed(self) -> None:
        self._text.dirty = True
        self.pause_soon()
        self._show()

    # -- looking up and checking -----------------------------------------------------------------------------

    @property
    def needs_certificate(self) -> bool:
        """Whether a vocation that a child has or adds needs the construction certificate."""
        codes = tuple(code for unit in self.split.sharing.units for code in (*unit.vocations, *unit.added))
        return self.reference.needs_construction_certificate(codes)

    def _look(self) -> None:
        self._turn += 1
        turn, place, command, form = self._turn, self._workplace, self._command(), self.form
        before = self.request
        self._background.read(
            lambda: look(place, command, before), lambda looked: self._show_looked(turn, form, looked)
        )

    def _show_looked(self, turn: int, form: IntakeForm, looked: Looked) -> None:
        if turn != self._turn:
            return
        self._judged.looked, self._judged.at = looked, form
        self.reference = looked.reference
        self.parent, self.dues = looked.parent, looked.dues
        self.duplicates = comparison_of(looked.content, looked.duplicates, looked.reference)
        own = looked.parent.without_reservation(self._id) if looked.parent else None
        self.split.reference = looked.reference
        self.split.show_parent(own)
        self.split.show_refusals(looked.outcome.refusals)
        self._show()
        self.on_looked(looked.request)

    def with_request(self, then: Callable[[], None]) -> None:
        """Calls `then` once the request exists: what is typed is saved as a draft of the branch where it does not."""
        if self.request is not None:
            then()
        elif not self.busy:
            self._then = then
            self.save_draft()

    def attached(self, request: Request) -> None:
        """The request has another document: what is typed here stays."""
        if self.request is not None and self.request.id == request.id:
            self.request = request

    def _is_shown_parent(self) -> bool:
        return self.parent is not None and self.parent.number == self.form.parent_number

    @property
    def remaining(self) -> tuple[Message, ...]:
        """All that still stands in the way of lodging, whether or not it is shown beside its field."""
        return (*self.split.unreadable, *self._judged.refusals)

    @property
    def general(self) -> tuple[str, ...]:
        """What is not about any one field: rights, branch, someone else's change."""
        return tuple(self._say(message) for message in self.remaining if not message.about)

    def problem_of(self, name: str) -> str:
        """What is wrong with a field of this form, once the user has been at it or has tried to lodge."""
        return self._judged.problem_of(name, self.form, self.remaining, self._say)

    def warning_of(self, name: str) -> str:
        return self._judged.warning_of(name, self._say)

    def say_remaining(self) -> tuple[tuple[str, str], ...]:
        """(field, sentence) of everything that is left to do."""
        return tuple(dict.fromkeys((message.about, self._say(message)) for message in self.remaining))

    def _say(self, message: Message) -> str:
        return spoken(message, self.reference, self.parent)

    # -- giving ----------------------------------------------------------------------------------------------

    def lodge(self) -> None:
        """Lodge what stands here. Refused, everything that is missing is said beside its field."""
        if self.busy:
            return
        self._judged.insist = True
        if self.split.unreadable:
            self._refused(Outcome(refusals=self.remaining), self._judged.at)
            return
        self._give(self._command(), self._lodged, tr("Lodging…"))

    def save_draft(self) -> None:
        """Save as a draft of the branch, so that any counter can go on with it."""
        if not self.busy:
            self._give(as_draft(self._command()), self._saved, tr("Saving…"))

    def _command(self) -> Lodge:
        content = self.form.content(self.split.sharing, certificate=self.needs_certificate)
        return Lodge(self._id, self.request.reference if self.request else "", content)

    def _give(self, command: Lodge | SaveDraft, accepted: Callable[[Outcome], None], busy: str) -> None:
        self._text.dirty = True
        self.keep()
        self.busy, form = True, self.form
        self._background.write(
            giving(self._workplace, command, self.request),
            lambda outcome: accepted(outcome) if outcome.accepted else self._refused(outcome, form),
            self._failed,
            busy=busy,
        )
        self._show()

    def _lodged(self, outcome: Outcome) -> None:
        assert outcome.request is not None
        self._text.drop(self.key)
        number = outcome.request.shown_number
        self._messages.done(tr("Request {number} is lodged.", number=number))
        self._start_anew()
        self._go(Route("request", {"id": outcome.request.id}))

    def _saved(self, outcome: Outcome) -> None:
        assert outcome.request is not None
        self._text.drop(self.key)
        self.busy, self.request = False, outcome.request
        self.retitle()
        self._messages.done(tr("Draft {number} is saved for the branch.", number=outcome.request.shown_number))
        self._show()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _refused(self, outcome: Outcome, form: IntakeForm) -> None:
        self.busy, self._then = False, None
        self._judged.refused(outcome, form)
        self.split.show_refusals(outcome.refusals, insist=self._judged.insist)
        self._show()
        homeless = [message for message in outcome.refusals if not message.about]
        for message in homeless:
            self._messages.warning(self._say(message), kept=tr("What you typed is still in the form."))
        first = next((message.about for message in outcome.refusals if message.about), "")
        if first and self.view is not None:
            self.view.focus_on(first)

    def _failed(self, error: Exception) -> None:
        self.busy, self._then = False, None
        self._show()
        self._environment(error)

    def _environment(self, error: Exception) -> None:
        from desktop_app.ui.errors import explain

        self._messages.post(explain(error))

    # -- drafts ----------------------------------------------------------------------------------------------

    def discard(self) -> None:
        """Forget what was typed here. A request that exists stays as it was saved last."""
        request = self.request.id if self.request else ""
        self._text.drop(self.key, lambda: self._reopen(request))

    def _reopen(self, request_id: str) -> None:
        self._messages.done(tr("What was typed here is discarded."))
        self.open(request_id)

    def start_another(self) -> None:
        """Leave this form as it stands, among the unfinished ones, and begin an empty one."""
        self.open()

    def open_draft(self, key: str) -> None:
        self.open(draft=key)

    def open_request(self, request_id: str) -> None:
        """Goes to a request that looks like this one; what is typed here is kept."""
        self._go(Route("request", {"id": request_id}))

    def _start_anew(self) -> None:
        self.request, self._id = None, self._workplace.commands.new_request_id()
        self._forget()
        self._turn += 1
        self._opening += 1
        self._begin(IntakeForm(), Sharing())

    def _show(self) -> None:
        if self.view is not None:
            self.view.show_state()
