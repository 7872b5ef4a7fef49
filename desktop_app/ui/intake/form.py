"""What stands in the form, as it was typed, and what it means to the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.application.telephone import normal_mobile, shown_mobile
from desktop_app.domain.identifiers import clean
from desktop_app.domain.lodging import RequestContent
from desktop_app.domain.notice_kinds import NoticeLanguage
from desktop_app.domain.people import (
    IDENTITIES_OF,
    Applicant,
    ApplicantKind,
    Capacity,
    IdentityKind,
    Person,
    needs_authority,
    needs_signatory,
)
from desktop_app.domain.request import Requirements
from desktop_app.ui.split_editor.sharing import Sharing
from desktop_app.ui.split_editor.typed_identity import identity_of

PARENT = "parent_number"
KIND = "applicant.kind"
CAPACITY = "applicant.capacity"
NAME = "applicant.name_ar"
IDENTITY_KIND = "applicant.identity_kind"
IDENTITY = "applicant.identity"
MOBILE = "applicant.mobile"
LANGUAGE = "applicant.language"
SIGNATORY = "applicant.signatory_ar"
AUTHORITY = "applicant.authority_reference"
TITLE_DEED = "requirements.title_deed"
CERTIFICATE = "requirements.construction_certificate"
SPLIT = "split"
"""The children, in the drafts: `split_editor.keeping`."""

EMPTY: Mapping[str, str] = {
    PARENT: "",
    KIND: ApplicantKind.CITIZEN.value,
    CAPACITY: Capacity.OWNER.value,
    NAME: "",
    IDENTITY_KIND: IdentityKind.NATIONAL_NUMBER.value,
    IDENTITY: "",
    MOBILE: "",
    LANGUAGE: NoticeLanguage.ARABIC.value,
    SIGNATORY: "",
    AUTHORITY: "",
    TITLE_DEED: "",
    CERTIFICATE: "",
}

_CHOSEN = (KIND, CAPACITY, IDENTITY_KIND, LANGUAGE)
"""What is never empty."""

IDENTITIES: Mapping[str, tuple[IdentityKind, ...]] = {kind.value: known for kind, known in IDENTITIES_OF.items()}
"""What is offered for each kind of applicant; whether it is right, the rules say."""


@dataclass(frozen=True, slots=True)
class IntakeForm:
    """Raw texts by field. Names are those by which the rules' messages call the fields."""

    texts: Mapping[str, str] = field(default_factory=lambda: dict(EMPTY))

    def get(self, name: str) -> str:
        return self.texts.get(name, "")

    def typed(self, name: str, text: str) -> IntakeForm:
        """With another text in one field; another kind of applicant brings its own first kind of identity."""
        texts = {**self.texts, name: text}
        if name == KIND and texts[IDENTITY_KIND] not in IDENTITIES.get(text, ()):
            texts[IDENTITY_KIND] = next((kind.value for kind in IDENTITIES.get(text, ())), texts[IDENTITY_KIND])
        return IntakeForm(texts)

    @property
    def empty(self) -> bool:
        """Nothing has been typed: nothing needs to be kept."""
        return not any(text.strip() for name, text in self.texts.items() if name not in _CHOSEN)

    @property
    def parent_number(self) -> str:
        return clean(self.get(PARENT))

    @property
    def mobile(self) -> str:
        """In the stored form, or as typed where it has none."""
        return normal_mobile(self.get(MOBILE)) or clean(self.get(MOBILE))

    @property
    def kind(self) -> ApplicantKind:
        return ApplicantKind(self.get(KIND) or ApplicantKind.CITIZEN)

    @property
    def capacity(self) -> Capacity:
        return Capacity(self.get(CAPACITY) or Capacity.OWNER)

    @property
    def needs_signatory(self) -> bool:
        return needs_signatory(self.kind)

    @property
    def needs_authority(self) -> bool:
        return needs_authority(self.kind, self.capacity)

    def applicant(self) -> Applicant:
        return Applicant(
            kind=self.kind,
            capacity=self.capacity,
            person=Person(_tidy(self.get(NAME)), identity_of(self.get(IDENTITY_KIND), self.get(IDENTITY))),
            mobile=self.mobile,
            signatory_ar=_tidy(self.get(SIGNATORY)) if self.needs_signatory else "",
            authority_reference=_tidy(self.get(AUTHORITY)) if self.needs_authority else "",
            language=NoticeLanguage(self.get(LANGUAGE) or NoticeLanguage.ARABIC),
        )

    def content(self, sharing: Sharing, *, certificate: bool) -> RequestContent:
        """What would be lodged; the certificate's reference only where a chosen vocation needs one."""
        return RequestContent(
            applicant=self.applicant(),
            requirements=Requirements(clean(self.get(TITLE_DEED)), clean(self.get(CERTIFICATE)) if certificate else ""),
            plan=sharing.plan(self.parent_number),
        )


def form_of(content: RequestContent) -> IntakeForm:
    """A request that exists, opened for changing."""
    applicant = content.applicant
    return IntakeForm(
        {
            PARENT: content.plan.parent_number,
            KIND: applicant.kind.value,
            CAPACITY: applicant.capacity.value,
            NAME: applicant.person.name_ar,
            IDENTITY_KIND: applicant.person.identity.kind.value,
            IDENTITY: applicant.person.identity.number,
            MOBILE: shown_mobile(applicant.mobile),
            LANGUAGE: applicant.language.value,
            SIGNATORY: applicant.signatory_ar,
            AUTHORITY: applicant.authority_reference,
            TITLE_DEED: content.requirements.title_deed,
            CERTIFICATE: content.requirements.construction_certificate,
        }
    )


def _tidy(text: str) -> str:
    return " ".join(text.split())
