"""An SMS gateway with an HTTP interface as a table of settings (TOML, docs/notices.md): another one needs no code."""

from __future__ import annotations

import ipaddress
import re
import secrets
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Any
from urllib.parse import urlsplit

import msgspec

from desktop_app.domain.delivery import Answer, Report

_OFFERED = frozenset({"to", "text", "token", "report_url"})
_SHORTEST_SECRET = 16


class GatewaySettingsError(ValueError):
    """The file of settings, or a file of a secret, does not say what it must; the text says which and why."""


class NumberForm(StrEnum):
    """How the gateway wants numbers: +962791234567, 962791234567, or 00962791234567."""

    E164 = "e164"
    DIGITS = "digits"
    ZEROS = "zeros"

    def of(self, number: str) -> str:
        """`number` is in E.164."""
        match self:
            case NumberForm.E164:
                return number
            case NumberForm.DIGITS:
                return number.removeprefix("+")
            case NumberForm.ZEROS:
                return "00" + number.removeprefix("+")


class AnswerRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an answer with one of these statuses, whose body the pattern is found in, means."""

    status: tuple[int, ...]
    means: Answer
    pattern: str = ""
    everybody: bool = False


class ReportSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How delivery reports come in. `by` says whether they bring back our token (in the path) or the gateway's own id
    (in the parameter `message_id`). `number` is the parameter that says to whom the message went, for ids whose answer
    was lost. `url` is what the gateway is told, where that is not the address listened on. What is listened on is plain
    HTTP: an address of this computer, unless `allow_plain_http`."""

    listen: str
    secret: str
    state: str
    delivered: tuple[str, ...]
    failed: tuple[str, ...] = ()
    underway: tuple[str, ...] = ()
    by: str = "token"
    message_id: str = ""
    number: str = ""
    url: str = ""
    allow_plain_http: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    url: str
    answers: tuple[AnswerRule, ...]
    parameters: dict[str, str]
    parameters_gsm7: dict[str, str] = {}
    method: str = "GET"
    charset: str = "UTF-8"
    number: NumberForm = NumberForm.E164
    timeout_seconds: float = 20
    knows_ids: bool = False
    allow_plain_http: bool = False
    message_id_pattern: str = ""
    headers: dict[str, str] = {}
    values: dict[str, str] = {}
    secrets: dict[str, str] = {}
    reports: ReportSettings | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Reports:
    """Where reports are listened for, the secret of their path, and what their states mean."""

    host: str
    port: int
    url: str
    secret: str
    settings: ReportSettings
    states: Mapping[str, Report]


@dataclass(frozen=True, slots=True, repr=False)
class GatewaySettings:
    """A gateway as it is spoken to. `values` are what the templates of parameters may name, secrets among them: it is
    never printed."""

    name: str
    url: str
    method: str
    charset: str
    number: NumberForm
    timeout_seconds: float
    knows_ids: bool
    parameters: Mapping[str, str]
    parameters_gsm7: Mapping[str, str]
    headers: Mapping[str, str]
    answers: tuple[AnswerRule, ...]
    message_id_pattern: str
    values: Mapping[str, str]
    reports: Reports | None

    @property
    def is_here(self) -> bool:
        """Whether the gateway is on this computer."""
        return _is_here(urlsplit(self.url).hostname or "")


def read_gateway(file: Path) -> GatewaySettings:
    """Reads settings and the secrets they name, which lie beside them. Raises GatewaySettingsError, OSError."""
    try:
        said = msgspec.convert(tomllib.loads(file.read_text("utf-8")), _File)
        _check(said)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error, ValueError, LookupError) as why:
        raise GatewaySettingsError(f"{file}: {why}") from why
    kept = {name: _read_secret(file.parent / place) for name, place in said.secrets.items()}
    values = {**said.values, **kept}
    _check_places(file, said, frozenset(values))
    return GatewaySettings(
        name=said.name,
        url=said.url,
        method=said.method,
        charset=said.charset,
        number=said.number,
        timeout_seconds=said.timeout_seconds,
        knows_ids=said.knows_ids,
        parameters=said.parameters,
        parameters_gsm7={**said.parameters, **said.parameters_gsm7},
        headers=said.headers,
        answers=said.answers,
        message_id_pattern=said.message_id_pattern,
        values=values,
        reports=_reports(file, said.reports) if said.reports is not None else None,
    )


