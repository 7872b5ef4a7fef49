"""`tajzia centre templates`: the words of notices, in Arabic and English, with a preview and what it is charged as."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg import Connection

    from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage


def run(args: Namespace) -> int:
    import psycopg

    from desktop_app.domain.notice_kinds import NoticeKind, NoticeLanguage

    kinds = [kind.value for kind in NoticeKind]
    if args.do in ("show", "set") and args.kind not in kinds:
        print(f"tajzia: there are these notices: {', '.join(kinds)}", file=sys.stderr)
        return 2
    with psycopg.connect(args.dsn, autocommit=True) as admin:
        if args.do == "history":
            return _history(admin, args)
        if args.do == "list":
            shown = [_shown(admin, kind, language) for kind in NoticeKind for language in NoticeLanguage]
            _print_list(shown, args)
            return 0
        kind, language = NoticeKind(args.kind), NoticeLanguage(args.language)
        if args.do == "set" and (status := _set(admin, kind, language, args)):
            return status
        _print_one(_shown(admin, kind, language), args)
    return 0


def _set(admin: Connection[Any], kind: NoticeKind, language: NoticeLanguage, args: Namespace) -> int:
    from desktop_app.centre.templates import TemplateRefusedError, set_template
    from desktop_app.domain.notice_templates import NoticeTemplate
    from desktop_app.texts.domain_messages import describe
    from desktop_app.texts.language import using

    if (args.words is None) == (args.words_file is None):
        print("tajzia: say the new words by --words or --words-file", file=sys.stderr)
        return 2
    words = args.words if args.words is not None else args.words_file.read_text("utf-8")
    try:
        set_template(admin, NoticeTemplate(kind, language, words.strip()))
    except TemplateRefusedError as refused:
        with using("en"):
            for why in refused.why:
                print(f"tajzia: {describe(why)}", file=sys.stderr)
        return 1
    return 0


def _shown(admin: Connection[Any], kind: NoticeKind, language: NoticeLanguage) -> dict[str, Any]:
    from desktop_app.centre.templates import read_templates
    from desktop_app.domain.message_parts import parts_of
    from desktop_app.domain.notice_templates import OFFERED, find_template
    from desktop_app.domain.reference import Reference
    from desktop_app.texts.notices import filled_template, shipped_template

    written = find_template(read_templates(admin), kind, language)
    words = written.words if written is not None else shipped_template(kind, language)
    preview = filled_template(kind, language, OFFERED[kind], Reference(), words)
    parts = parts_of(preview)
    return {
        "kind": kind.value,
        "language": language.value,
        "own": written is not None,
        "words": words,
        "places": sorted(OFFERED[kind]),
        "preview": preview,
        "alphabet": parts.alphabet.value,
        "characters": parts.places,
        "parts": parts.count,
        "left": parts.left,
    }


def _print_list(shown: list[dict[str, Any]], args: Namespace) -> None:
    from desktop_app.cli.tables import print_table

    if args.json:
        print(json.dumps(shown, ensure_ascii=False))
        return
    print_table(
        ("notice", "language", "words", "parts", "characters", "places"),
        [
            (
                one["kind"],
                one["language"],
                "own" if one["own"] else "as shipped",
                one["parts"],
                one["characters"],
                " ".join(one["places"]),
            )
            for one in shown
        ],
    )


def _print_one(one: dict[str, Any], args: Namespace) -> None:
    if args.json:
        print(json.dumps(one, ensure_ascii=False))
        return
    print(f"words     {one['words']}")
    print(f"places    {' '.join(one['places'])}")
    print(f"preview   {one['preview']}")
    print(f"parts     {one['parts']} of {one['alphabet']}, {one['characters']} characters, {one['left']} left")


def _history(admin: Connection[Any], args: Namespace) -> int:
    from desktop_app.centre.templates import template_history

    changes = [
        {
            "kind": one.kind.value,
            "language": one.language.value,
            "by": one.by,
            "at": one.at.isoformat(),
            "before": one.before,
            "after": one.after,
        }
        for one in template_history(admin)
        if args.kind in (None, one.kind.value)
    ]
    if args.json:
        print(json.dumps(changes, ensure_ascii=False))
        return 0
    for one in changes:
        print(f"{one['at']}  {one['by']}  {one['kind']} ({one['language']})")
        print(f"  before  {one['before'] or '(the words that travel with the program)'}")
        print(f"  after   {one['after'] or '(the words that travel with the program)'}")
    return 0
