"""An approved launch is moved to another window, and not to one that is not allowed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import NOW, LaunchRepository
from tests.examples.conftest import (
    Adopted,
    adopted,  # noqa: F401 (a fixture)
)

LATER = "2026-12-03T22:00:00+08:00/2026-12-03T23:30:00+08:00"
WHY = ("--reason", "The rehearsal did not pass", "--now", NOW)


def windows() -> list[tuple[str, str]]:
    return [
        ("2026-11-24T22:00:00+08:00/2026-11-24T23:30:00+08:00", "must be ahead"),
        ("2026-12-03T23:30:00+08:00/2026-12-03T22:00:00+08:00", "must be ahead"),
        ("2026-12-03T22:00:00+08:00/2026-12-03T22:05:00+08:00", "(launch-window-fixed)"),
        ("2026-12-03T12:00:00+08:00/2026-12-03T13:30:00+08:00", "(launch-window-allowed)"),
        ("2026-12-29T22:00:00+08:00/2026-12-29T23:30:00+08:00", "year-end close"),
        ("tomorrow/later", "is no time"),
    ]


def test_a_window_that_is_not_allowed_is_refused(repository: LaunchRepository) -> None:
    before = repository.request.read_bytes()
    for window, complaint in windows():
        refused = repository.run("postpone", FOLDER, "--window", window, *WHY)
        assert refused.code in {1, 2}, (window, refused.output)
        assert complaint in refused.complaint
    assert repository.request.read_bytes() == before


def test_a_launch_that_has_begun_is_not_moved(repository: LaunchRepository) -> None:
    repository.git("switch", "--quiet", "--create", "launch/LR-2026-0042-launched")
    begun = "  stage: launched\n  execution: {startedAt: 2026-12-01T22:00:00+08:00}"
    repository.edit(("  stage: requested", begun))
    repository.commit("begin")
    repository.git("branch", "launch/LR-2026-0042")
    for branch in (
        "launch/LR-2026-0042-launched",
        "main",
        "launch/LR-2026-0042",
    ):  # on main it is not seen in the file
        repository.git("switch", "--quiet", branch)
        before = repository.request.read_bytes()
        refused = repository.run("postpone", FOLDER, "--window", LATER, *WHY)
        assert (refused.code, "has begun or ended" in refused.complaint) == (2, True)
        assert repository.request.read_bytes() == before


def test_a_launch_that_is_only_prepared_is_moved_on_main(repository: LaunchRepository) -> None:
    repository.git("switch", "--quiet", "--create", "launch/LR-2026-0042-launched")
    check = "{name: servers, result: passed, at: 2026-11-25T09:00:00+08:00, by: zhao.min}"
    repository.edit(("  stage: requested", f"  stage: launched\n  checksBefore:\n    - {check}"))
    repository.commit("prepare")
    refused = repository.run("postpone", FOLDER, "--window", LATER, *WHY)
    assert (refused.code, "has begun or ended" in refused.complaint) == (2, False)
    assert "git switch main" in refused.complaint
    repository.git("switch", "--quiet", "main")
    moved = repository.run("postpone", FOLDER, "--window", LATER, *WHY)
    assert (moved.code, "git push" in moved.output) == (0, False)  # there is no remote


def test_what_has_to_move_along_by_hand_is_said_to_come_first(repository: LaunchRepository) -> None:
    short = "2026-12-03T22:00:00+08:00/2026-12-03T22:20:00+08:00"
    refused = repository.run("postpone", FOLDER, "--window", short, *WHY)
    text = " ".join(refused.complaint.split())
    assert refused.code == 1
    assert "change that in the request first, then run the same command again" in text


def test_a_postponement_changes_the_window_alone_and_names_void_approvals(
    company: Company,
) -> None:
    repository = company.repository
    for lead in LEADS:
        company.approve(lead)
    before = repository.request.read_text("utf-8").splitlines()
    done = repository.run("postpone", FOLDER, "--window", LATER, *WHY)
    assert done.code == 0, done.complaint
    assert "Void, to be approved again: Wang Fang, Zhou Kai" in done.output
    assert "git commit -m 'Postpone LR-2026-0042 to" in done.output
    assert "The rehearsal did not pass" in done.output
    assert "launchpolicy paper postponement" not in done.output  # there was no first notice
    after = repository.request.read_text("utf-8").splitlines()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert len(changed) == 1
    assert "2026-12-03T22:00:00+08:00" in changed[0][1]
    assert "reason: The rehearsal did not pass" in changed[0][1]


def test_a_moved_cutover_needs_a_new_notice_for_those_who_got_the_first(
    adopted: Adopted,  # noqa: F811 (the fixture)
) -> None:
    repository = adopted("system-cutover")
    request = next(
        file
        for file in sorted(Path(repository.folder).glob("launches/*/request.yaml"))
        if "  stage: requested" in file.read_text("utf-8")
    )
    notice = (
        "  stage: requested\n  notice: {at: 2026-12-01T10:00:00+08:00, by: chen.jie, "
        "to: [finance, operations]}"
    )
    path = request.relative_to(repository.folder).as_posix()
    repository.edit(("  stage: requested", notice), path=path)
    repository.commit("issue the notice")
    window = "2026-12-09T20:00:00+08:00/2026-12-09T23:30:00+08:00"
    done = repository.run("postpone", path, "--window", window, *WHY[:2], "--now", NOW)
    assert done.code == 0, done.complaint
    assert "spec.impact.suspension.until: 2026-12-09T23:30:00+08:00" in done.output
    assert "record it again after the approval: status.notice" in done.output
    assert "notice of postponement: Finance" in done.output
    assert "notice:" not in request.read_text("utf-8").partition("\nstatus:")[2]
