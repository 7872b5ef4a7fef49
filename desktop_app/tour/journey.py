"""The journey's account: what happened to the request, read from the centre's facts and never from the script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop_app.domain.area import Area
from desktop_app.domain.request import Request
from desktop_app.domain.split import REMAINDER
from desktop_app.domain.status import status_of
from desktop_app.sync.centre_link import CentreLink
from desktop_app.tour.facts import CentreFacts
from desktop_app.tour.told import Told


class PaperMissingError(RuntimeError):
    """A paper that the centre's facts name cannot be fetched from it."""


def write_account(
    link: CentreLink, parent_number: str, area_before: Area, out: Path, notices: Told
) -> tuple[dict[str, Any], list[str]]:
    """Writes the papers and `journey.json` into `out`; returns what the latter says, and how what the network received
    differs from the centre's facts."""
    facts = CentreFacts(link)
    request = facts.request_on(parent_number)
    certificates = _write_papers(link, facts, request, out)
    told, wrong = notices.account(facts.notices(request.id))
    account = {
        "request": {"number": request.number, "status": status_of(request).value},
        "applicant": {"name_ar": request.applicant.person.name_ar},
        "parent": {
            "number": parent_number,
            "area_before_m2": _m2(area_before),
            "area_after_m2": _m2(facts.licence(parent_number).area),
        },
        "children": [_child(facts, issued.number) for issued in request.issue.licences if issued.unit != REMAINDER],
        "fees": _fees(facts, request),
        "receipt": _receipt(request),
        **told,
        "history": [
            {
                "at": event.at.isoformat(),
                "by": event.by_name,
                "role": event.role.value,
                "device": event.device,
                "action": event.action,
            }
            for event in facts.history(request.id)
        ],
        "certificates": certificates,
    }
    text = json.dumps(account, ensure_ascii=False, indent=2)
    (out / "journey.json").write_text(text + "\n", encoding="utf-8")
    return account, wrong


def _write_papers(link: CentreLink, facts: CentreFacts, request: Request, out: Path) -> list[str]:
    certificates = []
    for paper in facts.papers(request.id):
        content = link.fetch_paper(paper.id)
        if content is None:
            raise PaperMissingError(f"{paper.kind} {paper.number}")
        name = f"{paper.kind}-{paper.number.replace('/', '-')}.pdf"  # letters are numbered as people number them
        (out / name).write_bytes(content)
        if paper.kind == "certificate":
            certificates.append(name)
    return sorted(certificates)


def _child(facts: CentreFacts, number: str) -> dict[str, Any]:
    licence, reference = facts.licence(number), facts.reference()
    return {
        "number": licence.number,
        "holder_ar": licence.holder.name_ar,
        "area_m2": _m2(licence.area),
        "vocations": [reference.get_vocation(code).name_ar for code in licence.vocations],
    }


def _fees(facts: CentreFacts, request: Request) -> dict[str, Any]:
    bill = request.fees.calculation
    if bill is None:
        return {}
    return {
        "lines": [
            {
                "label_ar": line.label_ar,
                "article": line.article,
                "base": line.base,
                "rate": line.rate,
                "amount_fils": int(line.amount),
            }
            for line in bill.lines
        ],
        "total_fils": int(bill.total),
        "approved_by": facts.staff_name(request.fees.approved_by),
        "assessed_by": facts.staff_name(request.fees.assessed_by),
    }


def _receipt(request: Request) -> dict[str, Any]:
    receipt = request.payment.receipt
    return {"number": receipt.number, "amount_fils": int(receipt.amount)} if receipt else {}


def _m2(area: Area) -> float:
    return int(area) / 100
