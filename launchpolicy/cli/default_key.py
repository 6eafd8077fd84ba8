"""The SSH key with which a person signs who names none."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_KEYS = ("id_ed25519", "id_ecdsa", "id_rsa")


def default_key() -> Path:
    """Return the private key of the first pair that OpenSSH itself would try.

    Raises:
        UsageError: there is none.
    """
    folder = Path.home() / ".ssh"
    for name in _KEYS:
        if (folder / f"{name}.pub").is_file():
            return folder / name
    raise UsageError(
        Text(f"There is no key in {folder}.", f"{folder} 中没有密钥。"),
        Text(
            "Name one with --key, or make one: ssh-keygen -t ed25519",
            "请用 --key 指定，或新建：ssh-keygen -t ed25519",
        ),
    )
