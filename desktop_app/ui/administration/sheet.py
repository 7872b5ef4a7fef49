"""An invitation on paper."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from desktop_app.texts import current, tr
from desktop_app.ui.administration.presenter import InvitationMade


def invitation_sheet(made: InvitationMade) -> bytes:
    """One page as PDF. UI thread only: it is drawn with the fonts of the windows."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    writer.setTitle(tr("Invitation for device {device}", device=made.device))
    document = QTextDocument()
    document.setHtml(_page(made))
    document.print_(writer)
    buffer.close()
    return bytes(content.data())


def _page(made: InvitationMade) -> str:
    side = "rtl" if current().rtl else "ltr"
    title = tr("Invitation for device {device}", device=made.device)
    until = tr("Good once, until {moment}", moment=made.until)
    todo = tr("On the new computer, start the program and put the invitation in.")
    # A line without a blank is broken nowhere by itself.
    line = "<br/>".join(escape(made.invitation[at : at + 64]) for at in range(0, len(made.invitation), 64))
    return (
        f'<div dir="{side}"><h1>{escape(title)}</h1><p>{escape(until)}</p><p>{escape(todo)}</p></div>'
        f'<h2 dir="ltr" align="center"><code>{escape(made.code)}</code></h2>'
        f'<p dir="ltr" align="left"><code>{line}</code></p>'
    )
