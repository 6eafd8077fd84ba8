"""`launchpolicy policy replay`: past landings by other rules; none is lost, none is made up."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.company import LEADS, Company
from tests.cli.launch_repository import NOW, LaunchRepository
from tests.operations.replay.thing_history import (
    CONFIGURATION,
    POLICY_FILE,
    land,
    stricter,
    thing_repository,
    write,
)

SIZES = (1, 6, 9, 3)


@pytest.fixture
def things(tmp_path: Path) -> LaunchRepository:
    """Four things of four landings; the third is too large, and was merged all the same."""
    return thing_repository(tmp_path / "things", SIZES, tmp_path / "home")


def _replay(repository: LaunchRepository, *options: str, code: int = 0) -> dict[str, Any]:
    done = repository.run("policy", "replay", "--format", "json", "--jobs", "1", *options)
    assert done.code == code, done
    return dict(json.loads(done.output))


def _otherwise(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (decision["path"], decision["before"], decision["after"])
        for landing in document["landings"]
        for decision in landing["decisions"]
        if decision["before"] != decision["after"]
    ]


@pytest.mark.parametrize("has_ledger", [True, False])
def test_stricter_rules_show_what_they_would_have_blocked(
    things: LaunchRepository, *, has_ledger: bool
) -> None:
    if has_ledger:
        assert things.run("ledger", "append").code == 0
    stricter(things, 5)

    document = _replay(things)

    assert _otherwise(document) == [("things/t2.yaml", "pass", "blocked")]
    assert document["recorded"] is has_ledger
    assert document["summary"] == {
        "landings": 4,
        "otherwise": 1,
        "blockedNow": 1,
        "passedNow": 0,
        "notJudged": 0,
        "unrecorded": 0,
    }
    (change,) = document["landings"][0]["decisions"][0]["changes"]
    assert change["policy"] == "is-small"
    assert (change["before"]["outcome"], change["after"]["outcome"]) == ("passed", "failed")
    assert change["place"] == {"path": "things/t2.yaml", "line": 1, "column": 7, "route": "size"}


def test_weaker_rules_of_a_commit_show_what_they_would_have_let_pass(
    things: LaunchRepository,
) -> None:
    things.git("switch", "--quiet", "--create", "weaker")
    things.edit(("most: 8", "most: 80"), path=POLICY_FILE)
    things.commit()
    things.git("switch", "--quiet", "main")

    assert _otherwise(_replay(things, "--rules", "weaker")) == [
        ("things/t3.yaml", "blocked", "pass")
    ]
    assert _otherwise(_replay(things)) == []
    assert _otherwise(_replay(things, "--against", "weaker")) == [
        ("things/t3.yaml", "pass", "blocked")
    ]


def test_a_deny_that_became_a_warning_is_named_although_the_outcome_is_the_same(
    things: LaunchRepository,
) -> None:
    things.edit(("action: deny", "action: warn"), path="policies/own/pack.yaml")

    document = _replay(things)

    assert _otherwise(document) == [("things/t3.yaml", "blocked", "pass")]
    (change,) = document["landings"][0]["decisions"][0]["changes"]
    assert change["before"] == {"outcome": "failed", "action": "deny"}
    assert change["after"] == {"outcome": "failed", "action": "warn"}


def test_rules_that_no_longer_read_the_files_show_every_landing_as_not_judged(
    things: LaunchRepository,
) -> None:
    write(things, ".launchpolicy.yaml", CONFIGURATION.replace("things/*", "elsewhere/*"))

    document = _replay(things)

    assert [after for _, _, after in _otherwise(document)] == ["not-read"] * 4
    assert document["summary"]["passedNow"] == 4


def test_files_that_nobody_judged_then_are_judged_by_rules_that_read_them(
    tmp_path: Path,
) -> None:
    things = thing_repository(tmp_path / "things", (), tmp_path / "home")
    write(things, ".launchpolicy.yaml", CONFIGURATION.replace("things/*", "elsewhere/*"))
    land(things, 1)
    write(things, "things/late.yaml", "size: 9\n")
    land(things, 2)
    write(things, ".launchpolicy.yaml", CONFIGURATION)

    assert _otherwise(_replay(things)) == [("things/late.yaml", "not-read", "blocked")]


def test_a_history_that_is_cut_off_is_undecided(things: LaunchRepository, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    things.git("clone", "--quiet", "--depth=2", f"file://{things.folder}", str(shallow))
    done = LaunchRepository(shallow, things.environment).run("policy", "replay")
    assert done.code == 3
    assert "shallow" in done.complaint
    assert done.output == ""


@pytest.mark.parametrize(
    ("path", "text", "named"),
    [
        (POLICY_FILE, "[\n", POLICY_FILE),
        (POLICY_FILE, "kind: Nonsense\n", POLICY_FILE),
        (".launchpolicy.yaml", "kind: Configuration\n", ".launchpolicy.yaml"),
    ],
)
def test_malformed_rules_to_judge_by_are_refused_with_their_place(
    things: LaunchRepository, path: str, text: str, named: str
) -> None:
    write(things, path, text)
    things.git("switch", "--quiet", "--create", "broken")
    commit = things.commit()
    things.git("switch", "--quiet", "main")
    done = things.run("policy", "replay", "--rules", commit)
    assert done.code == 2
    assert f"{named}:" in done.output + done.complaint
    assert "landings" not in done.output


def test_a_landing_on_broken_rules_is_listed_and_not_left_out(things: LaunchRepository) -> None:
    broken = CONFIGURATION + "kind: Twice\n"
    write(things, ".launchpolicy.yaml", broken)
    land(things, 5)
    write(things, "things/t5.yaml", "size: 1\n")
    land(things, 6)
    write(things, ".launchpolicy.yaml", CONFIGURATION)
    land(things, 7)

    assert _otherwise(_replay(things)) == [("things/t5.yaml", "undecided", "pass")]


def test_a_landing_whose_objects_are_gone_is_listed_as_not_judged(
    things: LaunchRepository,
) -> None:
    blob = things.git("rev-parse", "HEAD:things/t4.yaml")
    (things.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()

    document = _replay(things, code=3)

    assert document["summary"]["landings"] == 4
    assert document["summary"]["notJudged"] == 1
    assert document["landings"][-1]["problem"] is not None


def test_a_ledger_that_says_otherwise_than_its_own_rules_is_undecided(
    things: LaunchRepository,
) -> None:
    """The ledger was made with rules that never were on the branch."""
    stricter(things, 5)
    assert things.run("ledger", "append", "--rules", str(things.folder)).code == 0
    things.git("checkout", "--quiet", "--", ".")

    document = _replay(things, code=3)

    (item,) = document["contradictions"]
    assert (item["path"], item["recorded"], item["judged"]) == ("things/t2.yaml", "blocked", "pass")


def test_a_period_and_a_number_choose_landings(things: LaunchRepository) -> None:
    def landings(*options: str) -> int:
        return int(_replay(things, *options)["summary"]["landings"])

    assert landings("--since", "2025-11-27") == 3
    assert landings("--until", "2025-11-27") == 2
    assert landings("--since", "2025-11-27", "--until", "2025-11-28") == 2
    assert landings("--latest", "1") == 1


def test_several_processes_say_the_same_as_one(things: LaunchRepository) -> None:
    stricter(things, 2)
    alone = _replay(things)
    together = things.run("policy", "replay", "--format", "json", "--jobs", "3")
    assert json.loads(together.output) == alone
    assert alone["summary"]["otherwise"] == 2


@pytest.mark.parametrize("name", ["threads", "dask:", "dask"])
def test_an_unknown_executor_is_refused(things: LaunchRepository, name: str) -> None:
    done = things.run("policy", "replay", "--executor", name)
    assert done.code == 2
    assert "dask:ADDRESS" in done.complaint


_HOSTILE = "::error::##[error]<img src=x>|`@team`|[x](javascript:0)"


def test_the_text_of_a_request_does_nothing_in_a_terminal_or_a_table(
    things: LaunchRepository,
) -> None:
    write(
        things,
        ".launchpolicy.yaml",
        CONFIGURATION.replace(
            "id: path.stem", "id: 'has(object.owner) ? object.owner : path.stem'"
        ),
    )
    land(things, 5)
    write(things, "things/t5.yaml", f'{{size: 7, owner: "{_HOSTILE}"}}\n')
    land(things, 6)
    stricter(things, 5)

    done = things.run("policy", "replay", "--color", "always")
    assert done.code == 0, done
    text = done.output
    table = things.run("policy", "replay", "--format", "markdown").output

    assert "t5.yaml" in text
    assert "t5.yaml" in table
    assert "##[" not in text + table
    assert "\n::" not in text + table
    assert "<img" not in table
    assert "](" not in table
    row = next(line for line in table.splitlines() if "t5.yaml" in line)
    assert row.replace("\\|", "").count("|") == 6


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "4 landings, 1 decided otherwise: 1 blocked now, 0 let pass now."),
        ("zh", "共 4 次合入，1 次判定不同：1 次现在会被阻止，0 次现在会放行。"),
    ],
)
@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_people_read_it_in_both_languages(
    things: LaunchRepository, language: str, sentence: str, format_: str
) -> None:
    stricter(things, 5)
    done = things.run("policy", "replay", "--lang", language, "--format", format_)
    assert done.code == 0
    shown = html.unescape(done.output).replace("\u2060", "")
    assert sentence in shown
    assert "things/t2.yaml:1:7" in shown


def test_who_has_left_since_could_approve_then(company: Company) -> None:
    """People are a fact of the time of a landing: that a lead has left by now changes nothing."""
    repository = company.repository
    for lead in LEADS:
        company.approve(lead)
    repository.git("switch", "--quiet", "main")
    dated = {"GIT_AUTHOR_DATE": NOW, "GIT_COMMITTER_DATE": NOW}
    then = LaunchRepository(repository.folder, {**repository.environment, **dated})
    then.git("merge", "--quiet", "--no-ff", "--message", "launch", "request")
    key = json.dumps(company.public("wang.fang"))
    repository.edit((f", keys: [{key}]", ""), path="people.yaml")

    document = _replay(repository)

    assert document["summary"]["landings"] == 1
    assert document["landings"] == []  # not even a policy says otherwise


def test_a_launch_repository_in_a_folder_of_a_larger_one_is_replayed(
    things: LaunchRepository, tmp_path: Path
) -> None:
    whole = LaunchRepository(tmp_path / "whole", things.environment)
    whole.folder.mkdir()
    whole.git("init", "--quiet", "--initial-branch=main")
    write(whole, "README.md", "A larger repository.\n")
    land(whole, 0)
    for day, commit in enumerate(things.git("rev-list", "--reverse", "HEAD").split(), start=1):
        things.git("read-tree", "-u", "--reset", commit)
        copied = whole.folder / "launches-of-us"
        for path in things.git("ls-files").splitlines():
            write(whole, f"{copied.name}/{path}", (things.folder / path).read_text("utf-8"))
        land(whole, day)
    inner = LaunchRepository(whole.folder / "launches-of-us", things.environment)
    stricter(inner, 5)

    assert _otherwise(_replay(inner)) == [("things/t2.yaml", "pass", "blocked")]
    document = _replay(whole, "--directory", "launches-of-us", "--jobs", "2")
    assert document["summary"]["landings"] == 4


def test_requests_that_came_with_the_first_rules_were_judged_by_none(
    things: LaunchRepository, tmp_path: Path
) -> None:
    adopted = LaunchRepository(tmp_path / "adopted", things.environment)
    things.git("clone", "--quiet", str(things.folder), str(adopted.folder))
    adopted.git("switch", "--quiet", "--orphan", "new")
    adopted.git("branch", "--quiet", "--delete", "--force", "main")
    adopted.git("remote", "remove", "origin")
    write(adopted, "README.md", "Before there were rules.\n")
    land(adopted, 0)
    adopted.git("fetch", "--quiet", str(things.folder), "main")
    adopted.git("checkout", "--quiet", "FETCH_HEAD", "--", ".")
    land(adopted, 1)
    write(adopted, "things/t5.yaml", "size: 6\n")
    land(adopted, 2)
    stricter(adopted, 5)

    document = _replay(adopted, "--of", "new")

    assert document["summary"]["landings"] == 1
    assert _otherwise(document) == [("things/t5.yaml", "pass", "blocked")]
