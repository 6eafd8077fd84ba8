"""Write a policy, its binding and its cases into the work tree (`launchpolicy policy new`).

Everything is made and tested before the first file is written; no file is ever overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, cast

from launchpolicy.documents.editing import EditError
from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.documents.schema.sampling import NoSampleError
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import check, well_formed
from launchpolicy.engine.amendments import amend
from launchpolicy.engine.analysis.cases import run_cases
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.operations.policy import new_problems as problems
from launchpolicy.operations.policy.new_files import write_draft
from launchpolicy.operations.rules.declared_kinds import declared_kinds
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.policy import draft_files
from launchpolicy.policy.drafting import Draft, drafts, sample_document
from launchpolicy.policy.loading import load_pack
from launchpolicy.policy.pack_files import PACK_FILE, TEST_SUFFIX, Files, is_policy_file
from launchpolicy.requests.configuration import Configuration
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, bytes_at
from launchpolicy.vocabulary.text import Language, Text

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_DEFAULT_PACK = "own"


class DraftArguments(NamedTuple):
    """The arguments of the command; `pack` is None where the command chooses."""

    policy: str
    kind: str
    pack: str | None


class DraftedPolicy(NamedTuple):
    """What was written, by paths from the top of the launch repository, and its purpose."""

    kind: Kind
    pack: str
    folder: str
    files: tuple[str, ...]
    configuration: Configuration


@dataclass(frozen=True, slots=True)
class _DraftContext:
    snapshot: Snapshot
    configuration: Configuration
    kinds: Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class _Baseline:
    """The document that cases start from: path, text ("" if it is there), plain data."""

    path: str
    text: str
    data: dict[str, Any] | list[Any]
    is_sample: bool


def draft_policy(
    arguments: DraftArguments, start: Path, language: Language | None
) -> DraftedPolicy:
    """Write the policy, its cases, and its binding into the pack, made if need be.

    Args:
        arguments: id, kind and pack.
        start: a folder in the launch repository.
        language: the language of the comments; None for the configuration's, else English.

    Raises:
        UsageError: a name cannot be used, or nothing can be asked of the kind.
        MalformedRulesError: the configuration or the pack is not right as it is.
    """
    root = require_launch_root(start)
    snapshot = WorkTreeSnapshot(root)
    file, configuration = load_configuration(snapshot)
    context = _DraftContext(snapshot, configuration, declared_kinds(snapshot, file, configuration))
    kind = _kind(context, arguments.kind)
    folder = _folder(context, arguments.pack)
    _check_id(context, arguments.policy)
    comment_language = language or configuration.language or "en"
    files = _files(context, arguments.policy, kind, folder, comment_language)
    write_draft(root, files, folder)
    return DraftedPolicy(kind, folder.rpartition("/")[2], folder, tuple(files), configuration)


def _kind(context: _DraftContext, name: str) -> Kind:
    kind = context.kinds.get(name)
    if kind is None:
        raise problems.unknown_kind(name, list(context.kinds))
    return kind


def _folder(context: _DraftContext, name: str | None) -> str:
    """Return the folder of the pack: an existing one, or where it is to be made."""
    folders = dict(_pack_folders(context))
    if name is None:
        if len(folders) > 1:
            raise problems.which_pack(list(folders))
        name = next(iter(folders), _DEFAULT_PACK)
    if not _ID.match(name):
        raise problems.no_id(name, Text("pack", "策略包"))
    if name in shipped_files.pack_names():
        raise problems.pack_taken(name)
    return folders.get(name, f"{context.configuration.paths.policies[0]}/{name}")


def _pack_folders(context: _DraftContext) -> Iterator[tuple[str, str]]:
    """Yield the packs of this repository by name, with their folders."""
    for parent in context.configuration.paths.policies:
        for entry in context.snapshot.entries(parent):
            folder, _, name = entry.path.rpartition("/")
            if name == PACK_FILE and folder.rpartition("/")[0] == parent:
                yield folder.rpartition("/")[2], folder


def _check_id(context: _DraftContext, policy: str) -> None:
    """Require an id of its own: a waiver of one policy must not be a waiver of another."""
    if not _ID.match(policy):
        raise problems.no_id(policy, Text("policy", "策略"))
    if policy == PACK_FILE.removesuffix(".yaml"):
        raise problems.policy_taken(policy, PACK_FILE)
    for name in shipped_files.pack_names():
        if any(shipped_policy.id == policy for shipped_policy in shipped_files.pack(name).policies):
            raise problems.policy_taken(policy, name)
    for name, folder in _pack_folders(context):
        if context.snapshot.entry(f"{folder}/{policy}.yaml") is not None:
            raise problems.policy_taken(policy, name)


def _files(
    context: _DraftContext, policy: str, kind: Kind, folder: str, language: Language
) -> dict[str, str]:
    """Return the text of every file to write, by path: the first draft that its cases prove."""
    files = _pack_documents(context.snapshot, folder)
    pack = files.get(PACK_FILE)
    pack_text = _pack_text(pack, folder, policy, language)
    baseline = _baseline(context, kind, folder, policy)
    for draft in drafts(kind.schema, only_changed=kind.name in shipped_files.KINDS):
        start = _with_field(baseline, kind, draft)
        texts = (policy, kind.name, folder, draft)
        new_texts = {
            f"{policy}.yaml": draft_files.policy_file(*texts, language),
            f"{policy}{TEST_SUFFIX}": draft_files.cases_file(
                policy, folder, (start.path, start.data), draft, language
            ),
            start.path: start.text,
            PACK_FILE: pack_text,
        }
        if _is_proved(new_texts, (files, folder, policy), context.kinds, kind, start):
            return {f"{folder}/{name}": content for name, content in new_texts.items() if content}
    raise problems.nothing_to_ask(kind.name)


def _pack_documents(snapshot: Snapshot, folder: str) -> dict[str, Document | Refusal]:
    entries = [
        entry
        for entry in snapshot.entries(folder)
        if entry.path.count("/") == folder.count("/") + 1
        and is_policy_file(entry.path)
        and entry.mode in REGULAR_MODES
    ]
    blobs = snapshot.read(entries, MAX_BYTES)
    return {
        blob.entry.path.rpartition("/")[2]: read(blob.entry.path, blob.data or b"")
        for blob in blobs
    }


def _pack_text(
    pack: Document | Refusal | None, folder: str, policy: str, language: Language
) -> str:
    if pack is None:
        return draft_files.pack_file(folder.rpartition("/")[2], policy, language)
    try:
        return draft_files.with_binding(
            well_formed(shipped_files.schema("Pack").data, pack), policy
        )
    except EditError as error:
        raise problems.cannot_bind(f"{folder}/{PACK_FILE}", policy) from error


def _baseline(context: _DraftContext, kind: Kind, folder: str, policy: str) -> _Baseline:
    """Return the document that the cases start from.

    One that an earlier policy started from is taken, else one is made after the schema, or copied
    from the repository.
    """
    usual = f"cases/{re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '-', kind.name).lower()}.yaml"
    for path in (usual, f"cases/{policy}.yaml"):
        there = _document(context.snapshot, f"{folder}/{path}", kind)
        if there is not None:
            return _Baseline(path, "", there[1], is_sample=False)
        if context.snapshot.entry(f"{folder}/{path}") is None:
            break
    else:
        raise problems.no_baseline(kind)
    new_baseline = _sample(path, kind)
    if new_baseline is not None:
        return new_baseline
    for entry in chain.from_iterable(map(context.snapshot.entries, kind.files.folders)):
        if kind.matches(entry.path):
            existing = _document(context.snapshot, entry.path, kind)
            if existing is not None:
                return _Baseline(path, *existing, is_sample=False)
    raise problems.no_baseline(kind)


def _sample(path: str, kind: Kind) -> _Baseline | None:
    try:
        data = sample_document(kind.schema)
    except NoSampleError:
        return None
    return _new_baseline(path, kind, data)


def _new_baseline(path: str, kind: Kind, data: object) -> _Baseline | None:
    """Return plain data as a new baseline; None where it is not of the kind."""
    if not isinstance(data, dict | list):
        return None
    text = draft_files.as_yaml(data)
    document = read(path, text.encode(), kind.reading.of_one_document)
    if isinstance(document, Refusal) or check(kind.schema, document):
        return None
    return _Baseline(path, text, data, is_sample=True)


def _with_field(baseline: _Baseline, kind: Kind, draft: Draft) -> _Baseline:
    """Return a baseline with the field that the policy is about, so that a case removes it."""
    if not baseline.is_sample:
        return baseline
    settings = dict.fromkeys(draft.subject.routes_in(baseline.data), draft.subject.value)
    data = amend(baseline.data, settings, ())
    return _new_baseline(baseline.path, kind, data) or baseline


def _document(snapshot: Snapshot, path: str, kind: Kind) -> tuple[str, dict[str, Any]] | None:
    """Return text and data of a well-formed document of the kind, or None."""
    source = bytes_at(snapshot, path, kind.reading.max_bytes)
    if source is None:
        return None
    document = read(path, source, kind.reading.of_one_document)
    if isinstance(document, Refusal) or check(kind.schema, document):
        return None
    return document.text, cast("dict[str, Any]", document.data)


def _is_proved(
    texts: Mapping[str, str],
    place: tuple[Files, str, str],
    kinds: Mapping[str, Kind],
    kind: Kind,
    baseline: _Baseline,
) -> bool:
    """Return whether the pack with this draft loads, and every case comes out as it says.

    Raises:
        MalformedRulesError: the pack is wrong without it already.
    """
    files, folder, policy = place
    names = (f"{policy}.yaml", PACK_FILE)
    whole = {**files, **{name: read(f"{folder}/{name}", texts[name].encode()) for name in names}}
    try:
        pack = load_pack(folder, whole, _schemas("Policy", "Pack"), kinds)
    except MalformedRulesError as error:
        if any(not finding.place.path.endswith(f"/{policy}.yaml") for finding in error.findings):
            raise
        return False
    test = read(policy, texts[f"{policy}{TEST_SUFFIX}"].encode())
    if isinstance(test, Refusal) or check(_schemas("PolicyTest")["PolicyTest"], test):
        return False
    data: Any = test.data
    drafted = next(candidate for candidate in pack.policies if candidate.id == policy)
    results = run_cases(drafted, kind, data, {baseline.path: baseline.data})
    return all(result.problem is None for result in results)


def _schemas(*kinds: str) -> dict[str, Schema]:
    return {kind: shipped_files.schema(kind).data for kind in kinds}
