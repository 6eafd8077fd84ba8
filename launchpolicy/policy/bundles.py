"""The lock of bundles: where each copy came from, and the digest of every file in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from launchpolicy.policy.digest import digest_of
from launchpolicy.requests.bundles import LOCK, BundleDeclaration
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.text import Text


class LockedBundle(NamedTuple):
    """A bundle as it was copied.

    `commit` is the commit of a git repository, `archive` the SHA-256 of an archive; "" where the
    source is neither. `files` are the SHA-256 of every file, by its path in the bundle's folder.
    """

    name: str
    source: str
    ref: str
    commit: str
    archive: str
    packs: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Return one digest over all files."""
        return digest_of(dict(self.files))

    def as_data(self) -> dict[str, Any]:
        """Return the entry of the lock, without what is empty."""
        data = {
            "name": self.name,
            "source": self.source,
            "ref": self.ref,
            "commit": self.commit,
            "archive": self.archive,
            "digest": self.digest,
            "packs": list(self.packs),
            "files": dict(sorted(self.files.items())),
        }
        return {key: value for key, value in data.items() if value}


def locked_bundles(data: Mapping[str, Any]) -> dict[str, LockedBundle]:
    """Return the bundles of a lock that follows its schema, by name."""
    return {
        entry["name"]: LockedBundle(
            name=entry["name"],
            source=entry["source"],
            ref=entry.get("ref", ""),
            commit=entry.get("commit", ""),
            archive=entry.get("archive", ""),
            packs=tuple(entry["packs"]),
            files=entry["files"],
        )
        for entry in data["bundles"]
    }


def lock_problems(
    declaration: BundleDeclaration, locked: LockedBundle | None, stated_digest: str
) -> Iterator[Finding]:
    """Yield what is wrong between a declaration and its entry in the lock, apart from the files.

    The source may differ: a mirror holds the same files.
    """
    name, at = declaration.name, Place(LOCK, START)
    if locked is None:
        yield _finding(
            "not-locked",
            at,
            Text(
                f"The bundle {name} is declared, and not in {LOCK}.",
                f"外部策略集 {name} 已声明，但不在 {LOCK} 中。",
            ),
            Text(
                f"Restore {LOCK} from git, or copy the bundle again: "
                f"launchpolicy bundle update {name}",
                f"请从 git 恢复 {LOCK}，或重新复制：launchpolicy bundle update {name}",
            ),
        )
        return
    if locked.digest != stated_digest:
        yield _finding(
            "lock-edited",
            at,
            Text(
                f"The digest of the bundle {name} is not that of the files listed with it.",
                f"外部策略集 {name} 的摘要与所列文件不符。",
            ),
            _RESTORE,
        )
    packs = set(declaration.packs) or set(locked.packs)
    if locked.ref != declaration.ref or set(locked.packs) != packs:
        yield _finding(
            "not-updated",
            at,
            Text(
                f"The bundle {name} is declared with another ref or other packs than its copy has.",
                f"外部策略集 {name} 声明的版本或策略包与已复制的不一致。",
            ),
            Text(
                f"Run: launchpolicy bundle update {name}",
                f"请运行：launchpolicy bundle update {name}",
            ),
        )


def file_problems(
    folder: str, locked: LockedBundle, digests: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield each file below a bundle's folder that is not what was copied.

    Args:
        folder: the folder of the bundle.
        locked: the bundle's entry in the lock.
        digests: the SHA-256 of the files that are there, by path in the folder; "" for what is no
            regular file.
    """
    for path in sorted({*locked.files, *digests}):
        is_there, expected = digests.get(path), locked.files.get(path)
        if is_there == expected:
            continue
        place = Place(f"{folder}/{path}", START)
        if is_there is None:
            words = Text(
                f"{place.path} of the bundle {locked.name} is missing.",
                f"外部策略集 {locked.name} 缺少文件 {place.path}。",
            )
        elif expected is None:
            words = Text(
                f"{place.path} does not belong to the bundle {locked.name}.",
                f"{place.path} 不属于外部策略集 {locked.name}。",
            )
        else:
            words = Text(
                f"{place.path} is not the file that was copied with the bundle {locked.name}.",
                f"{place.path} 与外部策略集 {locked.name} 复制时的文件不一致。",
            )
        yield _finding("changed", place, words, _RESTORE)


def _finding(rule: str, place: Place, message: Text, fix: Text) -> Finding:
    return Finding(f"bundle/{rule}", message, place, fix)


_RESTORE = Text(
    "Restore it from git; to change a rule of a bundle, change it at its source, and run: "
    "launchpolicy bundle update",
    "请从 git 恢复；如需修改外部策略集中的规则，请在来源处修改，再运行：launchpolicy bundle update",
)
