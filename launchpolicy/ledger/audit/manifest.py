"""The manifest of a package: every file with its digest, and the note that signs all of it.

The note is one of C2SP signed-note whose first line no checkpoint can have, so that a signature of
the ledger's key over a package is never one over a ledger.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from launchpolicy.ledger.proofs import ProofError
from launchpolicy.vocabulary.text import Text

MANIFEST, NOTE = "manifest.json", "manifest.note"
FORMAT = "launchpolicy/audit-manifest/v1"
_FIRST_LINE = "launchpolicy audit manifest v1"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
"""What a file of a package may be called: no name leads out of it or is hidden."""


class PackageManifest(NamedTuple):
    """What a manifest says: the checkpoints of the period, and the SHA-256 of each file by path."""

    origin: str
    begin: str
    end: str
    ledger: str
    files: Mapping[str, str]


def manifest_of(
    origin: str, checkpoints: tuple[str, str, str], files: Mapping[str, bytes]
) -> PackageManifest:
    """Return the manifest of files; `checkpoints` are of the beginning, the end, the ledger."""
    digests = {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)}
    return PackageManifest(origin, *checkpoints, digests)


def manifest_source(manifest: PackageManifest) -> str:
    """Return a manifest as it is stored."""
    data = {
        "format": FORMAT,
        "origin": manifest.origin,
        "checkpoints": {
            "begin": manifest.begin,
            "end": manifest.end,
            "ledger": manifest.ledger,
        },
        "files": dict(manifest.files),
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def read_manifest(source: str) -> PackageManifest:
    """Return the manifest in a text.

    Raises:
        ProofError: it is none; a name in it leads out of the package, or stands there twice.
    """
    try:
        data: Any = json.loads(source, object_pairs_hook=_without_twins)
        checkpoints, files = data["checkpoints"], data["files"]
        manifest = PackageManifest(
            data["origin"], checkpoints["begin"], checkpoints["end"], checkpoints["ledger"], files
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _odd("it cannot be read", "无法读取") from error
    texts = (*manifest[:4], *files, *files.values()) if isinstance(files, dict) else (None,)
    if data.get("format") != FORMAT or not all(isinstance(text, str) for text in texts):
        raise _odd("it has another format", "格式不同")
    for path, digest in files.items():
        if _PATH.fullmatch(path) is None or path in {MANIFEST, NOTE}:
            raise _odd(f"{path!r} is no name of a file of a package", f"{path!r} 不是合法的文件名")
        if _DIGEST.fullmatch(digest) is None:
            raise _odd(f"the digest of {path} is none", f"{path} 的摘要不合法")
    return manifest


def note_text(manifest: bytes, origin: str) -> str:
    """Return the text that is signed for a manifest with these bytes."""
    return f"{_FIRST_LINE}\n{origin}\nsha256:{hashlib.sha256(manifest).hexdigest()}\n"


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON.

    Raises:
        ValueError: a key stands in it twice, so that readers could differ.
    """
    whole = dict(pairs)
    if len(whole) != len(pairs):
        message = "a key stands twice"
        raise ValueError(message)
    return whole


def _odd(why: str, why_zh: str) -> ProofError:
    return ProofError(Text(f"the manifest is not right: {why}", f"清单不正确：{why_zh}"))
