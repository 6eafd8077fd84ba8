"""The rules of a launch repository, read from one snapshot of it: configuration, kinds, packs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, Refusal, read, too_large
from launchpolicy.documents.validation import not_a_file, require_document, well_formed
from launchpolicy.hosts import checked_packs, shipped_files
from launchpolicy.hosts.shipped_files import ShippedRules
from launchpolicy.operations.rules.declared_kinds import declared_kinds, pack_name_taken
from launchpolicy.policy.configuring import check_configuration
from launchpolicy.policy.edition import EDITION, FIRST_EDITION
from launchpolicy.policy.pack_files import Files, is_policy_file, pack_of_files
from launchpolicy.policy.pack_set import PackSet, pack_set
from launchpolicy.policy.policy import Pack
from launchpolicy.requests.configuration import (
    FILE,
    Configuration,
    configuration_of,
)
from launchpolicy.requests.kinds import WAIVER_PACKS, Kind
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, SnapshotEntry
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where there are waivers
    from launchpolicy.requests.waiver import Waiver


def load_rules(snapshot: Snapshot, then: ShippedRules | None = None) -> PackSet:
    """Return the pack set of the launch repository in `snapshot`.

    `then` is what came with the program when it judged, for judging again as it did.

    Raises:
        UsageError: there is no configuration.
        MalformedRulesError: something in it, or in a pack or kind it names, is not right.
    """
    file, configuration = load_configuration(snapshot)
    kinds = declared_kinds(snapshot, file, configuration, then)
    packs = _packs(snapshot, configuration, kinds, then)
    names = shipped_files.pack_names() if then is None else tuple(then.packs)
    edition = EDITION if then is None else then.edition
    findings = check_configuration(file, configuration, packs, names, edition)
    if findings:
        raise MalformedRulesError(findings)
    return pack_set(configuration, kinds, packs)._replace(
        waivers=_waivers(snapshot, kinds), edition=edition
    )


def _waivers(snapshot: Snapshot, kinds: Mapping[str, Kind]) -> tuple[Waiver, ...]:
    """Return the merged waivers; one that is malformed stops the run like any other rule.

    Raises:
        MalformedRulesError: one is not right.
    """
    kind = kinds["Waiver"]
    entries = [
        entry
        for folder in kind.files.folders
        for entry in snapshot.entries(folder)
        if kind.matches(entry.path)
    ]
    if not entries:
        return ()
    from launchpolicy.requests.waiver import waiver_of  # noqa: PLC0415 (few repositories have any)

    waivers = []
    for path, document in _read_all(snapshot, entries).items():
        data: Any = well_formed(kind.schema, document).data
        waivers.append(waiver_of(path, data))
    return tuple(waivers)


def load_configuration(snapshot: Snapshot) -> tuple[Document, Configuration]:
    """Return the configuration file of a snapshot, read and checked.

    Raises:
        UsageError: there is none.
        MalformedRulesError: it is not right.
    """
    entry = snapshot.entry(FILE)
    if entry is None:
        raise UsageError(
            Text(
                f"There is no {FILE} in the {snapshot.label}.", f"{snapshot.label} 中没有 {FILE}。"
            ),
            Text(
                "If the launch repository is a folder below, name it with --directory; to make one,"
                " run: launchpolicy init",
                "如果上线仓库是下级目录，请用 --directory 指定；"
                "如需新建，请运行：launchpolicy init",
            ),
        )
    document = _well_formed_configuration(_read_all(snapshot, [entry])[FILE])
    data: Any = document.data
    return document, configuration_of(data)


def _well_formed_configuration(file: Document | Refusal) -> Document:
    """Return the configuration, held against its schema unless this user did so before."""
    document = require_document(file)
    digest = shipped_files.schema_digests()["Configuration"]
    key = checked_packs.key_of_configuration(document.text, digest)
    if not checked_packs.is_known(key):
        well_formed(shipped_files.schema("Configuration").data, document)
        checked_packs.remember(key)
    return document


def load_packs(
    snapshot: Snapshot,
    folders: Iterable[str],
    kinds: Mapping[str, Kind],
    *,
    only: Collection[str] = (),
    use_memory: bool = False,
    edition: int = EDITION,
) -> dict[str, Pack]:
    """Return the packs below `folders`, by their folder, each checked against `kinds`.

    With `only`, no other pack folder is looked at: one may be tested while its neighbour is being
    written. With `use_memory` a pack that this user has checked before, unchanged, is not
    checked again.
    """
    packs: dict[str, Pack] = {}
    for folder, entries in _pack_folders(snapshot, folders):
        if only and folder not in only:
            continue
        files = [entry for entry in entries if is_policy_file(entry.path)]
        documents = _read_all(snapshot, files)
        named = {path.rpartition("/")[2]: document for path, document in documents.items()}
        key = None
        if use_memory:
            key = checked_packs.key_of(folder, named, kinds.values(), edition)
        if key is not None and checked_packs.is_known(key):
            packs[folder] = pack_of_files(named)
            continue
        packs[folder] = _load_checked_pack(folder, named, kinds, edition)
        if key is not None:
            checked_packs.remember(key)
    return packs


def _load_checked_pack(folder: str, files: Files, kinds: Mapping[str, Kind], edition: int) -> Pack:
    # Loaded here on purpose: the type check needs protobuf, which nothing else does.
    from launchpolicy.policy.loading import load_pack  # noqa: PLC0415

    schemas = {kind: shipped_files.schema(kind).data for kind in ("Policy", "Pack")}
    return load_pack(folder, files, schemas, kinds, shipped_files.obligation_names, edition)


def _pack_folders(
    snapshot: Snapshot, folders: Iterable[str]
) -> Iterator[tuple[str, list[SnapshotEntry]]]:
    """Yield every folder with YAML files directly below one of `folders`, with those files."""
    for parent in folders:
        by_folder: dict[str, list[SnapshotEntry]] = {}
        depth = parent.count("/") + 2
        for entry in snapshot.entries(parent):
            folder, _, name = entry.path.rpartition("/")
            if entry.path.count("/") == depth and name.endswith(".yaml"):
                by_folder.setdefault(folder, []).append(entry)
        yield from by_folder.items()


def _read_all(snapshot: Snapshot, entries: list[SnapshotEntry]) -> dict[str, Document | Refusal]:
    documents: dict[str, Document | Refusal] = {}
    regular = [entry for entry in entries if entry.mode in REGULAR_MODES]
    if len(regular) < len(entries):
        odd = next(entry for entry in entries if entry.mode not in REGULAR_MODES)
        raise MalformedRulesError((not_a_file(odd.path),))
    for blob in snapshot.read(regular, MAX_BYTES):
        path = blob.entry.path
        document = read(path, blob.data) if blob.data is not None else too_large(path, blob.size)
        documents[path] = document
    return documents


def _require_folders(snapshot: Snapshot, folders: Iterable[str]) -> None:
    """Require that nothing but a folder stands where packs would be, or on the way there.

    Raises:
        MalformedRulesError: there is a link or a submodule, whose content nobody would approve.
    """
    for folder in folders:
        steps = folder.split("/")
        above = (snapshot.entry("/".join(steps[:depth])) for depth in range(1, len(steps) + 1))
        within = (e for e in snapshot.entries(folder) if e.path.count("/") == len(steps))
        for entry in (*above, *within):
            if entry is not None and entry.mode not in REGULAR_MODES:
                raise MalformedRulesError((not_a_file(entry.path),))


def _packs(
    snapshot: Snapshot,
    configuration: Configuration,
    kinds: Mapping[str, Kind],
    then: ShippedRules | None,
) -> dict[str, Pack]:
    used = {*configuration.pack_names, *WAIVER_PACKS}
    names = shipped_files.pack_names() if then is None else tuple(then.packs)
    packs = {
        name: shipped_files.pack(name) if then is None else then.packs[name]
        for name in names
        if name in used
    }
    own = configuration.pack_folders
    if then is None or then.edition > FIRST_EDITION:
        _require_folders(snapshot, own)
    if configuration.bundles:
        from launchpolicy.operations.rules.bundle_locks import require_locked  # noqa: PLC0415 (few)

        require_locked(snapshot, configuration.bundles)
    if any(True for _ in _pack_folders(snapshot, own)):
        edition = EDITION if then is None else then.edition
        loaded = load_packs(snapshot, own, kinds, use_memory=True, edition=edition)
        folders: dict[str, str] = {}
        for folder, pack in loaded.items():
            if pack.name in names or pack.name in packs:
                earlier = folders.get(pack.name, "")
                raise MalformedRulesError((pack_name_taken(pack.name, folder, earlier),))
            packs[pack.name], folders[pack.name] = pack, folder
    return packs
