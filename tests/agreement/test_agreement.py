"""This tree says what the tree of the baseline said: a sample here, the whole in `make full`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.agreement.digests import Item, differences, digest_of, keep
from tests.agreement.sets import SETS, baseline, extent_of
from tests.agreement.workspace import Workspace

REMEDY = "see tests/README.md, agreement"


@pytest.mark.shared
@pytest.mark.parametrize("name", SETS)
def test_a_sample_of_every_set_is_as_it_was(name: str, tmp_path: Path) -> None:
    found = digest_of(SETS[name].items(Workspace(tmp_path), extent_of(name, "sample")))
    assert differences(baseline("sample").get(name), found) == [], REMEDY


def test_the_baseline_holds_every_set_and_no_other() -> None:
    assert baseline("sample").keys() == baseline("whole").keys() == SETS.keys()


@pytest.mark.parametrize(
    ("name", "least"),
    [("altered", 3018), ("real", 2 * 6026), ("schema-verdicts", 2 * 5000), ("places", 5000)],
)
def test_the_baseline_holds_as_many_items_as_promised(name: str, least: int) -> None:
    assert baseline("whole")[name]["items"] >= least


ITEMS = [Item("a", "1", b"x"), Item("a", "2", b"y"), Item("b", "1", b"z")]


def test_a_difference_is_located_by_its_group() -> None:
    changed = [*ITEMS[:2], Item("b", "1", b"other")]
    (line,) = differences(digest_of(ITEMS), digest_of(changed))
    assert line.startswith("b: 1 ")


def test_a_missing_item_and_a_new_group_are_differences() -> None:
    lines = differences(digest_of(ITEMS), digest_of([ITEMS[0], ITEMS[2], Item("c", "1", b"")]))
    assert [line.split(":")[0] for line in lines] == ["a", "c"]
    assert "missing in the baseline" in lines[1]


def test_items_in_another_order_are_a_difference() -> None:
    assert differences(digest_of(ITEMS), digest_of([ITEMS[1], ITEMS[0], ITEMS[2]])) != []


def test_a_set_that_the_baseline_does_not_have_is_no_pass() -> None:
    assert differences(None, digest_of(ITEMS)) != []


def test_a_baseline_that_was_edited_is_no_pass() -> None:
    edited = digest_of(ITEMS)
    edited["digest"] = "0" * 64
    assert differences(edited, digest_of(ITEMS)) != []


@pytest.mark.parametrize("items", [[], [ITEMS[0], ITEMS[0]]], ids=["none", "twice"])
def test_a_set_without_items_or_with_one_twice_is_refused(items: list[Item]) -> None:
    with pytest.raises(ValueError, match=r"set without items|two items"):
        digest_of(items)


def test_items_are_kept_to_be_compared(tmp_path: Path) -> None:
    assert list(keep(ITEMS, tmp_path)) == ITEMS
    assert (tmp_path / "b" / "1").read_bytes() == b"z"
