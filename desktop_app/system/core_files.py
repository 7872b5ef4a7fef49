"""No memory of ours on the disk when the system ends the program: a core file would hold the store's key and names."""

from __future__ import annotations


def write_no_core_files() -> None:
    """For this process and those it starts, for good. Does nothing on a system that has no such limit (Windows keeps
    a dump only where its administrator asked for one).

    The limit is one byte, not none: Linux hands a core to a program of the system's (`core_pattern` with a bar)
    whatever the limit is, but not where it is 1 (core(5)); and no file is as small as that.
    """
    try:
        import resource
    except ImportError:
        return
    allowed = resource.getrlimit(resource.RLIMIT_CORE)[1]
    limit = 0 if allowed == 0 else 1
    resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
