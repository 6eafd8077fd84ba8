"""Keep the records of a ledger a second time, beside its kept checkpoint (threat L1).

History does not hold the reviews of the host, nor the packs of the time: who loses the ledger's
branch would lose them, and build another ledger. So the branch of kept checkpoints has a copy of
`facts/` and `shipped/`, and says up to which commit the ledger goes. A copy proves nothing by
itself: what is built from it must have the root of a kept checkpoint.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from launchpolicy.hosts.git.first_parent_history import listing
from launchpolicy.hosts.git.repository import is_oid
from launchpolicy.hosts.git.trees import TreeDifference
from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import SINCE
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState
from launchpolicy.operations.ledger.problems import damaged_ledger
from launchpolicy.vocabulary.text import Text, quantity

RECORDS = "records"
UNTIL = "until.json"
"""Up to which commit the ledger goes whose records these are: after it the present packs judge."""

_FOLDERS = ("facts", "shipped")
_COMMIT_DIGITS = 16
_PREFIX = "launch-ledger/"


def copies_to_keep(
    place: LedgerLocation, state: LedgerState, kept: LedgerFiles
) -> dict[str, bytes]:
    """Return the files to write so that all records of a ledger are kept a second time.

    A copy that is there is never replaced by another one: it may be the only honest witness.
    """
    if state.checkpoint is None or state.files.commit is None:
        return {}
    folder = records_folder(state.checkpoint.origin)
    files: dict[str, bytes] = {}
    for path, difference in _differences(place, state, kept):
        if difference.new is not None and (difference.old is None or path == SINCE):
            source = state.files.read(path)
            if path != SINCE or _goes_on(kept.find(f"{folder}/{path}"), source):
                files[f"{folder}/{path}"] = source
    until = _json({"commit": state.last_commit, "size": state.size})
    if kept.find(f"{folder}/{UNTIL}") != until:
        files[f"{folder}/{UNTIL}"] = until
    return files


def complaints_about_copies(
    place: LedgerLocation, state: LedgerState, kept: LedgerFiles
) -> Iterator[Discrepancy]:
    """Yield the copies that are not what the ledger has; one that is only missing is no complaint.

    Raises:
        MalformedLedgerError: a list of packs is not right.
    """
    if state.checkpoint is None:
        return
    folder = records_folder(state.checkpoint.origin)
    for path, difference in _differences(place, state, kept):
        if difference.old is None:
            continue
        where = f"{place.settings.heads_branch}:{folder}/{path}"
        if difference.new is None:
            yield Discrepancy(where, _NOT_IN_LEDGER)
        elif path != SINCE or not _goes_on(kept.find(f"{folder}/{path}"), state.files.read(path)):
            yield Discrepancy(where, _OTHER_COPY)


def note_on_copies(place: LedgerLocation, state: LedgerState, kept: LedgerFiles) -> Text | None:
    """Return how many records are not kept a second time yet; None where all are."""
    pending = [
        path for path, difference in _differences(place, state, kept) if difference.old is None
    ]
    if not pending:
        return None
    return Text(
        f"{quantity(len(pending), 'record')} of the ledger not kept a second time yet: "
        "the next append does that.",
        f"上线日志中有 {len(pending)} 份登记尚未另存副本：下一次追加时会保存。",
    )


def records_folder(origin: str) -> str:
    """Return where the copies of the records of a ledger of this name are."""
    return f"{origin}/{RECORDS}"


def kept_origin(place: LedgerLocation, kept: LedgerFiles) -> str | None:
    """Return the name of the ledger of this history of which something is kept.

    A second repository may keep what is of many ledgers: this one has the configured name, or is
    called after a commit of this history.
    """
    origin = place.settings.origin
    if origin and kept.find(f"{origin}/{CHECKPOINT}") is not None:
        return origin
    called = {
        entry.path.removeprefix(_PREFIX).removesuffix(f"/{CHECKPOINT}")
        for entry in kept.all()
        if entry.path.startswith(_PREFIX) and entry.path.endswith(f"/{CHECKPOINT}")
    }
    if not called:
        return None
    for step in listing(place.repository, place.head):
        if step.commit[:_COMMIT_DIGITS] in called:
            return f"{_PREFIX}{step.commit[:_COMMIT_DIGITS]}"
    return None


def kept_until(copies: LedgerFiles) -> str | None:
    """Return the commit up to which the ledger went whose records were kept.

    Raises:
        MalformedLedgerError: the file does not say.
    """
    source = copies.find(UNTIL)
    if source is None:
        return None
    try:
        data: Any = json.loads(source)
        commit = data["commit"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise damaged_ledger(UNTIL, _NO_COMMIT) from error
    if not isinstance(commit, str) or not is_oid(commit):
        raise damaged_ledger(UNTIL, _NO_COMMIT)
    return commit


def _differences(
    place: LedgerLocation, state: LedgerState, kept: LedgerFiles
) -> Iterator[tuple[str, TreeDifference]]:
    """Yield where the ledger (new) and the copies (old) differ, from their trees alone."""
    if state.checkpoint is None or state.files.commit is None:
        return
    trees = place.repository.trees
    ours = trees.of_commit(state.files.commit)
    theirs = trees.of_commit(kept.commit) if kept.commit is not None else None
    steps = records_folder(state.checkpoint.origin).split("/")
    for folder in _FOLDERS:
        new = trees.find(ours, [folder])
        old = trees.find(theirs, [*steps, folder]) if theirs is not None else None
        if new is None and old is None:
            continue
        differences = trees.compare(
            old.oid if old is not None and old.is_folder else None,
            new.oid if new is not None and new.is_folder else None,
            f"{folder}/".encode(),
        )
        for path, difference in sorted(differences.items()):
            yield path.decode("utf-8", "replace"), difference


def _goes_on(before: bytes | None, source: bytes) -> bool:
    """Return whether a list of packs begins with the one that is kept."""
    if before is None:
        return True
    try:
        old, new = json.loads(before), json.loads(source)
    except (ValueError, RecursionError):
        return False
    return isinstance(old, list) and isinstance(new, list) and new[: len(old)] == old


def _json(data: object) -> bytes:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


_OTHER_COPY = Text(
    "the copy is not what the ledger has: one of the two was changed",
    "副本与上线日志中的内容不符：两者之一被改动",
)
_NOT_IN_LEDGER = Text(
    "it is kept here, and the ledger does not have it any more", "此处有副本，而上线日志中已缺失"
)
_NO_COMMIT = Text("it does not say up to which commit", "未写明截至哪个提交")
