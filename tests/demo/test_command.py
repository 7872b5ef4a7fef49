"""The demonstration as it is started and ended: nothing of it stays behind, however it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path

import pytest

from desktop_app.demo.tour_requests import TOURS


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    """The demonstration in its own session, as a terminal would start it; its temporary files go to `folder`."""
    environment = {**os.environ, "TMPDIR": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, "-m", "desktop_app", "demo", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )


def processes_that_name(folder: Path) -> list[str]:
    """Command lines of all processes in which `folder` stands."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in line and str(os.getpid()) != entry.parent.name:
            found.append(line)
    return found


@pytest.mark.parametrize("ending", ["end of input", "interrupt", "terminate", "hang up"])
def test_nothing_stays_behind(tmp_path: Path, ending: str) -> None:
    place = tmp_path / "a place with spaces"
    place.mkdir()
    process = start(place, "--headless")
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    assert set(told["workstations"]) == {"K1", "L1", "S1"}
    assert processes_that_name(place), "a server runs while the demonstration does"
    signals = {"interrupt": signal.SIGINT, "terminate": signal.SIGTERM, "hang up": signal.SIGHUP}
    if ending in signals:
        process.send_signal(signals[ending])
    _, said = process.communicate(timeout=60)
    assert process.returncode == (130 if ending in signals else 0), said
    assert "Traceback" not in said
    assert "tajzia: starting the registrar" in said, "what takes seconds is said while it takes them"
    assert processes_that_name(place) == []
    assert list(place.iterdir()) == []


def test_without_a_display_it_says_so_and_the_tour_runs(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from desktop_app.demo import command

    ran: list[list[str]] = []

    def run(words: list[str], check: bool) -> subprocess.CompletedProcess[str]:
        ran.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(subprocess, "run", run)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert command.run(Namespace(headless=False, folder=None, request=7)) == 0
    out = Path("tour").absolute()
    assert str(out) in capfd.readouterr().out
    assert [words[-5:] for words in ran] == [["tour", "--out", str(out), "--request", "7"]]


@pytest.mark.parametrize("subcommand", ["demo", "tour"])
def test_a_sample_request_that_there_is_not_is_refused_in_words(
    subcommand: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = import_module(f"desktop_app.{subcommand}.command")
    parser = ArgumentParser()
    command.add_arguments(parser)
    assert parser.parse_args(["--request", str(TOURS)]).request == TOURS
    for number in (0, TOURS + 1):
        with pytest.raises(SystemExit):
            parser.parse_args(["--request", str(number)])
        assert f"invalid choice: {number}" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["https://sms.example.org/send", "https://10.0.0.7/send", ""])
def test_sample_numbers_are_given_to_no_gateway_of_elsewhere(
    url: str, tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (project / "resources" / "gateways" / "kannel.toml").read_text("utf-8")
    (tmp_path / "smsbox.password").touch(mode=0o600)
    (tmp_path / "gateway.toml").write_text(text.replace("http://127.0.0.1:13013/cgi-bin/sendsms", url), "utf-8")
    given = Namespace(headless=True, folder=tmp_path / "demo", request=1, gateway=tmp_path / "gateway.toml")
    run = import_module("desktop_app.demo.command").run
    assert run(given) == 2
    assert ("on this computer only" if url else "url:") in capsys.readouterr().err
    assert not (tmp_path / "demo").exists()
