"""Passwords that somebody guesses who tries the likeliest first: known ones, words, names, dates, rows of keys.

Nothing is asked of a password's signs and digits, and length beyond the shortest is welcome (NIST SP 800-63B, 3.1.1).
"""

from __future__ import annotations

from desktop_app.domain.actor import Actor
from desktop_app.domain.messages import InputError, message

HOUSE_WORDS = (
    "tajzia", "tajzi'a", "amman", "greater amman", "municipality", "baladia", "baladiya", "amanah", "amanat",
    "gam", "jordan", "urdun", "licence", "license", "rukhsa", "mihan", "vocation", "counter", "clerk", "cashier",
    "supervisor", "inspector", "registrar", "administrator", "auditor", "officer",
    "تجزئة", "عمان", "عمّان", "أمانة", "أمانة عمان", "بلدية", "الأردن", "رخصة", "مهن", "موظف", "مراقب", "مدير",
)  # fmt: skip
"""What whoever guesses at this house begins with, besides the person's own name and login."""
FEWEST_GUESSES = 10**9
"""Ten times what zxcvbn takes for enough against trying at a door; season, year and sign do not reach it."""
_WEIGHED = 72
"""Characters that are looked at: a longer password is no easier."""
_SHORTEST_WORD = 3


def refuse_guessable(password: str, person: Actor) -> None:
    """Raises InputError beside `password`. Takes 50 ms the first time: not on the thread of a window."""
    if guesses(password, words_about(person)) < FEWEST_GUESSES:
        raise InputError(message("administration.password_guessable", "password"))


def words_about(person: Actor) -> tuple[str, ...]:
    """The parts of somebody's login and name."""
    return (person.id, *person.id.replace(".", "_").split("_"), *person.name_ar.split())


def guesses(password: str, about: tuple[str, ...] = ()) -> float:
    """How many tries somebody needs who knows what is usual, for whom this house's words and those `about` the person
    stand on their own and cost nothing."""
    from zxcvbn import zxcvbn

    rest = password.casefold()
    for word in sorted((*about, *HOUSE_WORDS), key=len, reverse=True):
        if len(word) >= _SHORTEST_WORD:
            rest = rest.replace(word.casefold(), "")
    tries = [zxcvbn(left[:_WEIGHED])["guesses"] for left in (password, rest) if left]
    return float(min(tries)) if rest else 0.0
