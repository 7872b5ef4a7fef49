"""Which passwords are refused: those that are tried first, of any composition; and none for its length or its signs."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from desktop_app.application.administering import SHORTEST_PASSWORD, PasswordTrouble, password_trouble
from desktop_app.application.guessable import FEWEST_GUESSES, HOUSE_WORDS, guesses, refuse_guessable
from desktop_app.cli.passwords import PasswordRefusedError, read_password
from desktop_app.domain.actor import Actor, Role
from desktop_app.domain.messages import InputError

PERSON = Actor("rania.k", "رانيا الخطيب", Role.CLERK, frozenset({8}))
HARD = "beetroot lantern nine harbour"


def test_every_known_password_that_is_long_enough_is_refused() -> None:
    known = [one for one in FREQUENCY_LISTS["passwords"] if len(one) >= SHORTEST_PASSWORD]
    assert len(known) > 1_000
    assert [one for one in known if guesses(one) >= FEWEST_GUESSES] == []


@pytest.mark.parametrize(
    "password",
    [
        "Password2024!", "S3cret-2024", "Summer2024!!", "qwertyuiop12", "rania.k-2024", "رانيا2024!!",
        "aaaaaaaaaaaaaaaa", "1234567890", "27/09/1984.",
    ],
)  # fmt: skip
def test_what_is_tried_next_is_refused_too(password: str) -> None:
    with pytest.raises(InputError) as refused:
        refuse_guessable(password, PERSON)
    assert (refused.value.why.key, refused.value.why.about) == ("administration.password_guessable", "password")


@pytest.mark.parametrize("word", HOUSE_WORDS)
def test_a_word_of_the_house_makes_no_password(word: str) -> None:
    assert guesses(f"{word}{word}2026") < FEWEST_GUESSES
    assert guesses(f"{word}{HARD}") >= FEWEST_GUESSES


@pytest.mark.parametrize(
    "password",
    [HARD, "tqlvzrkmwxbhgd", "84027719350461", "حصان أخضر فوق السطح", "🦔🫖🪕🧶🪁🦑🧿🥝🪗🦉", " zq rv  ", "Zx9!kVw2#q"],
)
def test_no_kind_of_sign_is_asked_for_or_forbidden(password: str) -> None:
    hard = password if len(password) >= SHORTEST_PASSWORD else password + "wbnj kq"
    refuse_guessable(hard, PERSON)
    assert password_trouble(hard, hard, needed=True) is None


@pytest.mark.parametrize("length", [SHORTEST_PASSWORD, 64, 73, 500])
def test_long_ones_are_welcome(length: int, tmp_path: Path) -> None:
    signs = string.ascii_letters[7::3] + string.digits[::-3] + "ضغ طظ"
    password = "".join(signs[(number * number * 5 + number // 3) % len(signs)] for number in range(length))
    refuse_guessable(password, PERSON)
    file = tmp_path / "password"
    file.write_text(f"{password}\n", encoding="utf-8")
    assert read_password(file, "password") == password
    assert password_trouble(password, password, needed=True) is None


def test_what_is_too_short_is_refused_everywhere(tmp_path: Path) -> None:
    short = HARD[: SHORTEST_PASSWORD - 1]
    file = tmp_path / "password"
    file.write_text(short, encoding="utf-8")
    with pytest.raises(PasswordRefusedError, match="at least 10"):
        read_password(file, "password")
    assert password_trouble(short, short, needed=True) is PasswordTrouble.SHORT
    assert SHORTEST_PASSWORD >= 8


def test_the_command_line_weighs_too(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("rania.k-2024", encoding="utf-8")
    with pytest.raises(PasswordRefusedError, match="easily guessed"):
        read_password(file, "password", ("rania.k",))
