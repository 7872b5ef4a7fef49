"""Why `tajzia verify` could not check anything: file or lists were not to be had. Of the paper nothing is said."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from desktop_app.texts.bidi import strip_marks
from desktop_app.texts.sentences import tr


@dataclass(frozen=True, slots=True)
class Trouble:
    """`kind` is for programs, `sentence` for whoever sits there: what is the matter, and what to do."""

    kind: str
    sentence: str

    def as_json(self) -> dict[str, object]:
        return {"valid": False, "verdict": "unchecked", "trouble": self.kind, "sentence": strip_marks(self.sentence)}


def trouble_with_file(path: str, why: OSError) -> Trouble:
    if isinstance(why, FileNotFoundError):
        return Trouble("file_missing", tr("There is no file {path}: look whether its name is right.", path=path))
    if isinstance(why, IsADirectoryError):
        return Trouble("file_is_folder", tr("{path} is a folder: name one file in it.", path=path))
    if isinstance(why, PermissionError):
        sentence = tr("You may not read the file {path}: ask whoever it belongs to.", path=path)
        return Trouble("file_forbidden", sentence)
    sentence = tr(
        "The file {path} could not be read ({why}): copy it to this computer and try again.", path=path, why=_named(why)
    )
    return Trouble("file_unreadable", sentence)


def trouble_with_lists(folder: Path, why: Exception) -> Trouble:
    """Lists that are missing, or not signed as they should be. Without good ones nothing is called valid."""
    if isinstance(why, FileNotFoundError | NotADirectoryError):
        sentence = tr(
            "The folder {path} lacks the lists of keys and revocations ({name}): name the folder that the centre gave"
            " out.",
            path=str(folder),
            name=Path(why.filename).name if why.filename else "",
        )
        return Trouble("lists_missing", sentence)
    if isinstance(why, OSError):
        sentence = tr("The lists in {path} could not be read ({why}).", path=str(folder), why=_named(why))
        return Trouble("lists_unreadable", sentence)
    sentence = tr(
        "The lists in {path} are damaged or not signed by the centre: take nothing by them, and fetch them anew.",
        path=str(folder),
    )
    return Trouble("lists_bad", sentence)


def another_list_key(key: str) -> str:
    """That the centre shows another one than the one that is held here; `key` in hexadecimal."""
    return tr(
        "The centre shows another list key, {key}, which was not taken: compare it with what the centre's administrator"
        " reads out.",
        key=key,
    )


def _named(why: OSError) -> str:
    """By the system's short name (EIO), which is the same in every language."""
    return errno.errorcode.get(why.errno or 0, type(why).__name__)
