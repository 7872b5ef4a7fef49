"""What is made at its first use: once, on whatever thread, and not before."""

from __future__ import annotations

import threading

import pytest

from desktop_app.application.late import late


class Made:
    def __init__(self) -> None:
        self.asked = 0

    def ask(self) -> int:
        self.asked += 1
        return self.asked


def test_it_is_made_at_its_first_use_and_once() -> None:
    made: list[Made] = []

    def make() -> Made:
        made.append(Made())
        return made[-1]

    stands = late(make)
    assert made == []
    threads = [threading.Thread(target=stands.ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.asked for one in made] == [8]


def test_what_could_not_be_made_is_tried_again() -> None:
    tries = iter((OSError("the disk is full"), None))

    def make() -> Made:
        if (trouble := next(tries)) is not None:
            raise trouble
        return Made()

    stands = late(make)
    with pytest.raises(OSError, match="full"):
        stands.ask()
    assert stands.ask() == 1
