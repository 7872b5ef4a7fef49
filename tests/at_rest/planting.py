"""What is planted on a workstation, and the search for it in whatever lies on the disk.

Run as a program, this file is that workstation: it does what people do, breaks off without closing anything, and prints
which files the process had open in the middle of it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_app.storage.store import Store
    from tests.workplaces import TestWorkplace

PLANTED = (
    "عبد الرحيم الصمادي المزروع",
    "زُهور النباتات المخفية",
    "Zebulon Quartermain Planted",
    "9876501234",
    "0791234987",
    "+962791234987",
    "شارع الشجرة المزروعة",
)
"""Names in two scripts, a national number, telephone numbers, an address: nothing else says any of them."""


@dataclass(frozen=True, slots=True)
class Found:
    file: str
    what: str
    how: str


def forms_of(text: str) -> Iterator[tuple[str, bytes]]:
    """The ways in which a text lies in files: two encodings, and JSON's escapes."""
    yield "UTF-8", text.encode()
    yield "UTF-16", text.encode("utf-16-le")
    yield "JSON", json.dumps(text)[1:-1].encode()


def search(folders: Iterable[Path], texts: Iterable[str] = PLANTED) -> list[Found]:
    """Every planted text in every file under the folders, and in their names."""
    forms = [(text, how, form) for text in texts for how, form in forms_of(text)]
    found = []
    for file in (entry for folder in folders for entry in folder.rglob("*") if entry.is_file()):
        content = file.read_bytes() + file.name.encode()
        found += [Found(file.name, text, how) for text, how, form in forms if form in content]
    return found


def _work(folder: Path) -> None:
    """What a clerk does in a day, and what goes wrong meanwhile."""
    from desktop_app.system.crash_log import CrashLog
    from desktop_app.system.logs import start_logging
    from desktop_app.system.paths import places_in
    from tests.workplaces import make_workplace

    places = places_in(folder).make()
    start_logging(places.logs)
    work = make_workplace(places.data, online=True)
    # Somebody reads all the time: the WAL cannot be folded in, and grows.
    with work.store.glancing() as reads:
        reads.execute("SELECT count(*) FROM request").fetchone()
        _type_and_give(work)
    opened = _sort(work.store) + _look_and_print()
    CrashLog(places.crashes, work.fixed_clock).write(_trouble(" ".join(PLANTED)))
    logging.getLogger("desktop_app").error("this failed", exc_info=_trouble(" ".join(PLANTED)))
    print(json.dumps({"open": opened, "written": _written}))


def _type_and_give(work: TestWorkplace) -> None:
    from desktop_app.application.ports.drafts import FormDraft
    from desktop_app.domain.attachments import Attachment, ContentType, Requirement
    from desktop_app.domain.commands.lodge import Lodge
    from desktop_app.domain.people import Identity, IdentityKind, Person
    from desktop_app.domain.request import Status
    from desktop_app.storage.attachments import StoreAttachments
    from tests.domain.builders import NOW
    from tests.workplaces import content_for

    name, second, latin, number, local, mobile, street = PLANTED
    spare = content_for(2 * len(Status) + 1)
    person = Person(name, Identity(IdentityKind.NATIONAL_NUMBER, number), latin)
    content = replace(spare, applicant=replace(spare.applicant, person=person, mobile=mobile))
    request = work.commands.new_request_id()
    refusals = work.commands.give(Lodge(request, "K1-1", content)).refusals
    assert not refusals, refusals
    for at in range(300):
        fields = {"name": name, "latin": latin, "mobile": local, "street": street, "note": second * 20}
        work.drafts.save(FormDraft("intake", f"new:{at}", NOW, fields))
    document = _document()
    digest = hashlib.sha256(document).hexdigest()
    deed = Attachment(digest, Requirement.OTHER, f"{latin}.pdf", ContentType.PDF, len(document))
    StoreAttachments(work.store).keep(request, deed, document, NOW)
    work.runner.run_once()
    assert work.queries.get_request(request).request.applicant.person.name_ar == name
    assert work.drafts.all_of("intake")[0].fields["street"] == street


def _document() -> bytes:
    return b"%PDF-1.7\n" + "\n".join(PLANTED).encode() * 3_000


def _trouble(said: str) -> Exception:
    """As code fails that stumbles over what was typed."""
    try:
        try:
            raise KeyError(said)
        except KeyError as cause:
            raise ValueError(f"nobody foresaw {said}") from cause
    except ValueError as error:
        return error


def _sort(store: Store) -> list[str]:
    """More than the cache holds is sorted, and stopped in the middle: whatever was spilled lies there now."""
    with store.glancing() as driver:
        rows = driver.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
            " SELECT ? || (i * 7919 % 60000) || hex(zeroblob(200)) AS said FROM n ORDER BY said",
            (PLANTED[0],),
        )
        rows.fetchone()
        return _open_files()


def _look_and_print() -> list[str]:
    """The page is looked at, and goes to a printer."""
    from PySide6.QtWidgets import QApplication

    from desktop_app.documents.renderer import ReportlabRenderer
    from desktop_app.system.printing import CupsPrinting
    from desktop_app.ui.certificate.paper import PaperView
    from tests.documents import samples

    app = QApplication.instance() or QApplication([])
    page = ReportlabRenderer().certificate(samples.certificate())
    view = PaperView()
    view.show()
    view.show_pdf(page)
    app.processEvents()
    assert not view.grab().isNull()
    CupsPrinting().print_file(page, PLANTED[2], "counter")
    return _open_files()


def _open_files() -> list[str]:
    """What this process has open, taken-away files included: SQLite takes its temporary ones away as it makes them."""
    links = [os.readlink(entry) for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]
    return [link for link in links if link.startswith("/") and not link.startswith(("/dev/", "/proc/", "/sys/"))]


_written: list[str] = []


def _note_writing(event: str, args: tuple[Any, ...]) -> None:
    if (
        event == "open"
        and isinstance(args[0], str)
        and isinstance(args[2], int)
        and args[2] & (os.O_WRONLY | os.O_RDWR)
    ):
        _written.append(args[0])


if __name__ == "__main__":
    tempfile.gettempdir()  # it tries the folder out with a file
    sys.addaudithook(_note_writing)
    _work(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