def _check(said: _File) -> None:
    if re.fullmatch(r"[a-z][a-z0-9_-]{0,30}", said.name) is None or said.name == "folder":
        raise ValueError("name: small letters and digits, and not `folder`")
    parts = urlsplit(said.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.fragment:
        raise ValueError("url: http:// or https://, a host, no password in it")
    if parts.scheme == "http" and not said.allow_plain_http and not _is_here(parts.hostname):
        raise ValueError("url: a gateway on another host is spoken to by https (or say allow_plain_http = true)")
    if said.method not in ("GET", "POST"):
        raise ValueError("method: GET or POST")
    if not 0 < said.timeout_seconds <= 300:
        raise ValueError("timeout_seconds: up to 300")
    "".encode(said.charset)
    if not any(rule.means is Answer.ACCEPTED for rule in said.answers):
        raise ValueError("answers: none means that a notice was accepted")
    for pattern in (said.message_id_pattern, *(rule.pattern for rule in said.answers)):
        re.compile(pattern)
    if said.message_id_pattern and re.compile(said.message_id_pattern).groups != 1:
        raise ValueError("message_id_pattern: one group, the id")


def _check_places(file: Path, said: _File, known: frozenset[str]) -> None:
    templates = [*said.parameters.values(), *said.parameters_gsm7.values(), *said.headers.values()]
    places = {name for one in templates for _, name, form, turned in Formatter().parse(one) if name is not None}
    if unknown := sorted(places - known - _OFFERED):
        raise GatewaySettingsError(f"{file}: nothing is known of {{{unknown[0]}}}")
    if not {"to", "text"} <= places:
        raise GatewaySettingsError(f"{file}: no parameter names {{to}} and {{text}}")
    if "report_url" in places and said.reports is None:
        raise GatewaySettingsError(f"{file}: {{report_url}} without a section [reports]")


def _reports(file: Path, said: ReportSettings) -> Reports:
    host, _, port = said.listen.rpartition(":")
    if not host or not port.isdecimal():
        raise GatewaySettingsError(f"{file}: reports.listen is host:port")
    if not _is_here(host.strip("[]")) and not said.allow_plain_http:
        raise GatewaySettingsError(
            f"{file}: reports.listen: reports come by plain HTTP, so to this computer (127.0.0.1) only; put a proxy"
            " with TLS before it, or say allow_plain_http = true in [reports]"
        )
    if said.by not in ("token", "message_id") or (said.by == "message_id" and not said.message_id):
        raise GatewaySettingsError(f"{file}: reports.by is token, or message_id with the parameter's name")
    states: dict[str, Report] = {}
    for report, words in (
        (Report.UNDERWAY, said.underway),
        (Report.FAILED, said.failed),
        (Report.DELIVERED, said.delivered),
    ):
        states |= dict.fromkeys(words, report)
    secret = _read_secret(file.parent / said.secret, make=True)
    if re.fullmatch(rf"[A-Za-z0-9_-]{{{_SHORTEST_SECRET},}}", secret) is None:
        raise GatewaySettingsError(f"{said.secret}: at least {_SHORTEST_SECRET} letters and digits")
    return Reports(host, int(port), said.url or f"http://{said.listen}", secret, said, states)


def _read_secret(file: Path, *, make: bool = False) -> str:
    """Raises GatewaySettingsError for a file that others may read."""
    if make and not file.exists():
        from desktop_app.centre.certificates import write_private

        write_private(file, secrets.token_urlsafe(32).encode("ascii"))
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise GatewaySettingsError(f"{file}: others may read it (chmod 600)")
    return file.read_text("utf-8").strip()


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def filled(template: str, values: Mapping[str, Any]) -> str:
    """`{name}` by name alone: a template was checked when it was read."""
    return "".join(
        text + (str(values[name]) if name is not None else "") for text, name, _, _ in Formatter().parse(template)
    )
