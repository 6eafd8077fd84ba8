"""What a newer copy of a bundle changes: policies added, removed and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.policy.pack_files import PACK_FILE, is_policy_file
from launchpolicy.requests.bundles import BundleDeclaration
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot


class PolicyChanges(NamedTuple):
    """Policies as `pack/policy`, in order; `changed` also where only its binding differs.

    `stuck` are the packs that change under the same version or a lower one.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    stuck: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything changes."""
        return any(self)


def compare_packs(old: Snapshot, new: Snapshot, declaration: BundleDeclaration) -> PolicyChanges:
    """Return how the policies of a bundle differ between two snapshots.

    Layout and comments make no difference.
    """
    files, new_files = _files(old, declaration), _files(new, declaration)
    before, after = _policies(files), _policies(new_files)
    added, removed = set(after) - set(before), set(before) - set(after)
    changed = {name for name in set(before) & set(after) if before[name] != after[name]}
    packs = {name.partition("/")[0] for name in added | removed | changed}
    versions, new_versions = _versions(files), _versions(new_files)
    return PolicyChanges(
        added=tuple(sorted(added)),
        removed=tuple(sorted(removed)),
        changed=tuple(sorted(changed)),
        stuck=tuple(
            pack
            for pack in sorted(packs & set(versions) & set(new_versions))
            if new_versions[pack] <= versions[pack]
        ),
    )


def _files(snapshot: Snapshot, declaration: BundleDeclaration) -> dict[str, Any]:
    """Return the plain data of the files of a bundle's packs, by path; bytes where unreadable."""
    data: dict[str, Any] = {}
    entries = [
        entry
        for entry in snapshot.entries(declaration.pack_folder)
        if entry.mode in REGULAR_MODES
        and entry.path.count("/") == declaration.pack_folder.count("/") + 2
        and is_policy_file(entry.path)
    ]
    for blob in snapshot.read(entries, MAX_BYTES):
        file = read(blob.entry.path, blob.data or b"")
        data[blob.entry.path] = file.data if isinstance(file, Document) else blob.data
    return data


def _versions(files: Mapping[str, Any]) -> dict[str, int]:
    """Return the version of each pack that states one."""
    versions = {}
    for path, pack in files.items():
        *_, name, file = path.split("/")
        version = value_at(pack, ("spec", "version"))
        if file == PACK_FILE and isinstance(version, int):
            versions[name] = version
    return versions


def _policies(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what each policy says, with its binding and the parameters of its pack."""
    policies: dict[str, Any] = {}
    for path, policy in data.items():
        folder, _, file_name = path.rpartition("/")
        if file_name == PACK_FILE:
            continue
        name, pack = file_name.removesuffix(".yaml"), data.get(f"{folder}/{PACK_FILE}")
        policies[f"{folder.rpartition('/')[2]}/{name}"] = (policy, _binding(pack, name))
    return policies


def _binding(pack: Data, policy: str) -> Data:
    """Return what a pack says of a policy; all of it where it does not stand apart."""
    try:
        spec = pack["spec"]
        bindings = [item for item in spec["bindings"] if item["policy"] == policy]
    except (KeyError, TypeError):
        return pack
    return bindings, spec.get("params")
