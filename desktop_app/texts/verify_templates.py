"""English templates of what is said of a certificate that was checked."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop_app.domain.area import Area
from desktop_app.texts.sentences import N_, ntr, tr

VERIFY_TEMPLATES: dict[str, str] = {
    "verify.altered": N_(
        "This certificate was altered, or its code is damaged: do not accept it. Ask the municipality for the licence."
    ),
    "verify.damaged_file": N_("This file is damaged and cannot be opened: ask for it anew, or scan the sheet's code."),
    "verify.empty_file": N_("This file is empty: ask for it anew, or scan the sheet's code."),
    "verify.expired": N_("Licence {number} is genuine, but it was valid until {until} only."),
    "verify.file_altered": N_(
        "This file was changed after the municipality signed it: do not accept it. Ask for the certificate anew."
    ),
    "verify.key_not_then": N_(
        "The key that signed this certificate was not in use at the time it gives: do not accept it."
    ),
    "verify.key_revoked": N_(
        "The key that signed this certificate was revoked by the municipality: ask for a new certificate."
    ),
    "verify.newer": N_("This certificate is of a newer kind: update the program, then check it again."),
    "verify.not_a_code": N_(
        "What was typed is no code of a licence certificate: scan the square code at the foot of the sheet."
    ),
    "verify.not_all_seen": N_(
        "No code of a licence certificate was found on the pages that were looked at; the file has too many for one"
        " look: check the certificate's page by itself."
    ),
    "verify.locked_file": N_(
        "This PDF opens with a password only, so that nothing of it can be checked: ask for the file as the"
        " municipality gave it."
    ),
    "verify.other_file": N_("This is neither a PDF nor a picture (JPEG, PNG, TIFF): choose the certificate's file."),
    "verify.other_keyboard": N_(
        "The scanner typed in another keyboard layout than its own: switch the keyboard to English, then scan again."
    ),
    "verify.revoked": N_("Licence {number} was revoked by the municipality: this certificate holds no more."),
    "verify.sheet_differs": N_("The code is genuine, but the sheet around it says something else: do not accept it."),
    "verify.signed_paper": N_(
        "This paper was signed by the municipality and is unchanged since; it is no certificate, and whether it still"
        " holds is not told here."
    ),
    "verify.superseded": N_("Licence {number} was changed by a later split: this certificate holds no more."),
    "verify.superseded_by": N_(
        "Licence {number} was changed by a later split: this certificate holds no more;"
        " in its place stand {successors}."
    ),
    "verify.too_big": N_(
        "This file is too big for a certificate: choose the certificate's own file, or scan its code."
    ),
    "verify.too_large_picture": N_(
        "This picture is too large to be looked through: take one of the code alone, or scan it."
    ),
    "verify.unknown_key": N_(
        "No list of keys here knows the key of this certificate: it cannot be told who issued it. Update the lists."
    ),
    "verify.unread_file": N_("This computer could not read the file: look whether it is still there, then try again."),
    "verify.unreadable": N_("No code of a licence certificate was found: take a sharper picture of the whole code."),
    "verify.unsigned": N_(
        "The code of licence {number} is genuine, but this file is not signed by the municipality,"
        " so the sheet may have been changed: go by what is told here, and ask for the original file."
    ),
    "verify.valid": N_("Licence {number} of {holder} is genuine and valid until {until}."),
    "verify.valid_sample": N_("Certificate {number} of {holder} is genuine sample data until {until}, and no licence."),
}


def pages_unseen(count: int) -> str:
    """That a file is longer than a look at it may take."""
    return ntr("{n} page was not looked at.", "{n} pages were not looked at.", count)


def compare_with_sheet(vocations: str, area: Area, district: int, parent: str | None) -> str:
    """What to hold a sheet against of which nothing but the code was read: anybody can put a genuine code on it."""
    told = tr(
        "Nothing but the code was read, so compare the sheet: vocations {vocations}, area {area}, district {district}.",
        vocations=vocations,
        area=area,
        district=district,
    )
    if not parent:
        return told
    split = tr("Split from licence {parent}.", parent=parent)
    return f"{told} {split}"


def told_of_timestamp(at: datetime, authority: str, listed_on: datetime | None, *, proven: bool) -> str:
    """What a timestamp of the signature is worth. `authority` is the name in its certificate, `at` UTC; `listed_on` is
    when the list of revocations was made (UTC) that the file brings along, by which that certificate was good."""
    if not proven:
        return tr(
            "The file bears a timestamp of {at} by {authority}; no list here knows that authority,"
            " so it proves nothing.",
            authority=authority,
            at=at,
        )
    confirmed = tr("{authority} has confirmed that the file was signed by {at}.", authority=authority, at=at)
    if listed_on is None:
        return confirmed
    listed = tr("Its certificate was not revoked, as a list of {day} in the file shows.", day=listed_on.date())
    return f"{confirmed} {listed}"


def age_of_lists(age: timedelta) -> str:
    """How old the lists are that a certificate was checked against."""
    hours = int(age.total_seconds()) // 3600
    if hours < 1:
        return tr("The lists of keys and revocations are less than an hour old.")
    if hours < 48:
        return ntr(
            "The lists of keys and revocations are {n} hour old.",
            "The lists of keys and revocations are {n} hours old.",
            hours,
        )
    return ntr(
        "The lists of keys and revocations are {n} day old.",
        "The lists of keys and revocations are {n} days old.",
        hours // 24,
    )
