"""What adopters copy and require: no proposal weakens it, and not running does not pass it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples/github"
JUDGES = ["launchpolicy.yml", "launchpolicy-app.yml"]
SIGNAL = "launchpolicy-signal.yml"
WORKFLOWS = [*JUDGES, SIGNAL]
DEPLOY = "launchpolicy-deploy.yml"
GATE = ".github/actions/gate/action.yml"
RULES = "launchpolicy-rules.yml"
RULES_ACTION = ".github/actions/rules/action.yml"
CHECK = "launchpolicy (main)"
GITHUB_ACTIONS = 15368  # the id of the app that GITHUB_TOKEN belongs to


def workflow(name: str) -> dict[str, Any]:
    # YAML 1.1 reads the key `on` as true.
    text = (EXAMPLES / name).read_text("utf-8").replace("\non:\n", '\n"on":\n')
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def steps(name: str) -> list[dict[str, Any]]:
    if name.endswith("action.yml"):
        found: list[dict[str, Any]] = yaml.safe_load((ROOT / name).read_text("utf-8"))["runs"][
            "steps"
        ]
        return found
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def test_every_workflow_of_the_example_is_looked_at() -> None:
    assert {file.name for file in EXAMPLES.glob("*.y*ml")} == {*WORKFLOWS, DEPLOY, RULES}


@pytest.mark.parametrize("name", JUDGES)
def test_o6_the_judge_runs_only_from_the_default_branch(name: str) -> None:
    from_default_branch = {"pull_request_target", "workflow_run", "schedule", "workflow_dispatch"}
    assert set(workflow(name)["on"]) == from_default_branch


@pytest.mark.parametrize("name", JUDGES)
def test_every_open_pull_request_is_judged_again_at_least_every_hour(name: str) -> None:
    (entry,) = workflow(name)["on"]["schedule"]
    assert re.fullmatch(r"[0-5]?[0-9] \* \* \* \*", entry["cron"])


@pytest.mark.parametrize("name", JUDGES)
def test_r6_a_retargeted_pull_request_is_judged_again(name: str) -> None:
    types = workflow(name)["on"]["pull_request_target"]["types"]
    assert set(types) == {"opened", "synchronize", "reopened", "edited", "ready_for_review"}


@pytest.mark.parametrize("name", JUDGES)
def test_the_judge_listens_to_the_signal(name: str) -> None:
    signal = workflow(SIGNAL)
    assert workflow(name)["on"]["workflow_run"] == {
        "workflows": [signal["name"]],
        "types": ["completed"],
    }
    assert signal["on"] == {
        "pull_request_review": {"types": ["submitted", "edited", "dismissed"]},
        "merge_group": {"types": ["checks_requested"]},
    }


@pytest.mark.parametrize("name", JUDGES)
def test_o6_the_judge_never_checks_out_anything(name: str) -> None:
    used = [step["uses"].partition("@")[0] for step in steps(name) if "uses" in step]
    assert set(used) <= {"actions/create-github-app-token", "launchpolicy/launchpolicy"}
    assert not any("run" in step for step in steps(name))
    assert "checkout" not in "".join(str(step) for step in steps("action.yml"))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_o10_nothing_can_skip_a_job_or_excuse_its_failure(name: str) -> None:
    content = workflow(name)
    for trigger, filters in content["on"].items():
        assert trigger == "schedule" or set(filters or ()) <= {"types", "workflows"}
    for job in content["jobs"].values():
        assert not {"if", "needs", "continue-on-error", "strategy"} & set(job)
    for step in [*steps(name), *steps("action.yml")]:
        assert not {"if", "continue-on-error"} & set(step)


def test_nothing_is_deployed_without_the_yes_of_the_gate() -> None:
    content = workflow(DEPLOY)
    assert content["on"].keys() == {"workflow_dispatch"}
    assert content["jobs"]["deploy"]["needs"] == "gate"
    for job in content["jobs"].values():
        assert not {"if", "continue-on-error", "strategy"} & set(job)
    for step in [*steps(DEPLOY), *steps(GATE)]:
        assert not {"if", "continue-on-error"} & set(step)
    assert 'launchpolicy" gate' in steps(GATE)[-1]["run"]


@pytest.mark.parametrize("name", [*WORKFLOWS, DEPLOY, RULES])
def test_a_run_is_never_cancelled_in_favour_of_another(name: str) -> None:
    assert workflow(name)["concurrency"]["cancel-in-progress"] is False


@pytest.mark.parametrize("name", JUDGES)
def test_verdicts_on_one_commit_come_one_after_the_other(name: str) -> None:
    group = workflow(name)["concurrency"]["group"]
    assert "github.event.pull_request.head.sha || github.event.workflow_run.head_sha" in group


@pytest.mark.parametrize("name", WORKFLOWS)
def test_o10_no_job_has_the_name_of_the_required_check(name: str) -> None:
    """A job that is skipped counts as success: the required check is published, never a job."""
    jobs = workflow(name)["jobs"]
    assert not any(job["name"].startswith("launchpolicy") for job in jobs.values())


@pytest.mark.parametrize(
    ("name", "granted"),
    [
        (
            "launchpolicy.yml",
            {"checks": "write", "contents": "read", "pull-requests": "write"},
        ),
        ("launchpolicy-app.yml", {}),
        (SIGNAL, {}),
        (DEPLOY, {"contents": "read"}),
        (RULES, {"contents": "read"}),
    ],
)
def test_o8_the_token_may_do_no_more_than_it_must(name: str, granted: dict[str, str]) -> None:
    content = workflow(name)
    assert content["permissions"] == {}
    assert all(job["permissions"] == granted for job in content["jobs"].values())


@pytest.mark.parametrize("name", [*WORKFLOWS, DEPLOY, RULES, "action.yml", GATE, RULES_ACTION])
def test_o7_every_action_is_pinned_by_its_full_commit(name: str) -> None:
    for step in steps(name):
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"]), step["uses"]


@pytest.mark.parametrize("name", [*WORKFLOWS, DEPLOY, RULES, "action.yml", GATE, RULES_ACTION])
def test_o1_no_expression_is_pasted_into_a_script(name: str) -> None:
    assert not any("${{" in step.get("run", "") for step in steps(name))


def test_the_action_and_ci_use_one_version_of_an_action() -> None:
    ci = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    for step in steps("action.yml"):
        assert step.get("uses", "") in ci


def test_the_name_of_the_head_branch_is_used_nowhere() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    assert not re.findall(r"head\.ref|head_ref|head_branch|\.title|\.body|\.login", text)


def required_checks(name: str) -> list[dict[str, Any]]:
    settings = json.loads((EXAMPLES / name).read_text("utf-8"))
    if "rules" not in settings:
        checks: list[dict[str, Any]] = settings["required_status_checks"]["checks"]
        return checks
    rules = {rule["type"]: rule.get("parameters", {}) for rule in settings["rules"]}
    found: list[dict[str, Any]] = rules["required_status_checks"]["required_status_checks"]
    return found


def test_r6_the_required_check_names_the_branch_that_the_rules_protect() -> None:
    ruleset = json.loads((EXAMPLES / "ruleset.json").read_text("utf-8"))
    assert ruleset["conditions"]["ref_name"] == {"include": ["refs/heads/main"], "exclude": []}
    assert required_checks("ruleset.json") == [{"context": CHECK, "integration_id": GITHUB_ACTIONS}]
    assert required_checks("branch-protection.json") == [
        {"context": CHECK, "app_id": GITHUB_ACTIONS}
    ]


def test_the_ruleset_lets_nobody_past() -> None:
    ruleset = json.loads((EXAMPLES / "ruleset.json").read_text("utf-8"))
    rules = {rule["type"]: rule.get("parameters", {}) for rule in ruleset["rules"]}
    assert ruleset["enforcement"] == "active"
    assert ruleset["bypass_actors"] == []
    assert {"deletion", "non_fast_forward"} <= set(rules)
    assert rules["required_status_checks"]["strict_required_status_checks_policy"] is True
    assert rules["pull_request"]["require_last_push_approval"] is True
    assert rules["pull_request"]["require_code_owner_review"] is True


def test_branch_protection_says_the_same_as_the_ruleset() -> None:
    protection = json.loads((EXAMPLES / "branch-protection.json").read_text("utf-8"))
    reviews = protection["required_pull_request_reviews"]
    assert protection["enforce_admins"] is True
    assert protection["required_status_checks"]["strict"] is True
    assert reviews["require_last_push_approval"] is True
    assert reviews["require_code_owner_reviews"] is True
    assert protection["allow_force_pushes"] is protection["allow_deletions"] is False


@pytest.mark.parametrize(
    "path",
    ["/.github/", "/.launchpolicy.yaml", "/people.yaml", "/calendar.yaml", "/policies/"],
)
def test_whoever_changes_the_rules_needs_the_owners_of_the_rules(path: str) -> None:
    lines = (EXAMPLES / "CODEOWNERS").read_text("utf-8").splitlines()
    assert any(line.split()[0] == path for line in lines if not line.startswith("#"))


def test_zizmor_sees_a_dangerous_trigger_where_no_decision_excuses_it(tmp_path: Path) -> None:
    text = (EXAMPLES / "launchpolicy.yml").read_text("utf-8")
    bare = tmp_path / "launchpolicy.yml"
    bare.write_text(re.sub(r" # zizmor: ignore.*", "", text), "utf-8")
    zizmor = [str(Path(sys.executable).with_name("zizmor")), "--offline", "--persona=auditor"]
    found = subprocess.run([*zizmor, str(bare)], check=False, capture_output=True, text=True)
    excused = subprocess.run(
        [*zizmor, str(EXAMPLES / "launchpolicy.yml")], check=False, capture_output=True, text=True
    )
    assert found.stdout.count("error[dangerous-triggers]") == 2
    assert excused.returncode == 0, excused.stdout
