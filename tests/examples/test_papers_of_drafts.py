"""Every paper of a request that was just begun is a draft, whatever is still open in it."""

from __future__ import annotations

import re

import pytest

from tests.examples.catalogue import NOW, PROCESSES
from tests.examples.conftest import Adopted

WINDOW = ("--start", "2026-12-10T20:00:00+08:00", "--end", "2026-12-10T21:30:00+08:00")


@pytest.mark.parametrize("process", PROCESSES)
def test_all_papers_of_a_draft_are_written(process: str, adopted: Adopted) -> None:
    repository = adopted(process)
    begun = repository.run(
        *("new", "Parcel Desk 2.14", "--process", process, "--version", "2.14.0", "--yes"),
        *("--risk", "emergency" if process == "emergency-launch" else "major", "--no-branch"),
        *(*WINDOW, "--now", NOW),
    )
    assert begun.code == 0, begun.complaint
    (name,) = set(re.findall(r"LR-\d{4}-\d{4}", begun.output))
    for language in ("en", "zh"):
        papers = repository.folder.parent / f"papers-{language}"
        written = repository.run(
            "paper", "--all", name, str(papers), "--lang", language, "--now", NOW
        )
        assert written.code == 0, written.complaint
        assert list(papers.iterdir())


def test_a_paper_has_the_times_of_the_calendar_whatever_offset_a_request_writes(
    adopted: Adopted,
) -> None:
    repository = adopted("product-launch")
    calendar = repository.folder / "calendar.yaml"
    calendar.write_text(calendar.read_text("utf-8").replace("Asia/Shanghai", "Europe/Berlin"))
    repository.run(
        *("new", "Parcel Desk 2.14", "--version", "2.14.0", "--risk", "standard", "--yes"),
        *("--no-branch", "--now", NOW),
        *("--start", "2026-12-10T20:00:00Z", "--end", "2026-12-10T21:30:00Z"),
    )
    plan = repository.run("paper", "launch-plan", "LR-2026-0043", "--lang", "en", "--now", NOW)
    assert plan.code == 0, plan.complaint
    assert "10 December 2026, 21:00–22:30" in plan.output
