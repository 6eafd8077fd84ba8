"""Trust in a folder of another user (`safe.directory`) that the environment of the run holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.git.revisions import head
from launchpolicy.vocabulary.errors import UndecidedError

OtherOwner = Callable[[Path], dict[str, str]]


def _settings(*pairs: tuple[str, str]) -> dict[str, str]:
    numbered = enumerate(pairs)
    return {
        "GIT_CONFIG_COUNT": str(len(pairs)),
        **{
            f"GIT_CONFIG_{part}_{number}": text
            for number, pair in numbered
            for part, text in zip(("KEY", "VALUE"), pair, strict=True)
        },
    }


@pytest.mark.parametrize("trusted", ["*", "{folder}"])
@pytest.mark.parametrize("key", ["safe.directory", "Safe.Directory"])
def test_g3_a_folder_that_the_environment_trusts_is_opened_and_read(
    folder: Path, other_owner: OtherOwner, trusted: str, key: str
) -> None:
    settings = _settings(("user.name", "x"), (key, trusted.format(folder=folder)))
    with open_repository(folder, other_owner(folder) | settings) as opened:
        assert head(opened) is not None


@pytest.mark.parametrize(
    "settings",
    [
        _settings(("safe.directory", "/elsewhere")),
        _settings(("safe.directory", "*"), ("safe.directory", "")),
        _settings(("safe.directories", "*")),
        _settings(("safe.directory", "*")) | {"GIT_CONFIG_COUNT": "0"},
        _settings(("safe.directory", "*")) | {"GIT_CONFIG_COUNT": "-1"},
        _settings(("safe.directory", "*")) | {"GIT_CONFIG_COUNT": "9" * 40},
        {"GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"},
    ],
    ids=["another", "taken back", "no such key", "none", "negative", "too many", "no count"],
)
def test_g3_a_folder_that_the_environment_does_not_trust_stays_closed(
    folder: Path, other_owner: OtherOwner, settings: dict[str, str]
) -> None:
    with pytest.raises(UndecidedError, match="dubious ownership"):
        open_repository(folder, other_owner(folder) | settings)


def test_g2_nothing_else_of_the_environments_settings_is_used(
    folder: Path, other_owner: OtherOwner, tmp_path: Path
) -> None:
    trap = tmp_path / "ran"
    settings = _settings(
        ("safe.directory", "*"),
        ("core.fsmonitor", f"touch {trap}"),
        ("diff.external", f"touch {trap}"),
        ("core.worktree", str(tmp_path)),
    )
    with open_repository(folder, other_owner(folder) | settings) as opened:
        assert opened.top == folder
        assert head(opened) is not None
        opened.git.run("status", "--short")
        opened.git.run("diff", "HEAD")
    assert not trap.exists()
