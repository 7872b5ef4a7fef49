"""`python -m tests.bench.one_certificate ours|typst`: draws the one certificate that it is given on its input, says
`drawn` with its size on the error stream. A process that has drawn nothing before."""

from __future__ import annotations

import pickle
import sys

from desktop_app.application.ports.papers import CertificateContent

DRAWN = "drawn"


def _draw(who: str, content: CertificateContent) -> bytes:
    if who == "ours":
        from desktop_app.documents.renderer import ReportlabRenderer

        return ReportlabRenderer().certificate(content)
    from tests.bench.certificate_peers import Typst

    return Typst().sheets([content])


if __name__ == "__main__":
    # Our own measurement's bytes, from its own process.
    drawn = _draw(sys.argv[1], pickle.loads(bytes.fromhex(sys.stdin.read())))
    print(DRAWN, len(drawn), file=sys.stderr, flush=True)
