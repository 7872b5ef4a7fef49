"""The card's eight SMS. (Its ninth notice, of dues, is shown on the screen and never sent.)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.delivery import NoticeState
from desktop_app.domain.messages import Argument, Arguments
from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage
from desktop_app.domain.request import Request

__all__ = ["Notice", "NoticeKind", "NoticeLanguage", "NoticeState", "notice"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to the applicant's telephone.

    `id` is made of the request, the kind and the occasion, so that the same occasion can never be told twice.
    `text_ar` is filled at the centre, where it is sent from, in the applicant's `language`; `sent_at` (UTC) is None
    until it has gone out.
    """

    id: str
    request_id: str
    branch: int
    kind: NoticeKind
    to: str
    args: Arguments
    made_at: datetime
    text_ar: str = ""
    sent_at: datetime | None = None
    state: NoticeState = NoticeState.WAITING
    language: NoticeLanguage = NoticeLanguage.ARABIC

    @property
    def stands(self) -> NoticeState:
        """What has become of it. Notices of earlier versions say only when they were sent."""
        if self.state is NoticeState.WAITING and self.sent_at is not None:
            return NoticeState.SENT
        return self.state.shown


def notice(request: Request, kind: NoticeKind, occasion: str, at: datetime, **args: Argument) -> Notice:
    """The notice of one occasion (such as the ordinal of a visit and its booking) to the request's applicant."""
    return Notice(
        id=f"{request.id}:{kind.value}:{occasion}",
        request_id=request.id,
        branch=request.branch,
        kind=kind,
        to=request.applicant.mobile,
        args=Arguments(tuple(args.items())),
        made_at=at,
        language=request.applicant.language,
    )
