"""The approval digest: what an approval is an approval of (design section 8).

SHA-256 over the canonical JSON (RFC 8785) of kind, name, `spec` and the digests of the evidence,
and of the documents that the kind looks up.
A title, labels, comments, the layout and whatever `status` records are not part of it: correcting
them keeps approvals. Of a kind that a configuration declares, the whole document and its path are.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import rfc8785

from launchpolicy.facts.approvals.canonical import canonical_json
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.place import Data

_UNAPPROVED: Final = ("apiVersion", "kind", "metadata", "status")

ABSENT: Final = ""
"""The digest of evidence that is not there."""


class DigestError(ValueError):
    """Content without canonical form (RFC 8785 section 3.2.2.3: a number beyond IEEE 754)."""


def approval_digest(
    kind: str,
    name: str,
    data: Data,
    evidence: Mapping[str, str],
    looked_up: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return `sha256:…` of what an approval of one request binds to.

    Args:
        kind: the document kind.
        name: what the kind calls this request.
        data: the plain data of the document.
        evidence: path → digest of the bytes of every file that is referred to, `ABSENT` where
            there is none.
        looked_up: the same of every document that the kind looks up.

    Raises:
        DigestError: a number in it cannot be written canonically.
    """
    content = {
        "kind": kind,
        "name": name,
        "spec": approved_part(data),
        "evidence": dict(evidence),
    }
    if beside := beside_spec(data):
        content["beside"] = beside
    if looked_up:
        content["lookedUp"] = dict(looked_up)
    try:
        canonical = canonical_json(content)
    except rfc8785.CanonicalizationError as error:
        raise DigestError(str(error)) from error
    return f"sha256:{sha256(canonical)}"


def beside_spec(data: Data) -> dict[str, Data]:
    """Return what a document asks for beside its `spec`, a word that a kind need not know."""
    if not isinstance(data, dict) or "spec" not in data:
        return {}
    return {key: value for key, value in data.items() if key not in {*_UNAPPROVED, "spec"}}


def approved_part(data: Data) -> Data:
    """Return what is approved of a document: its `spec`; without one, all that it asks for."""
    if not isinstance(data, dict):
        return data
    if "spec" in data:
        return data["spec"]
    return {key: value for key, value in data.items() if key not in _UNAPPROVED}
