"""The card's notices as they are sent: short, in Arabic, without direction marks (an SMS pays by the character)."""

from __future__ import annotations

from desktop_app.domain.messages import Argument
from desktop_app.domain.notices import Notice, NoticeKind
from desktop_app.domain.reference import Reference
from desktop_app.texts.bidi import isolate, strip_marks
from desktop_app.texts.language import using
from desktop_app.texts.quantities import digits
from desktop_app.texts.sentences import N_, tr

_TEMPLATES: dict[NoticeKind, str] = {
    NoticeKind.ACCEPTED: N_("Amman Municipality: your request to split a licence was accepted under number {number}."),
    NoticeKind.APPROVAL_NEEDED: N_("Amman Municipality: request {number} needs the approval of {body}."),
    NoticeKind.BODY_REFUSED: N_("Amman Municipality: request {number} was not approved: {body} did not agree."),
    NoticeKind.INSPECTION_SCHEDULED: N_(
        "Amman Municipality: the visit for request {number} is on {day}, between {begins} and {ends}."
    ),
    NoticeKind.CONDITIONS_UNMET: N_(
        "Amman Municipality: the visit for request {number} found conditions to put right by {until}: {rectify}"
    ),
    NoticeKind.CIVIL_DEFENCE_REFUSED: N_("Amman Municipality: the Civil Defence did not approve request {number}."),
    NoticeKind.FEES_DUE: N_("Amman Municipality: request {number} was approved. The fees due are {total}."),
    NoticeKind.LICENCE_ISSUED: N_(
        "Amman Municipality: payment received. Of request {number} the following was issued: {licences}"
    ),
}


def notice_text(notice: Notice, reference: Reference) -> str:
    """What is sent for `notice`, in Arabic whatever the process speaks. Codes are named by `reference`."""
    with using("ar"):
        values = {name: _named(name, value, reference) for name, value in notice.args}
        return strip_marks(tr(_TEMPLATES[notice.kind], **values))


def _named(name: str, value: Argument, reference: Reference) -> Argument:
    match name, value:
        case "body", str():
            body = reference.find_body(value)
            return body.name_ar if body else value
        case (("begins" | "ends"), str()):
            return digits(value)
        case "licences", str():
            # A letter between the codes: with a comma alone they would be read as one run, the last one first.
            return " و".join(isolate(number) for number in value.split("، "))
        case _, str():
            return isolate(value)  # the number of a paper stays in ASCII, as it is dialled and typed
        case _:
            return value
