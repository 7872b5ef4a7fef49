"""The request: a bundle of tracks, and the one status that is derived from them."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.domain.attachments import Attachment
from desktop_app.domain.identifiers import PORTAL_SERIES, is_reference_of
from desktop_app.domain.pauses import Clock
from desktop_app.domain.people import Applicant
from desktop_app.domain.request_status import ENDED, Status
from desktop_app.domain.split import SplitPlan
from desktop_app.domain.tracks import (
    Approval,
    CivilDefence,
    Dues,
    Fees,
    Intake,
    Issue,
    Payment,
    Track,
    Visit,
)

__all__ = ["ENDED", "Request", "Requirements", "Status"]


@dataclass(frozen=True, slots=True)
class Requirements:
    """The references that the card asks for. `construction_certificate` is "" where no vocation needs it."""

    title_deed: str
    construction_certificate: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One request to split a licence, as it stands.

    `id` is a UUIDv7 made by the device that opened it, `reference` that device's own readable number; `number`
    comes from the centre at acceptance. `branch` is the district of the parent licence. `removed` are documents that
    were attached once and taken back, each as often as it was.
    """

    id: str
    reference: str
    branch: int
    applicant: Applicant
    requirements: Requirements
    plan: SplitPlan
    number: str | None = None
    intake: Intake = field(default_factory=Intake)
    dues: Dues = field(default_factory=Dues)
    approvals: tuple[Approval, ...] = ()
    visits: tuple[Visit, ...] = ()
    civil_defence: CivilDefence = field(default_factory=CivilDefence)
    fees: Fees = field(default_factory=Fees)
    payment: Payment = field(default_factory=Payment)
    issue: Issue = field(default_factory=Issue)
    clock: Clock = field(default_factory=Clock)
    documents: tuple[Attachment, ...] = ()
    removed: tuple[Attachment, ...] = ()

    @property
    def visit(self) -> Visit | None:
        """The visit that counts now: the last one."""
        return self.visits[-1] if self.visits else None

    @property
    def shown_number(self) -> str:
        """The number people call it by: the centre's once there is one, before that the device's reference."""
        return self.number or self.reference

    @property
    def from_portal(self) -> bool:
        """Whether the municipality's website lodged it: the reference it was opened under is of the portal's series."""
        return is_reference_of(self.reference, PORTAL_SERIES)

    def find_approval(self, body: str) -> Approval | None:
        return next((approval for approval in self.approvals if approval.body == body), None)

    def version_of(self, track: Track, part: str = "") -> int:
        """The version a command must name as its base; `part` is the outside body on the approvals track, the
        document's digest on that of the documents."""
        match track:
            case Track.INTAKE:
                return self.intake.version
            case Track.DUES:
                return self.dues.version
            case Track.APPROVALS:
                approval = self.find_approval(part)
                return approval.version if approval else 0
            case Track.INSPECTION:
                return sum(visit.version + 1 for visit in self.visits)
            case Track.CIVIL_DEFENCE:
                return self.civil_defence.version
            case Track.FEES:
                return self.fees.version
            case Track.PAYMENT:
                return self.payment.version
            case Track.ISSUE:
                return self.issue.version
            case Track.DOCUMENTS:
                return sum(one.digest == part for one in self.documents) + 2 * sum(
                    one.digest == part for one in self.removed
                )
