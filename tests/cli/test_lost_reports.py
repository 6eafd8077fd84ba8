"""Where only the report of a command cannot be printed, it says what is written already."""

from __future__ import annotations

import pytest

from tests.cli.launch_repository import REQUEST, LaunchRepository
from tests.cli.test_standard_streams import CHECK, PROGRAM, in_shell

FOLDER = "launches/LR-2026-0042"
WINDOW = "2026-12-08T22:00:00+08:00/2026-12-08T23:00:00+08:00"
WRITERS = {
    "new": (
        "new 'Search 5' --yes",
        "the branch launch/LR-2026-0043, launches/LR-2026-0043/request.yaml.",
    ),
    "init": ("init --yes ops", "ops/.launchpolicy.yaml, "),
    "evidence add": (
        f"evidence add {FOLDER}/tests/load.xml --at 'spec.testing.reports[1].evidence'",
        REQUEST,
    ),
    "advance": (f"advance {FOLDER} cancelled", REQUEST),
    "postpone": (f"postpone {FOLDER} --window {WINDOW} --reason 'The billing waits.'", REQUEST),
    "policy new": ("policy new my-rule --kind LaunchRequest", "policies/own/my-rule.yaml"),
    "ledger append": ("ledger append", "the branch launch-ledger"),
    "ledger keygen": ("ledger keygen example.com/launches key", "key"),
    "ledger render": ("ledger append >/dev/null && {} ledger render site", "site"),
    "ledger export": ("ledger append >/dev/null && {} ledger export data --format csv", "data"),
}


@pytest.mark.parametrize(("command", "names"), WRITERS.values(), ids=WRITERS)
def test_what_was_written_is_named_and_is_not_to_be_done_again(
    repository: LaunchRepository, command: str, names: str
) -> None:
    repository.git("config", "user.name", "Li Wei")
    repository.git("config", "user.email", "li.wei@example.com")
    script = f"{PROGRAM} {command.format(PROGRAM)} >/dev/full"
    done = in_shell(repository, script)
    complaint = done.stderr.decode()
    assert done.returncode == 3, complaint
    assert "Cannot write to standard output: No space left on device." in complaint
    assert f"Written, and complete: {names}" in complaint
    assert "Do not run the command again." in complaint
    assert "then run the command again" not in complaint


def test_it_is_said_in_chinese(repository: LaunchRepository) -> None:
    script = f"{PROGRAM} --lang zh new 'Search 5' --yes >/dev/full"
    complaint = in_shell(repository, script).stderr.decode()
    assert "已完整写入：分支 launch/LR-2026-0043、launches/LR-2026-0043/request.yaml" in complaint
    assert "请勿重新运行该命令" in complaint


@pytest.mark.parametrize("command", [CHECK, f"{PROGRAM} status {FOLDER}", f"{PROGRAM} schema"])
def test_what_writes_nothing_is_run_again(repository: LaunchRepository, command: str) -> None:
    complaint = in_shell(repository, f"{command} >/dev/full").stderr.decode()
    assert "then run the command again" in complaint
    assert "Written" not in complaint
