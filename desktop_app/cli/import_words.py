"""The report of an import, in words, a line for each row that was not simply taken."""

from __future__ import annotations

from typing import TextIO

from desktop_app.application.importing.report import ImportReport
from desktop_app.domain.messages import Message
from desktop_app.texts import describe, ntr, tr


def say_report(report: ImportReport, out: TextIO) -> None:
    """Bad rows first, then licences that were left alone, then the counts."""
    for bad in report.bad:
        for why in bad.why:
            print(_reason(bad.line, why), file=out)
    for kept in report.kept:
        print(
            tr(
                "Line {line}: licence {number} has been split here; of its row only a later renewal is taken.",
                line=kept.line,
                number=kept.number,
            ),
            file=out,
        )
    counts = (
        ntr("{n} new", "{n} new", report.added),
        ntr("{n} changed", "{n} changed", report.changed),
        ntr("{n} unchanged", "{n} unchanged", report.unchanged),
        ntr("{n} bad row", "{n} bad rows", len(report.bad)),
    )
    print(" · ".join(counts), file=out)


def _reason(line: int, why: Message) -> str:
    if why.about:
        return tr("Line {line}, {column}: {why}", line=line, column=why.about, why=describe(why))
    return tr("Line {line}: {why}", line=line, why=describe(why))
