"""Add a file as evidence to its request: digest computed, kind recognised, layout kept."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from launchpolicy.documents.editing import EditError, with_value
from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import require_document
from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.paths import problem_with
from launchpolicy.facts.evidence.reading import limit_of, read_evidence
from launchpolicy.facts.evidence.references import places, references
from launchpolicy.facts.evidence.registry import READERS, RECORD_SCHEMAS, kinds_of_suffix
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.launch_root import launch_root, relative_to_root, require_launch_root
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.request_files import require_well_formed, rewrite
from launchpolicy.operations.rules.declared_kinds import declared_kinds
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.requests.kinds import Kind, list_at, value_at
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.near_names import with_meant
from launchpolicy.vocabulary.place import Route, format_route, parse_route
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, read_one
from launchpolicy.vocabulary.text import Text

_PLACES_SHOWN = 12


class EvidenceAddition(NamedTuple):
    """What was added: to which request, by its path, at which routes, and what the file says."""

    request: str
    routes: tuple[Route, ...]
    evidence: dict[str, str]
    contents: EvidenceContents


class _EvidenceOwner(NamedTuple):
    """The request that a file stands beside."""

    file: Path
    kind: Kind
    document: Document
    keys: tuple[str, ...]


def add_evidence(file: Path, at: str | None, kind: str | None) -> EvidenceAddition:
    """Add a reference to `file` to the request in whose folder it stands.

    Args:
        file: the evidence.
        at: the route of the reference; without one, the references to this path are renewed.
        kind: the kind of evidence; without one it is recognised.

    Raises:
        UsageError: the file is no evidence, or it is not clear where it should be stated.
        MalformedRulesError: the request or the configuration is not right.
    """
    here = launch_root(Path.cwd())
    if here is not None and launch_root(file.parent) is None:
        raise _outside(file)
    root = require_launch_root(file.parent)
    snapshot = work_tree(root)
    relative = relative_to_root(root, file)
    target = _target(snapshot, root, relative)
    folder = target.document.path.rpartition("/")[0]
    path = relative.removeprefix(f"{folder}/")
    problem = problem_with(path)
    if problem is not None:
        raise UsageError(problem, _rename())
    data = _bytes(snapshot, relative)
    evidence_kind, contents = recognise(path, data, kind, target.keys)
    evidence = {"path": path, "kind": evidence_kind, "sha256": hashlib.sha256(data).hexdigest()}
    routes = _routes(target, path, at)
    rewrite(target.file, target.document, _edit(target, routes, evidence))
    return EvidenceAddition(target.document.path, tuple(routes), evidence, contents)


def _target(snapshot: Snapshot, root: Path, relative: str) -> _EvidenceOwner:
    file, configuration = load_configuration(snapshot)
    kinds = declared_kinds(snapshot, file, configuration)
    for folder in _parents(relative):
        for kind in kinds.values():
            names = (pattern.rpartition("/")[2] for pattern in kind.files.files)
            paths = (f"{folder}/{name}" for name in dict.fromkeys(names) if "*" not in name)
            path = next((path for path in paths if _is_document(snapshot, path, kind)), None)
            if path is None:
                continue
            document = require_document(read(path, _bytes(snapshot, path, MAX_BYTES)))
            return _EvidenceOwner(root / path, kind, document, configuration.evidence_keys)
    raise _outside(Path(relative))


def _outside(file: Path) -> UsageError:
    return UsageError(
        Text(f"{file} is in no folder of a request.", f"{file} 不在任何申请的目录中。"),
        Text(
            "Copy it beside the request.yaml that it is evidence for, and name the copy.",
            "请将其复制到所属申请的 request.yaml 旁边，再指定该副本。",
        ),
    )


def _is_document(snapshot: Snapshot, path: str, kind: Kind) -> bool:
    return kind.matches(path) and snapshot.entry(path) is not None


def _parents(relative: str) -> Iterator[str]:
    folder = relative.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _bytes(snapshot: Snapshot, path: str, limit: int = limit_of("document")) -> bytes:
    entry = snapshot.entry(path)
    if entry is None or entry.mode not in REGULAR_MODES:
        raise UsageError(
            Text(f"{path} is not a regular file.", f"{path} 不是普通文件。"),
            Text("Name the file itself, not a link to it.", "请指定文件本身，而不是链接。"),
        )
    blob = read_one(snapshot, entry, limit)
    if blob.data is None:
        size = limit // (1024 * 1024)
        raise UsageError(
            Text(f"{path} is larger than {size} MiB.", f"{path} 超过 {size} MiB。"),
            Text("Attach a smaller file.", "请附上较小的文件。"),
        )
    return blob.data


def recognise(
    path: str, data: bytes, kind: str | None, keys: tuple[str, ...]
) -> tuple[str, EvidenceContents]:
    """Return the kind as which the file can be read, and what it says."""
    if kind is not None:
        candidates: Sequence[str] = (kind,)
    else:
        candidates = kinds_of_suffix(Path(path).suffix.lower())
    schemas = {name: shipped_files.schema(name).data for name in RECORD_SCHEMAS}
    problems = []
    for candidate in candidates:
        contents = read_evidence(candidate, path, data, schemas)
        if keys and isinstance(contents, EvidenceContents):
            from launchpolicy.facts.evidence import attestation_signatures  # noqa: PLC0415 (rare)
            from launchpolicy.operations.rules.attestation_keys import verifier_of  # noqa: PLC0415

            contents = attestation_signatures.verify_attestation(contents, verifier_of(keys))
        if isinstance(contents, EvidenceContents):
            return candidate, contents
        problems.append((_says_that_it_is(data, candidate), contents.problem))
    problem = max(problems, key=lambda one: one[0])[1]
    raise UsageError(
        Text(
            f"{path} cannot be evidence: {problem.en}",
            f"{path} 不能作为证据：{problem.zh}",
        ),
        Text(
            f"Fix the file, or say what it is: --kind {' | '.join(READERS)}.",
            f"请修正文件，或用 --kind 指明类型：{'、'.join(READERS)}。",
        ),
    )


def _says_that_it_is(data: bytes, kind: str) -> bool:
    """Return whether a record names the kind of document that this kind of evidence is."""
    named = re.search(rb"^kind:[ \t]*[\"']?(\w+)", data, re.MULTILINE)
    return named is not None and named[1].decode() == READERS[kind].schema


def _routes(target: _EvidenceOwner, path: str, at: str | None) -> list[Route]:
    if at is not None:
        return [_route_of_option(target, at)]
    all_references = references(target.kind.schema, target.document.data)
    routes = [reference.route for reference in all_references if reference.path == path]
    if not routes:
        raise UsageError(
            Text(
                f"{target.document.path} does not refer to {path} yet.",
                f"{target.document.path} 尚未引用 {path}。",
            ),
            Text(
                f"Say where: --at ROUTE, for example {_examples(target.kind).en}.",
                f"请用 --at 指明位置，例如 {_examples(target.kind).zh}。",
            ),
        )
    return routes


def _route_of_option(target: _EvidenceOwner, at: str) -> Route:
    """Return the route of `--at`, which must be one at which the kind has evidence."""
    route: Route = ()
    with contextlib.suppress(ValueError):
        route = parse_route(at)
    shape = tuple("[]" if isinstance(step, int) else step for step in route)
    if shape not in places(target.kind.schema):
        raise UsageError(
            Text(f"There is no evidence at `{at}`.", f"`{at}` 不是填写证据的位置。"),
            with_meant(
                Text(
                    f"Places are {_examples(target.kind).en}.",
                    f"可用位置：{_examples(target.kind).zh}。",
                ),
                at,
                _place_names(target.kind),
            ),
        )
    for length, step in enumerate(route):
        if isinstance(step, int) and step > len(list_at(target.document.data, route[:length])):
            raise UsageError(
                Text(f"`{at}` leaves list items out.", f"`{at}` 跳过了列表项。"),
                Text("List items count from 0.", "列表下标从 0 开始。"),
            )
    return route


def _place_names(kind: Kind) -> list[str]:
    """Return every place of a kind's evidence, items written as the first of their list."""
    routes = (tuple(0 if one == "[]" else one for one in steps) for steps in places(kind.schema))
    return [format_route(route) for route in routes]


