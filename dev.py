#!/usr/bin/env python3
"""The one tool of a developer: every command does all the set-up it needs, then its work.

    python3 dev.py setup            set up, nothing else
    python3 dev.py run [args]       the demonstration (the tour where there is no display)
    python3 dev.py test [--full]    check, then the tests; more arguments go to pytest; --full adds the long
    python3 dev.py tour [args]      the guided journey
    python3 dev.py check [--fix]    lint, format, types, import contracts; --fix mends what it can first
    python3 dev.py bench [args]     the benchmarks
    python3 dev.py build            the bundle, in dist/
    python3 dev.py lock [args]      renew requirements/*.txt from pyproject.toml (--upgrade takes the newest)
    python3 dev.py texts            collect the texts of the sources into i18n/

Standard library only: it runs before anything is installed. Set-up is done once for each state of the lock
files, is safe to interrupt and to start twice at the same time, and needs no display.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
CATALOGUES = ROOT / "i18n"

OLDEST = (3, 11)
# What pip and venv made is only trusted when this folder says that they came to their end.
STAMPS = VENV / "set-up"

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
TEXT_FUNCTIONS = "tr N_ ctr:1c,2 ntr:1,2"

# Shared library or program → the Debian and Ubuntu package that brings it.
WINDOWLESS_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
}
DISPLAY_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
PROGRAMS = {"fc-list": "fontconfig", "pdftotext": "poppler-utils"}
NEEDED_TO_BUILD = {"objdump": "binutils"}
NEEDED_TO_COMPARE = {
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
}


class SetUpFailed(Exception):
    """The environment lacks something that only its owner can give; the message says what."""


def say(text: str) -> None:
    """Tell the developer what is going on, at once, apart from the output of the tools."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


# --- set-up -----------------------------------------------------------------------------------------------


def set_up(*locks: str, needed: dict[str, str] | None = None) -> None:
    """Bring system packages, virtual environment, dependencies and catalogues to what the sources ask for.

    `locks` and `needed` are asked for beyond what every command needs.
    """
    if sys.version_info < OLDEST:
        raise SetUpFailed(
            f"Python {'.'.join(map(str, OLDEST))} or newer is needed, not {sys.version.split()[0]}"
        )
    ensure_system_packages(needed or {})
    with alone() as lock:
        ensure_environment(lock)
        for name in ("dev", *locks):
            ensure_installed(name, lock)
        ensure_importable()
        ensure_catalogues(lock)


def set_up_to_compare() -> None:
    """Set up with the programs that the benchmarks measure beside ours."""
    set_up("bench", needed=NEEDED_TO_COMPARE)


@contextmanager
def alone() -> Iterator[int]:
    """Hold the project folder's set-up lock; tools started meanwhile inherit it and hold it to their end."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another set-up of this folder")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def ensure_system_packages(needed: dict[str, str]) -> None:
    """Install, as root on Debian or Ubuntu, what is missing of the system; otherwise name it and stop."""
    if sys.platform != "linux":
        return
    missing = missing_packages(needed)
    if not missing:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None:
        raise SetUpFailed(f"install first what Debian's packages {', '.join(missing)} bring")
    if os.geteuid() != 0:
        raise SetUpFailed(f"system packages are missing; install them first:\n    sudo {shlex.join(command)}")
    say(f"installing system packages: {' '.join(missing)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # A stale or partly unreachable package list may still hold what is needed: the installation decides.
    subprocess.run(["apt-get", "update", "--quiet=2"], env=environment, check=False)
    subprocess.run(command, env=environment, check=False)
    still_missing = missing_packages(needed)
    if still_missing:
        raise SetUpFailed(f"apt-get could not bring {', '.join(still_missing)} (its own words are above)")


def missing_packages(needed: dict[str, str]) -> list[str]:
    """Return the packages to install, by looking for what they bring rather than for the packages."""
    parts = WINDOWLESS_LIBRARIES | PROGRAMS | needed
    # On a server without a display an ordinary user is not held up by what only a display needs.
    if os.geteuid() == 0 or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        parts |= DISPLAY_LIBRARIES
    missing = [package for part, package in parts.items() if not is_present(part)]
    if not environment_is_whole() and importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return missing


def is_present(part: str) -> bool:
    """Tell whether a shared library can be loaded, or a program be found."""
    if ".so." not in part:
        return shutil.which(part) is not None
    try:
        ctypes.CDLL(part)
    except OSError:
        return False
    return True


def environment_is_whole() -> bool:
    """Tell whether `.venv` was finished and its Python is still the one it was made with."""
    stamp = STAMPS / "python"
    return (
        stamp.is_file()
        and PYTHON.exists()
        and not (STAMPS / "installing").exists()
        and stamp.read_text(encoding="utf-8") == os.path.realpath(PYTHON)
    )


def ensure_environment(lock: int) -> None:
    """Make `.venv` anew unless it is whole: what an interrupted set-up left is not built upon."""
    if environment_is_whole():
        return
    say("making the virtual environment in .venv")
    # A virtual environment's own Python cannot clear the folder it runs from.
    maker = getattr(sys, "_base_executable", None) or sys.executable
    tool([maker, "-m", "venv", "--clear", str(VENV)], lock)
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / "python").write_text(os.path.realpath(PYTHON), encoding="utf-8")


def ensure_installed(name: str, lock: int) -> None:
    """Install one lock file, hashes checked, unless this very state of it is installed already."""
    requirements = LOCKS / f"{name}.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    stamp = STAMPS / f"{name}.sha256"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return
    say(f"installing requirements/{name}.txt (the first time takes some minutes)")
    mark = STAMPS / "installing"
    mark.touch()
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    tool([*pip, "install", "--quiet", "--require-hashes", "--no-deps", "-r", str(requirements)], lock)
    stamp.write_text(digest, encoding="utf-8")
    mark.unlink()


def ensure_importable() -> None:
    """Let the environment's Python import the project from where it lies, also after the folder moved."""
    for packages in VENV.glob("lib/python*/site-packages"):
        path_file = packages / "tajzia.pth"
        line = f"{ROOT}\n"
        if not path_file.is_file() or path_file.read_text(encoding="utf-8") != line:
            path_file.write_text(line, encoding="utf-8")


