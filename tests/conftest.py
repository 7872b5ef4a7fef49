"""What holds for every test: no display, no traces on the machine, and no unexpected word in the log."""

from __future__ import annotations

import logging
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.postgres_fixture"]

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The keyring of whoever runs the tests is not ours to touch; a test that needs one brings its own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# How long an example takes depends on the machine: never a reason to fail.
settings.register_profile("everyday", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("full", settings.get_profile("everyday"), max_examples=1000)
settings.load_profile("everyday")


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Send what a program keeps in the user's folders to folders of the test run."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(tmp_path_factory.mktemp(kind.lower())))
        yield


_DEAREST = ("tests/torture/test_", "tests/tour", "tests/torture/real", "tests/hostile", "tests/demo", "tests/power")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins: where several processes share the tests, none is left alone with it at the end."""

    def rank(item: pytest.Item) -> int:
        where = item.path.relative_to(item.config.rootpath).as_posix()
        return next((at for at, name in enumerate(_DEAREST) if where.startswith(name)), len(_DEAREST))

    items.sort(key=rank)


class _Recorder(logging.Handler):
    """Keeps the records at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> Iterator[None]:
    """Whoever runs the tests in the background of a shell has Ctrl-C ignored, and the programs they start would too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def _unexpected_log_fails(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning it did not announce, or announces one that never comes.

    A test announces with `@pytest.mark.expects_log("regular expression")`, once for each kind of record.
    """
    expected = [re.compile(mark.args[0]) for mark in request.node.iter_markers("expects_log")]
    _structlog_through_logging()
    recorder = _Recorder()
    root = logging.getLogger()
    root.addHandler(recorder)
    try:
        yield
    finally:
        root.removeHandler(recorder)
    said = [record.getMessage() for record in recorder.records]
    unexpected = [text for text in said if not any(pattern.search(text) for pattern in expected)]
    unheard = [pattern.pattern for pattern in expected if not any(pattern.search(text) for text in said)]
    if unexpected:
        pytest.fail(f"logged without being expected: {unexpected}", pytrace=False)
    if unheard:
        pytest.fail(f"expected in the log, and never came: {unheard}", pytrace=False)


def _structlog_through_logging() -> None:
    """Bring structlog's records to where the fixture listens, as the program's own set-up does."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parent.parent
