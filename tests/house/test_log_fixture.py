"""The fixture that listens to the log: a check that cannot fail would be none."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
import structlog

pytest_plugins = ["pytester"]


@pytest.mark.expects_log("the disk is nearly full")
def test_an_expected_warning_passes() -> None:
    logging.getLogger("house").warning("the disk is nearly full")


@pytest.mark.expects_log("event='the centre is down'")
def test_an_expected_warning_of_structlog_passes() -> None:
    structlog.get_logger("house").warning("the centre is down", attempt=2)


def test_quiet_words_pass() -> None:
    logging.getLogger("house").info("nothing to worry about")


def test_unannounced_and_missing_warnings_fail(pytester: pytest.Pytester, project: Path) -> None:
    shutil.copy(project / "tests" / "conftest.py", pytester.path / "conftest.py")
    pytester.makeini("[pytest]\nmarkers =\n    expects_log(pattern): expected\n")
    pytester.makepyfile(
        """
        import logging, pytest, structlog

        def test_unannounced():
            logging.getLogger("a").warning("surprise")

        def test_unannounced_by_structlog():
            structlog.get_logger("a").error("surprise")

        @pytest.mark.expects_log("promised")
        def test_never_came():
            pass

        @pytest.mark.expects_log("promised")
        def test_came():
            logging.getLogger("a").warning("as promised")
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=4, errors=3)
    said = result.stdout.str()
    assert "logged without being expected: ['surprise']" in said
    assert "logged without being expected: [\"event='surprise'\"]" in said
    assert "expected in the log, and never came: ['promised']" in said
