"""What a run of the printer knows and does, without any widget.

Before a page goes to the printer it is noted in the drafts which one; the note goes when a person has answered for the
sheet. So after a crash it is known which sheet may lie in the tray, and nothing was recorded of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop_app.application.ports.printing import PrintingFailedError
from desktop_app.application.workplace import Workplace
from desktop_app.domain.commands.confirm_print import ConfirmPrint
from desktop_app.domain.deciding import Outcome
from desktop_app.domain.messages import Message
from desktop_app.domain.rights import Action, may_ever
from desktop_app.domain.sheet_serials import following
from desktop_app.domain.tracks import Spoilt
from desktop_app.texts import tr
from desktop_app.ui.background import Background, Task
from desktop_app.ui.errors import explain
from desktop_app.ui.kept_form import KeptForm
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.print_run.waiting import WaitingSheet, waiting_sheets

FORM = "print_run"


@dataclass(frozen=True, slots=True)
class Run:
    """`out` is the sheet that went to the printer and nobody has answered for; `done` were fine in this sitting;
    `going` says that the next one follows by itself."""

    waiting: tuple[WaitingSheet, ...]
    out: WaitingSheet | None
    done: int
    going: bool
    may_print: bool

    @property
    def total(self) -> int:
        return self.done + len(self.waiting)

    @property
    def next(self) -> WaitingSheet | None:
        """The first whose page is here."""
        return next((one for one in self.waiting if one.pdf is not None), None)


class PrintRunView(Protocol):
    def show_run(self, run: Run) -> None: ...
    def show_printers(self, names: tuple[str, ...]) -> None: ...
    def show_refusals(self, refusals: tuple[Message, ...]) -> None: ...
    def show_typed(self, serial: str) -> None:
        """Replaces the serial number that is typed."""


class PrintRunPresenter:
    """One page is out at a time. A spoilt sheet, a printer that takes no page, a refusal, or a person stops a run."""

    def __init__(
        self, view: PrintRunView, workplace: Workplace, background: Background, messages: MessageChannel
    ) -> None:
        self._view = view
        self._workplace = workplace
        self._background = background
        self._messages = messages
        self._kept = KeptForm(FORM, workplace, background)
        self._who = workplace.session.actor.id
        self._may = may_ever(workplace.session.actor, Action.CONFIRM_PRINT)
        self._waiting: tuple[WaitingSheet, ...] = ()
        self._out = ""
        self._done = 0
        self._going = False
        self._printer = ""
        self._reading: Task | None = None
        self._opened = False
        self._go_on = False

    def open(self) -> None:
        """Reads what waits; the first time, what was out when this was last left too."""
        self._background.read(self._workplace.printing.printers, self._view.show_printers)
        if not self._opened:
            self._opened = True
            self._kept.restore(self._who, self._restored)
        self.reload()

    def reload(self) -> None:
        """Reads again; what is typed and what is out stays."""
        self._read(go_on=False)

    def keep(self, serial: str) -> None:
        """Typing rests."""
        self._kept.keep(self._who, {"out": self._out, "serial": serial})

    def start(self, printer: str) -> None:
        """The first page goes out; each next one when the one before is fine."""
        run = self._run()
        if run.out is None and run.next is not None:
            self._printer, self._going = printer, True
            self._print(run.next)

    def again(self, printer: str) -> None:
        """The page that is out never came, or is to be seen again: it goes to the printer once more."""
        if (out := self._run().out) is not None:
            self._printer = printer
            self._print(out)

    def stop(self) -> None:
        """No further page goes out; the one that is out still wants its answer."""
        self._going = False
        self._show()

    def answer(self, serial: str, spoilt: Spoilt | None = None, note: str = "") -> None:
        """A person's word on the sheet that is out: fine, or `spoilt`."""
        fine = spoilt is None
        out = self._run().out
        if out is None:
            return
        command = ConfirmPrint(out.request_id, out.number, serial, fine, spoilt, note)

        def give() -> Outcome:
            outcome = self._workplace.commands.give(command, out.version)
            if outcome.accepted:
                self._kept.discard(self._who)
            return outcome

        def decided(outcome: Outcome) -> None:
            self._view.show_refusals(outcome.refusals)
            if not outcome.accepted:
                self._going = False
                self.reload()
                return
            self._out = ""
            self._done += fine
            self._going = self._going and fine
            self._view.show_typed(following(serial))
            if not fine:
                self._messages.done(tr("The spoilt sheet was recorded: print it again."))
            self._workplace.sync.sync_now()
            self._read(go_on=self._going)

        self._background.write(give, decided, busy=tr("Saving…"))

    def _print(self, sheet: WaitingSheet) -> None:
        pdf, printer = sheet.pdf, self._printer
        if pdf is None:
            return
        self._out = sheet.number
        title = tr("Licence {number}", number=sheet.number)

        def print_noted() -> None:
            # The note lies on the disk before the page leaves; where it cannot, none leaves.
            self._kept.save(self._who, {"out": sheet.number})
            self._workplace.printing.print_file(pdf, title, printer)

        self._background.write(print_noted, lambda _: self._show(), self._not_printed, busy=tr("Printing…"))
        self._show()

    def _not_printed(self, error: Exception) -> None:
        self._out, self._going = "", False
        self._show()
        if not isinstance(error, PrintingFailedError):
            self._messages.post(explain(error))
            return
        self._kept.keep(self._who, {"out": ""})
        self._messages.error(
            tr("The printer did not take the page."),
            kept=tr("Nothing was recorded: the certificate is still to be printed."),
            todo=tr("Look at the printer, then print again, or choose another printer."),
        )

    def _read(self, *, go_on: bool) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._go_on = self._go_on or go_on  # also where this takes the place of a reading after which it goes on

        def read(found: tuple[WaitingSheet, ...]) -> None:
            self._waiting = found
            go_on, self._go_on = self._go_on, False
            run = self._run()
            if go_on and self._going and run.out is None and run.next is not None:
                self._print(run.next)
                return
            if go_on and run.next is None:
                self._going = False
            self._show()

        self._reading = self._background.read(lambda: waiting_sheets(self._workplace), read)

    def _restored(self, fields: dict[str, str]) -> None:
        if not self._out and fields.get("out"):
            self._out = fields["out"]
            self._view.show_typed(fields.get("serial", ""))
            self._show()

    def _run(self) -> Run:
        out = next((one for one in self._waiting if one.number == self._out), None)
        return Run(self._waiting, out, self._done, self._going, self._may)

    def _show(self) -> None:
        self._view.show_run(self._run())
