"""A line of the history in words."""

from __future__ import annotations

import pytest

from desktop_app.domain.request import Status
from desktop_app.texts.bidi import strip_marks
from desktop_app.ui.request.happened import happened
from desktop_app.ui.request.naming import Naming
from tests.domain.journey import journey
from tests.domain.test_ends_in_history import ENDS


@pytest.mark.parametrize("status", ENDS)
def test_an_end_is_told_with_its_reason_and_what_is_free_again(status: Status) -> None:
    walked = journey(status)
    said = happened(walked.centre.events[-1], Naming(walked.centre.reference))
    assert ENDS[status] in said.summary
    assert "أُعيدت ١٠٠٫٠٠ م² إلى الرخصة L-٢٠٢٤-٠٨-٠٠٠٠٠١ وصارت متاحة من جديد" in strip_marks(said.summary)
    assert said.ended
