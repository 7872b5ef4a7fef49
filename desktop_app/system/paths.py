"""Where this program keeps its files, by the manners of the operating system."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

APP = "tajzia"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one workstation. `data` holds the store and its lock, `logs` the log and crash reports."""

    data: Path
    logs: Path

    @property
    def store(self) -> Path:
        return self.data / "store.db"

    @property
    def lock(self) -> Path:
        return self.data / "store.lock"

    @property
    def certificate_lists(self) -> Path:
        """What certificates are checked against; public, and of use without the store."""
        return self.data / "certificate-lists"

    @property
    def printer(self) -> Path:
        """The name of the printer that this workstation used last."""
        return self.data / "printer"

    @property
    def crashes(self) -> Path:
        return self.logs / "crashes"

    def make(self) -> Places:
        """Makes the folders, open to their owner alone. Raises OSError."""
        for folder in (self.data, self.logs, self.crashes):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self


def usual_places() -> Places:
    """The user's own folders."""
    import platformdirs

    return Places(
        data=Path(platformdirs.user_data_dir(APP, appauthor=False)),
        logs=Path(platformdirs.user_log_dir(APP, appauthor=False)),
    )


def places_in(folder: Path) -> Places:
    """Everything in one folder: a demonstration, a tour, or several workstations on one machine."""
    return Places(data=folder / "data", logs=folder / "logs")
