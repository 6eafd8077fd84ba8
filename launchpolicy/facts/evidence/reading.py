"""Bytes of evidence to what they say: pointers recognised, limits kept, then the kind's reader."""

from __future__ import annotations

from launchpolicy.facts.evidence.contents import Reading, Schemas, UnreadableEvidence
from launchpolicy.facts.evidence.plain_text import is_only_a_mark
from launchpolicy.facts.evidence.registry import MEBIBYTE, READERS, STRUCTURED_LIMIT
from launchpolicy.policy.edition import EDITION
from launchpolicy.vocabulary.text import Text

_POINTER = b"version https://git-lfs"
_POINTER_SIZE = 1024
"""What Git LFS stores in place of a file (git-lfs specification, "The Pointer")."""


def limit_of(kind: str) -> int:
    """Return how many bytes a file of this kind may have; an unknown kind is refused later."""
    return READERS[kind].max_bytes if kind in READERS else STRUCTURED_LIMIT


def read_evidence(
    kind: str, path: str, data: bytes, schemas: Schemas, edition: int = EDITION
) -> Reading:
    """Return what a file says, or why it cannot be relied on.

    It never raises, whatever the bytes are.

    Args:
        kind: one of `READERS`.
        path: the file's path; only its suffix matters.
        data: the whole file.
        schemas: the schemas of the kinds in `RECORD_SCHEMAS`.
        edition: that of the program as which it is read (`policy.edition`).
    """
    if kind not in READERS:
        return UnreadableEvidence(
            Text("There is no such kind of evidence.", "没有这种证据类型。"),
        )
    if not data or is_only_a_mark(data):
        return UnreadableEvidence(
            Text("The file is empty; attach the real one.", "文件为空；请附上真实文件。")
        )
    if len(data) > limit_of(kind):
        size = limit_of(kind) // MEBIBYTE
        return UnreadableEvidence(
            Text(f"The file is larger than {size} MiB.", f"文件超过 {size} MiB。")
        )
    if len(data) <= _POINTER_SIZE and data.startswith(_POINTER):
        return UnreadableEvidence(
            Text(
                "It is a Git LFS pointer, not the file; commit the file itself.",
                "这是 Git LFS 指针（LFS pointer），不是文件本身；请提交文件本身。",
            )
        )
    return READERS[kind].load().read(path, data, schemas, edition)
