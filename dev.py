#!/usr/bin/env python3
"""The one tool of a developer: every command does all the set-up it needs, then its work.

    python3 dev.py setup            set up, nothing else
    python3 dev.py run [args]       the demonstration (the tour where there is no display)
    python3 dev.py test [--full]    check, then the tests; more arguments go to pytest; --full adds the long
    python3 dev.py tour [args]      the guided journey
    python3 dev.py check [--fix]    lint, format, types, import contracts; --fix mends what it can first
    python3 dev.py bench [args]     the benchmarks
    python3 dev.py hostile [--json] the hostile client against a centre of its own
    python3 dev.py torture [--json] simulated workstations and a centre under every fault (docs/torture.md)
    python3 dev.py powercut [--json] simulated power cuts of a workstation's store (docs/torture.md)
    python3 dev.py build            the bundle, in dist/tajzia
    python3 dev.py lock [args]      renew requirements/*.txt from pyproject.toml (--upgrade takes the newest)
    python3 dev.py texts [FILE]     collect the texts of the sources into i18n/; FILE holds translations to take in

`--help` after a command says more of it, `python3 dev.py test -k WORDS` runs the tests whose names hold the words.
Standard library only: it runs before anything is installed. Set-up is done once for each state of the lock
files, is safe to interrupt and to start twice at the same time, and needs no display.
"""

from __future__ import annotations

import inspect
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from house.environment import (
    CATALOGUES,
    PYTHON,
    ROOT,
    alone,
    ensure_catalogues,
    ensure_environment,
    ensure_importable,
    ensure_installed,
    environment_is_whole,
    tool,
)
from house.saying import SetUpFailed, say
from house.system_packages import NEEDED_TO_BUILD, NEEDED_TO_COMPARE, NEEDED_TO_TEST, ensure_system_packages

OLDEST = (3, 11)
LOCK_SOURCES = {
    "dev": ("pyproject.toml", "--extra", "demo", "--group", "dev"),
    "bench": ("--group", "bench", "--constraint", "requirements/dev.txt"),
    "build": ("--group", "build", "--constraint", "requirements/dev.txt"),
}
LOCK_MANNER = (
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
)

LANGUAGES = ("ar", "en")
TEXT_FUNCTIONS = "tr N_ ctr:1c,2 CN_:1c,2 ntr:1,2"

# --- set-up -----------------------------------------------------------------------------------------------


def set_up(*locks: str, needed: dict[str, str] | None = None) -> None:
    """Bring system packages, virtual environment, dependencies and catalogues to what the sources ask for.

    `locks` and `needed` are asked for beyond what every command needs.
    """
    if sys.version_info < OLDEST:
        raise SetUpFailed(f"Python {'.'.join(map(str, OLDEST))} or newer is needed, not {sys.version.split()[0]}")
    ensure_system_packages(needed or {}, for_environment=not environment_is_whole())
    with alone() as lock:
        ensure_environment(lock)
        for name in ("dev", *locks):
            ensure_installed(name, lock)
        ensure_importable()
        ensure_catalogues(lock)


def set_up_to_compare() -> None:
    """Set up with the programs that the benchmarks measure beside ours."""
    set_up("bench", needed=NEEDED_TO_COMPARE)


# --- commands ---------------------------------------------------------------------------------------------


def setup(arguments: list[str]) -> int:
    """Set up, nothing else: system packages, `.venv` with what requirements/dev.txt locks, catalogues."""
    no_more(arguments)
    set_up()
    say("everything is set up")
    return 0


def run(arguments: list[str]) -> int:
    """Open the demonstration. Paths are those of the folder it was called in."""
    set_up()
    return become("-m", "desktop_app", "demo", *arguments, where=Path.cwd())


def tour(arguments: list[str]) -> int:
    """Go through the guided journey. Paths are those of the folder it was called in."""
    set_up()
    return become("-m", "desktop_app", "tour", *arguments, where=Path.cwd())


def test(arguments: list[str]) -> int:
    """Check the sources, then run the tests; the last line is pytest's.

    More arguments are pytest's: a path such as tests/domain, `-k WORDS`, `-x`. --full adds the long tests. All of the
    tests run on as many cores as there are; a selection runs as pytest does by itself.
    """
    full = "--full" in arguments
    rest = [argument for argument in arguments if argument != "--full"]
    # Whoever may not install packages runs a selection without all that other tests need; a test that misses its
    # programs names their package.
    needed = {} if rest and not full and os.geteuid() != 0 else NEEDED_TO_TEST
    if full:
        set_up("bench", needed=needed | NEEDED_TO_COMPARE)
    else:
        set_up(needed=needed)
    scope = ["--hypothesis-profile=full"] if full else ["-m", "not long"]
    # A file's tests stay together: they share what is dear to set up. tests/conftest.py says which files begin.
    abreast = [] if rest else [f"--numprocesses={cores()}", "--dist=loadfile", "--no-loadscope-reorder"]
    return checks() or become("-m", "pytest", *scope, *abreast, *rest)


