"""`tajzia verify`: whether a certificate is genuine and holds, without a network. It ends with 0 only where it does."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.application.certificate_verifying import Finding, Report
    from desktop_app.cli.verify_trouble import Trouble

NAME = "verify"
_REFUSED, _TROUBLE = 1, 2


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="a PDF, a picture, a text file with what a scanner read; - for the input")
    parser.add_argument(
        "--keys",
        type=Path,
        metavar="DIR",
        help="the folder of the centre's signed lists (default: what the workstation here has fetched)",
    )
    parser.add_argument("--language", choices=("ar", "en"), default="ar", help="the language of the sentences")
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")


def run(args: Namespace) -> int:
    from desktop_app.application.certificate_trust import read_trust
    from desktop_app.bootstrap.papers import certificate_verifier
    from desktop_app.cli.verify_trouble import another_list_key, trouble_with_file, trouble_with_lists
    from desktop_app.texts.language import use
    from desktop_app.wire.certificate_lists import BadListError

    use(args.language)
    try:
        content = _read(args.file)
    except OSError as why:
        return _unchecked(trouble_with_file(args.file, why), as_json=args.json)
    lists: Path | None = args.keys if args.keys is not None else _lists_of_this_computer()
    trust = None
    if lists is not None:
        try:
            trust = read_trust(lists)
        except (OSError, BadListError) as why:
            return _unchecked(trouble_with_lists(lists, why), as_json=args.json)
    report = certificate_verifier().verify(content, trust, datetime.now(UTC))
    if args.keys is None and (other := _other_list_key()) is not None:
        print(f"tajzia: {another_list_key(other)}", file=sys.stderr)
    if args.json:
        print(json.dumps(_as_json(report), ensure_ascii=False))
    else:
        _say(report)
    return 0 if report.well else _REFUSED


def _read(file: str) -> bytes:
    """No more than tells that it is too big. Raises OSError."""
    from desktop_app.application.certificate_verifying import MOST_BYTES

    if file == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(file).open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _unchecked(trouble: Trouble, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(trouble.as_json(), ensure_ascii=False))
    else:
        print(f"tajzia: {trouble.sentence}", file=sys.stderr)
    return _TROUBLE


def _lists_of_this_computer() -> Path | None:
    """Where the workstation on this computer keeps what it has fetched from its centre."""
    from desktop_app.system.paths import usual_places

    folder = usual_places().certificate_lists
    return folder if folder.exists() else None


def _other_list_key() -> str | None:
    from desktop_app.application.certificate_trust import find_offered_list_key
    from desktop_app.system.paths import usual_places

    return find_offered_list_key(usual_places().certificate_lists)


def _as_json(report: Report) -> dict[str, object]:
    lists = report.lists
    return {
        "valid": report.well,
        "verdict": report.verdict.value,
        "sentence": _worst(report),
        "file": {
            "state": report.file.value,
            "signed_at": report.signature.signed_at.isoformat() if report.signature else None,
            "kind": report.signature.kind if report.signature else None,
            "level": report.signature.level.value if report.signature else None,
            "timestamp": _timestamp(report),
        },
        "pages_unseen": report.unseen,
        "certificates": [_finding(one) for one in report.findings],
        "lists": {
            "keys_dated": lists.keys.dated.isoformat(),
            "revocations_dated": lists.revocations.dated.isoformat(),
            "age_seconds": int(lists.age(report.at).total_seconds()),
        }
        if lists is not None
        else None,
    }


def _timestamp(report: Report) -> dict[str, object] | None:
    stamp = report.signature.stamp if report.signature else None
    if stamp is None:
        return None
    return {
        "at": stamp.at.isoformat(),
        "authority": stamp.authority,
        "proven": report.stamp_is_proven,
        "revocations_dated": stamp.listed_on.isoformat() if stamp.listed_on else None,
    }


def _finding(one: Finding) -> dict[str, object]:
    said = one.judgement.licence
    return {
        "verdict": one.judgement.verdict.value,
        "reason": one.judgement.why.key,
        "sentence": _sentence(one),
        "page": one.page,
        "licence": {
            "number": said.number,
            "holder": said.holder,
            "vocations": list(said.vocations),
            "area_hundredths_m2": int(said.area),
            "district": said.district,
            "valid_until": said.valid_until.isoformat(),
            "parent": said.parent,
            "issued_at": said.issued_at.isoformat(),
            "sample": said.sample,
        }
        if said is not None
        else None,
    }


def _sentence(one: Finding) -> str:
    from desktop_app.texts.bidi import strip_marks
    from desktop_app.texts.domain_messages import describe

    return strip_marks(describe(one.judgement.why))


def _worst(report: Report) -> str:
    return _sentence(next(one for one in report.findings if one.judgement.verdict is report.verdict))


def _say(report: Report) -> None:
    from desktop_app.application.certificate_verifying import FileState
    from desktop_app.texts.domain_messages import describe
    from desktop_app.texts.sentences import tr
    from desktop_app.texts.verify_templates import (
        age_of_lists,
        compare_with_sheet,
        pages_unseen,
        told_of_timestamp,
    )

    for one in report.findings:
        print(describe(one.judgement.why))
        said = one.judgement.licence
        if said is not None and report.file is FileState.NO_FILE:
            print(compare_with_sheet("، ".join(said.vocations), said.area, said.district, said.parent))
    if report.unseen:
        print(pages_unseen(report.unseen))
    if report.file is FileState.SIGNED and report.signature is not None and report.signature.stamp is not None:
        stamp = report.signature.stamp
        print(told_of_timestamp(stamp.at, stamp.authority, stamp.listed_on, proven=report.stamp_is_proven))
    if report.lists is None:
        print(tr("There are no lists of keys and revocations here."))
    else:
        print(age_of_lists(report.lists.age(report.at)))
