"""The guided tour as a user runs it, and its account held against the papers and the laws of a split."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.application.certificate_trust import check_code
from desktop_app.documents.code_reader import find_codes
from desktop_app.domain.certificate_check import Verdict

THE_WHOLE_WAY = [
    "lodge",
    "accept",
    "request_approval",
    "record_approval",
    "schedule_inspection",
    "record_inspection",
    "request_civil_defence",
    "record_civil_defence",
    "assess_fees",
    "approve_fees",
    "record_payment",
    "confirm_print",
    "deliver",
]


def run_tour(out: Path, request: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "tour", "--out", str(out), "--request", str(request)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "tajzia: K1: lodge " in done.stderr, "each step is said when it begins"
    account: dict[str, Any] = json.loads((out / "journey.json").read_text(encoding="utf-8"))
    return account


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tour") / "pictures and papers"


@pytest.fixture(scope="module")
def account(out: Path) -> dict[str, Any]:
    return run_tour(out, 1)


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True)
    return unicodedata.normalize("NFC", done.stdout.decode("utf-8"))


def test_every_step_happened_at_three_workstations(account: dict[str, Any]) -> None:
    actions = [line["action"] for line in account["history"]]
    assert list(dict.fromkeys(actions)) == THE_WHOLE_WAY
    assert {line["device"] for line in account["history"]} == {"K1", "L1", "S1"}
    assert account["request"]["status"] == "delivered"


def test_area_is_conserved(account: dict[str, Any]) -> None:
    parent = account["parent"]
    given = sum(Decimal(str(child["area_m2"])) for child in account["children"])
    assert Decimal(str(parent["area_after_m2"])) + given == Decimal(str(parent["area_before_m2"]))
    assert len(account["children"]) == 2


def test_the_bill_adds_up_and_was_paid(account: dict[str, Any]) -> None:
    fees = account["fees"]
    assert sum(line["amount_fils"] for line in fees["lines"]) == fees["total_fils"]
    assert account["receipt"]["amount_fils"] == fees["total_fils"]
    assert fees["approved_by"] != fees["assessed_by"]


def test_the_applicant_was_told_in_the_order_of_the_card(account: dict[str, Any]) -> None:
    kinds = [told["kind"] for told in account["notices"]]
    assert kinds == ["accepted", "approval_needed", "inspection_scheduled", "fees_due", "licence_issued"]
    assert all(told["to"].startswith("+9627") for told in account["notices"])
    assert account["request"]["number"] in account["notices"][0]["text_ar"]
    assert all(child["number"] in account["notices"][-1]["text_ar"] for child in account["children"])


def test_the_papers_give_back_names_vocations_and_numbers(account: dict[str, Any], out: Path) -> None:
    assert len(account["certificates"]) == 3
    for child in account["children"]:
        sheet = out / f"certificate-{child['number']}.pdf"
        text = text_of(sheet)
        (code,) = find_codes(sheet.read_bytes())
        # Signed by the tour's own centre, which nobody here knows.
        assert check_code(code.text, None, datetime.now(UTC)).verdict is Verdict.UNKNOWN_KEY
        for wanted in (child["number"], child["holder_ar"], *child["vocations"], f"{child['area_m2']:.2f}", "نموذج"):
            assert unicodedata.normalize("NFC", wanted) in text
        assert not any("\ufb50" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufefc" for c in text)
        assert not any(unicodedata.category(c) == "Co" for c in text)
    receipt = text_of(out / f"receipt-{account['receipt']['number']}.pdf")
    assert account["receipt"]["number"] in receipt
    assert account["applicant"]["name_ar"] in receipt


def test_the_pictures_are_of_the_promised_size(account: dict[str, Any], out: Path) -> None:
    assert account
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) >= 14
    assert [one.name[:2] for one in pictures] == [f"{at:02d}" for at in range(1, len(pictures) + 1)]
    for one in pictures:
        assert struct.unpack(">II", one.read_bytes()[16:24]) == (1440, 900)


@pytest.mark.long
@pytest.mark.parametrize("request_number", [2, 7, 13, 20, 24])
def test_other_requests_make_other_journeys(tmp_path: Path, account: dict[str, Any], request_number: int) -> None:
    other = run_tour(tmp_path, request_number)
    assert other["parent"]["number"] != account["parent"]["number"]
    assert other["applicant"] != account["applicant"]
    assert other["request"]["status"] == "delivered"