def cores() -> int:
    """How many processes may run at a time here: a container has fewer than its machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check(arguments: list[str]) -> int:
    """Lint, format, types and import contracts; --fix first mends what it can."""
    set_up()
    if arguments == ["--fix"]:
        python("-m", "ruff", "check", "--quiet", "--fix-only", ".")
        python("-m", "ruff", "format", "--quiet", ".")
    else:
        no_more(arguments)
    return checks()


def checks() -> int:
    """Run every check, also after one has failed; return 0 when all of them passed."""
    # `python -m` throughout: the first line of a console script breaks in a folder with a space in its name.
    lint_imports = "import sys; from importlinter.cli import lint_imports as lint; sys.exit(lint(no_logo=True))"
    commands = {
        "lint": ("-m", "ruff", "check", "--quiet", "."),
        "format": ("-m", "ruff", "format", "--quiet", "--check", "."),
        "types": ("-m", "mypy"),
        "import contracts": ("-c", lint_imports),
    }
    failed = []
    for name, command in commands.items():
        say(name)
        if python(*command):
            failed.append(name)
    if failed:
        say(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Measure beside the peers that `requirements/bench.txt` brings."""
    set_up_to_compare()
    return become("-m", "tests.bench", *arguments)


def hostile(arguments: list[str]) -> int:
    """Attack a centre by every role and technique; fails when any of it gets anywhere."""
    set_up()
    return become("-m", "tests.hostile", *arguments)


def torture(arguments: list[str]) -> int:
    """Run schedules of simulated faults; fails when anything is lost, diverged, stuck or applied twice."""
    set_up()
    return become("-m", "tests.torture", *arguments)


def powercut(arguments: list[str]) -> int:
    """Cut the power at moments of a recorded morning; fails when anything acknowledged is lost, or a store damaged."""
    set_up()
    return become("-m", "tests.power", *arguments)


def build(arguments: list[str]) -> int:
    """Make the bundle in dist/tajzia and let it test itself."""
    no_more(arguments)
    set_up("build", needed=NEEDED_TO_BUILD)
    status = python("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec")
    if status:
        return status
    say("the bundle tests itself")
    return subprocess.run([ROOT / "dist" / "tajzia" / "tajzia", "--self-test"], check=False).returncode


def lock(arguments: list[str]) -> int:
    """Renew the lock files: with hashes, for every platform, without a registry's address.

    More arguments are those of `uv pip compile`: --upgrade takes the newest of everything.
    """
    set_up()
    for name, sources in LOCK_SOURCES.items():
        target = f"requirements/{name}.txt"
        say(f"locking {target}")
        compile_lock = ["-m", "uv", "pip", "compile", "--quiet", "--output-file", target]
        status = python(*compile_lock, *LOCK_MANNER, *sources, *arguments, stdout=subprocess.DEVNULL)
        if status:
            return status
    return 0


def texts(arguments: list[str]) -> int:
    """Collect the texts of the sources, merge them into every catalogue, compile the catalogues.

    A file of translations may be given; i18n/complete.py says how it is written.
    """
    given = [str(Path(name).absolute()) for name in arguments]
    if missing := [name for name in given if not Path(name).is_file()]:
        raise SetUpFailed(f"no such file of translations: {shlex.join(missing)}")
    set_up()
    babel = [str(PYTHON), "-m", "babel.messages.frontend", "--quiet"]
    template = CATALOGUES / "tajzia.pot"
    # Neither line numbers nor dates: what did not change in words does not change in the files.
    manner = [
        "--no-wrap",
        "--sort-by-file",
        "--add-location=file",
        "--omit-header",
        "--add-comments=For translators:",
    ]
    keywords = ["--no-default-keywords", f"--keywords={TEXT_FUNCTIONS}"]
    tool([*babel, "extract", *manner, *keywords, "--output-file", str(template), "desktop_app"])
    for language in LANGUAGES:
        catalogue = CATALOGUES / language / "LC_MESSAGES" / "tajzia.po"
        catalogue.parent.mkdir(parents=True, exist_ok=True)
        merge = [
            "update",
            "--no-wrap",
            "--no-fuzzy-matching",
            "--ignore-obsolete",
            "--ignore-pot-creation-date",
        ]
        merge += ["--init-missing", "--input-file", str(template), "--output-file", str(catalogue)]
        tool([*babel, *merge, "--locale", language])
    tool([str(PYTHON), "i18n/complete.py", *given])
    with alone() as held:
        ensure_catalogues(held)
    return 0


# --- the tools' tool --------------------------------------------------------------------------------------


def python(*arguments: str, stdout: int | None = None) -> int:
    """Run the environment's Python in the project folder; return its exit status."""
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, stdout=stdout, check=False).returncode


def become(*arguments: str, where: Path = ROOT) -> NoReturn:
    """Replace this process by the environment's Python: signals and the exit status are then its own."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.chdir(where)
    os.execv(PYTHON, [str(PYTHON), *arguments])


def no_more(arguments: list[str]) -> None:
    if arguments:
        raise SetUpFailed(f"not understood: {shlex.join(arguments)}")


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": setup,
    "run": run,
    "test": test,
    "tour": tour,
    "check": check,
    "bench": bench,
    "hostile": hostile,
    "torture": torture,
    "powercut": powercut,
    "build": build,
    "lock": lock,
    "texts": texts,
}
WITHOUT_HELP = {"setup", "test", "check", "build", "lock", "texts"}
"""Commands that pass no `--help` on to a program that would say something of them."""


def main(arguments: list[str]) -> int:
    """Run the command named by the first argument; return the exit status."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(__doc__)
        return 0 if arguments else 2
    command = COMMANDS.get(arguments[0])
    if command is None:
        say(f"no command {arguments[0]!r}; there are: {', '.join(COMMANDS)}")
        return 2
    if arguments[0] in WITHOUT_HELP and {"-h", "--help"} & set(arguments[1:]):
        print(f"python3 dev.py {arguments[0]}: {inspect.getdoc(command)}")
        return 0
    # Being told to end is treated like Ctrl-C, so that the tools started here end too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return command(arguments[1:])
    except SetUpFailed as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted; the next call takes up the set-up from a clean state")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
