"""What the rules say, in words: the key of a domain message to its English template.

A template names the message's arguments in ``{}``; the Arabic is in the catalogue like any other string.
"""

from __future__ import annotations

from functools import cache

from desktop_app.domain.messages import Message
from desktop_app.texts.sentences import tr


class MessageUnknown(LookupError):
    """The domain said something this table has no words for: a bug."""


@cache
def _words() -> dict[str, str]:
    # Nothing is refused before the first window stands.
    from desktop_app.texts.domain_templates import TEMPLATES
    from desktop_app.texts.import_templates import IMPORT_TEMPLATES
    from desktop_app.texts.verify_templates import VERIFY_TEMPLATES

    return TEMPLATES | IMPORT_TEMPLATES | VERIFY_TEMPLATES


def describe(message: Message) -> str:
    """The message in the current language. Raises MessageUnknown for a key without words."""
    try:
        template = _words()[message.key]
    except KeyError as error:
        raise MessageUnknown(message.key) from error
    return tr(template, **dict(message.args))
