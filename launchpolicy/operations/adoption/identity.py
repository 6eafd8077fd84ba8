"""Find who sets the repository up: name and address from git, public keys from SSH."""

from __future__ import annotations

import base64
import binascii
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from launchpolicy.documents.quoting import without_hidden
from launchpolicy.hosts.git.plumbing import Git
from launchpolicy.reporters.adoption.setup import SetupAuthor
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_LONGEST_KEY = 16 * 1024
_MOST_KEYS = 8
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'+/=?^_`{|}~-]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_NO_REPLY = re.compile(
    r"([1-9][0-9]{0,17})\+([A-Za-z0-9][A-Za-z0-9-]{0,99})@users\.noreply\.github\.com"
)
"""The address that GitHub gives to those who hide theirs: it names the account."""

_KEY = re.compile(
    r"(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\.com"
    r"|sk-ecdsa-sha2-nistp256@openssh\.com) [A-Za-z0-9+/]+={0,2}"
)


def setup_author(git: Git, environ: Mapping[str, str] = os.environ) -> SetupAuthor:
    """Return the person that git names as the author of a commit here, without keys.

    Raises:
        UsageError: git knows no name.
    """
    name = environ.get("GIT_AUTHOR_NAME") or _setting(git, "user.name")
    email = environ.get("GIT_AUTHOR_EMAIL") or _setting(git, "user.email")
    display = " ".join(without_hidden(name).replace("*", " ").split())  # a directory has no `*`
    if not display:
        raise UsageError(
            Text("git does not know who you are.", "git 不知道您是谁。"),
            Text(
                'Run `git config --global user.name "Your Name"` and `git config --global '
                "user.email you@example.com`, then run this again.",
                '请先运行 `git config --global user.name "姓名"` 和 '
                "`git config --global user.email you@example.com`，然后重试。",
            ),
        )
    address = email.strip()
    hidden = _NO_REPLY.fullmatch(address)
    latin = f"{hidden[2]}@" if hidden else address
    return SetupAuthor(
        name=person_id(display, latin),
        display=display,
        email=address if _EMAIL.fullmatch(address) else "",
        github_id=int(hidden[1]) if hidden else 0,
        github_login=hidden[2] if hidden else "",
    )


def person_id(display: str, email: str) -> str:
    """Return an id such as `li.wei`: from the name if it is Latin, else from the e-mail address."""
    plain = unicodedata.normalize("NFKD", display)
    plain = "".join(
        character for character in plain if not unicodedata.combining(character)
    ).casefold()
    if not all(character.isascii() for character in plain if character.isalnum()):
        plain = email.partition("@")[0].casefold()
    return ".".join(re.findall(r"[a-z0-9]+", plain)) or "first.person"


def public_keys(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the public keys in ~/.ssh, without comments; none if there is no such folder."""
    home = environ.get("HOME") or environ.get("USERPROFILE")
    if not home:
        return ()
    try:
        files = sorted(Path(home, ".ssh").glob("*.pub"))
    except OSError:
        return ()
    return tuple(dict.fromkeys(key for file in files for key in _keys_in(file)))[:_MOST_KEYS]


def _keys_in(file: Path) -> Iterator[str]:
    """Yield the key of a file; nothing for certificates, other kinds and unreadable files."""
    try:
        if file.is_file() and file.stat().st_size <= _LONGEST_KEY:
            key = " ".join(file.read_text("ascii", "replace").split()[:2])
            if _KEY.fullmatch(key) and _is_of_its_kind(key):
                yield key
    except OSError:
        return


def _is_of_its_kind(key: str) -> bool:
    """Return whether a key's second part is what its first part says (OpenSSH encoding)."""
    kind, _, material = key.partition(" ")
    try:
        blob = base64.b64decode(material, validate=True)
    except binascii.Error:
        return False
    name = kind.encode()
    return blob.startswith(len(name).to_bytes(4) + name)


def _setting(git: Git, name: str) -> str:
    answer = git.run("config", "--get", name)
    return answer.output.decode("utf-8", "replace").strip() if answer.code == 0 else ""
