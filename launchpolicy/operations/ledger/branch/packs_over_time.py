"""Keep the shipped packs of the time in the ledger, so that landings are judged again as then.

A newer program brings other packs. The ledger therefore holds those that it was made with, each set
once, and says from which commit on each was used.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.shipped_files import ShippedRules
from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.problems import MalformedLedgerError, damaged_ledger
from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.edition import EDITION, FIRST_EDITION
from launchpolicy.policy.policy import pack_of
from launchpolicy.vocabulary.text import Text

SINCE = "shipped/since.json"
"""Which set was used from which commit on, oldest first: `[[commit, digest], …]`."""


class PacksOverTime:
    """Which shipped packs judge the landing that is reached; walk it in order."""

    __slots__ = ("_end", "_files", "_since", "now")

    def __init__(
        self, files: LedgerFiles | None = None, end: str | None = None, *, is_past: bool = False
    ) -> None:
        """Take what a ledger says up to the commit `end`; after it, the present packs.

        With `is_past` the walk begins after `end`: all is judged by the present packs.
        """
        self._files = files
        self._since = dict(since_of(files)) if files is not None and not is_past else {}
        self._end = end
        self.now = shipped_files.current()

    def from_beginning(self) -> PacksOverTime:
        """Return the same for a walk that begins where the history does."""
        return PacksOverTime(self._files, self._end)

    def recorded_at(self, commit: str) -> ShippedRules | None:
        """Return the packs that are recorded as used from a commit on; None where none are.

        Raises:
            MalformedLedgerError: they are not there.
        """
        digest = self._since.get(commit)
        return read_packs(self._files, digest) if digest and self._files is not None else None

    def reach(self, commit: str) -> bool:
        """Go on to a landing; return whether other packs judge it than the one before.

        Raises:
            MalformedLedgerError: the packs that were used then are not there.
        """
        digest = self._since.get(commit)
        if digest is None or digest == self.now.digest or self._files is None:
            return False
        self.now = read_packs(self._files, digest)
        return True

    def edition_at(self, commit: str) -> int:
        """Return the edition that judges a landing which has not been reached yet.

        Raises:
            MalformedLedgerError: the packs that were used then are not there.
        """
        digest = self._since.get(commit)
        if digest is None or self._files is None:
            return self.now.edition
        return read_packs(self._files, digest).edition

    def go_past(self, commit: str) -> bool:
        """Go past a landing; return whether the present packs take over."""
        if commit != self._end:
            return False
        before, self.now = self.now, shipped_files.current()
        return self.now.digest != before.digest


def since_of(files: LedgerFiles) -> list[tuple[str, str]]:
    """Return which packs a ledger says were used since when.

    Raises:
        MalformedLedgerError: it is not right.
    """
    source = files.find(SINCE)
    if source is None:
        return []
    try:
        return [(str(commit), str(digest)) for commit, digest in json.loads(source)]
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged_ledger(
            SINCE, Text("it is no list of commits and digests", "格式不正确")
        ) from error


def files_for(
    files: LedgerFiles, used: Mapping[str, ShippedRules], void: Collection[str] = ()
) -> dict[str, bytes]:
    """Return the files to write for packs used from new commits on (commit → packs).

    What is recorded of the commits of void entries says nothing about the branch.
    """
    since = since_of(files)
    count = len(since)
    files_to_write: dict[str, bytes] = {}
    for commit, packs in used.items():
        standing = [digest for other, digest in since if other not in void]
        if standing and standing[-1] == packs.digest:
            continue
        since.append((commit, packs.digest))
        path = _path(packs.digest)
        if files.find(path) is None:
            files_to_write[path] = _source(packs)
    return {SINCE: _json(since), **files_to_write} if len(since) > count else {}


def paths_of(files: LedgerFiles) -> set[str]:
    """Return the files that a ledger must hold about shipped packs."""
    since = since_of(files)
    return {SINCE, *(_path(digest) for _, digest in since)} if since else set()


def complaints(files: LedgerFiles, commits: Collection[str]) -> Iterator[Discrepancy]:
    """Yield what is wrong with the packs of a ledger, which has entries of these commits."""
    source = files.find(SINCE)
    if source is None:
        return
    since = since_of(files)
    strange = [commit for commit, _ in since if commit not in commits]
    if strange or _json(since) != source:
        yield Discrepancy(SINCE, Text("it was changed", "内容被改动"))
    for digest in dict.fromkeys(digest for _, digest in since):
        path = _path(digest)
        try:
            is_same = _is_present(files, digest) or (
                _source(read_packs(files, digest)) == files.read(path)
            )
        except MalformedLedgerError as error:
            yield Discrepancy(path, error.problem)
            continue
        if not is_same:
            yield Discrepancy(path, Text("it was changed", "内容被改动"))


def unknown_sets(files: LedgerFiles, trusted: Collection[str]) -> Iterator[Discrepancy]:
    """Yield the sets that no release of this program came with, and that nobody trusts (threat L5).

    A set in the ledger says how it was judged; only the verifier can say whether that was right.

    Raises:
        MalformedLedgerError: the list of sets is not right.
    """
    known = shipped_files.known_sets() | frozenset(trusted)
    since = since_of(files)
    for number, (commit, digest) in enumerate(since):
        if digest not in known:
            end = since[number + 1][0] if number + 1 < len(since) else ""
            yield Discrepancy(_path(digest), _unknown_set(commit, end, digest))


def _unknown_set(commit: str, end: str, digest: str) -> Text:
    until = Text(f" and before {end}", f"、{end} 之前") if end else Text("", "")
    return Text(
        f"what landed from {commit} on{until.en} was judged by rules that came with no release "
        f"that this program knows. Verify with the version of launchpolicy that brought them; or, "
        f"if you know where they come from: --trust-set {digest}",
        f"自 {commit} 起{until.zh}的合入所依据的规则并非本程序已知的任何发布版本所附带。"
        f"请用附带这些规则的 launchpolicy 版本验证；若确知其来源，可加上 --trust-set {digest}",
    )


def read_packs(files: LedgerFiles, digest: str) -> ShippedRules:
    """Return the packs with a digest, out of a ledger.

    Raises:
        MalformedLedgerError: they are not there, or are others.
    """
    if _is_present(files, digest):
        return shipped_files.current()
    path = _path(digest)
    try:
        data: Any = json.loads(files.read(path))
        texts: dict[str, str] = data["kinds"]
        rules = ShippedRules(
            {name: pack_of(source, digest_of(source)) for name, source in data["packs"].items()},
            texts,
            {name: shipped_files.schema_of(text.encode()) for name, text in texts.items()},
            data.get("edition", FIRST_EDITION),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged_ledger(path, Text("it holds no packs", "其中没有策略包")) from error
    if rules.edition not in range(FIRST_EDITION, EDITION + 1):
        raise damaged_ledger(path, _NEWER_EDITION)
    if rules.digest != digest:
        raise damaged_ledger(
            path, Text("its packs are not those of its name", "策略包与文件名不符")
        )
    return rules


def _is_present(files: LedgerFiles, digest: str) -> bool:
    """Return whether a ledger holds the present packs under their digest, byte for byte.

    Raises:
        MalformedLedgerError: it holds nothing under the digest.
    """
    is_named = digest == shipped_files.current().digest
    return is_named and files.read(_path(digest)) == _present_source(digest)


@functools.lru_cache(maxsize=1)
def _present_source(digest: str) -> bytes:
    """Return what a ledger holds of the present packs, whose digest this is."""
    del digest  # for the memory alone: a test may have other present packs
    return _source(shipped_files.current())


def _source(packs: ShippedRules) -> bytes:
    sources = {name: pack.source for name, pack in packs.packs.items()}
    edition = {"edition": packs.edition} if packs.edition > FIRST_EDITION else {}
    return _json({"packs": sources, "kinds": dict(packs.texts), **edition})


_NEWER_EDITION = Text(
    "its packs were used by a newer program, which judges otherwise: install that version",
    "其策略包由较新版本的程序使用，判定方式不同：请安装该版本",
)


def _json(data: object) -> bytes:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{text}\n".encode()


def _path(digest: str) -> str:
    return f"shipped/{digest.removeprefix('sha256:')}.json"
