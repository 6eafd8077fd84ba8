"""`launchpolicy policy explain`: what a policy decided, part by part, and never more than that."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import Any

import pytest

from tests.cli.launch_repository import NOW, REQUEST, Finished, LaunchRepository
from tests.examples.approving import approved_by
from tests.examples.catalogue import NOW_INSTANT

_PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: watched, action: deny}]}
"""
_POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: watched, title: {en: Watched, zh: 有人值守}}
spec:
  match: {kinds: [LaunchRequest], stages: [requested]}
  matchConditions:
    - {name: named, expression: 'object.metadata.name != ""'}
  params: {most: 2}
  variables:
    - {name: people, expression: object.spec.people}
  validations:
    - expression: >-
        object.spec.?watch.orValue([]).size() > params.most
        && variables.people.requester != variables.people.executor
      message: {en: There are too few., zh: 关注事项过少。}
    - forEach: spec.content
      expression: each.kind == "code" || has(each.risk)
      at: each.kind
      message: {en: Wrong content., zh: 内容有误。}
  fix: {en: Watch more., zh: 请增加关注事项。}
"""


@pytest.fixture
def explained(repository: LaunchRepository) -> LaunchRepository:
    """A repository with a pack of its own, whose policy fails in both of its validations."""
    own = repository.folder / "policies/own"
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text(_PACK, "utf-8")
    (own / "watched.yaml").write_text(_POLICY.replace("has(each.risk)", "false"), "utf-8")
    repository.edit(
        ("product-launch: [launch]", "product-launch: [launch, own]"), path=".launchpolicy.yaml"
    )
    return repository


def _explain(repository: LaunchRepository, *arguments: str, policy: str = "watched") -> Finished:
    return repository.run("policy", "explain", policy, REQUEST, "--now", NOW, *arguments)


def _data(repository: LaunchRepository, policy: str = "watched") -> dict[str, Any]:
    finished = _explain(repository, "--format", "json", policy=policy)
    assert finished.code == 0, finished
    data = json.loads(finished.output)
    assert data["version"] == 1
    return dict(data)


def _parts(tree: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the parts of a tree by their text."""
    parts = {tree["text"]: tree}
    for part in tree["parts"]:
        parts |= _parts(part)
    return parts


def test_each_part_has_its_value_and_its_places(explained: LaunchRepository) -> None:
    data = _data(explained)
    assert data["outcome"] == "failed"
    first, second = data["validations"]
    parts = _parts(first["elements"][0]["tree"])
    assert parts["params.most"]["values"] == [2]
    size = parts["object.spec.?watch.orValue([]).size()"]
    assert size["values"] == [2]
    assert size["policyPlace"] == {"line": 13, "column": 9}
    assert parts["object.spec.?watch.orValue([])"]["requestPlace"]["route"] == "spec.watch"
    assert (second["size"], second["failing"]) == (2, 1)
    kind = _parts(second["elements"][0]["tree"])["each.kind"]
    assert kind["values"] == ["database"]
    assert kind["requestPlace"]["route"] == "spec.content[1].kind"
    line = explained.request.read_text("utf-8").splitlines()[kind["requestPlace"]["line"] - 1]
    assert line[kind["requestPlace"]["column"] - 1 :].startswith("database")


def test_what_was_skipped_has_no_value(explained: LaunchRepository) -> None:
    tree = _data(explained)["validations"][0]["elements"][0]["tree"]
    skipped = _parts(tree)["variables.people.requester != variables.people.executor"]
    assert skipped["values"] == []
    assert "not evaluated" in _explain(explained).output


def test_a_variable_leads_to_the_place_that_it_stands_for(explained: LaunchRepository) -> None:
    tree = _data(explained)["validations"][0]["elements"][0]["tree"]
    place = _parts(tree)["variables.people.requester"]["requestPlace"]
    assert place["route"] == "spec.people.requester"


def test_failing_elements_come_first_and_the_rest_is_counted(explained: LaunchRepository) -> None:
    extra = "".join(
        f"    - {{name: part-{number}, kind: code, reference: r, summary: s}}\n"
        for number in range(30)
    )
    explained.edit(("  content:\n", f"  content:\n{extra}"))
    (_, second) = _data(explained)["validations"]
    assert (second["size"], second["failing"], len(second["elements"])) == (32, 1, 10)
    values = [element["value"] for element in second["elements"]]
    assert values == [False, *[True] * 9]
    assert "and 22 more" in _explain(explained).output


def test_the_outcome_is_that_of_the_check(explained: LaunchRepository) -> None:
    report = explained.check("--format", "json")
    (judgement,) = json.loads(report.output)["requests"]
    outcomes = {item["policy"]: item["outcome"] for item in judgement["results"]}
    assert outcomes["watched"] == "failed"
    shipped = ("launch-window-fixed", "both-leads-approve", "backups-kept-elsewhere")
    for policy in ("watched", *shipped):
        assert _data(explained, policy)["outcome"] == outcomes[policy]


def test_a_policy_that_is_not_about_the_request_says_why(explained: LaunchRepository) -> None:
    explained.edit(("stages: [requested]", "stages: [closed]"), path="policies/own/watched.yaml")
    data = _data(explained)
    assert data["outcome"] == "not-applicable"
    assert data["reason"]["en"] == "not about stage requested"
    assert data["validations"] == []
    lines = [line.strip() for line in _explain(explained).output.splitlines()]
    assert "✗ stage  requested  (one of closed)  policies/own/watched.yaml:5:35" in lines
    assert lines[-1].startswith("✗ stage")


