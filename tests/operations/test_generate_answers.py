"""The table of answers: what it says is what `new` asks, and a plain launch asks little."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.operations.generate.answers import (
    MARKS,
    PAGE,
    RISKS,
    answers_table,
    closed_example,
    later_answers,
    request_answers,
)
from launchpolicy.operations.launch_repository import find_launch_repository

ROOT = Path(__file__).parents[2]
PROCESS = "product-launch"
MOST_ANSWERS, MOST_LINES = 40, 110
"""What a standard launch that touches no data may ask for (issue 13)."""


def rows() -> dict[tuple[str, str], tuple[int, ...]]:
    """The rows of the table by process and risk class."""
    table = (ROOT / PAGE).read_text("utf-8").split(MARKS[0])[1].split(MARKS[1])[0]
    cells = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| `")]
    return {(each[0].strip("`"), each[1]): tuple(map(int, each[2:])) for each in cells}


def test_a_standard_launch_that_touches_no_data_asks_little() -> None:
    answers, _, lines, *_ = rows()[PROCESS, "standard, no data"]

    assert answers <= MOST_ANSWERS
    assert lines <= MOST_LINES


def test_every_process_is_counted_at_every_risk_class() -> None:
    processes = {file.parent.name for file in ROOT.glob("examples/*/launches")}

    assert {(process, risk) for process in processes for risk in RISKS} <= rows().keys()


@pytest.mark.parametrize("risk", ["standard", "emergency"])
def test_the_table_says_what_is_asked(risk: str) -> None:
    folder = ROOT / "examples" / PROCESS
    place, example = find_launch_repository(folder), closed_example(folder)

    new = request_answers(place, example, risk=risk)
    counted = (new.typed, new.files, new.lines)

    assert rows()[PROCESS, risk] == (*counted, *later_answers(place, example))


def test_it_is_counted_anew_where_what_it_was_counted_from_differs(tmp_path: Path) -> None:
    page = tmp_path / PAGE
    page.parent.mkdir()
    page.write_text("before\n{}\nold\n{}\nafter".format(*MARKS), "utf-8")

    counted = answers_table(tmp_path)[PAGE]

    assert counted.startswith(f"before\n{MARKS[0]}\n<!-- counted from ")
    assert counted.endswith(f"\n{MARKS[1]}\nafter")
    assert "old" not in counted
    page.write_text(counted, "utf-8")
    assert answers_table(tmp_path)[PAGE] == counted


def test_an_example_without_a_closed_request_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no closed request"):
        closed_example(tmp_path)
