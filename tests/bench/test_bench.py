"""The measuring itself: what a row says, what is waited for, and that both sides do the same work. Nothing is timed."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.bench.bootstrapping import bootstrap
from tests.bench.certificate_content import contents, gives_back
from tests.bench.first_queue import first_queue_page
from tests.bench.latency import from_one_to_another
from tests.bench.launching import NeverShownError, milliseconds_until
from tests.bench.queue_page import queue_page
from tests.bench.registrar import durable_bench
from tests.bench.row import Row, side_by_side


def row(ours: float, peer: float, goal: float, *, more: bool = False) -> Row:
    return Row(name="n", ours=ours, peer=peer, peer_name="p", unit="ms", goal=goal, more_is_better=more)


@pytest.mark.parametrize(
    ("made", "ratio", "met"),
    [
        (row(200, 100, 2), 2.0, True),
        (row(201, 100, 2), 2.01, False),
        (row(100, 100, 1, more=True), 1.0, True),
        (row(99, 100, 1, more=True), 0.99, False),
    ],
)
def test_a_row_says_whether_its_goal_is_met(made: Row, ratio: float, met: bool) -> None:
    said = json.loads(json.dumps(made.as_json()))
    assert list(said) == ["name", "ours", "peer", "peer_name", "unit", "ratio", "goal", "met"]
    assert (said["ratio"], said["met"]) == (ratio, met)


def test_the_two_take_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []

    def measured(name: str, *figures: float) -> Callable[[], float]:
        left = iter(figures)

        def measure() -> float:
            order.append(name)
            return next(left)

        return measure

    ours, peer = side_by_side(measured("a", 99, 1, 2, 60), measured("b", 99, 4, 50, 5), 3)
    assert (ours, peer) == (2, 5)
    assert "".join(order) == "ab" + "ab" + "ba" + "ab"


def test_a_program_that_never_shows_its_sign_is_an_error_and_not_a_figure() -> None:
    quiet = ["-c", "import sys; print('something else', file=sys.stderr)"]
    with pytest.raises(NeverShownError, match="something else"):
        milliseconds_until("a sign", quiet, paint_log=False)


def test_a_bootstrap_ends_in_a_store_that_finds_what_the_peer_finds() -> None:
    made = bootstrap(licences=300, rounds=1)
    assert made.name == "bootstrap of 300 licences"
    assert min(made.ours, made.peer) > 0


def test_a_page_is_compared_on_the_same_rows() -> None:
    # Raises where the repository and the plain statement fetch other rows.
    assert queue_page(requests=3_000, rounds=1).peer > 0


def test_the_queue_of_an_open_session_comes_to_its_first_rows() -> None:
    # Raises where the window ends, or hangs, before rows are painted.
    assert first_queue_page(requests=3_000, rounds=1).ours > 0


def test_the_registrars_rounds_are_whole_and_the_peer_writes_as_many_rows() -> None:
    # `decide` raises where a command of its round was not accepted.
    with durable_bench(commands=20) as bench:
        assert min(bench.decide(), bench.plain(), bench.decide(), bench.plain()) > 0
        assert bench.rows_of_a_command() > 4
        written = bench.centre.query("select count(*) from peer")[0][0]
        assert written >= bench.rows_of_a_command() * 40


def test_what_is_given_here_is_timed_until_it_stands_there() -> None:
    # Raises where it never comes.
    assert from_one_to_another(commands=3).ours > 0


def test_our_papers_are_read_back_and_another_persons_is_told_apart() -> None:
    from desktop_app.documents.renderer import ReportlabRenderer

    first, second = contents(2)
    drawn = ReportlabRenderer().certificate(first)
    assert gives_back(drawn, first)
    assert not gives_back(drawn, second)


@pytest.mark.long
@pytest.mark.parametrize("peer", ["Typst", "WeasyPrint", "Fpdf2", "Qt"])
def test_the_peers_draw_one_page_with_what_we_draw(peer: str) -> None:
    from io import BytesIO
    from unicodedata import normalize

    import pikepdf

    from tests.bench import certificate_peers as peers
    from tests.documents.reading import pdftotext

    (content,) = contents(1)
    drawn = getattr(peers, peer)().sheets([content])
    with pikepdf.open(BytesIO(drawn)) as document:
        assert len(document.pages) == 1
        fonts = {str(font.BaseFont) for font in document.pages[0].Resources.Font.values()}
    assert any("Plex" in name for name in fonts), fonts
    assert any("Amiri" in name for name in fonts), fonts
    text = normalize("NFKC", pdftotext(drawn))  # Qt's text is shapes of letters
    assert content.number in text
    assert content.holder.name_ar in text
