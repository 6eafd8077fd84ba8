"""A paper is known again by the line that it carries, in each format, and in each language."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.facts.paper_origin import PaperOrigin, origins_in, plan_digest, with_plan
from launchpolicy.operations.paper.write import write_paper
from launchpolicy.vocabulary.text import Language
from tests.cli.launch_repository import EXAMPLE, REQUEST
from tests.facts.evidence.conftest import Reads

AT = datetime.fromisoformat("2026-11-25T10:00:00+08:00")
NAME = "LR-2026-0042"


def example() -> dict[str, Any]:
    document = read(REQUEST, (EXAMPLE / REQUEST).read_bytes())
    assert isinstance(document, Document)
    data: dict[str, Any] = json.loads(json.dumps(document.data))
    return data


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("format_", ["md", "docx"])
def test_a_paper_that_is_attached_is_known_again(
    format_: Any, language: Language, reads: Reads
) -> None:
    paper = write_paper("application", EXAMPLE / REQUEST, language, format_, AT)
    contents = reads("document", paper, f"application.{format_}")
    origin = {"request": NAME, "plan": plan_digest(example()), "ofThisPlan": False}
    assert contents.details["papers"] == [{**origin, "madeAt": "2026-11-25T10:00:00+08:00"}]


def test_the_line_is_found_in_either_wording_and_over_the_breaks_of_a_page() -> None:
    plan, file = "ab" * 32, "cd" * 32
    broken = f"SHA-256 {file[:40]}\n{file[40:]}, plan {plan[:9]}\n {plan[9:]}, at {AT.isoformat()}."
    lines = (
        f"launchpolicy · {NAME} · requested · SHA-256 {file} · plan {plan} · made {AT.isoformat()}",
        f"launchpolicy · {NAME} · 已申请 · SHA-256 {file} · 方案 {plan} · 生成于 {AT.isoformat()}",
        f"Made by launchpolicy from launch request {NAME}, stage requested, {broken}",
    )
    for line in lines:
        assert origins_in(line) == [PaperOrigin(NAME, plan, AT.isoformat())]
    assert origins_in("launchpolicy · LR-2026-0042 · SHA-256 abc · plan def · made 2026") == []
    assert len(origins_in("\n".join(lines))) == 1
    others = (lines[0].replace(plan, f"{number:064x}") for number in range(60))
    assert len(origins_in("\n".join(others))) == 20


def set_window(data: dict[str, Any]) -> None:
    data["spec"]["window"]["end"] = "2026-12-01T23:50:00+08:00"


def set_content(data: dict[str, Any]) -> None:
    data["spec"]["content"][0]["reference"] = "v3.2.1"


def set_rollback(data: dict[str, Any]) -> None:
    data["spec"]["rollback"]["steps"][1]["to"] = "v3.1.3"


def set_people(data: dict[str, Any]) -> None:
    data["spec"]["people"]["executor"] = "he.lin"


def attach(data: dict[str, Any]) -> None:
    reference = {"path": "documents/application.docx", "kind": "document", "sha256": "0" * 64}
    data["spec"]["documents"] = {"application": reference}
    data["spec"]["steps"][0]["evidence"] = reference


def review(data: dict[str, Any]) -> None:
    data["spec"]["review"] = {"at": "2026-11-25T12:00:00+08:00", "result": "passed"}
    data["spec"]["impact"]["assessedAt"] = "2026-11-25T12:00:00+08:00"


def record(data: dict[str, Any]) -> None:
    data["status"] = {"stage": "launched", "backups": []}


@pytest.mark.parametrize("change", [set_window, set_content, set_rollback, set_people])
def test_a_changed_plan_is_another_plan(change: Callable[[dict[str, Any]], None]) -> None:
    data = example()
    change(data)
    assert plan_digest(data) != plan_digest(example())


@pytest.mark.parametrize("change", [attach, review, record])
def test_what_is_attached_assessed_or_recorded_leaves_the_plan_as_it_is(
    change: Callable[[dict[str, Any]], None],
) -> None:
    data = example()
    change(data)
    assert plan_digest(data) == plan_digest(json.loads(json.dumps(example())))


def test_of_two_papers_in_one_file_each_is_held_against_the_plan() -> None:
    plan = plan_digest(example())
    papers = [
        {"request": NAME, "plan": one, "madeAt": "", "ofThisPlan": False} for one in (plan, "0")
    ]
    (known,) = with_plan([{"papers": papers}], example())
    assert [paper["ofThisPlan"] for paper in known["papers"]] == [True, False]
    (unknown,) = with_plan([{"papers": papers}], {"spec": {"window": float("nan")}})
    assert [paper["ofThisPlan"] for paper in unknown["papers"]] == [False, False]


def test_the_example_has_no_paper_of_ours() -> None:
    assert Path(EXAMPLE / REQUEST).is_file()
    assert list(with_plan([{"papers": []}], example())) == [{"papers": []}]
