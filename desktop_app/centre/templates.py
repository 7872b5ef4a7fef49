"""The words of notices at the centre: changed by an administrator, and checked."""

from __future__ import annotations

from typing import Any

import structlog
from psycopg import Connection

from desktop_app.domain.messages import Message
from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage
from desktop_app.domain.notice_templates import NoticeTemplate, TemplateChange, check_template, template_changes

_log = structlog.get_logger(__name__)

_NEWEST = """
    select kind, language, words from (
        select distinct on (t.kind, t.language) t.kind, t.language, t.words from tajzia.notice_template t
        order by t.kind, t.language, t.version desc
    ) newest
    where words <> '' order by kind, language
"""


class TemplateRefusedError(ValueError):
    """The words cannot be sent; `why` says what is wrong with them."""

    def __init__(self, why: tuple[Message, ...]) -> None:
        super().__init__(", ".join(one.key for one in why))
        self.why = why


def set_template(session: Connection[Any], template: NoticeTemplate) -> bool:
    """Has the centre use these words from its next decision on; False when it does already. Empty words bring the
    program's own back. `session` is an administrator's. Raises TemplateRefusedError."""
    if wrong := check_template(template):
        raise TemplateRefusedError(wrong)
    row = session.execute(
        "select tajzia.set_template(%s, %s, %s)", (template.kind.value, template.language.value, template.words)
    ).fetchone()
    return row == (True,)


def template_history(session: Connection[Any], most: int = 500) -> tuple[TemplateChange, ...]:
    """Every change, the newest first. Kinds that this version does not know are left out."""
    rows = session.execute("select * from tajzia.list_templates(%s)", (most,)).fetchall()
    return template_changes(rows)


def read_templates(connection: Connection[Any]) -> tuple[NoticeTemplate, ...]:
    """Those that count. An administrator with a connection of their own may write what cannot be sent: it is told in
    the log, and goes no further than here."""
    found = []
    for kind, language, words in connection.execute(_NEWEST):
        try:
            template = NoticeTemplate(NoticeKind(kind), NoticeLanguage(language), words)
        except ValueError:
            _log.warning("a template is of no notice", kind=kind)
            continue
        if check_template(template):
            _log.warning("a template cannot be sent", kind=kind, language=language)
            continue
        found.append(template)
    return tuple(found)