def _examples(kind: Kind) -> Text:
    """Return some places of a kind's evidence."""
    shown = _place_names(kind)[:_PLACES_SHOWN]
    return Text(", ".join(shown), "、".join(shown))


def _edit(target: _EvidenceOwner, routes: Sequence[Route], evidence: dict[str, str]) -> str:
    document = target.document
    for route in routes:
        try:
            text = _with_reference(document, route, evidence)
        except EditError as error:
            raise UsageError(
                Text(f"{document.path}: {error}.", f"{document.path}：{error}。"),
                Text(f"Write it by hand: {evidence}", f"请手工填写：{evidence}"),
            ) from error
        again = read(document.path, text.encode())
        if not isinstance(again, Document):
            raise MalformedRulesError(again.findings)
        document = again
    try:
        require_well_formed(document, target.kind)
    except MalformedRulesError as error:
        raise _not_written(document.path, routes[0], error) from error
    return document.text


def _not_written(path: str, route: Route, error: MalformedRulesError) -> UsageError:
    """Return the error about a request that would not be well-formed with the reference."""
    message, place = error.findings[0].message, format_route(route)
    return UsageError(
        Text(
            f"Nothing was written: with evidence at `{place}`, {path} would not be right. "
            f"{message.en}",
            f"未写入任何内容：在 `{place}` 填写证据后，{path} 不符合要求。{message.zh}",
        ),
        Text(
            f"Correct that in {path} first, such as the other keys of the same list item; then add "
            "the evidence again.",
            f"请先在 {path} 中更正，例如补全同一列表项的其他字段，再添加证据。",
        ),
    )


def _with_reference(document: Document, route: Route, evidence: dict[str, str]) -> str:
    """Return the text with the reference; an existing one keeps its layout."""
    there = value_at(document.data, route)
    if not isinstance(there, dict):
        return with_value(document, route, evidence)
    text = document.text
    for key, value in evidence.items():
        if there.get(key) != value:
            current = read(document.path, text.encode())
            if isinstance(current, Document):
                text = with_value(current, (*route, key), value)
    return text


def _rename() -> Text:
    return Text(
        "Rename the file: letters, digits, `.`, `_` and `-`, inside the request's folder.",
        "请重命名文件：使用字母、数字、`.`、`_`、`-`，并放在申请目录内。",
    )
