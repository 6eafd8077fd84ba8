"""`launchpolicy agenda --week`: the list of coming launches for the office meeting (D4.12.2)."""

from __future__ import annotations

import zipfile

import pytest

from launchpolicy.papers.paper_blocks import Heading, PaperTable
from launchpolicy.papers.tokens import blocks
from tests.cli.launch_repository import NOW, REQUEST, LaunchRepository

ANOTHER = "launches/LR-2026-0099/request.yaml"


def agenda(repository: LaunchRepository, *arguments: str) -> str:
    finished = repository.run("agenda", "--week", "--now", NOW, *arguments)
    assert finished.code == 0, finished.complaint
    return finished.output


def propose_another(repository: LaunchRepository, *changes: tuple[str, str]) -> None:
    """Propose a launch of the same product on a branch, and go back to the protected one."""
    repository.git("switch", "--quiet", "--create", "another")
    target = repository.folder / ANOTHER
    target.parent.mkdir(parents=True)
    target.write_bytes(repository.request.read_bytes())
    repository.edit(("LR-2026-0042", "LR-2026-0099"), *changes, path=ANOTHER)
    repository.commit("request another launch")
    repository.git("switch", "--quiet", "main")


def test_merged_and_proposed_launches_stand_in_one_list(repository: LaunchRepository) -> None:
    propose_another(repository)
    listed = agenda(repository)
    assert "LR-2026-0042" in listed
    assert "LR-2026-0099" in listed
    assert "approved |" in listed
    assert "awaits approval (branch another) |" in listed


def test_windows_that_overlap_on_the_same_product_are_shown_as_a_conflict(
    repository: LaunchRepository,
) -> None:
    assert "No conflicts." in agenda(repository)
    propose_another(repository)
    listed = agenda(repository)
    assert "launch the same product at the same time" in listed
    assert "Settle the conflicts above" in listed


def test_windows_that_only_touch_are_no_conflict(repository: LaunchRepository) -> None:
    window = "start: 2026-12-01T22:00:00+08:00, end: 2026-12-01T23:30:00+08:00"
    later = "start: 2026-12-01T23:30:00+08:00, end: 2026-12-01T23:59:00+08:00"
    propose_another(repository, (window, later))
    assert "No conflicts." in agenda(repository)


def test_a_launch_in_a_freeze_says_so_and_the_freeze_is_listed(
    repository: LaunchRepository,
) -> None:
    calendar = "calendar.yaml"
    text = (repository.folder / calendar).read_text("utf-8")
    freeze = "{name: audit week, from: 2026-12-01T00:00:00+08:00, until: 2026-12-03T00:00:00+08:00}"
    lines = [line for line in text.splitlines() if not line.startswith(("freezes", "  - {name:"))]
    written = "\n".join([*lines, "freezes:", f"  - {freeze}"]) + "\n"
    (repository.folder / calendar).write_text(written, "utf-8")
    repository.commit("freeze")
    listed = agenda(repository)
    assert "meets the freeze audit week" in listed
    assert "Freeze audit week: 1 December 2026" in listed


def test_a_launch_whose_window_has_passed_or_is_not_known_is_not_lost(
    repository: LaunchRepository,
) -> None:
    propose_another(repository, ("  window: {", "  w: {"))
    listed = agenda(repository, "--week", "2026-12-14", "--now", "2026-12-14T10:00:00+08:00")
    assert "has passed, and it was not launched" in listed
    assert "(LR-2026-0099) has no window yet." in listed
    assert "No launch is planned in this period." in listed


def test_a_request_that_cannot_be_read_is_named_and_the_list_is_no_success(
    repository: LaunchRepository,
) -> None:
    repository.request.write_text("spec: [\n", "utf-8")
    repository.commit("break it")
    finished = repository.run("agenda", "--week", "--now", NOW)
    assert finished.code == 2
    assert REQUEST in finished.output


def test_text_of_a_request_adds_no_row_and_no_heading(repository: LaunchRepository) -> None:
    hostile = "A | B\\n\\n# Heading\\n\\n| 9 | <b>x</b> |"
    repository.edit(("\nspec:\n", f'\nspec:\n  foresight: {{impact: "{hostile}"}}\n'))
    repository.commit("hostile")
    finished = repository.run("agenda", "--week", "--now", NOW)
    content = blocks(finished.output)
    tables = [block for block in content if isinstance(block, PaperTable)]
    headings = [block for block in content if isinstance(block, Heading)]
    assert [len(table.rows) for table in tables] == [2, 2]
    assert len(headings) == 3


@pytest.mark.parametrize("format_", ["html", "docx", "xlsx"])
def test_it_is_written_as_a_landscape_paper(repository: LaunchRepository, format_: str) -> None:
    file = repository.folder / f"list.{format_}"
    finished = repository.run(
        "agenda", "--week", "--now", NOW, "--format", format_, "--output", str(file), "--lang", "zh"
    )
    assert finished.code == 0
    data = file.read_bytes()
    if format_ != "html":
        part = "word/document.xml" if format_ == "docx" else "xl/sharedStrings.xml"
        with zipfile.ZipFile(file) as package:
            assert "计划上线时间" in package.read(part).decode()
    else:
        page = data.decode()
        assert "上线预知汇总" in page
        assert '<body class="landscape">' in page
