"""Answers of outside bodies and of the Civil Defence: what must be said, and the scan that comes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.domain.actor import Role
from desktop_app.domain.attachments import MOST_DOCUMENTS, Attachment, Requirement, check_attachment
from desktop_app.domain.deciding import Context
from desktop_app.domain.letters import check_letter, check_reason
from desktop_app.domain.messages import Findings, message
from desktop_app.domain.request import Request


def check_answer(approved: bool, number: str, dated: date, reason: str, context: Context) -> Findings:
    """Number and date of the answer, and why where it is a refusal."""
    findings = check_letter(number, dated, context.today, "answer")
    return findings if approved else findings + check_reason(reason)


def check_scan(request: Request, scan: Attachment | None, body: str, context: Context) -> Findings:
    """A scan is an answer of this very body. The counter is warned where there is none: the body's own officer signs
    the answer with a key of their own, the counter has but the paper."""
    if scan is None:
        missing = context.actor.role is not Role.BODY_OFFICER
        return Findings((), (message("answer.scan_missing", "document"),) if missing else ())
    findings = check_attachment(scan)
    if scan.requirement is not Requirement.APPROVAL_SCAN or scan.part != body:
        findings += Findings((message("answer.scan_of_another", "document"),))
    if len(request.documents) >= MOST_DOCUMENTS:
        findings += Findings((message("document.too_many", "document", most=MOST_DOCUMENTS),))
    return findings


def with_scan(request: Request, scan: Attachment | None) -> Request:
    """The request with the scan among its documents; one that is there already is not added again."""
    if scan is None or any(one.digest == scan.digest for one in request.documents):
        return request
    return replace(request, documents=(*request.documents, scan))
