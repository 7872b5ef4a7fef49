"""Complete the catalogues after collecting: English from the sources themselves, Arabic from a file of translations.

    python i18n/complete.py [TRANSLATIONS.json]

The file maps an English source string to its Arabic, or to the list of its six plural forms (zero, one, two,
few, many, other). A source string with a context is written ``context|string``. Unknown strings are refused, so
that a slip of the pen does not vanish. Needs Babel.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
# As gettext manuals give it: form 4 is "many" (11 to 99), form 5 "other" (100, 101, 102 …).
ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5)"
)
HEADER = {"ar": ARABIC, "en": "nplurals=2; plural=(n != 1)"}


def main(arguments: list[str]) -> int:
    given = json.loads(Path(arguments[0]).read_text("utf-8")) if arguments else {}
    english = _read("en")
    for message in _entries(english):
        message.string = message.id
    _write("en", english)
    arabic = _read("ar")
    for message in _entries(arabic):
        translation = given.pop(_key(message), None)
        if translation is not None:
            message.string = tuple(translation) if isinstance(translation, list) else translation
    _write("ar", arabic)
    open_entries = [_key(m) for m in _entries(arabic) if not all(m.string if m.pluralizable else [m.string])]
    print(f"Arabic: {len(open_entries)} of {len(arabic)} entries open")
    for key in open_entries:
        print(f"  {key}")
    for key in given:
        print(f"not in the sources: {key}", file=sys.stderr)
    return 1 if given else 0


def _key(message: Message) -> str:
    source = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}|{source}" if message.context else source


def _entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _path(language: str) -> Path:
    return HERE / language / "LC_MESSAGES" / "tajzia.po"


def _read(language: str) -> Catalog:
    with _path(language).open("rb") as file:
        return read_po(file, locale=language)


def _write(language: str, catalogue: Catalog) -> None:
    head = (
        f'# Tajzia in {catalogue.locale.english_name}.\nmsgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {HEADER[language]};\\n"\n\n'
    )
    part = _path(language).with_suffix(".part")
    with part.open("wb") as file:
        file.write(head.encode())
        write_po(file, catalogue, width=0, omit_header=True, sort_by_file=True)
    part.replace(_path(language))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
