"""By hand, work tree, index, two commits: the same findings, whichever way a request is seen."""

from __future__ import annotations

import json
import re
import shutil
from typing import Any

import pytest

from tests.cli.launch_repository import REQUEST, LaunchRepository
from tests.cli.own_pack import PACK, POLICY

BREAK = ("    watcher: qian.na\n", "")
MEND = ("    executor: zhao.min\n", "    executor: zhao.min\n    watcher: qian.na\n")


def requests_of(repository: LaunchRepository, *arguments: str) -> list[dict[str, Any]]:
    finished = repository.check(*arguments, "--format", "json")
    assert finished.output, finished.complaint
    report: dict[str, Any] = json.loads(finished.output)
    assert report["exitCode"] == finished.code
    found: list[dict[str, Any]] = report["requests"]
    return found


def judged_without_approvals(request: dict[str, Any]) -> list[Any]:
    """What differs is left out: approvals are announced, and who made a change is not known yet."""
    return [
        result
        for result in request["results"]
        if result["outcome"] != "pending" and result["policy"] != "requester-opened-the-change"
    ]


def test_the_same_findings_in_all_four_situations(proposal: LaunchRepository) -> None:
    proposal.git("reset", "--quiet", "--soft", "main")  # not committed yet
    proposal.edit(BREAK)
    by_hand = requests_of(proposal, REQUEST)
    work_tree = requests_of(proposal)
    proposal.git("add", "--all")
    staged = requests_of(proposal, "--staged")
    assert by_hand == work_tree == staged
    proposal.commit()
    (committed,) = requests_of(proposal, "--base", "main", "--head", "request")
    assert judged_without_approvals(committed) == judged_without_approvals(by_hand[0])
    assert committed["verdict"] == "blocked"


def test_staged_reads_the_index_and_not_the_work_tree(proposal: LaunchRepository) -> None:
    proposal.edit(BREAK)
    proposal.git("add", "--all")
    proposal.edit(MEND)
    assert requests_of(proposal, "--staged")[0]["verdict"] == "blocked"
    assert requests_of(proposal)[0]["verdict"] == "pass"


def test_nothing_changed_passes_and_says_so(repository: LaunchRepository) -> None:
    finished = repository.check("--base", "main", "--head", "main")
    assert finished.code == 0
    assert finished.output.startswith("○ Nothing was judged")


def test_only_changed_requests_are_judged_however_many_there_are(
    repository: LaunchRepository,
) -> None:
    for number in range(3):
        name = f"LR-2026-100{number}"
        shutil.copytree(repository.request.parent, repository.folder / "launches" / name)
        repository.edit(
            ("name: LR-2026-0042", f"name: {name}"), path=f"launches/{name}/request.yaml"
        )
    repository.commit("more")
    repository.git("switch", "--quiet", "--create", "change")
    repository.edit(("    watcher: qian.na", "    watcher: sun.li"))
    repository.commit()
    assert [each["name"] for each in requests_of(repository, "--base", "main")] == ["LR-2026-0042"]
    assert len(requests_of(repository)) == 4


def test_rules_come_from_the_base_so_a_change_cannot_relax_its_own_judge(
    proposal: LaunchRepository,
) -> None:
    proposal.edit(BREAK)
    proposal.edit(("[launch]        #", "[launch, own]   #"), path=".launchpolicy.yaml")
    proposal.edit(("mandatory: [launch]", "mandatory: []"), path=".launchpolicy.yaml")
    own = proposal.folder / "policies" / "own"
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text("not even a pack", "utf-8")
    proposal.commit("relax the rules")
    request, rules = requests_of(proposal, "--base", "main")
    assert request["verdict"] == "blocked"
    assert {result["pack"] for result in request["results"]} == {"launch"}
    assert (rules["kind"], rules["verdict"]) == ("Rules", "rejected")


def test_removing_the_configuration_in_the_change_does_not_help(proposal: LaunchRepository) -> None:
    proposal.edit(BREAK)
    (proposal.folder / ".launchpolicy.yaml").unlink()
    proposal.commit("no rules, no failures")
    assert requests_of(proposal, "--base", "main")[0]["verdict"] == "blocked"


def test_a_base_without_a_configuration_is_undecided(proposal: LaunchRepository) -> None:
    proposal.git("switch", "--quiet", "--orphan", "empty")
    proposal.git("commit", "--quiet", "--allow-empty", "--message", "nothing")
    proposal.git("switch", "--quiet", "request")
    proposal.git("merge", "--quiet", "--allow-unrelated-histories", "empty")
    finished = proposal.check("--base", "empty")
    assert finished.code == 3
    assert ".launchpolicy.yaml" in finished.complaint


