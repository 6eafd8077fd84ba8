"""Read the few settings of git that count although the repository's own must not (threat G2).

Every other command runs without the system's configuration (see `plumbing`). Two questions are
about what the person who runs git has set up, in the system's or their own configuration: which
repositories they trust, and in which form git would store a file. Only values are read; nothing
that they name is ever run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from launchpolicy.hosts.git.plumbing import Git

_WHERE = ("GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_GLOBAL")


def safe_directories(git: Git, environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the options that repeat `safe.directory` of the system's and user's settings.

    Those of the environment (`GIT_CONFIG_COUNT`) come last, as git has it: who sets it runs the
    program. A repository cannot add to them: neither its configuration nor its folder is read.
    The order is kept, because an empty value takes back those before it.
    """
    anywhere = _as_user(git, environ)._replace(folder=Path(os.sep))
    scopes = ["--global"] if _is_true(environ.get("GIT_CONFIG_NOSYSTEM")) else _SCOPES
    directories: list[bytes] = []
    for scope in scopes:
        command = ("config", scope, "--includes", "-z", "--get-all", "safe.directory")
        directories += anywhere.run(*command).output.split(b"\0")[:-1]
    directories += map(os.fsencode, _settings_of_environment(environ, "safe.directory"))
    return tuple(
        part
        for directory in directories
        for part in ("-c", f"safe.directory={os.fsdecode(directory)}")
    )


_SCOPES = ["--system", "--global"]


def _settings_of_environment(environ: Mapping[str, str], name: str) -> Iterator[str]:
    """Yield the values that the environment gives a setting (git-config, `GIT_CONFIG_COUNT`)."""
    count = environ.get("GIT_CONFIG_COUNT", "")
    if not count.isdecimal() or len(count) > _DIGITS:
        return
    for number in range(int(count)):
        if environ.get(f"GIT_CONFIG_KEY_{number}", "").lower() == name:
            yield environ.get(f"GIT_CONFIG_VALUE_{number}", "")


_DIGITS = 4
"""Of the number of settings that an environment holds; no environment holds more."""


def storing_settings(git: Git, environ: Mapping[str, str]) -> dict[str, str]:
    """Return what decides in which form git stores a file, by name as git writes it.

    These are `core.autocrlf`, `core.attributesfile` and the names of the programs
    `filter.NAME.clean` and `filter.NAME.process`. A name without a value has the value "true".
    """
    answer = _as_user(git, environ).run("config", "--includes", "-z", "--get-regexp", _STORING)
    settings: dict[str, str] = {}
    for setting in os.fsdecode(answer.output).split("\0")[:-1]:
        name, is_set, value = setting.partition("\n")
        settings[name] = value if is_set else "true"
    return settings


_STORING = r"^(core\.(autocrlf|attributesfile)|filter\..*\.(clean|process))$"


def _as_user(git: Git, environ: Mapping[str, str]) -> Git:
    """Return git with the configuration that a person's own commands would read."""
    own = {name: value for name, value in git.environment.items() if name not in _WHERE}
    variables = {name: environ[name] for name in _WHERE if name in environ}
    return git._replace(environment={**own, **variables})


def _is_true(value: str | None) -> bool:
    return value is not None and value.lower() not in {"", "0", "false", "no", "off"}