def ensure_catalogues(lock: int) -> None:
    """Compile the message catalogues that are older than their source."""
    sources = list(CATALOGUES.glob("*/LC_MESSAGES/*.po"))
    if any(is_stale(source.with_suffix(".mo"), source) for source in sources):
        tool([str(PYTHON), str(ROOT / "hatch_build.py")], lock)


def is_stale(made: Path, source: Path) -> bool:
    return not made.is_file() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


# --- commands ---------------------------------------------------------------------------------------------


def setup(arguments: list[str]) -> int:
    """Set up, nothing else."""
    no_more(arguments)
    set_up()
    say("everything is set up")
    return 0


def run(arguments: list[str]) -> int:
    """Open the demonstration."""
    set_up()
    return become("-m", "desktop_app", "demo", *arguments)


def tour(arguments: list[str]) -> int:
    """Go through the guided journey."""
    set_up()
    return become("-m", "desktop_app", "tour", *arguments)


def test(arguments: list[str]) -> int:
    """Check the sources, then run the tests; the last line is pytest's."""
    full = "--full" in arguments
    rest = [argument for argument in arguments if argument != "--full"]
    if full:
        set_up_to_compare()
    else:
        set_up()
    scope = ["--hypothesis-profile=full"] if full else ["-m", "not long"]
    return checks() or become("-m", "pytest", *scope, *rest)


def check(arguments: list[str]) -> int:
    """Lint, format, types and import contracts."""
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
    lint_imports = (
        "import sys; from importlinter.cli import lint_imports as lint; sys.exit(lint(no_logo=True))"
    )
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
    """Renew the lock files: with hashes, for every platform, without a registry's address."""
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
    tool([str(PYTHON), "i18n/complete.py", *arguments])
    with alone() as held:
        ensure_catalogues(held)
    return 0


# --- the tools' tool --------------------------------------------------------------------------------------


def tool(command: Sequence[str], *inherited: int) -> None:
    """Run one tool of the set-up to its end, or fail with what to look at."""
    done = subprocess.run(command, cwd=ROOT, pass_fds=inherited, check=False)
    if done.returncode:
        raise SetUpFailed(f"this did not work (its own words are above): {shlex.join(command)}")


def python(*arguments: str, stdout: int | None = None) -> int:
    """Run the environment's Python in the project folder; return its exit status."""
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, stdout=stdout, check=False).returncode


def become(*arguments: str) -> NoReturn:
    """Replace this process by the environment's Python: signals and the exit status are then its own."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.chdir(ROOT)
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
    "build": build,
    "lock": lock,
    "texts": texts,
}


def main(arguments: list[str]) -> int:
    """Run the command named by the first argument; return the exit status."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(__doc__)
        return 0 if arguments else 2
    command = COMMANDS.get(arguments[0])
    if command is None:
        say(f"no command {arguments[0]!r}; there are: {', '.join(COMMANDS)}")
        return 2
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
