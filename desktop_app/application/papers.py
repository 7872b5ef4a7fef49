"""Papers at the centre: drawn once, kept under the SHA-256 of their bytes, and told in the feed."""

from __future__ import annotations

import hashlib
from datetime import datetime

from desktop_app.application.ports.centre import CentreWork
from desktop_app.application.ports.loading import LoadedFact
from desktop_app.domain.deciding import PaperOrder
from desktop_app.wire.codec import encode
from desktop_app.wire.facts import FactKind, StoredPaper


def stored_paper_fact(work: CentreWork, order: PaperOrder, content: bytes, branch: int, at: datetime) -> LoadedFact:
    """Keeps the bytes of a drawn paper and gives the fact that tells of them."""
    digest = hashlib.sha256(content).hexdigest()
    work.keep_paper(digest, content, at)
    paper = StoredPaper(
        id=digest,
        kind=order.kind,
        number=order.number,
        request_id=order.request_id,
        branch=branch,
        size=len(content),
        drawn_at=at,
    )
    return LoadedFact(FactKind.PAPER, digest, branch, encode(paper))
