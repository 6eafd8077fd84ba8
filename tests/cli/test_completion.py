"""Completion in shells: commands, options, ids; driven through click's own protocol and bash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.launch_repository import LaunchRepository

pytestmark = pytest.mark.slow


def completed(repository: LaunchRepository, *words: str) -> set[str]:
    """What bash would be offered for the last of `words`."""
    done = repository.run(
        COMP_WORDS=" ".join(("launchpolicy", *words)),
        COMP_CWORD=str(len(words)),
        _LAUNCHPOLICY_COMPLETE="bash_complete",
    )
    assert (done.code, done.complaint) == (0, "")
    return {line.partition(",")[2] for line in done.output.splitlines() if line}


def test_commands_options_and_choices(repository: LaunchRepository) -> None:
    assert completed(repository, "che") == {"check"}
    assert completed(repository, "ledger", "ver") == {"verify"}
    assert completed(repository, "check", "--stag") == {"--staged"}
    assert completed(repository, "check", "--format", "s") == {"sarif"}
    assert completed(repository, "paper", "anno") == {"announcement"}


def test_ids(repository: LaunchRepository) -> None:
    assert completed(repository, "policy", "show", "rollback-impact-a") == {
        "rollback-impact-assessed",
        "rollback-impact-assessed-by-another",
    }
    assert completed(repository, "schema", "Pol") == {"Policy", "PolicyTest"}


@pytest.mark.parametrize("command", ["check", "status", "approve", "paper notice"])
def test_requests(repository: LaunchRepository, command: str) -> None:
    assert completed(repository, *command.split(), "launches/LR") == {"launches/LR-2026-0042"}


def test_requests_of_a_named_folder(repository: LaunchRepository) -> None:
    above = LaunchRepository(repository.folder.parent, repository.environment)
    name = repository.folder.name
    assert completed(above, "-C", name, "status", "laun") == {"launches/LR-2026-0042"}
    inside = LaunchRepository(repository.folder / "launches", repository.environment)
    assert completed(inside, "status", "LR") == {"LR-2026-0042"}


def test_a_broken_repository_completes_paths_and_complains_of_nothing(tmp_path: Path) -> None:
    nowhere = LaunchRepository(tmp_path, {})
    assert completed(nowhere, "check", "la") == {"la"}
    (tmp_path / ".launchpolicy.yaml").write_text("[", "utf-8")
    assert completed(nowhere, "check", "la") == {"la"}
    assert completed(nowhere, "policy", "show", "x") == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_its_script(repository: LaunchRepository, shell: str) -> None:
    done = repository.run("completion", shell)
    assert done.code == 0
    assert f"_LAUNCHPOLICY_COMPLETE={shell}_complete" in done.output


def test_bash_completes_with_the_script(repository: LaunchRepository) -> None:
    (repository.folder / "bin").mkdir()
    program = repository.folder / "bin" / "launchpolicy"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m launchpolicy "$@"\n', "utf-8")
    program.chmod(0o755)
    script = (
        'PATH=$PWD/bin:$PATH; eval "$(launchpolicy completion bash)"\n'
        "COMP_WORDS=(launchpolicy status launches/LR); COMP_CWORD=2\n"
        '_launchpolicy_completion launchpolicy; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=repository.folder,
        env=repository.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("launches/LR-2026-0042\n", "")