def test_a_request_that_the_base_changed_too_is_undecided_until_the_branch_is_updated(
    repository: LaunchRepository,
) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    repository.edit(("    watcher: qian.na", "    watcher: sun.li"))
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.edit(("labels: {team: payments}", "labels: {team: orders}"))
    repository.commit()
    (request,) = requests_of(repository, "--base", "main", "--head", "change")
    assert request["verdict"] == "undecided"
    assert request["refusals"][0]["rule"] == "request/stale"


def test_a_shallow_clone_is_undecided_and_never_nothing_to_judge(
    proposal: LaunchRepository,
) -> None:
    shallow = proposal.folder.parent / "shallow"
    proposal.git(
        "-c", "protocol.file.allow=always", "clone", "--quiet", "--depth=1", "--no-single-branch",
        f"file://{proposal.folder}", str(shallow),
    )  # fmt: skip
    clone = LaunchRepository(shallow, proposal.environment)
    finished = clone.check("--base", "origin/main")
    assert finished.code == 3
    assert "shallow" in finished.complaint
    assert "fetch-depth: 0" in finished.complaint


def test_a_deleted_request_is_blocked(repository: LaunchRepository) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    shutil.rmtree(repository.request.parent)
    repository.commit("as if it had never been")
    (request,) = requests_of(repository, "--base", "main")
    assert (request["operation"], request["verdict"]) == ("delete", "blocked")


@pytest.mark.parametrize("name", ["Request.yaml", "request.yml", "REQUEST.YAML"])
def test_a_request_under_another_file_name_is_not_overlooked(
    proposal: LaunchRepository, name: str
) -> None:
    proposal.git("mv", REQUEST, f"launches/LR-2026-0042/{name}")
    proposal.commit("hide it")
    (request,) = requests_of(proposal, "--base", "main")
    assert request["verdict"] == "rejected"
    assert request["refusals"][0]["rule"] == "request/stray"


def test_a_link_in_place_of_a_request_is_rejected_and_not_followed(
    proposal: LaunchRepository,
) -> None:
    secret = proposal.folder.parent / "secret.yaml"
    secret.write_text("token: hunter2\n", "utf-8")
    proposal.request.unlink()
    proposal.request.symlink_to(secret)
    for arguments in ((REQUEST,), (), ("--staged",), ("--base", "main")):
        if arguments == ("--staged",):
            proposal.git("add", "--all")
        if arguments[:1] == ("--base",):
            proposal.commit("link")
        finished = proposal.check(*arguments)
        assert finished.code == 2
        assert "hunter2" not in finished.output + finished.complaint


def test_a_launch_repository_may_be_a_folder_of_a_larger_one(proposal: LaunchRepository) -> None:
    outer = proposal.folder.parent / "outer"
    outer.mkdir()
    whole = LaunchRepository(outer, proposal.environment)
    whole.git("init", "--quiet", "--initial-branch=main")
    shutil.copytree(proposal.folder, outer / "go-live", ignore=shutil.ignore_patterns(".git"))
    inner = LaunchRepository(outer / "go-live", proposal.environment)
    whole.commit("all")
    inner.edit(BREAK)
    whole.git("switch", "--quiet", "--create", "change")
    whole.commit("break")
    (request,) = requests_of(inner, "--base", "main")
    assert (request["path"], request["verdict"]) == (REQUEST, "blocked")
    assert requests_of(inner)[0]["verdict"] == "blocked"


def test_without_git_the_work_tree_is_judged_all_the_same(bare_folder: LaunchRepository) -> None:
    assert requests_of(bare_folder)[0]["verdict"] == "pass"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("nowhere",), 2, "nowhere"),
        ((".launchpolicy.yaml",), 2, "no request"),
        (("/",), 2, ".launchpolicy.yaml"),
        (("--staged", REQUEST), 2, "choose one"),
        (("--head", "main"), 2, "--head needs --base"),
        (("--base", "-x"), 3, "-x"),
        (("--base", "--output=pwned"), 3, "--output=pwned"),
        (("--base", "main", "--head", "main:secret"), 3, "main:secret"),
        (("--format", "pdf"), 2, "pdf"),
        (("--now", "tomorrow"), 2, "tomorrow"),
        (("--now", "2026-12-01"), 2, "2026-12-01 22:00"),
    ],
)
def test_wrong_usage_says_what_and_never_passes(
    repository: LaunchRepository, arguments: tuple[str, ...], code: int, says: str
) -> None:
    finished = repository.check(*arguments)
    assert finished.code == code, finished
    assert says in finished.complaint
    assert "Traceback" not in finished.complaint
    assert not (repository.folder / "pwned").exists()


