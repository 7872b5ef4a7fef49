"""What the program needs of the system: found missing, and installed or named."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping

from house.saying import SetUpFailed, say

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
NEEDED_TO_TEST = {
    "dbus-daemon": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "softhsm2-util": "softhsm2",
    "openssl": "openssl",
    "bearerbox": "kannel",
    "/usr/lib/kannel/test/fakesmsc": "kannel-extras",
    "/usr/sbin/cupsd": "cups-daemon",
    "/usr/sbin/lpadmin": "cups-client",
    "libpulse.so.0": "libpulse0",
}
NEEDED_TO_BUILD = {"objdump": "binutils"}
NEEDED_TO_COMPARE = {
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
}


def ensure_system_packages(needed: Mapping[str, str], *, for_environment: bool) -> None:
    """Install, as root on Debian or Ubuntu, what is missing of the system; otherwise name it and stop.

    `needed` maps parts (see the tables above) to packages; `for_environment` says that `.venv` is to be made,
    which takes what Debian keeps in a package apart. Raises SetUpFailed.
    """
    if sys.platform != "linux":
        return
    missing = missing_packages(needed, for_environment=for_environment)
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
    still_missing = missing_packages(needed, for_environment=for_environment)
    if still_missing:
        raise SetUpFailed(f"apt-get could not bring {', '.join(still_missing)} (its own words are above)")


def missing_packages(needed: Mapping[str, str], *, for_environment: bool) -> list[str]:
    """Return the packages to install, by looking for what they bring rather than for the packages."""
    parts = WINDOWLESS_LIBRARIES | PROGRAMS | dict(needed)
    # On a server without a display an ordinary user is not held up by what only a display needs.
    if os.geteuid() == 0 or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        parts |= DISPLAY_LIBRARIES
    missing = [package for part, package in parts.items() if not is_present(part)]
    if for_environment and importlib.util.find_spec("ensurepip") is None:
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
