"""The sets `places` and `schema-verdicts`: documents of our own kinds, and altered copies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.agreement import program
from tests.agreement.alterations import Choices, altered_data, altered_text
from tests.agreement.digests import Item
from tests.agreement.real import real_files
from tests.agreement.workspace import Extent, Workspace

ROOT = Path(__file__).parents[2]
_FOLDERS = ("examples", "policies", "tests/schemas/good", "tests/requests/data")
_COPIES_FOR_PLACES = 12
_COPIES_OF_REAL_FILE = 3
_EVERY_REAL_FILE = 10
_COPIES_BY_KIND = {"LaunchRequest": 40, "Policy": 12, "PolicyTest": 6}
_COPIES_OF_OTHER_KINDS = 40


class Source(NamedTuple):
    """A file that is altered; `kind` is empty for a file of no shipped kind."""

    path: str
    content: bytes
    kind: str
    data: Any


def sources() -> list[Source]:
    """Return every YAML file of the examples, of the shipped packs and of the tests' good files."""
    files = {path for folder in _FOLDERS for path in (ROOT / folder).rglob("*.yaml")}
    return [_source(path) for path in sorted(files)]


def _source(path: Path) -> Source:
    name, content = path.relative_to(ROOT).as_posix(), path.read_bytes()
    data = program.data_of(name, content)
    kind = data.get("kind", "") if isinstance(data, dict) else ""
    return Source(name, content, kind if kind in program.kinds() else "", data)


def places(_: Workspace, extent: Extent) -> Iterator[Item]:
    """Yield the places of every route of each document, and of copies with a mistake in them."""
    files = {each.path: (each.content, _COPIES_FOR_PLACES) for each in sources()}
    for number, (path, content) in enumerate(real_files().items()):
        if number % _EVERY_REAL_FILE == 0:
            files[path] = (content, _COPIES_OF_REAL_FILE)
    for number, (path, (content, copies)) in enumerate(sorted(files.items())):
        if not extent.takes(number):
            continue
        group = path.split("/")[0]
        yield Item(f"{group}: places", path, _places(path, content))
        for copy in range(copies):
            source = altered_text(content.decode(), Choices(f"{path} {copy}"))
            found = _places(path, source)
            outcome = "refusals" if found.startswith(b'{"refused"') else "altered"
            yield Item(f"{group}: {outcome}", f"{path} {copy}", found)


def _places(path: str, source: bytes) -> bytes:
    return b"".join(map(program.line, program.places(path, source)))


def schema_verdicts(_: Workspace, extent: Extent) -> Iterator[Item]:
    """Yield the verdict of the schema on altered copies, and what it explains."""
    number = 0
    for source in sources():
        copies = _COPIES_BY_KIND.get(source.kind, _COPIES_OF_OTHER_KINDS)
        for copy in range(copies if source.kind else 0):
            if extent.takes(number):
                yield from _verdict(source, copy)
            number += 1


def _verdict(source: Source, copy: int) -> Iterator[Item]:
    data = altered_data(source.data, Choices(f"{source.path} {copy}")) if copy else source.data
    text = json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    findings = program.findings_of_shape(source.kind, source.path, text)
    name = f"{source.path} {copy}"
    yield Item(f"{source.kind}: verdicts", name, b"no" if findings else b"yes")
    yield Item(f"{source.kind}: explanations", name, b"".join(map(program.line, findings)))
