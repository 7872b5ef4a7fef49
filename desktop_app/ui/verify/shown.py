"""What a check found, in words: made off the UI thread."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop_app.application.certificate_verifying import CERTIFICATE, COPY, FileState, Finding, Report, rank_of
from desktop_app.application.ports.checking import ListsHere
from desktop_app.domain.certificate_check import CertifiedLicence, Judgement, Verdict, lists_are_old
from desktop_app.texts import N_, describe, isolate, name_of, ntr, tr
from desktop_app.texts.clock_words import clock_time, date_and_time, long_date
from desktop_app.texts.quantities import area, code, number
from desktop_app.texts.verify_templates import age_of_lists, pages_unseen, told_of_timestamp
from desktop_app.ui.icons import Icon
from desktop_app.ui.request.naming import Naming, listed
from desktop_app.ui.theme import Tone

Pairs = tuple[tuple[str, str], ...]


class Origin(StrEnum):
    """Where what was checked came from."""

    FILE = "file"
    PICTURE = "picture"
    SCANNER = "scanner"
    CAMERA = "camera"


_ORIGINS = {
    Origin.FILE: N_("a file"),
    Origin.PICTURE: N_("a picture that was pasted"),
    Origin.SCANNER: N_("a scanner"),
    Origin.CAMERA: N_("the camera"),
}
_LOOKS = {
    Verdict.VALID: (Tone.DONE, Icon.DONE),
    Verdict.ALTERED: (Tone.LATE, Icon.ERROR),
    Verdict.UNKNOWN_KEY: (Tone.BLOCKED, Icon.KEY),
    Verdict.REVOKED: (Tone.LATE, Icon.REFUSED),
    Verdict.SUPERSEDED: (Tone.LATE, Icon.SPLIT),
    Verdict.EXPIRED: (Tone.LATE, Icon.LATE),
    Verdict.UNREADABLE: (Tone.SOON, Icon.SCAN),
    Verdict.UNSIGNED: (Tone.SOON, Icon.WARNING),
}


MOST_LISTED = 20
"""Certificates of one file that are listed one by one."""


@dataclass(frozen=True, slots=True)
class FindingShown:
    """One certificate's verdict: word, icon and colour together, the sentence, and what the licence says."""

    verdict: Verdict
    title: str
    tone: Tone
    icon: Icon
    sentence: str
    page: str = ""
    facts: Pairs = ()


@dataclass(frozen=True, slots=True)
class CheckShown:
    """One check. `head` is the worst of what was found; `findings` are all of them, where there are several. `line`
    names it in the list of this sitting."""

    head: FindingShown
    findings: tuple[FindingShown, ...]
    about: Pairs
    line: str
    rank: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListsShown:
    """How the lists of this computer stand; `todo` is "" where nothing is to be done."""

    sentence: str
    todo: str
    tone: Tone


def check_shown(report: Report, origin: Origin, name: str, naming: Naming) -> CheckShown:
    """`name` is the file's, "" where there is none."""
    findings = tuple(_finding(one, naming) for one in report.findings)
    head = next(one for one in findings if one.verdict is report.verdict)
    several = findings if len(findings) > 1 else ()
    notes = []
    if several:
        if len(several) > MOST_LISTED:
            # The worst of them, in the order of the pages.
            worst = sorted(several, key=lambda one: -rank_of(one.verdict))[:MOST_LISTED]
            several = tuple(one for one in several if any(one is kept for kept in worst))
            hidden = len(findings) - MOST_LISTED
            notes.append(ntr("{n} more certificate is not listed.", "{n} more certificates are not listed.", hidden))
        kinds = Counter(one.title for one in findings)
        notes.append(tr("Certificates found: {list}.", list=_counted(kinds)))
    if report.unseen:
        notes.append(pages_unseen(report.unseen))
    if report.file is FileState.NO_FILE and any(one.judgement.licence for one in report.findings):
        notes.append(tr("Nothing but the code was read: compare the sheet with what stands here."))
    if report.file is FileState.SIGNED and report.signature is not None and report.signature.stamp is not None:
        stamp = report.signature.stamp
        notes.append(told_of_timestamp(stamp.at, stamp.authority, stamp.listed_on, proven=report.stamp_is_proven))
    came = isolate(name) if name else tr(_ORIGINS[origin])
    about = (
        (tr("Checked"), date_and_time(report.at)),
        (tr("From"), came),
        (tr("The file"), _file(report)),
        (tr("Lists"), age_of_lists(report.lists.age(report.at)) if report.lists else tr("none on this computer")),
    )
    numbers = tuple(one.judgement.licence.number for one in report.findings if one.judgement.licence)
    what = code(numbers[0]) if len(numbers) == 1 else came
    line = tr("{what} · {time}", what=what, time=clock_time(report.at))
    return CheckShown(head, several, about, line, report.rank, tuple(notes))


