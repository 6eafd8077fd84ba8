"""Make and verify SSH signatures with OpenSSH's own `ssh-keygen -Y sign` and `-Y verify`.

Only `verify` is ever asked, with one principal and that person's own keys, each line bound to our
namespace; `check-novalidate` accepts any key, and a shared file of allowed signers lets a wildcard
or a repeated key speak for someone else (threat P7).
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from launchpolicy.hosts.temporary import temporary_folder, write_temporary
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.text import Text

_GOOD = re.compile(
    rb'^Good "[^"]*" signature for \S+ with \S+ key (SHA256:[A-Za-z0-9+/]+)$', re.MULTILINE
)
_TIMEOUT = 60
_PUBLIC_KEY = re.compile(r"[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2}( [^\r\n]*)?")


def verified_key(
    content: bytes, signature: str, person: str, keys: Sequence[str], namespace: str
) -> str | None:
    """Return the fingerprint of the person's key that signed `content`; None if none did.

    Args:
        content: what was signed.
        signature: in OpenSSH's armor.
        person: an id without white space or wildcards, as the directory's schema has it.
        keys: the person's public keys, one line each.
        namespace: what the signature must be for.

    Raises:
        UndecidedError: there is no ssh-keygen.
    """
    if not keys:
        return None
    with temporary_folder() as folder:
        signers, armor = folder / "allowed_signers", folder / "signature"
        lines = (f'{person} namespaces="{namespace}" {_plain(key)}\n' for key in keys)
        write_temporary(signers, "".join(lines).encode("ascii"))
        write_temporary(armor, signature.encode())
        arguments = ("-Y", "verify", "-n", namespace, "-I", person)
        done = _run(*arguments, "-f", str(signers), "-s", str(armor), given=content)
    fingerprints = _GOOD.findall(done.stdout)
    return (
        fingerprints[0].decode("ascii") if done.returncode == 0 and len(fingerprints) == 1 else None
    )


def signature_of(content: bytes, key: Path, namespace: str) -> str:
    """Return the armored signature of `content` by the private key in a file or the agent.

    ssh-keygen asks for a passphrase on the terminal itself.

    Raises:
        UsageError: the key cannot sign.
        UndecidedError: there is no ssh-keygen.
    """
    with temporary_folder() as folder:
        payload = folder / "payload"
        write_temporary(payload, content)
        arguments = ("-Y", "sign", "-n", namespace, "-f", str(key.resolve()))
        done = _run(*arguments, str(payload), given=None)
        armor = folder / "payload.sig"
        if done.returncode != 0 or not armor.is_file():
            raise _cannot_sign(key, done.stderr.decode("utf-8", "replace").strip())
        return armor.read_text(encoding="ascii")


def public_key(key: Path) -> str:
    """Return the public key line of a private key file, or of the public key file itself.

    Raises:
        UsageError: there is none.
    """
    beside = key if key.suffix == ".pub" else key.parent / f"{key.name}.pub"
    try:
        line = beside.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise _cannot_sign(key, f"{beside}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _cannot_sign(key, f"{beside} holds no public key") from error
    if not _PUBLIC_KEY.fullmatch(line):
        raise _cannot_sign(key, f"{beside} holds no public key")
    return line


def _plain(key: str) -> str:
    """Return a key without its comment, which is anybody's to choose."""
    return " ".join(key.split(" ")[:2])


def _run(*arguments: str, given: bytes | None) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 (no shell; only fixed options and our own files)
            [_program(os.environ), *arguments],
            input=given,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT if given is not None else None,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _missing(str(error)) from error


def _program(environ: Mapping[str, str]) -> str:
    """Return ssh-keygen on the PATH; relative folders could mean the launch repository."""
    for folder in environ.get("PATH", os.defpath).split(os.pathsep):
        program = Path(folder, "ssh-keygen")
        if program.is_absolute() and program.is_file() and os.access(program, os.X_OK):
            return str(program)
    raise _missing("it is not on the PATH")


def _missing(why: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"ssh-keygen cannot be run, so no signature can be verified: {why}.",
            f"无法运行 ssh-keygen，因此无法验证签名：{why}。",
        ),
        Text(
            "Install OpenSSH 8.2 or newer (Debian: apt-get install openssh-client).",
            "请安装 OpenSSH 8.2 或更高版本（Debian：apt-get install openssh-client）。",
        ),
    )


def _cannot_sign(key: Path, why: str) -> UsageError:
    return UsageError(
        Text(f"The key {key} cannot be used: {why}.", f"密钥 {key} 无法使用：{why}。"),
        Text(
            "Name the private key with --key, with its .pub file beside it, or the .pub file.",
            "请用 --key 指定私钥文件（其 .pub 文件应在同一目录）或 .pub 文件。",
        ),
    )