def test_outside_of_any_launch_repository_is_a_usage_error(repository: LaunchRepository) -> None:
    elsewhere = LaunchRepository(repository.folder.parent / "home", repository.environment)
    finished = elsewhere.check()
    assert finished.code == 2
    assert re.search(r"\.launchpolicy\.yaml", finished.complaint)


def test_many_requests_are_judged_in_parallel_with_the_same_result(
    bare_folder: LaunchRepository,
) -> None:
    own = bare_folder.folder / "policies/own"
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text(PACK, "utf-8")
    (own / "watcher-named.yaml").write_text(POLICY, "utf-8")
    bare_folder.edit(
        ("product-launch: [launch]", "product-launch: [own]"),
        ("mandatory: [launch]", ""),
        path=".launchpolicy.yaml",
    )
    text = bare_folder.request.read_text("utf-8")
    for number in range(200):
        name = f"LR-2027-{number:04}"
        folder = bare_folder.folder / "launches" / name
        folder.mkdir()
        broken = text if number % 50 else text.replace(*BREAK)
        renamed = broken.replace("name: LR-2026-0042", f"name: {name}")
        (folder / "request.yaml").write_text(renamed, "utf-8")
    parallel = requests_of(bare_folder, "--jobs", "2")
    alone = requests_of(bare_folder, "--jobs", "1")
    assert parallel == alone
    assert [each["verdict"] for each in parallel].count("blocked") == 4
    assert len(parallel) == 201


def test_evidence_swapped_without_touching_its_request_is_judged_again(
    repository: LaunchRepository,
) -> None:
    report = repository.request.parent / "tests/load.xml"
    report.write_text(report.read_text("utf-8").replace("61.0", "10.0"), "utf-8")
    repository.git("add", "--all")

    (staged,) = requests_of(repository, "--staged")
    head = repository.commit("a better figure")
    (committed,) = requests_of(repository, "--base", "HEAD~1", "--head", head)

    for request in (staged, committed):
        failed = [each["policy"] for each in request["results"] if each["outcome"] == "failed"]
        assert request["verdict"] == "blocked"
        assert failed == ["evidence-read"]


def test_a_window_in_a_year_whose_holidays_nobody_knows_yet_is_noted(
    repository: LaunchRepository,
) -> None:
    assert "announced" not in repository.check().output
    repository.edit(
        ("start: 2026-12-01T22:00:00+08:00", "start: 2095-02-10T22:00:00+08:00"),
        ("end: 2026-12-01T23:30:00+08:00", "end: 2095-02-10T23:30:00+08:00"),
    )
    english = " ".join(repository.check().output.split())
    assert "The public holidays of 2095 are not announced yet" in english
    assert REQUEST in english
    chinese = "".join(repository.check("--lang", "zh").output.split())
    assert "2095年的放假安排尚未公布" in chinese
    report = json.loads(repository.check("--format", "json").output)
    assert any("2095" in json.dumps(note) for note in report["notes"])


def test_a_sparse_checkout_is_undecided_and_never_nothing_to_judge(
    repository: LaunchRepository,
) -> None:
    repository.git("sparse-checkout", "set", "--cone", "elsewhere")
    for arguments in ((), ("launches",)):
        finished = repository.check(*arguments)
        assert finished.code == 3, finished
        assert "sparse checkout" in finished.complaint
    assert repository.check("--base", "main").code == 0
    repository.git("sparse-checkout", "disable")
    assert repository.check().code == 0


def test_a_bare_repository_judges_two_commits(proposal: LaunchRepository) -> None:
    proposal.edit(BREAK)
    proposal.commit()
    bare = proposal.folder.parent / "bare.git"
    proposal.git("clone", "--quiet", "--bare", str(proposal.folder), str(bare))
    server = LaunchRepository(bare, proposal.environment)
    (request,) = requests_of(server, "--base", "main", "--head", "request")
    assert (request["path"], request["verdict"]) == (REQUEST, "blocked")


def test_a_folder_that_looks_like_a_bare_repository_is_not_one_inside_of_a_work_tree(
    proposal: LaunchRepository,
) -> None:
    nested = proposal.folder / "nested"
    proposal.git("clone", "--quiet", "--bare", str(proposal.folder), str(nested))
    inside = LaunchRepository(nested, proposal.environment)
    proposal.edit(BREAK)
    proposal.commit()  # the nested one does not know this commit
    (request,) = requests_of(inside, "--base", "main", "--head", "request")
    assert request["verdict"] == "blocked"
