"""Load the keys of attestations that the configuration names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from launchpolicy.ledger.signing import public_key_of
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text


def verifier_of(keys: Sequence[str]) -> Callable[[bytes, bytes], bool]:
    """Return what tells whether one of the keys made a signature over some bytes.

    Raises:
        UndecidedError: a key cannot be read, or is of a type that is not verified here.
    """
    checks = []
    for number, key in enumerate(keys):
        check = public_key_of(key)
        if check is None:
            raise UndecidedError(
                Text(
                    f"The key `evidence.keys[{number}]` of .launchpolicy.yaml cannot be read.",
                    f".launchpolicy.yaml 的公钥 `evidence.keys[{number}]` 无法读取。",
                ),
                Text(
                    "Write it as one line of an SSH public key (Ed25519 or ECDSA), or as PEM.",
                    "请写作一行 SSH 公钥（Ed25519 或 ECDSA），或 PEM。",
                ),
            )
        checks.append(check)
    return lambda signature, data: any(check(signature, data) for check in checks)
