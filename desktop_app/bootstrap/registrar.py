"""The registrar, and what is looked after beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from desktop_app.bootstrap.papers import Press
from desktop_app.bootstrap.sending import sending_beside
from desktop_app.system.clock import SystemClock

if TYPE_CHECKING:
    from desktop_app.application.certificate_renewing import RenewedSigning
    from desktop_app.application.ports.timestamps import CountingStamper
    from desktop_app.centre.service import RegistrarService


@contextmanager
def registrar_service(
    conninfo: str,
    notices: Path | None,
    authority: Path | None = None,
    audit_key: Path | None = None,
    gateway: Path | None = None,
    signing: RenewedSigning | None = None,
    stamper: CountingStamper | None = None,
) -> Iterator[RegistrarService]:
    """The centre's registrar, ready to run: decides what is submitted, draws papers, sends notices (into the folder
    `notices`, or by the `gateway` with these settings; neither leaves them to another process), and signs for new
    devices with the key in the folder `authority`, and the heads of the audit chains with `audit_key`. Certificates
    bear a code, and the lists to check it against are kept, where there is something to sign with; `stamper` has the
    signatures of papers stamped.

    Raises KeyFileError, GatewaySettingsError, OSError.
    """
    from desktop_app.application.auditing.heads import HeadSigner
    from desktop_app.application.certificate_publishing import ListPublisher
    from desktop_app.application.certifying import stamping
    from desktop_app.application.channel_desk import ChannelDesk
    from desktop_app.application.papers import DrawingDesk
    from desktop_app.application.registrar import Registrar
    from desktop_app.application.sending import Sender
    from desktop_app.application.waiting_papers import LatePapers
    from desktop_app.centre.audit_book import PostgresHeadBook, open_audit_key
    from desktop_app.centre.certificate_register import PostgresListShelf
    from desktop_app.centre.certificates import Authority
    from desktop_app.centre.channels import PostgresChannelStore
    from desktop_app.centre.notice_folder import NoticeFolder
    from desktop_app.centre.outbox import PostgresOutbox
    from desktop_app.centre.service import RegistrarService
    from desktop_app.centre.steward import Steward
    from desktop_app.centre.store import PostgresStore
    from desktop_app.centre.timestamp_book import PostgresStampBook
    from desktop_app.texts.notices import notice_text

    clock = SystemClock()
    store = PostgresStore(conninfo)
    desk = DrawingDesk(Press(), signing.certify, stamping(signing.seal, stamper)) if signing else DrawingDesk(Press())
    stamps = PostgresStampBook(store)
    registrar = Registrar(store, clock, notice_text, desk)
    late = LatePapers(store, desk, clock)
    lists = ListPublisher(PostgresListShelf(store), signing, clock) if signing is not None else None
    channels = ChannelDesk(PostgresChannelStore(store), registrar, clock)
    chance = SystemRandom().random
    folder = Sender(PostgresOutbox(store), NoticeFolder(notices), clock, chance) if notices is not None else None
    signer = HeadSigner(PostgresHeadBook(store), open_audit_key(audit_key), clock) if audit_key is not None else None
    steward = Steward(conninfo, (lambda: Authority.open(authority)) if authority is not None else None, clock.now)

    def work() -> None:
        steward.work()
        if lists is not None:  # before what may wait for a key: that one was revoked is to be known at once
            lists.publish_what_is_due()
        late.draw_what_waits()
        registrar.drain()
        channels.drain()
        if folder is not None:
            folder.send_due()
        if signer is not None:
            signer.sign_what_is_due()
        if stamper is not None and (counts := stamper.take_counts()).any:
            stamps.note(counts, clock.now())

    service = RegistrarService(conninfo, work)
    if stamper is not None:
        stamper.start()
    try:
        with sending_beside(conninfo, gateway) if gateway is not None else nullcontext():
            yield service
        if signer is not None:
            with suppress(OSError):  # the database is gone: what is not signed now is signed after the next start
                signer.sign_all()
    finally:
        if stamper is not None:
            stamper.stop()
        service.close()
        steward.close()
        store.close()
