"""The minutes of a release meeting say how it was opened and what was presented (D5)."""

from __future__ import annotations

import pytest

from launchpolicy.operations.paper.write import write_paper
from launchpolicy.vocabulary.text import Language
from tests.cli.launch_repository import PROJECT
from tests.papers.conftest import NOW

REQUEST = PROJECT / "examples/new-internet-product/launches/LR-2026-0401"


def _minutes(language: Language) -> str:
    return write_paper("minutes", REQUEST, language, "md", NOW).decode()


@pytest.mark.parametrize(
    ("language", "label", "text"),
    [
        ("en", "Opening and background", "The host told what the meeting decides"),
        ("zh", "开场与背景", "主持人介绍会议要决定的事项"),
    ],
)
def test_the_opening_has_a_line_of_its_own(language: Language, label: str, text: str) -> None:
    (row,) = [line for line in _minutes(language).splitlines() if line.startswith(f"| {label} |")]

    assert text in row


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", ("Features", "Functions", "Advantages", "Scenarios")),
        ("zh", ("特点", "功能", "优势", "应用场景")),
    ],
)
def test_four_things_are_presented_under_labels(
    language: Language, labels: tuple[str, ...]
) -> None:
    rows = [line.split("|")[1:3] for line in _minutes(language).splitlines() if "|" in line]
    texts = {row[0].strip(): row[1].strip() for row in rows if len(row) > 1}

    said = [texts[label] for label in labels]
    assert all(said)
    assert len(set(said)) == len(labels)