def lists_shown(here: ListsHere, now: datetime) -> ListsShown:
    if here.trust is None:
        todo = tr("Synchronise once with the centre: the lists come by themselves, and are kept for working offline.")
        if here.damaged:
            return ListsShown(
                tr("The lists on this computer are damaged: nothing can be called valid."), todo, Tone.LATE
            )
        return ListsShown(tr("There are no lists on this computer: nothing can be called valid."), todo, Tone.LATE)
    age = here.trust.age(now)
    said = age_of_lists(age)
    if here.offered is not None:
        todo = tr("The centre shows another list key, which was not taken: tell the system administrator.")
        return ListsShown(said, todo, Tone.LATE)
    if lists_are_old(age):
        todo = tr("What was revoked since is not known here: synchronise before you rely on a verdict.")
        return ListsShown(said, todo, Tone.SOON)
    return ListsShown(said, "", Tone.MUTED)


def _counted(kinds: Counter[str]) -> str:
    return listed(tuple(tr("{what}: {n}", what=what, n=number(count)) for what, count in kinds.items()))


def _finding(one: Finding, naming: Naming) -> FindingShown:
    judgement = one.judgement
    tone, icon = _LOOKS[judgement.verdict]
    title = name_of(judgement.verdict)
    said = judgement.licence
    if judgement.verdict is Verdict.VALID and said is None:
        title = tr("Signed and unchanged")
    elif judgement.verdict is Verdict.VALID and said is not None and said.sample:
        title, tone, icon = tr("Genuine sample, and no licence"), Tone.SOON, Icon.SAMPLE
    page = tr("page {n}", n=number(one.page)) if one.page else ""
    return FindingShown(
        judgement.verdict, title, tone, icon, _sentence(judgement), page, _facts(said, naming) if said else ()
    )


def _sentence(judgement: Judgement) -> str:
    return describe(judgement.why)


def _facts(said: CertifiedLicence, naming: Naming) -> Pairs:
    return (
        (tr("Licence"), code(said.number)),
        (tr("Holder"), said.holder),
        (tr("Vocations"), naming.vocations(said.vocations)),
        (tr("Area"), area(said.area)),
        (tr("District"), naming.district(said.district)),
        (tr("Valid until"), long_date(said.valid_until)),
        (tr("Parent licence"), code(said.parent) if said.parent else ""),
        (tr("Issued at"), date_and_time(said.issued_at)),
        (tr("Kind of data"), tr("Sample data: to be confirmed by the municipality") if said.sample else ""),
    )


def _file(report: Report) -> str:
    match report.file:
        case FileState.SIGNED if report.signature is not None:
            at = date_and_time(report.signature.signed_at)
            if report.signature.kind == CERTIFICATE:
                return tr("signed by the municipality as a certificate, {moment}, and unchanged since", moment=at)
            if report.signature.kind == COPY:
                return tr("signed by the municipality as a copy of one, {moment}, and unchanged since", moment=at)
            return tr("signed by the municipality, {moment}, and unchanged since", moment=at)
        case FileState.UNSIGNED:
            return tr("not signed by the municipality")
        case FileState.BROKEN:
            return tr("changed after it was signed, or not signed as the municipality signs")
        case FileState.UNKNOWN:
            return tr("signed by a key that is not believed here")
        case _:
            return ""
