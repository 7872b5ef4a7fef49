"""The parts that `tajzia --self-test` tries. Each returns what it found, in words, or raises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from unicodedata import normalize

from desktop_app.cli.self_test import BrokenError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop_app.application.ports.papers import CertificateContent
    from desktop_app.application.workplace import Workplace
    from desktop_app.storage.opening import StoreKey
    from desktop_app.ui.frame.main_frame import MainFrame

_PATIENCE = 30.0
"""Seconds until a window must have shown what it has."""


def catalogues() -> str:
    """Both languages speak, each in its own letters, plurals included."""
    from desktop_app.texts import ntr, tr, using

    said = {}
    for code in ("ar", "en"):
        with using(code):
            said[code] = tr("Requests"), ntr("{n} new", "{n} new", 3)
    if said["en"][0] != "Requests" or any(not _arabic(text) for text in said["ar"]):
        raise BrokenError(f"they say {said}")
    return "ar and en"


def _arabic(text: str) -> bool:
    return any("\u0621" <= letter <= "\u064a" for letter in text)


def reference_data() -> str:
    """Districts, vocations, schedules and holidays are complete and agree with each other."""
    from desktop_app.application.reference_data import build_reference

    found = build_reference()
    if not (found.districts and found.vocations and found.schedules and found.calendar.holidays):
        raise BrokenError("something of it is empty")
    return f"{len(found.districts)} districts, {len(found.vocations)} vocations"


def store(folder: Path, key: StoreKey) -> str:
    """A store is made by its migrations, sealed, and gives back what it was given after it was closed."""
    from desktop_app.application.reference_data import build_reference
    from desktop_app.storage.facts_writer import FactsWriter, Said
    from desktop_app.storage.queries import StoreQueries
    from desktop_app.storage.store import Store
    from desktop_app.system.paths import places_in
    from desktop_app.wire.codec import encode
    from desktop_app.wire.facts import EVERYWHERE, FactKind

    file = places_in(folder).make().store
    given = build_reference()
    made = Store.open(file, key)
    try:
        with made.writing() as writes:
            FactsWriter(writes).write([Said(FactKind.REFERENCE, "current", EVERYWHERE, encode(given))])
    finally:
        made.close()
    opened = Store.open(file, key)
    try:
        if StoreQueries(opened).reference() != given:
            raise BrokenError("the reference data came back changed")
    finally:
        opened.close()
    if file.read_bytes().startswith(b"SQLite format"):
        raise BrokenError("it lies in the clear")
    return f"{file.stat().st_size:,} bytes"


def main_window(folder: Path, key: StoreKey) -> str:
    """The main window opens over that store, draws its icons, goes to the queue and is not blank."""
    from PySide6.QtGui import QColor

    from desktop_app.ui import icons
    from desktop_app.ui.frame.routes import Route

    app = _application()
    problems: list[BaseException] = []
    with _session(folder, key, problems) as (workplace, frame):
        _wait(app, icons.ready)
        frame.router.start(Route("queue"))
        _wait(app, frame.screens["queue"].widget().isVisible)
        picture = frame.grab().toImage()
        colours = {
            QColor(picture.pixel(across, down)).name()
            for across in range(0, picture.width(), 5)
            for down in range(0, picture.height(), 5)
        }
        if icons.picture(icons.Icon.TODAY, "#000000").pixmap(24, 24).isNull():
            raise BrokenError("the icons have no glyphs")
        title = frame.windowTitle()
    if problems:
        raise BrokenError(f"while it was open: {problems[0]!r}")
    if len(colours) < 3:
        raise BrokenError("it stayed blank")
    return f"{picture.width()} × {picture.height()}, {app.platformName()}, {title or workplace.session.device}"


def _application() -> QApplication:
    from desktop_app import texts
    from desktop_app.ui.application import make_application
    from desktop_app.ui.theme.fonts import FAMILY

    texts.use("ar")
    app = make_application(["tajzia"])
    if app.font().family() != FAMILY:
        raise BrokenError(f"its typeface is {app.font().family()}")
    return app


@contextmanager
def _session(folder: Path, key: StoreKey, problems: list[BaseException]) -> Iterator[tuple[Workplace, MainFrame]]:
    """A clerk's session that nobody proved, on a device whose centre is never reached."""
    from desktop_app.application.sealed_keys import Cost, make_key
    from desktop_app.application.settings import CentreAddress, WorkstationSettings
    from desktop_app.application.store_key import name_of
    from desktop_app.application.workplace import Session, SignedIn
    from desktop_app.bootstrap.door import WorkstationDoor
    from desktop_app.domain.actor import Actor, Role
    from desktop_app.sync.centre_link import CentreLink, CentreUnreachableError
    from desktop_app.system.clock import SystemClock
    from desktop_app.system.crash_log import CrashLog
    from desktop_app.system.given_secrets import GivenSecrets
    from desktop_app.system.paths import places_in
    from desktop_app.ui.background import ThreadedBackground
    from desktop_app.ui.messages import Messages
    from desktop_app.ui.shell import open_shell

    def connect() -> CentreLink:
        raise CentreUnreachableError("a self-test has no centre")

    clock, places = SystemClock(), places_in(folder).make()
    nowhere = CentreAddress("localhost", 1, "nowhere", "", "", "")
    settings = WorkstationSettings("K0", 8, str(folder), nowhere)
    door = WorkstationDoor(
        settings, places, clock, CrashLog(places.crashes, clock), GivenSecrets({name_of("K0"): key.raw})
    )
    person = Actor("self-test", "فحص ذاتي", Role.CLERK, frozenset({8}))
    _, signer = make_key("", "", Cost())
    messages = Messages()
    background = ThreadedBackground(messages, problems.append)
    try:
        workplace = door.open_session(SignedIn(Session(person, "K0", 8, online=False), signer, connect))
        frame = open_shell(workplace, background, messages)
        frame.resize(1440, 900)
        frame.show()
        yield workplace, frame
        frame.close()
        frame.deleteLater()
    finally:
        background.close()
        door.close()


