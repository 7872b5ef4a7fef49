"""Devices and staff on screen. Names: `administration.tabs.devices`, `.staff`, `.aside`, `administration.look`,
`administration.lease`, `administration.set_lease`, `administration.table.devices`, `.staff`, `.aside`,
`administration.invite`, `.renew`, `.revoke`, `.add`, `.change`, `.disable`, `.release`, `.discard`, `.send_again`,
`.take_as_sent`; the forms' names stand with the forms. The fourth tab and table is `.troubled`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from desktop_app.application.ports.administration import DeviceState
from desktop_app.domain.messages import Message
from desktop_app.texts import tr
from desktop_app.ui.administration.columns import aside_columns, device_columns, staff_columns, troubled_columns
from desktop_app.ui.administration.forms import DeviceForm, PersonForm, ReasonForm
from desktop_app.ui.administration.forms_read import TypedDevice, TypedPerson
from desktop_app.ui.administration.invitation_card import InvitationCard
from desktop_app.ui.administration.lines import AsideLine, DeviceLine, StaffLine, TroubledLine
from desktop_app.ui.administration.presenter import InvitationMade, Overview
from desktop_app.ui.background import Background
from desktop_app.ui.icons import Icon
from desktop_app.ui.tables.columns import Column
from desktop_app.ui.tables.model import LazyTableModel, Page
from desktop_app.ui.tables.view import TableView
from desktop_app.ui.theme import Tone, Type, space
from desktop_app.ui.widgets.ask import ask
from desktop_app.ui.widgets.buttons import Action, ActionBar, button
from desktop_app.ui.widgets.edits import DigitsEdit
from desktop_app.ui.widgets.filters import ViewTabs
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.layouts import column, panel, row, scrolled
from desktop_app.ui.widgets.sections import holding
from desktop_app.ui.widgets.states import Stateful, empty, loading, offline

Line = TypeVar("Line", DeviceLine, StaffLine, AsideLine, TroubledLine)
_SIDE = 50


@dataclass(frozen=True, slots=True)
class AdministrationCalls:
    look: Callable[[], None] = field(compare=False)
    invite: Callable[[TypedDevice], None] = field(compare=False)
    revoke: Callable[[str, str], None] = field(compare=False)
    save_person: Callable[[TypedPerson], None] = field(compare=False)
    disable: Callable[[str, str], None] = field(compare=False)
    release: Callable[[str], None] = field(compare=False)
    discard: Callable[[str, str], None] = field(compare=False)
    send_again: Callable[[str, str], None] = field(compare=False)
    take_as_sent: Callable[[str, str], None] = field(compare=False)
    set_lease: Callable[[str], None] = field(compare=False)
    print_invitation: Callable[[InvitationMade], None] = field(compare=False)
    save_invitation: Callable[[InvitationMade, str], None] = field(compare=False)


class AdministrationWidget(QWidget):
    """Four lists under tabs, what can be done with the chosen row under them, and one form at a time beside them."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setObjectName("administration")
        self._calls: AdministrationCalls | None = None
        self._seen: Overview | None = None
        self.tabs = ViewTabs(
            ("devices", tr("Devices")), ("staff", tr("Staff")), ("aside", tr("Put aside")), ("troubled", tr("Messages"))
        )
        for name, made in self.tabs.buttons.items():
            made.setObjectName(f"administration.tabs.{name}")
        self.tables: dict[str, TableView] = {
            "devices": self._table("devices", device_columns(), background),
            "staff": self._table("staff", staff_columns(), background),
            "aside": self._table("aside", aside_columns(), background),
            "troubled": self._table("troubled", troubled_columns(), background),
        }
        self.pages = {name: Stateful(table) for name, table in self.tables.items()}
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.actions_bar = ActionBar()
        self.lease = DigitsEdit()
        self.lease.setObjectName("administration.lease")
        self.lease.setFixedWidth(space(7))
        self.lease.setAccessibleName(tr("Days that a device goes on without the centre"))
        set_lease = button(tr("Set"), "plain", on_click=self._set_lease)
        set_lease.setObjectName("administration.set_lease")
        look = button(tr("Read again"), "quiet", Icon.SYNCING, lambda: self._call().look())
        look.setObjectName("administration.look")
        self.side = panel(column(gap=0), "card")
        self.side.setFixedWidth(space(_SIDE))
        self.side.hide()
        self.form: QWidget | None = None
        # The form stands beside what comes and goes: what was typed there, and a code that is shown once, outlast it.
        self._place = Stateful(holding(self._lists(look, set_lease)))
        beside = row(self._place, self.side, gap=2)
        beside.setStretch(0, 1)
        self.setLayout(column(holding(beside), margin=2))
        self.tabs.chosen.connect(lambda _: self._show_tab())

    def _lists(self, look: QWidget, set_lease: QWidget) -> QBoxLayout:
        head = row(
            self.tabs,
            1,
            label(tr("Days that a device goes on without the centre"), Type.SMALL, Tone.MUTED),
            self.lease,
            set_lease,
            look,
            gap=1,
        )
        lists = column(head, self.stack, self.actions_bar, gap=1.5)
        lists.setStretch(1, 1)
        return lists

    def _table(self, name: str, columns: Sequence[Column[Any]], background: Background) -> TableView:
        model: LazyTableModel[Any] = LazyTableModel(columns, lambda line: line.id, background, self)
        table = TableView(model)
        table.setObjectName(f"administration.table.{name}")
        table.current_changed.connect(lambda _: self._show_actions())
        model.filled.connect(lambda: self._filled(table))
        return table

    def attach(self, calls: AdministrationCalls) -> None:
        self._calls = calls

    def show_loading(self) -> None:
        self._place.show_state(loading())

    def show_offline(self, sentence: str) -> None:
        again = Action("administration.again", tr("Try again"), self._call().look)
        self._seen = None
        self._place.show_state(offline(sentence, again))

    def show_overview(self, overview: Overview) -> None:
        self._seen = overview
        self._place.show_content()
        self.lease.show_value(str(overview.lease_days))
        self._fill("devices", overview.devices)
        self._fill("staff", overview.staff)
        self._fill("aside", overview.aside)
        self._fill("troubled", overview.troubled)
        self._show_tab()

    def _fill(self, name: str, lines: tuple[Line, ...]) -> None:
        self.tabs.show_count(name, len(lines))
        table = self.tables[name]
        table.rows.show(lambda after, limit: Page(lines))
        if lines:
            self.pages[name].show_content()
        else:
            self.pages[name].show_state(
                empty(tr("Every message went out"), tr("Messages that failed, or may have gone out, would stand here."))
                if name == "troubled"
                else empty(tr("Nothing was put aside"), tr("What the centre could not decide would stand here."))
            )

    def _filled(self, table: TableView) -> None:
        if not table.currentIndex().isValid() and table.rows.rowCount():
            table.setCurrentIndex(table.rows.index(0, 0))
        self._show_actions()

    def _show_tab(self) -> None:
        self.stack.setCurrentWidget(self.pages[self.tabs.current])
        self._show_actions()

    def _line(self, lines: tuple[Line, ...]) -> Line | None:
        chosen: Hashable | None = self.tables[self.tabs.current].find_current()
        return next((one for one in lines if one.id == chosen), None)

    def _show_actions(self) -> None:
        if self._seen is None:
            return
        match self.tabs.current:
            case "devices":
                self._device_actions(self._line(self._seen.devices))
            case "staff":
                self._staff_actions(self._line(self._seen.staff))
            case "troubled":
                self._troubled_actions(self._line(self._seen.troubled))
            case _:
                self._aside_actions(self._line(self._seen.aside))

    def _device_actions(self, line: DeviceLine | None) -> None:
        main = Action("administration.invite", tr("Invite a device"), self._invite, Icon.ADD)
        others: list[Action] = []
        if line is not None and line.state is not DeviceState.INVITED:
            others.append(Action("administration.renew", tr("New certificate"), lambda: self._renew(line), Icon.KEY))
        if line is not None and line.state is DeviceState.ACTIVE:
            revoke = tr("Revoke")
            others.append(
                Action("administration.revoke", revoke, lambda: self._revoke(line), Icon.BLOCKED, destructive=True)
            )
        self.actions_bar.show_actions(main, tuple(others))

    def _staff_actions(self, line: StaffLine | None) -> None:
        main = Action("administration.add", tr("Add a person"), lambda: self._person(None), Icon.ADD)
        others: list[Action] = []
        if line is not None:
            title = tr("Change") if line.active else tr("Let in again")
            others.append(Action("administration.change", title, lambda: self._person(line), Icon.EDIT))
        if line is not None and line.active:
            others.append(
                Action(
                    "administration.disable", tr("Disable"), lambda: self._disable(line), Icon.BLOCKED, destructive=True
                )
            )
        self.actions_bar.show_actions(main, tuple(others))

    def _aside_actions(self, line: AsideLine | None) -> None:
        if line is None:
            self.actions_bar.show_actions(None)
            return
        release = Action("administration.release", tr("Have it decided"), lambda: self._release(line), Icon.DONE)
        discard = Action(
            "administration.discard", tr("Put away"), lambda: self._discard(line), Icon.REMOVE, destructive=True
        )
        self.actions_bar.show_actions(release if line.may_be_released else None, (discard,))

    def _troubled_actions(self, line: TroubledLine | None) -> None:
        if line is None:
            self.actions_bar.show_actions(None)
            return
        again = Action("administration.send_again", tr("Send once more"), lambda: self._send_again(line), Icon.SYNCING)
        taken = Action("administration.take_as_sent", tr("Take as sent"), lambda: self._take_as_sent(line), Icon.DONE)
        self.actions_bar.show_actions(again, (taken,))

    # The forms, one at a time.

    def _invite(self) -> None:
        seen = self._overview()
        self._open(DeviceForm(seen.districts, self._call().invite, self.close_form))

    def _renew(self, line: DeviceLine) -> None:
        seen = self._overview()
        branch = next((number for number, title in seen.districts if title == line.place), None)
        self._open(DeviceForm(seen.districts, self._call().invite, self.close_form, again=line.id, branch=branch))

    def _revoke(self, line: DeviceLine) -> None:
        self._open(
            ReasonForm(
                tr("Revoke device {device}", device=line.name),
                tr("Its sessions end at once. What it still holds is taken by the centre and put aside."),
                tr("Revoke"),
                lambda why: self._ask_revoke(line, why),
                self.close_form,
            )
        )

    def _ask_revoke(self, line: DeviceLine, why: str) -> None:
        ask(
            self,
            tr("Revoke device {device}?", device=line.name),
            tr("Revoke"),
            lambda: self._call().revoke(line.id, why),
            consequence=tr("Whoever works there now is cut off from the centre."),
            destructive=True,
        )

    def _person(self, line: StaffLine | None) -> None:
        seen, known = self._overview(), line.actor if line is not None else None
        self._open(PersonForm(seen.districts, seen.bodies, self._call().save_person, self.close_form, known))

    def _disable(self, line: StaffLine) -> None:
        ask(
            self,
            tr("Let {name} in no more?", name=line.name),
            tr("Disable"),
            lambda: self._call().disable(line.id, line.name),
            consequence=tr("Their sessions end at once. What arrives in their name from now on is put aside."),
            destructive=True,
        )

    def _release(self, line: AsideLine) -> None:
        ask(
            self,
            tr("Have “{what}” by {author} decided?", what=line.what, author=line.author),
            tr("Have it decided"),
            lambda: self._call().release(line.id),
            consequence=tr("The rules decide on it as on any other."),
        )

    def _discard(self, line: AsideLine) -> None:
        self._open(
            ReasonForm(
                tr("Put away “{what}” by {author}", what=line.what, author=line.author),
                tr("It stays in the centre's records with this reason, and its device is told."),
                tr("Put away"),
                lambda why: self._call().discard(line.id, why),
                self.close_form,
            )
        )

    def _send_again(self, line: TroubledLine) -> None:
        self._open(
            ReasonForm(
                tr("Send “{kind}” once more", kind=line.kind),
                tr("The applicant may have it already: ask, and write down what was said."),
                tr("Send once more"),
                lambda why: self._call().send_again(line.id, why),
                self.close_form,
            )
        )

    def _take_as_sent(self, line: TroubledLine) -> None:
        self._open(
            ReasonForm(
                tr("Take “{kind}” as sent", kind=line.kind),
                tr("It is not sent again. Write down how the applicant came to know."),
                tr("Take as sent"),
                lambda why: self._call().take_as_sent(line.id, why),
                self.close_form,
            )
        )

    def show_findings(self, form: str, findings: tuple[Message, ...]) -> None:
        if isinstance(self.form, DeviceForm | PersonForm):
            self.form.form.show_findings(findings)

    def show_invitation(self, made: InvitationMade) -> None:
        calls = self._call()
        self._open(InvitationCard(made, calls.print_invitation, calls.save_invitation, self.close_form))

    def close_form(self) -> None:
        if self.form is not None:
            self.form = None
            self.side.hide()

    def _open(self, form: QWidget) -> None:
        self.form = form
        box = self.side.layout()
        assert box is not None
        while (item := box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        box.addWidget(scrolled(form))
        self.side.show()
        first = form.nextInFocusChain()
        (first or form).setFocus()

    def _set_lease(self) -> None:
        self._call().set_lease(self.lease.typed)

    def _call(self) -> AdministrationCalls:
        assert self._calls is not None
        return self._calls

    def _overview(self) -> Overview:
        assert self._seen is not None
        return self._seen
