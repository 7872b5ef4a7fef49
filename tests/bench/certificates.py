"""Certificates drawn per second: ours by reportlab's canvas, and the same content by typst, WeasyPrint, fpdf2 and Qt.

A batch is one file with a sheet for each certificate. Every sheet is read back with pdftotext. Ours must all give back
what stands on them, or there is no figure; of a peer the row says how many did.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from time import perf_counter

from desktop_app.application.ports.papers import CertificateContent, PaperRenderer
from desktop_app.documents.certificate import draw_certificates
from desktop_app.documents.renderer import ReportlabRenderer
from tests.bench import certificate_peers as peers
from tests.bench.certificate_content import contents, gives_back, read_back
from tests.bench.row import Row, side_by_side

Peer = peers.Typst | peers.WeasyPrint | peers.Fpdf2 | peers.Qt
Draw = Callable[[Sequence[CertificateContent]], object]
PAGES = 50
FILES = 20
ROUNDS = 9


class UnreadableError(AssertionError):
    """A paper of ours does not give back its text: how fast it was drawn is of no interest."""


def batch_against_typst(pages: int = PAGES, rounds: int = ROUNDS) -> Row:
    return _batch_against(peers.Typst(), pages, rounds)


def batch_against_weasyprint(pages: int = PAGES, rounds: int = ROUNDS) -> Row:
    return _batch_against(peers.WeasyPrint(), pages, rounds)


def batch_against_fpdf2(pages: int = PAGES, rounds: int = ROUNDS) -> Row:
    return _batch_against(peers.Fpdf2(), pages, rounds)


def batch_against_qt(pages: int = PAGES, rounds: int = ROUNDS) -> Row:
    return _batch_against(peers.Qt(), pages, rounds)


def files_against_typst(files: int = FILES, rounds: int = ROUNDS) -> Row:
    """Every certificate in a file of its own, as they are kept: each brings its fonts."""
    renderer: PaperRenderer = ReportlabRenderer()
    peer = peers.Typst()
    return _row(
        f"certificates per second, a file each, {_short(peer)}",
        peer,
        contents(files * (rounds + 1)),
        lambda given: [renderer.certificate(one) for one in given],
        lambda given: [peer.sheets([one]) for one in given],
        (sum(gives_back(renderer.certificate(one), one) for one in contents(files)), files),
        sum(gives_back(peer.sheets([one]), one) for one in contents(files)),
        rounds,
    )


def _batch_against(peer: Peer, pages: int, rounds: int) -> Row:
    first = contents(pages)
    return _row(
        f"pages per second in a batch, {_short(peer)}",
        peer,
        contents(pages * (rounds + 1)),
        draw_certificates,
        peer.sheets,
        (read_back(draw_certificates(first), first), pages),
        read_back(peer.sheets(first), first),
        rounds,
    )


def _short(peer: Peer) -> str:
    return peer.name.split()[0]


def _row(
    name: str,
    peer: Peer,
    wanted: Sequence[CertificateContent],
    mine: Draw,
    theirs: Draw,
    read: tuple[int, int],
    read_of_peer: int,
    rounds: int,
) -> Row:
    good, asked = read
    if good < asked:
        raise UnreadableError(f"{asked - good} of {asked} certificates do not give back their text")

    def speed(draw: Draw) -> Callable[[], float]:
        # Each round draws papers that nobody has drawn before: no memory of an earlier one helps.
        left = iter(wanted)

        def measure() -> float:
            given = list(islice(left, asked))
            began = perf_counter()
            draw(given)
            return len(given) / (perf_counter() - began)

        return measure

    ours, others = side_by_side(speed(mine), speed(theirs), rounds)
    return Row(
        name=name,
        ours=ours,
        peer=others,
        peer_name=f"{peer.name} (text read back from {read_of_peer} of {asked})",
        unit="1/s",
        goal=1.0,
        more_is_better=True,
    )


def against_pyhanko(files: int = FILES, rounds: int = ROUNDS) -> Row:
    """Certificates drawn and signed, against pyHanko that only signs as many files of as many bytes (ours, drawn
    before the clock runs) with the same key. Both signatures must be good."""
    from tests.bench import signing_peer

    wanted = contents(files * (rounds + 1))
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
            places = list(islice(left, files))
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
