"""`launchpolicy new` and `advance` as a person calls them, in a real git repository."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from launchpolicy.documents.reading import Document, read
from tests.cli.launch_repository import LaunchRepository

NEW = ("new", "Checkout 3.3", "--now", "2026-11-25T10:00:00+08:00")
NEXT = "launches/LR-2026-0043/request.yaml"


@pytest.fixture
def identified(repository: LaunchRepository) -> LaunchRepository:
    """The example, cloned by Li Wei."""
    repository.git("config", "user.email", "Li.Wei@example.com")
    return repository


def data(repository: LaunchRepository, path: str = NEXT) -> object:
    document = read(path, (repository.folder / path).read_bytes())
    assert isinstance(document, Document), document.findings
    return document.data


def test_a_new_request_has_the_next_name_a_branch_and_only_open_questions(
    identified: LaunchRepository,
) -> None:
    finished = identified.run(*NEW, "--risk", "standard")

    assert finished.code == 0, finished.complaint
    assert f"Written: {NEXT}" in finished.output
    assert "On the new branch launch/LR-2026-0043" in finished.output
    assert identified.git("branch", "--show-current") == "launch/LR-2026-0043"
    assert finished.output.count("\n  launchpolicy ") == 2
    text = (identified.folder / NEXT).read_text("utf-8")
    questions = len(re.findall(r"(?::|^ *-) TODO\b", text, re.MULTILINE))
    assert "    testers:            # Who tested it\n      - TODO" in text
    assert f"\n{questions} answers are left" in finished.output
    assert "    requester: li.wei\n" in text
    assert text.count("# When the launch may begin: 2026-12-01T22:00:00+08:00") == 1

    checked = identified.check(NEXT, "--format", "json")
    assert checked.code == 1
    assert checked.output.count('"request/unanswered"') >= questions
    assert '"outcome": "failed"' not in checked.output


def test_what_is_known_is_not_asked(identified: LaunchRepository) -> None:
    known = {"--product": "checkout", "--version": "3.3.0", "--change": "version-upgrade"}
    window = {"--start": "2026-12-08T22:00:00+08:00", "--end": "2026-12-08T23:00:00+08:00"}

    options = [part for option in {**known, **window}.items() for part in option]
    finished = identified.run(*NEW, *options, "--yes")

    assert finished.code == 0, finished.complaint
    text = (identified.folder / NEXT).read_text("utf-8")
    for value in [*known.values(), "start: 2026-12-08T22:00:00+08:00"]:
        assert value in text


def test_a_name_on_another_branch_is_not_given_again(identified: LaunchRepository) -> None:
    assert identified.run(*NEW).code == 0
    identified.commit("ask")
    identified.git("switch", "--quiet", "main")

    finished = identified.run(*NEW)

    assert "launches/LR-2026-0044/request.yaml" in finished.output


def test_a_request_that_is_there_is_never_overwritten(identified: LaunchRepository) -> None:
    before = identified.request.read_bytes()

    finished = identified.run(*NEW, "--name", "LR-2026-0042")

    assert finished.code == 2
    assert "The name LR-2026-0042 is in use." in finished.complaint
    assert identified.request.read_bytes() == before
    assert identified.git("branch", "--show-current") == "main"


def test_changes_that_are_not_committed_do_not_slip_into_the_new_branch(
    identified: LaunchRepository,
) -> None:
    identified.edit(("risk: standard", "risk: major"))

    finished = identified.run(*NEW)

    assert finished.code == 2
    assert "launches/LR-2026-0042/request.yaml" in finished.complaint
    assert "--no-branch" in finished.complaint
    assert not (identified.folder / NEXT).exists()

    assert identified.run(*NEW, "--no-branch").code == 0
    assert identified.git("branch", "--show-current") == "main"


def test_an_unusable_name_is_refused_before_anything_is_written(
    identified: LaunchRepository,
) -> None:
    finished = identified.run(*NEW, "--name", "../elsewhere")

    assert finished.code == 2
    assert "../elsewhere" in finished.complaint
    assert not (identified.folder.parent / "elsewhere").exists()
    assert identified.git("branch", "--show-current") == "main"


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["new", " "], "metadata.title"),
        (["new", ""], "'TITLE': it is empty"),
        ([*NEW, "--product", "Check out"], "spec.product.name"),
        ([*NEW, "--version", "3.3 beta"], "spec.product.version"),
        (["new", "bell\a"], "U+0007"),
    ],
)
def test_an_answer_that_no_request_may_have_is_refused_and_nothing_is_written(
    arguments: list[str], field: str, identified: LaunchRepository
) -> None:
    finished = identified.run(*arguments)

    assert finished.code == 2
    assert field in finished.complaint
    assert identified.git("status", "--porcelain") == ""
    assert identified.git("branch", "--show-current") == "main"


def test_an_unknown_process_is_named_with_those_there_are(identified: LaunchRepository) -> None:
    finished = identified.run(*NEW, "--process", "product-lunch")

    assert finished.code == 2
    assert "No process is called `product-lunch`." in finished.complaint
    assert "product-launch" in finished.complaint


def test_a_person_whom_the_directory_does_not_know_is_asked_for(
    repository: LaunchRepository,
) -> None:
    repository.git("config", "user.email", "stranger@example.com")

    finished = repository.run(*NEW)

    assert "no person with the e-mail address" in finished.output
    assert "    requester: TODO" in (repository.folder / NEXT).read_text("utf-8")


def test_a_folder_outside_of_git_gets_its_request_without_a_branch(
    bare_folder: LaunchRepository,
) -> None:
    finished = bare_folder.run(*NEW)

    assert finished.code == 0, finished.complaint
    assert "branch" not in finished.output
    assert (bare_folder.folder / NEXT).is_file()


def test_comments_and_summary_are_chinese_where_that_is_chosen(
    identified: LaunchRepository,
) -> None:
    finished = identified.run(*NEW, "--lang", "zh")

    assert f"已写入：{NEXT}" in finished.output
    assert "项须填写：请逐一替换 TODO。" in finished.output
    text = (identified.folder / NEXT).read_text("utf-8")
    assert "# 产品标识" in text


def test_evidence_takes_the_place_of_its_question(identified: LaunchRepository) -> None:
    identified.run(*NEW)
    evidence = "launches/LR-2026-0043/acceptance.pdf"
    shutil.copy(
        identified.request.parent / "acceptance" / "acceptance.pdf", identified.folder / evidence
    )
    before = (identified.folder / NEXT).read_text("utf-8")

    finished = identified.run("evidence", "add", evidence, "--at", "spec.acceptance.document")

    assert finished.code == 0, finished.complaint
    after = (identified.folder / NEXT).read_text("utf-8")
    assert "document: {path: acceptance.pdf, kind: document, sha256: " in after
    assert len(after.splitlines()) == len(before.splitlines())
    assert after.count(": TODO") == before.count(": TODO") - 1


def test_evidence_in_an_item_that_lacks_its_name_says_that_nothing_was_written(
    identified: LaunchRepository,
) -> None:
    identified.run(*NEW)
    evidence = "launches/LR-2026-0043/acceptance.pdf"
    shutil.copy(
        identified.request.parent / "acceptance" / "acceptance.pdf", identified.folder / evidence
    )
    before = (identified.folder / NEXT).read_text("utf-8")
    count = before.count("        evidence:")
    at = f"spec.testing.reports[{count}].evidence"
    refused = identified.run("evidence", "add", evidence, "--at", at)
    assert refused.code == 2
    assert "Nothing was written" in refused.complaint, refused.complaint
    assert (identified.folder / NEXT).read_text("utf-8") == before


def test_advance_writes_the_next_stage_and_says_what_is_left(
    identified: LaunchRepository,
) -> None:
    before = identified.request.read_text("utf-8")

    finished = identified.run("advance", "launches/LR-2026-0042", "launched")

    assert finished.code == 0, finished.complaint
    assert "requested → launched" in finished.output
    assert "answers are left to give" in finished.output
    after = identified.request.read_text("utf-8")
    assert after.startswith(before.rpartition("status:")[0])
    assert "stage: launched" in after
    assert "checksBefore:" in after


def test_advance_says_that_the_stage_before_is_not_merged(identified: LaunchRepository) -> None:
    new = ("new", "Search 2.0", "--process", "product-launch", "--yes")
    assert identified.run(*new).code == 0
    path = NEXT.rpartition("/")[0]
    unmerged = "On main the request is not at the stage requested"
    assert unmerged in " ".join(identified.run("advance", path, "launched").output.split())
    done = identified.run("advance", "launches/LR-2026-0042", "launched")
    assert (done.code, unmerged in " ".join(done.output.split())) == (0, False)


def test_advance_does_not_leave_the_arrows(identified: LaunchRepository) -> None:
    before = identified.request.read_bytes()

    finished = identified.run("advance", "launches/LR-2026-0042", "verified")

    assert finished.code == 2
    assert "A request does not go from requested to verified." in finished.complaint
    assert "launched, cancelled" in finished.complaint
    assert identified.request.read_bytes() == before


def test_advance_to_the_stage_that_is_there_adds_what_it_still_asks_for(
    identified: LaunchRepository,
) -> None:
    request = "launches/LR-2026-0042"
    assert identified.run("advance", request, "launched").code == 0
    text = identified.request.read_text("utf-8")
    kept = text[: text.index("  backups:")] + "  execution:\n    by: zhao.min\n"
    identified.request.write_text(kept, "utf-8")

    finished = identified.run("advance", request, "launched")

    assert finished.code == 0, finished.complaint
    assert "what launched still asks for" in finished.output
    after = identified.request.read_text("utf-8")
    assert after.startswith(kept)
    assert "  backups:" in after
    assert "    startedAt: TODO" in after


def test_advance_refuses_what_is_no_request(identified: LaunchRepository) -> None:
    finished = identified.run("advance", "people.yaml", "launched")

    assert finished.code == 2
    assert "people.yaml is no LaunchRequest." in finished.complaint


def test_on_a_terminal_only_what_has_no_default_is_asked(identified: LaunchRepository) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"checkout\n3.3.0\nhuge\nmajor\n2026-12-08T22:00:00+08:00\n\n")
    finished = subprocess.run(
        [sys.executable, "-m", "launchpolicy.cli.main", *NEW, "--change", "version-upgrade"],
        cwd=identified.folder,
        env=identified.environment,
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    os.close(theirs)
    os.close(ours)

    assert finished.returncode == 0, finished.stderr
    text = (identified.folder / NEXT).read_text("utf-8")
    for line in ("name: checkout", 'version: "3.3.0"', "risk: major", "end: TODO"):
        assert line in text
    assert "start: 2026-12-08T22:00:00+08:00" in text
    assert "Process" not in finished.stdout


def test_a_window_that_ends_before_it_begins_is_asked_for_again(
    identified: LaunchRepository,
) -> None:
    ours, theirs = pty.openpty()
    start, early, end = (f"2026-12-08T{hour}:00:00+08:00" for hour in (22, 21, 23))
    os.write(ours, f"checkout\n3.3.0\nmajor\n{start}\n{early}\n{end}\n".encode())
    finished = subprocess.run(
        [sys.executable, "-m", "launchpolicy.cli.main", *NEW, "--change", "version-upgrade"],
        cwd=identified.folder,
        env=identified.environment,
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    os.close(theirs)
    os.close(ours)

    assert finished.returncode == 0, finished.stderr
    assert f"the window ends at {early}, which is not after it begins: {start}" in finished.stdout
    text = (identified.folder / NEXT).read_text("utf-8")
    assert f"start: {start}" in text
    assert f"end: {end}" in text


def test_without_a_terminal_a_process_is_never_guessed(identified: LaunchRepository) -> None:
    old = "  product-launch: [launch] "
    identified.edit((old, f"  small-launch: [launch]\n{old}"), path=".launchpolicy.yaml")
    identified.commit("a second process")

    finished = identified.run(*NEW, "--yes")

    assert finished.code == 2
    assert "Give --process: small-launch, product-launch." in finished.complaint
    assert not (identified.folder / NEXT).exists()


def test_a_launches_folder_that_is_a_link_leads_nothing_outside(
    repository: LaunchRepository, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(repository.folder / "launches", ignore_errors=True)
    (repository.folder / "launches").symlink_to(outside)
    done = repository.run("new", "X", "--yes", "--no-branch")
    assert done.code == 2
    assert "is in the way: it is a link" in done.complaint
    assert list(outside.iterdir()) == []


def test_a_title_that_is_no_text_is_refused(repository: LaunchRepository) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "launchpolicy", "new", b"\xff", "--yes", "--no-branch"],
        cwd=repository.folder,
        env=repository.environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"is not text in UTF-8" in done.stderr


def test_a_new_request_does_not_begin_on_the_branch_of_another(
    identified: LaunchRepository,
) -> None:
    assert identified.run(*NEW).code == 0
    identified.commit("Request LR-2026-0043")

    refused = identified.run(*NEW)
    assert refused.code == 2
    assert "launch/LR-2026-0043, which is not merged into main" in refused.complaint
    assert "git switch main" in refused.complaint
    assert not (identified.folder / "launches/LR-2026-0044").exists()

    identified.git("switch", "--quiet", "main")
    assert identified.run(*NEW).code == 0  # the honest way


def test_a_request_may_be_built_on_another_on_purpose(identified: LaunchRepository) -> None:
    assert identified.run(*NEW).code == 0
    identified.commit("Request LR-2026-0043")
    identified.git("switch", "--quiet", "--create", "launch/LR-2026-0044")
    assert identified.run(*NEW, "--no-branch").code == 0


def test_commands_that_follow_push_only_where_there_is_a_remote(
    identified: LaunchRepository,
) -> None:
    alone = identified.run("--lang", "zh", *NEW)
    assert 'git commit -m "申请 LR-2026-0043"\n' in alone.output
    identified.git("switch", "--quiet", "main")
    shutil.rmtree(identified.folder / "launches/LR-2026-0043")
    identified.git("remote", "add", "upstream", ".")
    done = identified.run(*NEW)
    assert "git push -u upstream launch/LR-2026-0044\n" in done.output
