"""What the portal lodges, as it writes it."""

from __future__ import annotations

from typing import Any

import msgspec

from desktop_app.domain.lodging import RequestContent
from desktop_app.wire.codec import encode
from tests.domain.builders import make_content


def lodging(content: RequestContent | None = None, **other: Any) -> dict[str, Any]:
    """The request of `portal.lodge` that says what `content` says; `other` replaces whole parts."""
    said = msgspec.json.decode(encode(content or make_content()))
    plan = said.pop("plan")
    return {"version": 1, **said, **plan, **other}
