"""Ask whether a version of a file was merged into a branch since another branch left it."""

from __future__ import annotations

from launchpolicy.hosts.git.repository import Repository

_NEW_BLOB = 3
"""Where the new blob stands in a line of `git log --raw`."""


def blobs_merged_since(repository: Repository, tip: str, base: str, path: str) -> frozenset[str]:
    """Return the blob ids that `path` has had in commits of `base` that `tip` does not have.

    A branch whose version is among them proposes nothing any more: its change was merged, perhaps
    as one commit. A version that only older commits held is proposed again.

    Raises:
        UndecidedError: git cannot say.
    """
    output = repository.git.demand(
        "log", "-m", "--format=", "--raw", "--no-abbrev", "--no-renames",
        base, f"^{tip}", "--", f":(top,literal){path}",
    )  # fmt: skip
    lines = output.decode("utf-8", "replace").splitlines()
    rows = [line.split() for line in lines if line.startswith(":")]
    return frozenset(row[_NEW_BLOB] for row in rows if len(row) > _NEW_BLOB)
