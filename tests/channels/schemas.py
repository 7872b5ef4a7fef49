"""The JSON schemas that are handed to other systems: files of docs/portal, made of the types that the centre reads by.

`python -m tests.channels.schemas` writes them anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from desktop_app.wire.channels import SCHEMAS, schema_of

FOLDER = Path(__file__).parents[2] / "docs" / "portal"


def written(name: str) -> str:
    return json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n"


def check(name: str, value: Any) -> None:
    """Raises jsonschema.ValidationError where `value` is not what the schema's file says."""
    schema = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(value)


if __name__ == "__main__":
    for one in SCHEMAS:
        (FOLDER / f"{one}.json").write_text(written(one), encoding="utf-8")
