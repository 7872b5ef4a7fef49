"""Certificates per second: ours by reportlab's canvas, and the same content by typst, WeasyPrint, fpdf2 and Qt.

Every paper of each is read back with pdftotext. Ours must all give back what stands on them, or there is no figure; of
a peer the row says how many did.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from time import perf_counter

from desktop_app.application.ports.papers import PaperRenderer
from desktop_app.documents.renderer import ReportlabRenderer
from tests.bench import certificate_peers as peers
from tests.bench.certificate_content import contents, gives_back
from tests.bench.row import Row, side_by_side

Draw = Callable[..., bytes]
BATCH = 20
ROUNDS = 5


class UnreadableError(AssertionError):
    """A paper of ours does not give back its text: how fast it was drawn is of no interest."""


def against_typst(batch: int = BATCH, rounds: int = ROUNDS) -> Row:
    return _against(peers.Typst(), batch, rounds)


def against_weasyprint(batch: int = BATCH, rounds: int = ROUNDS) -> Row:
    return _against(peers.WeasyPrint(), batch, rounds)


def against_fpdf2(batch: int = BATCH, rounds: int = ROUNDS) -> Row:
    return _against(peers.Fpdf2(), batch, rounds)


def against_qt(batch: int = BATCH, rounds: int = ROUNDS) -> Row:
    return _against(peers.Qt(), batch, rounds)


def _against(peer: peers.Typst | peers.WeasyPrint | peers.Fpdf2 | peers.Qt, batch: int, rounds: int) -> Row:
    # Each round draws papers that nobody has drawn before: no memory of an earlier one helps.
    wanted = contents(batch * (rounds + 1))
    renderer: PaperRenderer = ReportlabRenderer()
    bad = sum(not gives_back(renderer.certificate(one), one) for one in wanted[:batch])
    if bad:
        raise UnreadableError(f"{bad} of {batch} certificates do not give back their text")
    read = sum(gives_back(peer.certificate(one), one) for one in wanted[:batch])

    def speed(draw: Draw) -> Callable[[], float]:
        left = iter(wanted)

        def measure() -> float:
            drawn = list(islice(left, batch))
            began = perf_counter()
            for one in drawn:
                draw(one)
            return len(drawn) / (perf_counter() - began)

        return measure

    ours, theirs = side_by_side(speed(renderer.certificate), speed(peer.certificate), rounds)
    return Row(
        name=f"certificates per second, {peer.name.split()[0]}",
        ours=ours,
        peer=theirs,
        peer_name=f"{peer.name} (text read back from {read} of {batch})",
        unit="1/s",
        goal=1.0,
        more_is_better=True,
    )


def against_pyhanko(batch: int = BATCH, rounds: int = ROUNDS) -> Row:
    """Certificates drawn and signed, against pyHanko that only signs as many files of as many bytes (ours, drawn
    before the clock runs) with the same key. Both signatures must be good."""
    from tests.bench import signing_peer

    wanted = contents(batch * (rounds + 1))
    renderer: PaperRenderer = ReportlabRenderer()
    seal = signing_peer.seal()
    peer = signing_peer.PyHanko(seal)
    plain = [renderer.certificate(one) for one in wanted]
    signed = (renderer.certificate(wanted[0], seal), peer.signed(plain[0]))
    if not all(signing_peer.is_good(one) for one in signed):
        raise UnreadableError("a signature is not good")

    def speed(make: Callable[[int], bytes]) -> Callable[[], float]:
        left = iter(range(len(wanted)))

        def measure() -> float:
            places = list(islice(left, batch))
            began = perf_counter()
            for place in places:
                make(place)
            return len(places) / (perf_counter() - began)

        return measure

    ours, theirs = side_by_side(
        speed(lambda at: renderer.certificate(wanted[at], seal)), speed(lambda at: peer.signed(plain[at])), rounds
    )
    return Row(
        name="signed certificates per second, pyHanko",
        ours=ours,
        peer=theirs,
        peer_name=f"{peer.name}, which draws nothing",
        unit="1/s",
        goal=0.7,
        more_is_better=True,
    )
