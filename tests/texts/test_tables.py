"""Everything the domain can say has words."""

from __future__ import annotations

import importlib
import pkgutil
from enum import Enum

import pytest

import desktop_app.domain
from desktop_app import texts
from desktop_app.application.ports.queue import QueueView
from desktop_app.domain.messages import message
from desktop_app.texts.domain_messages import MessageUnknown
from desktop_app.texts.domain_templates import TEMPLATES
from desktop_app.texts.import_templates import IMPORT_TEMPLATES
from desktop_app.texts.name_tables import NAMES
from desktop_app.texts.names import NameMissing
from desktop_app.texts.verify_templates import VERIFY_TEMPLATES
from tests.texts.sources import Said, messages_said, places

WORDS = TEMPLATES | IMPORT_TEMPLATES | VERIFY_TEMPLATES
SAID = list(messages_said())


def _closed_lists() -> list[type[Enum]]:
    found: dict[str, type[Enum]] = {}
    for module in pkgutil.walk_packages(desktop_app.domain.__path__, "desktop_app.domain."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Enum) and value.__module__.startswith("desktop_app."):
                found[value.__name__] = value
    return list(found.values())


def test_the_scan_finds_what_the_domain_says() -> None:
    assert len(SAID) > 60
    assert len(_closed_lists()) > 8


@pytest.mark.parametrize("said", SAID, ids=lambda said: said.where)
def test_a_message_has_words_for_its_key_and_arguments(said: Said) -> None:
    assert said.keys, "the key is not a literal, so nobody can tell whether it has words"
    for key in said.keys:
        assert key in WORDS, key
        names = said.names
        if names is not None:
            assert places(WORDS[key]) <= names, key


def test_an_unknown_message_is_a_bug() -> None:
    with pytest.raises(MessageUnknown):
        texts.describe(message("nobody.says_this"))


@pytest.mark.parametrize("kind", sorted(NAMES))
def test_a_table_of_names_is_whole_and_holds_nothing_else(kind: str) -> None:
    closed: list[type[Enum]] = [*_closed_lists(), QueueView]
    listed = {entry.__name__: entry for entry in closed}
    assert set(NAMES[kind]) == {str(member.value) for member in listed[kind]}


def test_a_member_without_words_is_a_bug() -> None:
    class Unheard(Enum):
        OF = "of"

    with pytest.raises(NameMissing):
        texts.name_of(Unheard.OF)
