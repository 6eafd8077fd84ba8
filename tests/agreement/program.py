"""The one place where these tests touch launchpolicy: its command, and three internal functions.

A rename inside the package changes this module and nothing else in `tests/agreement/`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import check
from launchpolicy.hosts import shipped_files
from launchpolicy.ledger.signing import Signer
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place, Route, format_route

Data = Any
COMMAND = (sys.executable, "-m", "launchpolicy")


class Result(NamedTuple):
    """What a command left: its exit code, standard output and standard error."""

    code: int
    output: bytes
    errors: bytes

    @property
    def content(self) -> bytes:
        return b"exit code %d\n%s%s" % (self.code, self.output, self.errors)


def run(folder: Path, environment: Mapping[str, str], *arguments: str) -> Result:
    """Run `launchpolicy` in `folder`, in a process of its own."""
    done = subprocess.run(
        [*COMMAND, *arguments], cwd=folder, env=environment, capture_output=True, check=False
    )
    return Result(done.returncode, done.stdout, done.stderr)


def version() -> str:
    """Return the version that reports carry; digests must not depend on it."""
    done = subprocess.run([*COMMAND, "--version"], capture_output=True, check=True, text=True)
    return done.stdout.split()[-1]


def ledger_key() -> str:
    """Return a signing key that is the same in every run, as the environment holds it."""
    return Signer("acme.example/launches", bytes(range(32))).source


def data_of(path: str, source: bytes) -> Data:
    """Return the plain data of a YAML file, or None for a file that is refused."""
    document = read(path, source)
    return document.data if isinstance(document, Document) else None


def places(path: str, source: bytes) -> Iterator[Data]:
    """Yield the place of every route of a document, or the findings of its refusal."""
    document = read(path, source)
    if isinstance(document, Refusal):
        yield {"refused": [_finding(each) for each in document.findings]}
        return
    for route in _routes(document.data):
        yield {
            "value": _place(document.place(route)),
            "key": _place(document.key_place(route)),
            "missing": _place(document.place((*route, "no such key"))),
        }


@cache
def kinds() -> frozenset[str]:
    """Return the names of the kinds whose schema is shipped."""
    return frozenset(shipped_files.schema_kinds())


def findings_of_shape(kind: str, path: str, source: bytes) -> list[Data]:
    """Return what the schema of `kind` finds wrong; empty for a document of the right shape."""
    document = read(path, source)
    if isinstance(document, Refusal):
        return [_finding(each) for each in document.findings]
    return [_finding(each) for each in check(_schema(kind), document)]


@cache
def _schema(kind: str) -> Schema:
    return Schema(shipped_files.schema(kind).data)


def line(data: Data) -> bytes:
    """Return `data` as one line of JSON."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _routes(data: Data, route: Route = ()) -> Iterator[Route]:
    yield route
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _routes(value, (*route, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _routes(value, (*route, index))


def _finding(finding: Finding) -> Data:
    return {
        "rule": finding.rule,
        "message": [finding.message.en, finding.message.zh],
        "fix": [finding.fix.en, finding.fix.zh],
        "place": _place(finding.place),
    }


def _place(place: Place) -> Data:
    start, end = place.span
    return [
        place.path,
        [start.line, start.column, end.line, end.column],
        format_route(place.route),
        format_route(place.missing),
        place.source,
    ]
