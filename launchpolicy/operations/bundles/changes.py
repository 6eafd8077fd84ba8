"""Copy a bundle into the launch repository, and move one to what its source holds now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from launchpolicy.documents.editing import with_value
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.writing import block
from launchpolicy.hosts import whole_files
from launchpolicy.hosts.archives import SUFFIXES
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.hosts.memory_snapshot import OverlaidSnapshot
from launchpolicy.operations.adoption.additions import has_attribute, with_line
from launchpolicy.operations.bundles.comparison import PolicyChanges, compare_packs
from launchpolicy.operations.bundles.content import BundleContent, content_of
from launchpolicy.operations.bundles.problems import bad_name, name_used, unknown_bundle
from launchpolicy.operations.bundles.sources import BundleSource, open_source
from launchpolicy.operations.rules.bundle_locks import digests_below, locked_in
from launchpolicy.operations.rules.load import load_configuration, load_rules
from launchpolicy.policy.bundles import LockedBundle
from launchpolicy.requests.bundles import FOLDER, LOCK, BundleDeclaration
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.text import Text

ATTRIBUTES = ".gitattributes"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LOCK_COMMENT = "# Written by `launchpolicy bundle`. Do not edit it.\n"


class BundleResult(NamedTuple):
    """A bundle that was copied: its entry in the lock `before` (None: new) and `now`."""

    before: LockedBundle | None
    now: LockedBundle
    changes: PolicyChanges
    unnamed_packs: tuple[str, ...] = ()
    """Its packs that no process, kind or `mandatory` names: they judge nothing."""


class MissingDeclarationsError(MalformedRulesError):
    """An error of packs that need more than is declared; `lines` are the YAML to add."""

    def __init__(self, findings: tuple[Finding, ...], lines: str) -> None:
        super().__init__(findings)
        self.lines = lines


class _Plan(NamedTuple):
    """What is to be written: files by path, without what stands below `folder` now."""

    top: Path
    folder: str
    files: Mapping[str, bytes]
    result: BundleResult


def add_bundle(start: Path, declaration: BundleDeclaration) -> BundleResult:
    """Put a copy of a bundle into the launch repository above `start`.

    Nothing is written if the rules would not load with it.

    Raises:
        UsageError: the source or the name cannot be used.
        MalformedRulesError: the rules would not load.
        UndecidedError: the source cannot be reached.
    """
    top = require_launch_root(start)
    file, configuration = load_configuration(WorkTreeSnapshot(top))
    if not _NAME.fullmatch(declaration.name):
        raise bad_name(declaration.name)
    if any(bundle.name == declaration.name for bundle in configuration.bundles):
        raise name_used(declaration.name)
    text = with_value(file, ("bundles", len(configuration.bundles)), declaration.as_data())
    plan = _plan(top, declaration, text)
    _write(plan)
    return plan.result


def update_bundle(
    start: Path, name: str, ref: str | None = None, *, is_dry: bool = False
) -> BundleResult:
    """Replace the copy of a bundle by what its source holds now, at `ref` if one is given.

    Raises:
        UsageError: there is no such bundle, or its source cannot be used.
        MalformedRulesError: the rules would not load.
        UndecidedError: the source cannot be reached.
    """
    top = require_launch_root(start)
    file, configuration = load_configuration(WorkTreeSnapshot(top))
    names = [bundle.name for bundle in configuration.bundles]
    if name not in names:
        raise unknown_bundle(name, names)
    number = names.index(name)
    declaration, text = configuration.bundles[number], file.text
    if ref is not None and ref != declaration.ref:
        declaration = declaration._replace(ref=ref)
        text = with_value(file, ("bundles", number, "ref"), ref)
    plan = _plan(top, declaration, text)
    if not is_dry:
        _write(plan)
    return plan.result


def name_of_source(source: str) -> str:
    """Return what a bundle is called where nothing else is said: the last part of its source."""
    name = re.split(r"[/:\\]", source.rstrip("/"))[-1].lower()
    for suffix in (*SUFFIXES, ".git"):
        name = name.removesuffix(suffix)
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def _plan(top: Path, declaration: BundleDeclaration, text: str) -> _Plan:
    """Return what is to be written for a bundle, with `text` as the configuration.

    Raises:
        LaunchpolicyError: as in `add_bundle`.
    """
    snapshot = WorkTreeSnapshot(top)
    with open_source(declaration.source, declaration.ref, top) as source:
        content = content_of(source.snapshot, declaration.folder, declaration.packs)
        entry = _lock_entry(declaration, content, source)
    locked = locked_in(snapshot)
    before = locked.get(declaration.name)
    lock = {**locked, declaration.name: entry}
    files = {f"{declaration.folder}/{path}": data for path, data in content.files.items()}
    files |= {LOCK: _lock_text(lock).encode(), FILE: text.encode()}
    proposed = OverlaidSnapshot(snapshot, files, (declaration.folder,))
    try:
        named = load_rules(proposed).configuration.pack_names
    except MalformedRulesError as error:
        raise _with_needs(error, content) from error
    changes = compare_packs(snapshot, proposed, declaration)
    unnamed = tuple(pack for pack in content.packs if pack not in named)
    result = BundleResult(before, entry, changes, unnamed)
    return _Plan(top, declaration.folder, files, result)


def _lock_entry(
    declaration: BundleDeclaration, content: BundleContent, source: BundleSource
) -> LockedBundle:
    return LockedBundle(
        name=declaration.name,
        source=declaration.source,
        ref=declaration.ref,
        commit=source.commit,
        archive=source.archive,
        packs=content.packs,
        files={path: sha256(data) for path, data in content.files.items()},
    )


def _lock_text(locked: Mapping[str, LockedBundle]) -> str:
    data: dict[str, Any] = {
        "apiVersion": "launchpolicy/v1",
        "kind": "BundleLock",
        "bundles": [locked[name].as_data() for name in sorted(locked)],
    }
    text = _LOCK_COMMENT + block(data, lambda *_: "")
    again = read(LOCK, text.encode())
    if not isinstance(again, Document) or again.data != data:
        message = "the lock reads otherwise than it was meant"
        raise ValueError(message)
    return text


def _write(plan: _Plan) -> None:
    """Write the files; the configuration last, so that what is half written is refused."""
    there = digests_below(WorkTreeSnapshot(plan.top), plan.folder)
    for path in there:
        if f"{plan.folder}/{path}" not in plan.files:
            whole_files.remove(plan.top, f"{plan.folder}/{path}")
    _keep_bytes(plan.top)
    for path in sorted(plan.files, key=lambda path: (path == FILE, path == LOCK, path)):
        if whole_files.content(plan.top, path) != plan.files[path]:
            whole_files.write(plan.top, path, plan.files[path])


def _keep_bytes(top: Path) -> None:
    """Declare to git that the bytes of bundles are as they are: their digests are over them."""
    pattern = f"{FOLDER}/**"
    data = whole_files.content(top, ATTRIBUTES) or b""
    if not has_attribute(data, pattern):
        text = with_line(data, f"{pattern} -text")
        if text is not None:
            whole_files.write(top, ATTRIBUTES, text)


def _with_needs(error: MalformedRulesError, content: BundleContent) -> MalformedRulesError:
    """Return the error, with what the configuration must declare for the packs, if anything."""
    if not content.needs:
        return error
    return MissingDeclarationsError((*error.findings, _needs()), content.needs)


def _needs() -> Finding:
    return Finding(
        "bundle/needs",
        Text(
            "The packs need what their own repository declares; nothing was written.",
            "这些策略包需要其来源仓库中的声明；尚未写入任何内容。",
        ),
        Place(FILE, START),
        Text(
            f"Add the lines below to {FILE}, under the keys that are there already, then run this "
            "again. Where a list or a directory is your own, name your file in place of the copy.",
            f"请把下列各行加入 {FILE}（已有的键则并入其下），再重新运行。"
            "若名单应由您自己维护，请改为写自己的文件。",
        ),
    )
