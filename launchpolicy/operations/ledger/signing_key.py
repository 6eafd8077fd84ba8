"""The key that signs checkpoints: out of the environment, where a job's secrets are."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from launchpolicy.ledger.signing import Signer, signer_of

VARIABLE = "LAUNCHPOLICY_LEDGER_KEY"


def signer_from(environ: Mapping[str, str]) -> Signer | None:
    """The signer that the environment names; None where it names none.

    Raises:
        UsageError: what it names is no key.
    """
    written = environ.get(VARIABLE, "").strip()
    return signer_of(written) if written else None


def new_signer(name: str) -> Signer:
    """A new key under a name."""
    return Signer(name, secrets.token_bytes(32))
