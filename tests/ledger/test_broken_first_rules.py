"""What lands while rules cannot be used, and after whatever file repairs them, is not left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.launch_repository import clean_environment
from tests.ledger.chronicle import Chronicle
from tests.ledger.histories import Append, Change, Step, write_history

BROKEN_BY_PACK: Change = (".launchpolicy.yaml", 1)
"""A configuration that can be used once the pack `own` is there."""

PACK: tuple[Change, ...] = (("policies/own/pack.yaml", 0), ("policies/own/is-small.yaml", 0))
KNOWN: tuple[Change, ...] = (("people.yaml", 0), ("calendar.yaml", 0))
LAUNCH: Change = ("launches/LR-1/request.yaml", 0)
MORE = 510


def step(*changes: Change, append: Append = "not") -> Step:
    return Step((changes,), "direct", append, 1)


def chronicle_of(folder: Path, *steps: Step) -> tuple[Chronicle, list[str]]:
    """A repository with these steps on main, and the commit after each of them."""
    landings = write_history(folder / "launches", steps, clean_environment(folder))
    return Chronicle(folder / "launches", folder), [landed.commit for landed in landings]


def append_at(chronicle: Chronicle, commit: str) -> None:
    chronicle.git("update-ref", "refs/heads/main", commit)
    chronicle.append()


REPAIRS: dict[str, tuple[tuple[Change, ...], tuple[Change, ...]]] = {
    "a pack": ((BROKEN_BY_PACK, *KNOWN), PACK),
    "people": (((".launchpolicy.yaml", 0), ("people.yaml", 2)), KNOWN[:1]),
    "a calendar": (((".launchpolicy.yaml", 0), ("calendar.yaml", 1)), KNOWN[1:]),
    "a schema": (((".launchpolicy.yaml", 2), *PACK), (("schemas/thing.json", 0),)),
}


@pytest.mark.parametrize("repair", REPAIRS)
def test_what_lands_after_a_first_repair_by_another_file_is_not_left_out(
    tmp_path: Path, repair: str
) -> None:
    broken, repaired = REPAIRS[repair]
    chronicle, commits = chronicle_of(tmp_path, step(*broken), step(*repaired), step(LAUNCH))
    chronicle.append()
    assert [name for _, name in chronicle.told()] == ["rules", "LR-1"]
    assert chronicle.complaints(replay=False) == []
    whole = [entry.source for entry in chronicle.entries()]
    for branch in ("launch-ledger", "launch-ledger-heads"):
        chronicle.git("update-ref", "-d", f"refs/heads/{branch}")
    for commit in commits[1:]:
        append_at(chronicle, commit)
    assert [entry.source for entry in chronicle.entries()] == whole
    assert chronicle.complaints() == []


def test_a_repair_that_only_the_broken_configuration_names_is_seen(tmp_path: Path) -> None:
    """The people stand in another file now, of which the rules that could be used know nothing."""
    chronicle, commits = chronicle_of(
        tmp_path,
        step((".launchpolicy.yaml", 0), *KNOWN),
        step((".launchpolicy.yaml", 3), ("staff.yaml", 1)),
        step(("staff.yaml", 0)),
        step(LAUNCH),
    )
    for commit in commits:
        append_at(chronicle, commit)
    last = chronicle.entries()[-1]
    assert last.name == "LR-1"
    assert "rules/unusable" not in {hurdle.policy for hurdle in last.hurdles}
    assert chronicle.complaints() == []
    assert chronicle.complaints(replay=False) == []


@pytest.mark.slow
def test_rules_that_are_broken_for_longer_than_five_hundred_commits_hide_nothing(
    tmp_path: Path,
) -> None:
    chronicle, commits = chronicle_of(
        tmp_path,
        step((".launchpolicy.yaml", 0), *KNOWN),
        step(BROKEN_BY_PACK),
        *(step(("README.md", number % 2)) for number in range(MORE)),
        step(LAUNCH),
        step(("launches/LR-2/request.yaml", 0)),
        step(*PACK),
    )
    for commit in (commits[0], *commits[-3:]):
        append_at(chronicle, commit)
    assert [name for _, name in chronicle.told()] == ["rules", "rules", "LR-1", "LR-2", "rules"]
    assert chronicle.complaints() == []
