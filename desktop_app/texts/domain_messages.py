"""What the rules say, in words: the key of a domain message to its English template.

A template names the message's arguments in ``{}``; the Arabic is in the catalogue like any other string.
"""

from __future__ import annotations

from desktop_app.domain.messages import Message
from desktop_app.texts.domain_templates import TEMPLATES
from desktop_app.texts.import_templates import IMPORT_TEMPLATES
from desktop_app.texts.sentences import tr

_WORDS = TEMPLATES | IMPORT_TEMPLATES


class MessageUnknown(LookupError):
    """The domain said something this table has no words for: a bug."""


def describe(message: Message) -> str:
    """The message in the current language. Raises MessageUnknown for a key without words."""
    try:
        template = _WORDS[message.key]
    except KeyError as error:
        raise MessageUnknown(message.key) from error
    return tr(template, **dict(message.args))
