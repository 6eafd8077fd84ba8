"""Find settings of a clone itself that lead a remote elsewhere than its address says.

Otherwise a build script, or an earlier job in a shared folder, could write `.git/config` and decide
what the protected branch is. What the machine or its user has configured is the owner's word.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.hosts.git.repository import Repository

_OF_CLONE: Final = frozenset({"local", "worktree"})
_LEADING: Final = re.compile(
    r"url\..*\.(insteadof|pushinsteadof)"
    r"|remote\..*\.(uploadpack|receivepack|vcs|proxy|proxyauthmethod)"
    r"|core\.(sshcommand|gitproxy)"
    r"|http\.(.*\.)?(proxy|sslverify|curloptresolve)",
    re.DOTALL,
)


def redirections_of_clone(repository: Repository) -> tuple[str, ...]:
    """Return the names of the clone's own settings that lead its remotes elsewhere.

    Settings of files that the clone's configuration includes count as its own.

    Raises:
        UndecidedError: git cannot read the configuration.
    """
    output = repository.git.demand("config", "--list", "--show-scope", "--name-only", "-z")
    parts = output.decode("utf-8", "replace").split("\0")
    pairs = zip(parts[::2], parts[1::2], strict=False)
    names = (
        name
        for scope, name in pairs
        if scope in _OF_CLONE and _LEADING.fullmatch(_normal(name)) is not None
    )
    return tuple(dict.fromkeys(names))


def _normal(name: str) -> str:
    """Return a setting's name with section and key in small letters, as git compares them."""
    section, _, rest = name.partition(".")
    middle, dot, key = rest.rpartition(".")
    return f"{section.lower()}.{middle}{dot}{key.lower()}"
