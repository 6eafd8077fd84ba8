"""`launchpolicy status` and `people check`: who has to do what, by name."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.cli.launch_repository import EXAMPLE, NOW, REQUEST, LaunchRepository
from tests.examples.approving import approved_by
from tests.examples.catalogue import NOW_INSTANT

ACTING_PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: {en: Own, zh: 自有}}
spec:
  version: 1
  bindings:
    - {policy: led, action: deny, params: {role: pilot}}
"""
ACTING = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: led, title: {en: A pilot launches, zh: 由领航员上线}}
spec:
  match: {kinds: [LaunchRequest]}
  params: {role: captain}
  validations:
    - expression: object.spec.people.executor in people.roles[?params.role].orValue([])
      message: Nobody may.
  fix: Name a pilot.
"""


def status(repository: LaunchRepository, *arguments: str) -> tuple[int, str]:
    finished = repository.run("status", REQUEST, "--now", NOW, *arguments)
    assert finished.complaint == ""
    return finished.code, finished.output


def test_the_requester_and_each_approver_have_a_list_of_their_own(
    repository: LaunchRepository,
) -> None:
    repository.edit(("    watcher: qian.na\n", ""))
    code, said = status(repository)
    assert code == 1
    for_requester, for_approvers = said.split("For those who can approve:")
    assert "For Li Wei (li.wei), who asks:" in for_requester
    assert "launch-people-named" in for_requester
    assert "Wang Fang (wang.fang)  approve this version as product-lead" in for_approvers
    assert "Zhou Kai (zhou.kai)  approve this version as rd-lead" in for_approvers


def test_in_chinese(repository: LaunchRepository) -> None:
    _, said = status(repository, "--lang", "zh")
    assert "王芳（wang.fang）  以产品部负责人身份审批本版申请" in said


def test_who_approved_is_told_and_not_asked_again(proposal: LaunchRepository) -> None:
    proposal.edit(("22:00:00+08:00, end", "22:15:00+08:00, end"))
    proposal.commit("move")
    record = approved_by(proposal, ["wang.fang"], NOW_INSTANT)
    code, said = status(proposal, "--base", "main", "--approvals", str(record))
    assert code == 1
    asked, approved = said.split("Approved already:")
    assert "wang.fang" not in asked
    assert "Wang Fang (wang.fang)  product-lead" in approved

    record = approved_by(proposal, ["wang.fang", "zhou.kai", "zhao.min"], NOW_INSTANT)
    code, said = status(proposal, "--base", "main", "--approvals", str(record))
    assert code == 0
    assert "Nothing is left to do." in said


def test_nobody_left_who_could_approve_is_a_matter_for_those_who_appoint(
    repository: LaunchRepository,
) -> None:
    repository.edit(("rd-lead: [zhou.kai]", "rd-lead: [zhao.min]"), path="people.yaml")
    _, said = status(repository)
    assert "nobody can still give the approval of rd-lead" in said


def test_as_json_it_is_the_report(repository: LaunchRepository) -> None:
    finished = repository.run("status", REQUEST, "--now", NOW, "--format", "json")
    report = json.loads(finished.output)
    (request,) = report["requests"]
    assert request["approvalDigest"].startswith("sha256:")
    assert request["verdict"] == "blocked"


def test_an_unchanged_request_has_nothing_to_approve(proposal: LaunchRepository) -> None:
    finished = proposal.run("status", REQUEST, "--now", NOW, "--base", "HEAD")
    assert finished.code == 2
    assert "nothing to approve" in finished.complaint


def test_every_approval_can_be_given(repository: LaunchRepository) -> None:
    finished = repository.run("people", "check")
    assert finished.code == 0
    assert "✓ product-lead: wang.fang — both-leads-approve" in finished.output


@pytest.mark.parametrize(
    ("edit", "code", "says"),
    [
        (("  rd-lead: [zhou.kai]\n", ""), 1, "✗ rd-lead: nobody"),
        (("id: 583233, login: zhoukai-example", "id: 583232, login: zhoukai-example"), 2, "583232"),
        (("  rd-lead: [zhou.kai]", "  rd-lead: ['*']"), 2, "bad-format"),
        (("  rd-lead: [zhou.kai]", "  rd-lead: []"), 2, "empty-role"),
        (("  rd-lead: [zhou.kai]", "  rd-lead: [zhou.who]"), 2, "unknown-person"),
        (
            (", accounts: {github: {id: 583233, login: zhoukai-example}}", ""),
            1,
            "without a GitHub account: zhou.kai",
        ),
    ],
    ids=["role nobody holds", "account of two", "wildcard", "empty role", "unknown", "no account"],
)
def test_a_directory_by_which_an_approval_cannot_be_given_is_found(
    edit: tuple[str, str], code: int, says: str, repository: LaunchRepository
) -> None:
    repository.edit(edit, path="people.yaml")
    finished = repository.run("people", "check")
    assert finished.code == code
    assert says in finished.output + finished.complaint


def test_rules_that_nobody_but_their_author_could_approve_are_found(
    repository: LaunchRepository,
) -> None:
    repository.edit(("[company-leadership, tech", "[tech"), path=".launchpolicy.yaml")
    finished = repository.run("people", "check")
    assert finished.code == 1
    assert "nobody else could approve what chen.jie changes" in " ".join(finished.output.split())


def test_one_name_under_two_ids_is_a_note_since_two_people_may_have_it(
    repository: LaunchRepository,
) -> None:
    repository.edit(("{en: Gao Peng, zh: 高鹏}", "{en: HE  LIN, zh: 高鹏}"), path="people.yaml")
    finished = repository.run("people", "check")
    assert finished.code == 0
    assert "! he.lin, gao.peng have the same name (He Lin)" in finished.output


def test_rules_without_owners_are_found(repository: LaunchRepository) -> None:
    line = "  rules: [company-leadership, technology-department]"
    repository.edit((line, "  # rules:"), path=".launchpolicy.yaml")
    finished = repository.run("people", "check")
    assert finished.code == 1
    assert "nobody owns them" in finished.output


def test_rules_of_anybody_are_no_finding(repository: LaunchRepository) -> None:
    rules = "rules: [company-leadership, technology-department]"
    repository.edit((rules, "rules: anybody"), path=".launchpolicy.yaml")
    assert repository.run("people", "check").code == 0


def test_without_a_directory_the_roles_that_are_wanted_are_named(
    repository: LaunchRepository,
) -> None:
    (repository.folder / "people.yaml").unlink()
    finished = repository.run("people", "check")
    assert finished.code == 1
    for role in ("product-lead", "rd-lead", "operations-lead"):
        assert f"✗ {role}: nobody" in finished.output


def test_a_role_that_whoever_launches_must_hold_is_named_when_nobody_does(
    repository: LaunchRepository,
) -> None:
    assert "✓ operations-lead: zhao.min — operations-accepts" in (
        repository.run("people", "check").output
    )
    repository.edit(("  operations-lead: [zhao.min]\n", ""), path="people.yaml")
    for language, says in (
        ("en", "✗ operations-lead: nobody — operations-accepts"),
        ("zh", "✗ 运维部门负责人（operations-lead）：无人；相关策略：operations-accepts"),
    ):
        finished = repository.run("people", "check", "--lang", language)
        assert finished.code == 1
        assert says in finished.output


def test_the_role_is_that_of_the_binding(repository: LaunchRepository) -> None:
    folder = repository.folder / "policies" / "own"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(ACTING_PACK, "utf-8")
    (folder / "led.yaml").write_text(ACTING, "utf-8")
    repository.edit(
        ("product-launch: [launch]", "product-launch: [launch, own]"),
        path=".launchpolicy.yaml",
    )
    finished = repository.run("people", "check")
    assert finished.code == 1, finished.complaint
    assert "✗ pilot: nobody — led; nobody holds this role" in finished.output
    in_chinese = repository.run("people", "check", "--lang", "zh")
    assert "目前无人担任" in in_chinese.output
    assert "captain" not in finished.output


def without_approvals(repository: LaunchRepository, binding: str = "") -> None:
    """Only a pack of its own, no policy of which asks for an approval."""
    folder = repository.folder / "policies" / "own"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(
        ACTING_PACK.replace("params: {role: pilot}", binding), "utf-8"
    )
    (folder / "led.yaml").write_text(ACTING, "utf-8")
    (repository.folder / "people.yaml").unlink()
    (repository.folder / ".launchpolicy.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Configuration\nmandatory: []\n"
        "processes: {product-launch: [own]}\napprovals: {rules: anybody}\n"
    )


def test_where_no_policy_asks_for_approvals_nobody_need_be_known(
    repository: LaunchRepository,
) -> None:
    without_approvals(repository, "params: {}")
    finished = repository.run("people", "check")
    assert finished.code == 0, finished.output + finished.complaint
    assert "nothing asks for it" in finished.output
    assert "目前也不需要" in repository.run("people", "check", "--lang", "zh").output


def test_where_a_policy_may_be_waived_somebody_must_be_known(repository: LaunchRepository) -> None:
    without_approvals(repository, "waivableBy: [captain]")
    finished = repository.run("people", "check")
    assert finished.code == 1, finished.complaint
    assert "no approval can be given" in finished.output


def test_without_a_directory_no_approval_can_be_given(repository: LaunchRepository) -> None:
    (repository.folder / "people.yaml").unlink()
    finished = repository.run("people", "check")
    assert finished.code == 1
    assert "no approval can be given" in finished.output


def test_an_approval_that_nobody_is_asked_for_is_not_announced(
    repository: LaunchRepository,
) -> None:
    announced = repository.check().output
    assert "operations-accepts" in announced
    assert "major-launch-approved" not in announced
    repository.edit(("risk: standard", "risk: major"))
    assert "major-launch-approved" in repository.check().output


def test_a_deputy_whose_time_is_over_is_refused_with_the_line(repository: LaunchRepository) -> None:
    deputy = (
        "deputies:\n  - {for: wang.fang, by: li.wei, from: 2026-11-01T00:00:00+08:00, "
        "until: 2026-11-08T00:00:00+08:00}\n"
    )
    repository.edit(("names:", f"{deputy}names:"), path="people.yaml")
    line = repository.folder.joinpath("people.yaml").read_text("utf-8").split("\n")
    number = line.index("deputies:") + 2
    refused = repository.run("people", "check", "--now", "2026-11-08T00:00:00+08:00")
    assert refused.code == 2
    assert f"people.yaml:{number}:" in refused.complaint
    accepted = repository.run("people", "check", "--now", "2026-11-07T23:59:59+08:00")
    assert "li.wei stands for wang.fang until 2026-11-08T00:00+08:00" in accepted.output
    assert repository.check(REQUEST).code != 2


@pytest.mark.parametrize(
    ("language", "warning"),
    [("en", "Warning: there is no people.yaml. "), ("zh", "警告：没有 people.yaml。")],
)
def test_a_check_without_a_directory_says_so(
    repository: LaunchRepository, language: str, warning: str
) -> None:
    said = repository.check(REQUEST, "--lang", language).output
    assert warning not in said
    (repository.folder / "people.yaml").unlink()
    assert warning in repository.check(REQUEST, "--lang", language).output
    repository.commit("without people")
    repository.request.write_text(repository.request.read_text("utf-8") + "\n", "utf-8")
    repository.git("add", "--all")
    assert warning in repository.check("--staged", "--lang", language).output


def test_a_misspelt_role_of_the_directory_is_named_beside_the_gap(
    repository: LaunchRepository,
) -> None:
    repository.edit(("  operations-lead: [", "  operatoins-lead: ["), path="people.yaml")
    for language, says, remedy in (
        ("en", "operatoins-lead, which nothing asks for. Did you mean operations-lead?", "→ Give"),
        ("zh", "是否想写 operations-lead？", "→ 请在 people.yaml 的 `roles` 下"),
    ):
        output = repository.run("people", "check", "--lang", language).output
        assert says in output
        assert remedy in output


@pytest.mark.parametrize(
    ("stage", "says"), [("launched", "advance LR-2026-0038 verified"), ("closed", "")]
)
def test_a_launch_that_is_not_over_says_what_follows(
    repository: LaunchRepository, stage: str, says: str
) -> None:
    name = {"launched": "LR-2026-0038", "closed": "LR-2026-0017"}[stage]
    shutil.copytree(EXAMPLE / "launches" / name, repository.folder / "launches" / name)
    repository.commit("A launch of before")
    finished = repository.run("status", name, "--now", "2026-11-25T10:00:00+08:00")
    assert "Nothing is left to do." in finished.output
    assert (says in finished.output, "Once it is merged" in finished.output) == (True, bool(says))


def test_heads_of_departments_who_are_of_no_department_are_nobody(
    repository: LaunchRepository,
) -> None:
    repository.edit(
        ("product-launch: [launch]", "product-launch: [launch, cutover]"), path=".launchpolicy.yaml"
    )
    before = repository.run("people", "check")
    people = (repository.folder / "people.yaml").read_text("utf-8")
    held = next(line for line in people.splitlines() if line.startswith("  department-head:"))
    assert "department-head of each department: guo.hao, tang.yu" in before.output
    repository.edit((held, "  department-head: [guo.hao, tang.yu]"), path="people.yaml")
    flat = repository.run("people", "check")
    assert flat.code == 1
    assert "✗ department-head of each department: nobody" in flat.output
    assert "write `department-head: {finance: [guo.hao, tang.yu]}`" in flat.output
