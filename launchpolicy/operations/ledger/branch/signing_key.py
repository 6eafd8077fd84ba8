"""Read the key that signs checkpoints from the environment, where a job's secrets are."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from launchpolicy.ledger.signing import Signer, signer_of

VARIABLE = "LAUNCHPOLICY_LEDGER_KEY"


def signer_from(environ: Mapping[str, str]) -> Signer | None:
    """Return the signer that the environment names; None where it names none.

    Raises:
        UsageError: what it names is no key.
    """
    key_text = environ.get(VARIABLE, "").strip()
    return signer_of(key_text) if key_text else None


def new_signer(name: str) -> Signer:
    """Return a new key under a name."""
    return Signer(name, secrets.token_bytes(32))
