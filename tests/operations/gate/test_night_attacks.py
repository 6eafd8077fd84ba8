"""What must not pass at the gate: failed steps, a clone that is led elsewhere, half an identity."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta

import pytest

from launchpolicy.facts.deployed_content import ContentIdentity
from launchpolicy.vocabulary.errors import UndecidedError
from tests.cli.launch_repository import REQUEST
from tests.operations.gate.night import (
    COMMIT,
    DIGEST,
    FACTS,
    OPENS,
    RECORDING,
    REQUESTED,
    Night,
    says,
    shortcomings,
    states,
    unmet,
)

DEPLOYED = (ContentIdentity("checkout-service", "commit", COMMIT),)
BEGUN = f"{FACTS}  execution:\n    startedAt: 2026-12-01T22:02:00+08:00\n    steps:\n"
FAILED = "      - {name: drain, result: failed, at: 2026-12-01T22:06:00+08:00, by: zhao.min"


@pytest.mark.parametrize(
    ("rest", "state"),
    [
        ("}\n", "not-met"),
        (", symptom: Sessions stay}\n", "not-met"),
        (", symptom: Sessions stay, handling: Gave up, outcome: unresolved}\n", "not-met"),
        (", symptom: Sessions stay, handling: TODO}\n", "not-met"),
        (", symptom: Sessions stay, handling: Freed the disk for another try}\n", "met"),
        (", symptom: Sessions stay, handling: Waited, outcome: done}\n", "met"),
    ],
)
def test_a_failed_step_without_an_end_stops_the_deployment(
    night: Night, rest: str, state: str
) -> None:
    night.record(BEGUN + FAILED + rest)
    result = night.ask(deployed=DEPLOYED)
    assert states(result)["stage"] == state, says(result, "stage")
    if state == "not-met":
        assert "drain failed" in says(result, "stage")


REDIRECTIONS = [
    ("url.../fake.git.insteadOf", "../origin.git"),
    ("url.../fake.git.pushInsteadOf", "../origin.git"),
    ("remote.origin.uploadpack", "git-upload-pack ../fake.git #"),
    ("remote.origin.vcs", "ext"),
    ("remote.origin.proxy", "http://localhost:9"),
    ("core.sshCommand", "ssh -o HostName=localhost"),
    ("http.proxy", "http://localhost:9"),
    ("http.https://git.example.com/.sslVerify", "false"),
]


@pytest.mark.parametrize(("setting", "value"), REDIRECTIONS)
def test_a_clone_whose_own_settings_lead_its_remote_elsewhere_is_not_believed(
    night: Night, setting: str, value: str
) -> None:
    origin = night.clone.folder.parent / "origin.git"
    shutil.copytree(origin, origin.with_name("fake.git"))
    night.clone.git("config", "--local", setting, value)
    with pytest.raises(UndecidedError, match="leads its remote elsewhere") as refused:
        night.ask(deployed=DEPLOYED)
    assert setting.rpartition(".")[2].lower() in refused.value.problem.en.lower()


def test_a_setting_that_the_clone_includes_counts_as_its_own(night: Night) -> None:
    included = night.clone.folder / ".git" / "more"
    included.write_text('[url "../fake.git"]\n\tINSTEADOF = ../origin.git\n', "utf-8")
    night.clone.git("config", "--local", "include.path", "more")
    with pytest.raises(UndecidedError, match="leads its remote elsewhere"):
        night.ask(deployed=DEPLOYED)


def test_settings_of_a_checkout_action_and_of_the_user_are_no_obstacle(night: Night) -> None:
    header = "http.https://github.com/.extraheader"
    night.clone.git("config", "--local", header, "AUTHORIZATION: basic abc")
    night.clone.git("config", "--local", "http.https://git.example.com.sslCAInfo", "/ca.pem")
    home = night.clone.folder.parents[1] / "home"
    home.mkdir(exist_ok=True)
    environ = {**night.clone.environment, "HOME": str(home)}
    settings = '[url "https://git.example.com/"]\n\tinsteadOf = git@git.example.com:\n'
    (home / ".gitconfig").write_text(settings, "utf-8")
    assert not unmet(night.ask(deployed=DEPLOYED, environ=environ))


def both_identities(night: Night) -> None:
    digest = DIGEST.removeprefix("sha256:")
    part = f"{{name: checkout-service, sha256: {digest}, commit: {COMMIT}}}"
    night.land(("spec:\n", f"spec:\n  handover:\n    installables:\n      - {part}\n"))


@pytest.mark.parametrize("kinds", [("commit",), ("artifact",), ("commit", "artifact")])
def test_a_part_with_digest_and_commit_is_compared_in_both(
    night: Night, kinds: tuple[str, ...]
) -> None:
    both_identities(night)
    values = {
        "commit": ContentIdentity("checkout-service", "commit", COMMIT),
        "artifact": ContentIdentity("checkout-service", "artifact", DIGEST),
    }
    deployed = tuple(values[kind] for kind in kinds)
    expected = "met" if len(kinds) == len(values) else "not-met"
    for is_partial in (False, True):
        result = night.ask(deployed=deployed, is_partial=is_partial)
        assert states(result)["content"] == expected


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [
        ("people.yaml", False),
        (".github/workflows/deploy.yml", False),
        ("launches/LR-2026-0042/tests/functional.xml", False),
        ("launches/LR-2026-0099/request.yaml", False),
        ("launches/LR-2026-0042/checks/servers.log", True),
    ],
)
def test_a_recording_branch_that_changes_other_files_brings_no_facts(
    night: Night, path: str, is_allowed: object
) -> None:
    clone = night.clone
    clone.git("switch", "--quiet", RECORDING)
    file = clone.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    there = file.read_text("utf-8") if file.exists() else ""
    file.write_text(f"{there}\n# more\n", "utf-8")
    clone.commit("and more")
    night.push(RECORDING)
    clone.git("switch", "--quiet", "main")
    result = night.ask(deployed=DEPLOYED)
    assert (states(result)["preparation"] == "met") == bool(is_allowed), says(result, "preparation")
    if not is_allowed:
        assert path in says(result, "preparation")


def test_a_recording_branch_that_is_behind_main_brings_its_facts(night: Night) -> None:
    night.land(("  - {name: he.lin", "  # a note\n  - {name: he.lin"), path="people.yaml")
    assert not unmet(night.ask(deployed=DEPLOYED))


def test_before_its_window_nothing_is_said_to_have_begun(night: Night) -> None:
    result = night.ask(OPENS - timedelta(minutes=5), deployed=DEPLOYED)
    assert unmet(result) == {"window"}


def test_what_is_missing_is_recorded_by_a_command(approved: Night) -> None:
    missing = shortcomings(approved.ask(deployed=DEPLOYED), "preparation")
    fixes = " ".join(one.fix.en for one in missing)
    for command in ("record backup orders-db", "record backup uploads", "record check servers"):
        assert f"launchpolicy {command}" in fixes
    assert "{name:" not in fixes


def test_a_request_on_a_branch_that_is_another_name_for_main_is_not_recorded(night: Night) -> None:
    assert REQUESTED.strip().encode() in (night.clone.folder / REQUEST).read_bytes()
    subprocess.run(
        ["git", "symbolic-ref", f"refs/heads/{RECORDING}", "refs/heads/main"],
        cwd=night.clone.folder,
        check=True,
    )
    before = night.clone.git("rev-parse", "main")
    words = ("record", "check", "servers", "passed", "LR-2026-0042", "--by", "zhao.min")
    refused = night.clone.run(*words, "--now", "2026-12-01T21:30:00+08:00")
    assert (refused.code, "only another name" in refused.complaint) == (3, True), refused.complaint
    assert night.clone.git("rev-parse", "main") == before
