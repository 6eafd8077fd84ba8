from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.ledger.proofs import ProofError, verify_consistency, verify_inclusion
from tests.shared_data import shared_folder

pytestmark = pytest.mark.shared

_FOLDER = shared_folder() / "vectors/rfc6962"
_VECTORS = sorted(_FOLDER.rglob("*.json"))


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def _hash(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def _judge(path: Path) -> None:
    vector = _read(path)
    proof = [_hash(each) for each in vector["proof"] or ()]
    if "leafIdx" in vector:
        verify_inclusion(
            _hash(vector["leafHash"]),
            vector["leafIdx"],
            vector["treeSize"],
            proof,
            _hash(vector["root"]),
        )
    else:
        verify_consistency(
            vector["size1"], _hash(vector["root1"]), vector["size2"], _hash(vector["root2"]), proof
        )


@pytest.mark.parametrize(
    "path", _VECTORS, ids=[path.relative_to(_FOLDER).as_posix() for path in _VECTORS]
)
def test_a_published_vector_is_judged_as_its_authors_say(path: Path) -> None:
    if _read(path)["wantErr"]:
        with pytest.raises(ProofError):
            _judge(path)
    else:
        _judge(path)


def test_no_vector_is_missing() -> None:
    refused = sum(_read(path)["wantErr"] for path in _VECTORS)
    assert (len(_VECTORS) - refused, refused) == (12, 184)
