"""The entry of the program: `tajzia` and `python -m desktop_app`."""

from __future__ import annotations

import sys

from desktop_app.cli.dispatch import Entry, dispatch
from desktop_app.system.core_files import write_no_core_files

# The one table of subcommands. It stands here because `cli`, `demo` and `tour` do not know one another.
SUBCOMMANDS = {
    "open": Entry("desktop_app.cli.open", "open this workstation (the default)"),
    "enrol": Entry("desktop_app.cli.enrol", "make this computer a device of the centre, by an invitation"),
    "passphrase": Entry("desktop_app.cli.passphrase", "change the passphrase that seals this computer's keys"),
    "demo": Entry("desktop_app.demo.command", "a centre of its own, sample data, and the program on it"),
    "tour": Entry("desktop_app.tour.command", "the guided journey, from the counter to the certificate"),
    "centre": Entry("desktop_app.cli.centre", "prepare, serve and look after the centre"),
    "audit": Entry("desktop_app.cli.audit", "check that nothing written down was changed; heads for a witness"),
    "verify": Entry("desktop_app.cli.verify", "check a certificate: a PDF, a picture, or what a scanner read"),
    "certificate": Entry("desktop_app.cli.certificate", "write sample certificates, signed by a throw-away key"),
    "import": Entry("desktop_app.cli.import_file", "take over licences or dues from a CSV file"),
    "--look": Entry("desktop_app.cli.look", "look through a file for the program itself, in a process of its own"),
    "--self-test": Entry("desktop_app.cli.self_test", "let the installed program test itself"),
}


def main() -> int:
    """Run the subcommand named on the command line; return the exit status."""
    write_no_core_files()
    return dispatch(SUBCOMMANDS, "open", sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
