"""Passwords given to subcommands: from a file, or asked for twice; never as an argument, which others can see."""

from __future__ import annotations

from getpass import getpass
from pathlib import Path

from desktop_app.application.administering import SHORTEST_PASSWORD
from desktop_app.application.guessable import FEWEST_GUESSES, guesses


class PasswordRefusedError(ValueError):
    """The password is too short, easily guessed, or was typed differently the second time."""


def read_password(file: Path | None, whose: str, about: tuple[str, ...] = ()) -> str:
    """`about` are words that the password must not lean on.

    Raises PasswordRefusedError, or OSError where the file cannot be read.
    """
    if file is not None:
        password = file.read_text(encoding="utf-8").rstrip("\r\n")
    else:
        password = getpass(f"{whose}: ")
        if getpass(f"{whose}, again: ") != password:
            raise PasswordRefusedError("the two are not the same")
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordRefusedError(f"a password has at least {SHORTEST_PASSWORD} characters")
    if guesses(password, about) < FEWEST_GUESSES:
        raise PasswordRefusedError("this password is easily guessed: take several words that have nothing in common")
    return password
