"""`launchpolicy upgrade`: open requests are moved, merged ones stay as they were approved."""

from __future__ import annotations

import pytest

from tests.cli.launch_repository import REQUEST, LaunchRepository

OLD = """\
  notice:                                       # sent by mail
    at: 2026-11-23T09:00:00+08:00
    by: zhao.min
  dataConversion:
    by: he.lin
    rehearsal: {environment: simulation, by: he.lin}
  rehearsal: {environment: simulation, by: gao.peng}
status:
"""
STATUS = """\
status:
  stage: requested
  rehearsal: {environment: simulation, by: gao.peng}
  conversionRehearsal: {environment: simulation, by: he.lin}
  notice:                                       # sent by mail
    at: 2026-11-23T09:00:00+08:00
    by: zhao.min
"""


@pytest.fixture
def old(proposal: LaunchRepository) -> LaunchRepository:
    """A branch that adds a request as an older version wrote it."""
    proposal.edit(("\nstatus:\n", f"\n{OLD}"))
    return proposal


def test_an_open_request_is_moved_with_its_layout(old: LaunchRepository) -> None:
    before = old.request.read_text("utf-8")

    finished = old.run("upgrade")

    assert finished.code == 0, finished.complaint
    assert finished.output.splitlines() == [
        f"Moved: {REQUEST}: spec.rehearsal → status.rehearsal",
        f"Moved: {REQUEST}: spec.dataConversion.rehearsal → status.conversionRehearsal",
        f"Moved: {REQUEST}: spec.notice → status.notice",
        "What was recorded before the approval is done again after it; run launchpolicy check.",
    ]
    after = old.request.read_text("utf-8")
    assert after.endswith(STATUS)
    assert after.startswith(before[: before.index("  notice:")])
    assert "  dataConversion:\n    by: he.lin\nstatus:" in after


def test_check_says_what_would_be_moved_and_writes_nothing(old: LaunchRepository) -> None:
    before = old.request.read_bytes()

    finished = old.run("upgrade", "--check", "--lang", "zh")

    assert finished.code == 1
    assert f"待移动：{REQUEST}：spec.notice → status.notice" in finished.output
    assert old.request.read_bytes() == before


def test_a_second_time_there_is_nothing_to_do(old: LaunchRepository) -> None:
    old.run("upgrade")

    finished = old.run("upgrade", "--check")

    assert (finished.code, finished.output) == (0, "Every open request is up to date.\n")


def test_a_merged_request_stays_as_it_was_approved(repository: LaunchRepository) -> None:
    repository.edit(("\nstatus:\n", f"\n{OLD}"))
    repository.commit("as an older version wrote it")

    assert repository.run("upgrade", "--check").code == 0
    assert repository.run("upgrade", "--check", "--base", "HEAD~1").code == 0


def test_without_git_every_request_at_the_stage_requested_is_open(
    bare_folder: LaunchRepository,
) -> None:
    bare_folder.edit(("\nstatus:\n", f"\n{OLD}"))

    assert bare_folder.run("upgrade").code == 0

    assert bare_folder.request.read_text("utf-8").endswith(STATUS)


def test_both_routes_at_once_are_refused(old: LaunchRepository) -> None:
    old.edit(("  stage: requested\n", "  stage: requested\n  notice: {by: zhao.min}\n"))
    before = old.request.read_bytes()

    finished = old.run("upgrade")

    assert finished.code == 2
    assert "both spec.notice and status.notice" in finished.complaint
    assert old.request.read_bytes() == before


def test_a_base_that_is_not_there_leaves_it_undecided(old: LaunchRepository) -> None:
    before = old.request.read_bytes()

    assert old.run("upgrade", "--base", "nowhere").code == 3
    assert old.request.read_bytes() == before
