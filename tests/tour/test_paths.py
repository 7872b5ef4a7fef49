"""Each path of the card, walked through the windows to its own end; its account is read from the centre's facts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app.tour.paths import PATHS

TO_PAYMENT = ["accepted", "approval_needed", "inspection_scheduled", "fees_due", "licence_issued"]
ENDS: dict[str, tuple[str, list[str]]] = {
    "issued": ("delivered", TO_PAYMENT),
    "owner-dues": ("delivered", ["accepted", "approval_needed", *TO_PAYMENT[1:]]),
    "outside-refusal": ("refused_by_body", ["accepted", "approval_needed", "body_refused"]),
    "rectified": (
        "delivered",
        [*TO_PAYMENT[:3], "conditions_unmet", "inspection_scheduled", "fees_due", "licence_issued"],
    ),
    "civil-defence-refusal": (
        "refused_by_civil_defence",
        ["accepted", "approval_needed", "inspection_scheduled", "civil_defence_refused"],
    ),
    "returned": ("awaiting_approvals", ["accepted", "approval_needed"]),
    "withdrawn": ("withdrawn", ["accepted", "approval_needed"]),
    "expired": ("expired", []),
    "refunded": ("refunded", TO_PAYMENT),
    "portal": ("delivered", TO_PAYMENT),
}
"""The status at the end, and the card's notices in the order in which they are sent."""

GIVEN_BACK = ("outside-refusal", "civil-defence-refusal", "withdrawn", "expired", "refunded")


def test_every_path_has_its_end() -> None:
    assert set(ENDS) == set(PATHS)


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_walked_to_its_end(path: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "tour", "--out", str(tmp_path), "--path", path],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    account: dict[str, Any] = json.loads((tmp_path / path / "journey.json").read_text(encoding="utf-8"))
    status, told = ENDS[path]
    assert account["request"]["status"] == status
    assert account["notices_through"] == "kannel"
    assert [notice["kind"] for notice in account["notices"]] == told
    assert len({notice["to"] for notice in account["notices"]}) <= 1
    if path == "portal":
        shown = json.loads((tmp_path / path / "portal.json").read_text(encoding="utf-8"))
        assert [one["result"]["status"]["key"] for one in shown] == ["lodged", "awaiting_payment", "issued"]
        assert shown[1]["result"]["fees"]["due_fils"] == account["fees"]["total_fils"]
        [paid] = [event for event in account["history"] if event["action"] == "record_payment"]
        assert (paid["role"], paid["device"]) == ("registrar", "EPAY")
    if path in GIVEN_BACK:
        assert account["parent"]["area_after_m2"] == account["parent"]["area_before_m2"]
