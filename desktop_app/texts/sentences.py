"""``tr`` and ``ntr``: a source string to the sentence shown, with its values in place."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from desktop_app.texts.language import current
from desktop_app.texts.values import shown


class _Values(Formatter):
    """Puts typed values into ``{name}`` places as the language writes them."""

    def format_field(self, value: object, format_spec: str) -> str:
        if format_spec:
            raise ValueError("a translated template takes plain {name} places only")
        return shown(value)


_values = _Values()


def N_(msgid: str) -> str:
    """Mark a source string for extraction where it is translated only later, with ``tr``."""
    return msgid


def CN_(context: str, msgid: str) -> str:
    """The same where its Arabic depends on where it stands, with ``ctr``."""
    return msgid


def tr(msgid: str, /, **values: object) -> str:
    """Translate and fill the ``{name}`` places. ``msgid`` must be a literal (or have been marked by ``N_``).

    Values are rendered by type: numbers in the language's digits, ``Fils``, ``Area``, dates and
    UTC datetimes as Jordan reads them, text isolated where it runs the other way.
    """
    return _fill(current().catalogue.translate(msgid), values)


def ctr(context: str, msgid: str, /, **values: object) -> str:
    """Translate a string whose Arabic depends on where it stands ("New" request, "New" vocation)."""
    return _fill(current().catalogue.translate(msgid, context), values)


def ntr(singular: str, plural: str, n: int, /, **values: object) -> str:
    """Translate by number; ``{n}`` is filled with it. Arabic picks among six forms."""
    return _fill(current().catalogue.ntranslate(singular, plural, n), {"n": n, **values})


def with_places(msgid: str) -> str:
    """The translation with its ``{name}`` places unfilled, for whoever is to change the words."""
    return current().catalogue.translate(msgid)


def fill(template: str, values: Mapping[str, object]) -> str:
    """The ``{name}`` places of words that an administrator wrote, filled as `tr` fills those of the catalogue."""
    return _values.vformat(template, (), values)


def _fill(template: str, values: Mapping[str, object]) -> str:
    if not values and "{" not in template:
        return template
    return _values.vformat(template, (), values)
