"""The card's notices as they are sent: short, without direction marks (an SMS pays by the character)."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.messages import Argument
from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage
from desktop_app.domain.notice_templates import find_template
from desktop_app.domain.notices import Notice
from desktop_app.domain.reference import Reference
from desktop_app.texts.bidi import isolate, strip_marks
from desktop_app.texts.language import using
from desktop_app.texts.quantities import digits
from desktop_app.texts.sentences import N_, fill, tr, with_places

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
    """What is sent for `notice`, in the applicant's language whatever the process speaks: in the administrator's words
    where there are any. Codes are named by `reference`."""
    written = find_template(reference.templates, notice.kind, notice.language)
    return filled_template(notice.kind, notice.language, dict(notice.args), reference, written.words if written else "")


def filled_template(
    kind: NoticeKind,
    language: NoticeLanguage,
    values: Mapping[str, Argument],
    reference: Reference,
    words: str = "",
) -> str:
    """`words`, or those that travel with the program, with these values in their places. The words were checked."""
    with using(language.value):
        said = {name: _named(name, value, reference, language) for name, value in values.items()}
        return strip_marks(fill(words, said) if words else tr(_TEMPLATES[kind], **said))


def shipped_template(kind: NoticeKind, language: NoticeLanguage) -> str:
    """The words that travel with the program, with their places."""
    with using(language.value):
        return with_places(_TEMPLATES[kind])


def _named(name: str, value: Argument, reference: Reference, language: NoticeLanguage) -> Argument:
    match name, value:
        case "body", str():
            body = reference.find_body(value)
            return value if body is None else body.name_ar if language is NoticeLanguage.ARABIC else body.name_en
        case (("begins" | "ends"), str()):
            return digits(value)
        case "licences", str():
            # A letter between the codes: with a comma alone they would be read as one run, the last one first.
            between = " و" if language is NoticeLanguage.ARABIC else ", "
            return between.join(isolate(number) for number in value.split("، "))
        case _, str():
            return isolate(value)  # the number of a paper stays in ASCII, as it is dialled and typed
        case _:
            return value
