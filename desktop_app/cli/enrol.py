"""`tajzia enrol`: makes this computer a device of the centre, by the invitation of an administrator."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.cli import unlocking

NAME = "enrol"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("invitation", help="its text, the file it is in, or - for the input")
    parser.add_argument("--code", default="", help="where the invitation comes without its code")
    parser.add_argument("--settings", type=Path, help="the settings file that is written (default: the usual place)")
    unlocking.add_argument(parser)


def run(args: Namespace) -> int:
    from desktop_app.application.enrolling import (
        AlreadyEnrolledError,
        EnrolmentRefusedError,
        RegistrarAwayError,
        StoreElsewhereError,
    )
    from desktop_app.bootstrap.device import workstation_enrolment
    from desktop_app.cli.unlocking import PassphraseRefusedError, unlocked_secrets
    from desktop_app.sync.centre_link import CentreUnreachableError, NotAdmittedError
    from desktop_app.system.paths import usual_places
    from desktop_app.wire.invitation import BadCodeError, BadInvitationError, read_invitation

    place: Path = (args.settings or usual_places().data / "workstation.json").absolute()
    try:
        invitation = read_invitation(_text_of(args.invitation))
        secrets = unlocked_secrets(place, args.passphrase_file)
        settings = workstation_enrolment(place, secrets).enrol(invitation, args.code)
    except EnrolmentRefusedError as why:
        return _sorry(_REFUSED[why.state.value])
    except (
        AlreadyEnrolledError,
        StoreElsewhereError,
        BadInvitationError,
        BadCodeError,
        PassphraseRefusedError,
    ) as why:
        return _sorry(str(why))
    except RegistrarAwayError:
        return _sorry("the centre's registrar has not signed yet; the same invitation goes on where this ended")
    except NotAdmittedError as why:
        return _sorry(f"the centre does not open its door of enrolment: {why}")
    except CentreUnreachableError as why:
        return _sorry(f"the centre cannot be reached: {why}")
    except OSError as why:
        return _sorry(str(why))
    print(f"This computer is {settings.device}. Start it with `tajzia open`.")
    return 0


_REFUSED = {
    "unknown": "the centre knows no such code",
    "expired": "the code has expired; the administrator makes another",
    "used": "the code was used already; the administrator makes another",
    "refused": "the centre refused the request; the administrator makes another code",
}


def _text_of(given: str) -> str:
    if given == "-":
        return sys.stdin.read(20_000)
    try:
        return Path(given).read_text(encoding="utf-8", errors="replace")[:20_000]
    except OSError:
        return given


def _sorry(why: str) -> int:
    print(f"tajzia: {why}", file=sys.stderr)
    return 1
