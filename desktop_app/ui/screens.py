"""The table of the program's screens: what the frame may go to, and how each is made at its first visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.application.workplace import Workplace
from desktop_app.texts import tr
from desktop_app.ui.background import Background
from desktop_app.ui.frame.routes import Route, Screen, ScreenEntry
from desktop_app.ui.icons import Icon
from desktop_app.ui.messages import MessageChannel
from desktop_app.ui.theme import Tone


def _nothing() -> None:
    """For a screen that stands without a frame."""


def _no_count(screen: str, count: int, tone: Tone = Tone.PLAIN) -> None:
    """For a screen that stands without a frame."""


def _no_news(told: Callable[[], None]) -> None:
    """For a screen that stands without a frame: nothing ever changes behind its back."""


@dataclass(frozen=True, slots=True)
class Ports:
    """What every screen is given. `go` navigates, `retitle` asks the frame to read the title anew, `show_count`
    puts a figure beside a screen's name in the navigation. What is given to `on_news` is called on the UI thread
    whenever synchronisation may have changed what the replica holds."""

    workplace: Workplace
    background: Background
    messages: MessageChannel
    go: Callable[[Route], bool]
    retitle: Callable[[], None] = _nothing
    show_count: Callable[..., None] = _no_count
    on_news: Callable[[Callable[[], None]], None] = _no_news


def screen_entries(ports: Ports) -> tuple[ScreenEntry, ...]:
    """All screens in the order of the navigation. A screen's module is imported at its first visit."""
    return (
        ScreenEntry("today", tr("Today"), Icon.TODAY, lambda: _today(ports), shortcut="Alt+1"),
        ScreenEntry("queue", tr("Requests"), Icon.REQUESTS, lambda: _queue(ports), shortcut="Alt+2"),
        ScreenEntry("request", tr("Request"), Icon.REQUESTS, lambda: _request(ports), navigated=False),
        ScreenEntry("intake", tr("New request"), Icon.INTAKE, lambda: _intake(ports), shortcut="Ctrl+N"),
        ScreenEntry("dues", tr("Dues notice"), Icon.MONEY, lambda: _dues(ports), navigated=False),
        ScreenEntry("calendar", tr("Inspections"), Icon.CALENDAR, lambda: _calendar(ports), shortcut="Alt+3"),
        ScreenEntry("visit", tr("Visit"), Icon.INSPECTION, lambda: _visit(ports), navigated=False),
        ScreenEntry("fees", tr("Fees"), Icon.FEES, lambda: _fees(ports), navigated=False),
        ScreenEntry("payment", tr("Payment"), Icon.PAYMENT, lambda: _payment(ports), navigated=False),
        ScreenEntry("certificate", tr("Certificates"), Icon.LICENCE, lambda: _certificate(ports), navigated=False),
        ScreenEntry("print_run", tr("Print certificates"), Icon.PRINT, lambda: _print_run(ports), shortcut="F8"),
        ScreenEntry("sheets", tr("Ledger of sheets"), Icon.DOCUMENT, lambda: _sheets(ports), shortcut="F7"),
        ScreenEntry("licences", tr("Licences"), Icon.LICENCE, lambda: _licences(ports), shortcut="Alt+7"),
        ScreenEntry("licence", tr("Licence"), Icon.LICENCE, lambda: _licence(ports), navigated=False),
        ScreenEntry("verify", tr("Verify"), Icon.SCAN, lambda: _verify(ports), shortcut="F9"),
        ScreenEntry("notices", tr("Messages"), Icon.MESSAGES, lambda: _notices(ports), shortcut="Alt+8"),
        ScreenEntry(
            "conflicts", tr("Refused by the centre"), Icon.CONFLICT, lambda: _conflicts(ports), shortcut="Alt+9"
        ),
        ScreenEntry("sync", tr("Synchronisation"), Icon.SYNCING, lambda: _sync(ports), shortcut="Alt+0"),
        ScreenEntry(
            "administration", tr("Devices and staff"), Icon.KEY, lambda: _administration(ports), shortcut="Alt+4"
        ),
        ScreenEntry("notice_words", tr("Words of messages"), Icon.EDIT, lambda: _notice_words(ports), shortcut="Alt+5"),
        ScreenEntry("dated_tables", tr("Tables"), Icon.SETTINGS, lambda: _dated_tables(ports), shortcut="Alt+6"),
    )


def _print_run(ports: Ports) -> Screen:
    from desktop_app.ui.print_run.screen import PrintRunScreen

    return PrintRunScreen(ports)


def _sheets(ports: Ports) -> Screen:
    from desktop_app.ui.sheets.screen import LedgerScreen

    return LedgerScreen(ports)


def _administration(ports: Ports) -> Screen:
    from desktop_app.ui.administration.screen import AdministrationScreen

    return AdministrationScreen(ports)


def _notice_words(ports: Ports) -> Screen:
    from desktop_app.ui.notice_words.screen import WordsScreen

    return WordsScreen(ports)


def _dated_tables(ports: Ports) -> Screen:
    from desktop_app.ui.dated_tables.screen import TablesScreen

    return TablesScreen(ports)


def _intake(ports: Ports) -> Screen:
    from desktop_app.ui.intake.screen import IntakeScreen

    return IntakeScreen(ports)


def _dues(ports: Ports) -> Screen:
    from desktop_app.ui.dues.screen import DuesScreen

    return DuesScreen(ports)


def _today(ports: Ports) -> Screen:
    from desktop_app.ui.today.screen import TodayScreen

    return TodayScreen(ports)


def _queue(ports: Ports) -> Screen:
    from desktop_app.ui.queue.screen import QueueScreen

    return QueueScreen(ports)


def _request(ports: Ports) -> Screen:
    from desktop_app.ui.request.screen import RequestScreen

    return RequestScreen(ports)


def _licences(ports: Ports) -> Screen:
    from desktop_app.ui.licences.screen import LicencesScreen

    return LicencesScreen(ports)


def _licence(ports: Ports) -> Screen:
    from desktop_app.ui.licences.licence_screen import LicenceScreen

    return LicenceScreen(ports)


def _verify(ports: Ports) -> Screen:
    from desktop_app.ui.verify.screen import VerifyScreen

    return VerifyScreen(ports)


def _notices(ports: Ports) -> Screen:
    from desktop_app.ui.notices.screen import NoticesScreen

    return NoticesScreen(ports)


def _conflicts(ports: Ports) -> Screen:
    from desktop_app.ui.conflicts.screen import ConflictsScreen

    return ConflictsScreen(ports)


def _sync(ports: Ports) -> Screen:
    from desktop_app.ui.sync.screen import SyncScreen

    return SyncScreen(ports)


def _fees(ports: Ports) -> Screen:
    from desktop_app.ui.fees.screen import FeesScreen

    return FeesScreen(ports)


def _payment(ports: Ports) -> Screen:
    from desktop_app.ui.payment.screen import PaymentScreen

    return PaymentScreen(ports)


def _certificate(ports: Ports) -> Screen:
    from desktop_app.ui.certificate.screen import CertificateScreen

    return CertificateScreen(ports)


def _calendar(ports: Ports) -> Screen:
    from desktop_app.ui.calendar.screen import CalendarScreen

    return CalendarScreen(ports)


def _visit(ports: Ports) -> Screen:
    from desktop_app.ui.visit.screen import VisitScreen

    return VisitScreen(ports)
