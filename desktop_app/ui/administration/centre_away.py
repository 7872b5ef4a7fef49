"""What an administrator is told where the centre cannot be asked, or does not do what it was asked for."""

from __future__ import annotations

from desktop_app.application.ports.administration import RefusedByCentreError
from desktop_app.texts import tr
from desktop_app.ui.errors import explain
from desktop_app.ui.messages import MessageChannel


def why_away(error: Exception, unreachable: str) -> str:
    """The sentence of a page that cannot be shown; `unreachable` says what cannot be done without the centre."""
    if isinstance(error, PermissionError):
        return tr("The centre does not take you for an administrator.")
    return unreachable if isinstance(error, ConnectionError) else explain(error).happened


def tell_refused(error: Exception, messages: MessageChannel) -> None:
    """Nothing was changed, and what was typed is kept."""
    if isinstance(error, RefusedByCentreError):
        messages.warning(tr("The centre did not accept this; nothing was changed."), kept=tr("What you typed is kept."))
    elif isinstance(error, PermissionError):
        messages.error(tr("The centre does not take you for an administrator."))
    elif isinstance(error, ConnectionError):
        messages.warning(
            tr("The centre cannot be reached: nothing was changed."),
            kept=tr("What you typed is kept."),
            todo=tr("Try again when it is back."),
        )
    else:
        messages.post(explain(error))