def test_a_condition_that_does_not_hold_ends_the_explanation(explained: LaunchRepository) -> None:
    explained.edit(('name != ""', 'name == ""'), path="policies/own/watched.yaml")
    data = _data(explained)
    (condition,) = data["conditions"]
    assert condition["value"] is False
    assert data["validations"] == []


def test_an_expression_without_an_answer_says_which_and_why(explained: LaunchRepository) -> None:
    explained.edit(
        ('each.kind == "code"', "timestamp(each.name) < now"), path="policies/own/watched.yaml"
    )
    finished = _explain(explained)
    assert finished.code == 0
    assert "no answer: not a date-time of RFC 3339" in finished.output


def test_what_a_request_says_does_not_act_in_a_terminal(explained: LaunchRepository) -> None:
    explained.edit(("each.kind ==", "each.name =="), path="policies/own/watched.yaml")
    explained.edit(("name: orders-db, kind", 'name: "##[error]\\u202e x", kind'))
    finished = _explain(explained)
    assert "\u202e" not in finished.output
    assert "##[" not in finished.output


@pytest.mark.parametrize(
    ("policy", "request_", "says"),
    [
        ("watchd", REQUEST, "Did you mean watched"),
        ("watched", "people.yaml", "is a rule, and no request"),
    ],
)
def test_what_cannot_be_explained_is_a_usage_error(
    explained: LaunchRepository, policy: str, request_: str, says: str
) -> None:
    finished = explained.run("policy", "explain", policy, request_)
    assert finished.code == 2
    assert says in finished.complaint
    assert finished.output == ""


def test_a_policy_of_another_pack_does_not_judge_the_request(explained: LaunchRepository) -> None:
    explained.edit(
        ("product-launch: [launch, own]", "product-launch: [launch]\n  other: [launch, own]"),
        path=".launchpolicy.yaml",
    )
    finished = _explain(explained)
    assert finished.code == 2
    assert "does not judge this request: its pack `own`" in finished.complaint


def test_a_request_that_is_malformed_is_refused_with_its_place(explained: LaunchRepository) -> None:
    explained.edit(("  content:\n", "  contents:\n"))
    finished = _explain(explained)
    assert finished.code == 2
    assert f"{REQUEST}:" in finished.complaint


def test_the_policy_of_the_base_explains_a_proposal(proposal: LaunchRepository) -> None:
    finished = proposal.run(
        *("policy", "explain", "launch-window-fixed", REQUEST, "--base", "main", "--now", NOW),
        *("--format", "json"),
    )
    assert finished.code == 0, finished
    assert json.loads(finished.output)["outcome"] == "passed"


def test_who_counted_and_who_is_missing_is_said_of_a_quorum(proposal: LaunchRepository) -> None:
    record = approved_by(proposal, ["wang.fang", "zhao.min"], NOW_INSTANT)
    finished = proposal.run(
        *("policy", "explain", "both-leads-approve", REQUEST, "--base", "main", "--now", NOW),
        *("--approvals", str(record)),
    )
    assert finished.code == 0, finished
    assert finished.output.startswith("… pending  both-leads-approve")
    assert "One more approval is missing from rd-lead: Zhou Kai can still give it." in (
        finished.output
    )
    assert "✓ wang.fang" in finished.output
    assert "– zhao.min" in finished.output


def test_a_loop_within_a_loop_keeps_only_its_first_values(explained: LaunchRepository) -> None:
    numbers = f"[{', '.join(map(str, range(40)))}]"
    explained.edit(
        (
            'expression: each.kind == "code"',
            f"expression: >-\n        {numbers}.all(a, {numbers}.all(b, a + b != 99))",
        ),
        path="policies/own/watched.yaml",
    )
    (_, second) = _data(explained)["validations"]
    part = _parts(second["elements"][0]["tree"])["a + b != 99"]
    assert (len(part["values"]), part["count"]) == (100, 1600)
    assert "true ×100, … (1600)" in _explain(explained, "--verbose").output


def test_chinese_is_wrapped_by_its_width(explained: LaunchRepository) -> None:
    finished = _explain(explained, "--lang", "zh")
    lines = finished.output.splitlines()
    assert lines[0].startswith("✗ 不满足  watched")
    assert any("共 2 项，1 项不满足" in line for line in lines)
    assert "not evaluated" not in finished.output


def test_colour_is_for_terminals(explained: LaunchRepository) -> None:
    assert "\x1b" not in _explain(explained).output
    assert "\x1b[1;31m" in _explain(explained, "--color", "always").output
    assert "\x1b[1;31m" in _in_a_terminal(explained)


def _in_a_terminal(repository: LaunchRepository) -> str:
    """Return what the command writes to a pseudo-terminal."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "launchpolicy", "policy", "explain", "watched", REQUEST]
    environment = {**repository.environment, "TERM": "xterm-256color"}
    process = subprocess.Popen(
        command, cwd=repository.folder, env=environment, stdout=follower, stderr=follower
    )
    os.close(follower)
    pieces = []
    try:
        while piece := os.read(leader, 65536):
            pieces.append(piece)
    except OSError:  # Linux: the other end is closed
        pass
    finally:
        os.close(leader)
    assert process.wait() == 0
    return b"".join(pieces).decode()