def checking_screen(folder: Path, key: StoreKey) -> str:
    """Certificates are checked in the main window; where nothing reads cameras it opens all the same, and says so."""
    from PySide6.QtWidgets import QLabel

    from desktop_app.cli.self_test_checking import camera_here, without_multimedia
    from desktop_app.ui.frame.routes import Route
    from desktop_app.ui.verify.view import VerifyWidget

    app = _application()
    problems: list[BaseException] = []
    with without_multimedia(), _session(folder, key, problems) as (_, frame):
        frame.router.start(Route("verify"))
        view = frame.screens["verify"].widget()
        if not isinstance(view, VerifyWidget):
            raise BrokenError("another screen came")
        view.camera.click()
        _wait(app, lambda: bool(view.problem.text()))
        view.presenter.check_typed("TJZ1:")
        _wait(app, lambda: bool(frame.findChildren(QLabel, "verify.verdict")))
    if problems:
        raise BrokenError(f"while it was open: {problems[0]!r}")
    return camera_here()


def _wait(app: QApplication, until: object) -> None:
    assert callable(until)
    deadline = monotonic() + _PATIENCE
    while not until():
        app.processEvents()
        if monotonic() > deadline:
            raise BrokenError("it did not show itself in time")
    app.processEvents()


def certificate() -> str:
    """A certificate is drawn, and another reader finds the holder's name, the number and the vocation in its text."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtPdf import QPdfDocument

    from desktop_app.bootstrap.papers import Press

    _application()
    content = _content()
    drawn = Press().certificate(content)
    buffer = QBuffer()
    buffer.setData(QByteArray(drawn))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    text = _plain(document.getAllText(0).text())
    document.close()
    wanted = (content.holder.name_ar, content.number, content.vocations[0].name_ar)
    missing = [value for value in wanted if _plain(value) not in text]
    if missing:
        raise BrokenError(f"its text does not hold {missing}")
    return f"{len(drawn):,} bytes, «{content.holder.name_ar}» read back"


def _plain(text: str) -> str:
    """Without direction marks, in NFC, however the lines were broken."""
    from desktop_app.texts import strip_marks

    return normalize("NFC", " ".join(strip_marks(text).split()))


def _content() -> CertificateContent:
    from desktop_app.application.ports.papers import CertificateContent
    from desktop_app.domain.area import Area
    from desktop_app.domain.licence import Parcel
    from desktop_app.domain.people import Identity, IdentityKind, Person
    from desktop_app.domain.reference import District, Vocation

    return CertificateContent(
        number="L-2026-08-000000",
        request_number="R-2026-08-000000",
        holder=Person("عائشة لؤي القضاة", Identity(IdentityKind.NATIONAL_NUMBER, "9000000000"), "Aisha Loai Al-Qudah"),
        trade_name="مكتبة الفحص",
        district=District(8, "زهران", "Zahran", 31.95, 35.9),
        address_ar="شارع الرينبو",
        parcel=Parcel("عمان", "عمان", "33", "المدينة", "جبل عمان", "12", "1487"),
        area=Area(12_050),
        vocations=(Vocation("4711", "بيع الكتب والمجلات", "Books", "general", "1"),),
        signs=(),
        issued_on=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
        drawn_on=date(2026, 1, 1),
        parent_number="L-2019-08-000000",
        amended=False,
        children=(),
        sample=True,
    )


def driver_of_the_centre() -> str:
    """The client library of the centre's database is there."""
    import psycopg

    import desktop_app.gateway.link  # noqa: F401 - that it can be loaded is what is tried

    return f"libpq {psycopg.pq.version()} ({psycopg.pq.__impl__})"
