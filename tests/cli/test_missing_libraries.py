"""A library that is not installed: nothing could be decided, and what to install is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.launch_repository import NOW, LaunchRepository


@pytest.mark.parametrize(
    ("library", "arguments", "named"),
    [
        ("pyarrow", ("ledger", "export", "dataset"), "launchpolicy[export]"),
        (
            "distributed",
            ("policy", "replay", "--executor", "dask:tcp://127.0.0.1:1"),
            "launchpolicy[dask]",
        ),
        ("httpx", ("ledger", "append", "--github"), "launchpolicy[github]"),
        ("holidays", ("check", "--now", NOW), "pip install"),
        ("cel_expr_python", ("check", "--now", NOW), "Install launchpolicy again"),
        ("yaml", ("check", "--now", NOW), "The library yaml"),
    ],
)
def test_it_is_undecided_and_says_what_to_install(
    repository: LaunchRepository,
    tmp_path: Path,
    library: str,
    arguments: tuple[str, ...],
    named: str,
) -> None:
    assert repository.run("ledger", "append").code == 0
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    (blocked / "sitecustomize.py").write_text(
        f"import sys\nsys.modules[{library!r}] = None\n", "utf-8"
    )
    environment = {
        "PYTHONPATH": str(blocked),
        "GITHUB_TOKEN": "token",
        "GITHUB_REPOSITORY": "acme/launches",
        "GITHUB_REF_NAME": "main",
    }
    done = repository.run(*arguments, **environment)
    assert done.code == 3
    assert named in done.complaint
    assert "defect" not in done.complaint
    assert repository.run("--lang", "zh", *arguments, **environment).code == 3


@pytest.mark.parametrize("debug", [False, True])
def test_a_defect_is_undecided_and_shows_its_traceback_on_request(
    repository: LaunchRepository, *, debug: bool
) -> None:
    program = (
        "import sys; sys.argv = ['launchpolicy', 'check']\n"
        "from launchpolicy.operations.check import run as check\ncheck.collect_input = None\n"
        "from launchpolicy.cli.main import main\nmain()\n"
    )
    environment = {**repository.environment, **({"LAUNCHPOLICY_DEBUG": "1"} if debug else {})}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=repository.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "unexpected TypeError" in done.stderr
    assert ("Traceback" in done.stderr) is debug
