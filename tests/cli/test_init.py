"""`launchpolicy init`: from an empty git repository to one that judges launches."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from launchpolicy.policy.processes import PROCESSES
from tests.cli.new_repository import (
    ACTION,
    COMMIT,
    GITHUB,
    KEY,
    NewRepository,
    installation_record,
    new_repository,
)

PROJECT = Path(__file__).parents[2]
OWN_FILES = {".launchpolicy.yaml", "people.yaml", "calendar.yaml", ".gitattributes"}
GITHUB_FILES = {
    ".github/workflows/launchpolicy.yml",
    ".github/workflows/launchpolicy-signal.yml",
    ".github/workflows/launchpolicy-ledger.yml",
    ".github/CODEOWNERS",
    ".github/launchpolicy-ruleset.json",
}
HOOKS = ".pre-commit-config.yaml"


@pytest.fixture
def fresh(tmp_path: Path) -> NewRepository:
    return new_repository(tmp_path)


@pytest.fixture
def on_github(fresh: NewRepository) -> NewRepository:
    fresh.git("remote", "add", "origin", GITHUB)
    return fresh


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def with_every_role(repository: NewRepository, folder: str = "") -> list[str]:
    """Fills in people.yaml as its comments say; gives the roles."""
    text = repository.read(f"{folder}people.yaml")
    account = "accounts: {github: {id: 583231, login: liwei}}"
    text = text.replace("#accounts: {github: {id: 0, login: ''}}", account)
    head, _, roles = text.partition("#roles:\n")
    lines = [line.removeprefix("#") for line in roles.splitlines()]
    filled = "\n".join(line.replace("[]", "[li.wei]") for line in lines)
    repository.write(f"{folder}people.yaml", f"{head}roles:\n{filled}\n")
    return re.findall(r"^  ([a-z][a-z-]*):", filled, re.MULTILINE)


@pytest.mark.parametrize(("source", "language"), [("github", "zh"), ("signed", "en")])
@pytest.mark.parametrize("process", list(PROCESSES))
def test_what_init_writes_passes_every_check(
    fresh: NewRepository, process: str, source: str, language: str
) -> None:
    asked = ("--process", process, "--approvals", source, "--language", language)
    done = fresh.run("init", *asked, "--country", "CN", "--action", ACTION)
    assert done.code == 0, done.complaint
    found = fresh.run("check")
    assert found.code == 0, found.output + found.complaint
    roles = with_every_role(fresh)
    found = fresh.run("people", "check")
    assert found.code == 1, found.output + found.complaint
    (alone,) = [line for line in found.output.splitlines() if line.startswith("✗")]
    assert "rules-approved" in alone  # the one person cannot approve their own changes
    assert {"product-lead", "rd-lead"} <= set(roles)
    content = yaml.safe_load(fresh.read(".launchpolicy.yaml"))
    assert content["processes"] == {process: list(PROCESSES[process].packs)}
    assert content["approvals"]["source"] == source
    assert set(content["approvals"]["rules"]) <= set(roles)
    assert content["language"] == language


def test_an_owner_of_the_rules_whom_else_only_a_duty_asks_for_has_one_place(
    fresh: NewRepository,
) -> None:
    done = fresh.init("--rules", "dba", "--rules", "rd-lead")
    assert done.code == 0, done.complaint
    assert len(re.findall(r"^#  dba: \[\]$", fresh.read("people.yaml"), re.MULTILINE)) == 1


def test_the_other_hooks_pass_and_people_check_names_the_roles_that_nobody_holds(
    fresh: NewRepository,
) -> None:
    fresh.init()
    for command in (("policy", "test", "--if-any"), ("schema", "--verify")):
        found = fresh.run(*command)
        assert found.code == 0, found.output + found.complaint
    people = fresh.run("people", "check")
    assert people.code == 1
    assert "product-lead" in people.output


def test_signed_approvals_with_every_default_where_there_is_no_remote(fresh: NewRepository) -> None:
    done = fresh.init()
    assert done.code == 0, done.complaint
    assert set(fresh.files()) == OWN_FILES
    people = yaml.safe_load(fresh.read("people.yaml"))["people"]
    assert people == [
        {
            "name": "li.wei",
            "display": "Li Wei",
            "department": "product",
            "emails": ["li.wei@example.com"],
            "keys": [KEY],
        }
    ]
    calendar = yaml.safe_load(fresh.read("calendar.yaml"))
    assert calendar["timezone"] == "Asia/Shanghai"
    assert calendar["holidays"].pop("except") == ["emergency"]
    assert calendar["holidays"] == {"country": "CN", "alsoDayBefore": True}
    assert fresh.read(".gitattributes") == "launches/** -text\n"
    assert "git add" in done.output
    assert "launchpolicy new" in done.output


def test_the_language_is_that_of_the_locale(fresh: NewRepository) -> None:
    done = fresh.init(LANG="zh_CN.UTF-8")
    assert "已写入" in done.output
    assert "language: zh" in fresh.read(".launchpolicy.yaml")
    assert "人员及其角色" in fresh.read("people.yaml")


def test_on_github_everything_is_filled_in(on_github: NewRepository) -> None:
    done = on_github.init("--action", ACTION)
    assert done.code == 0, done.complaint
    assert set(on_github.files()) == OWN_FILES | GITHUB_FILES | {HOOKS}
    judge = on_github.read(".github/workflows/launchpolicy.yml")
    assert f"uses: acme-tools/launchpolicy@{COMMIT}" in judge
    assert "repos/acme/launches/rulesets" in done.output
    ledger = on_github.read(".github/workflows/launchpolicy-ledger.yml")
    assert f"acme-tools/launchpolicy/.github/actions/ledger@{COMMIT}" in ledger
    assert "/people.yaml         @acme\n" in on_github.read(".github/CODEOWNERS")
    hooks = yaml.safe_load(on_github.read(HOOKS))
    (ours,) = hooks["repos"]
    assert (ours["repo"], ours["rev"]) == ("https://github.com/acme-tools/launchpolicy", COMMIT)
    offered = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [each["id"] for each in ours["hooks"]] == [each["id"] for each in offered]
    for name, text in on_github.files().items():
        assert b"0" * 40 not in text, name
        assert b"your-organisation" not in text, name
        assert b"%{" not in text, name


def test_what_is_written_for_github_passes_the_tools_of_github(on_github: NewRepository) -> None:
    assert on_github.init("ops", "--action", ACTION).code == 0
    workflows = sorted(str(each) for each in (on_github.folder / ".github/workflows").iterdir())
    zizmor = [tool("zizmor"), "--offline", "--no-progress", "--persona=auditor"]
    schema = [tool("check-jsonschema"), "--builtin-schema", "vendor.github-workflows"]
    for command in ([*zizmor, "--strict-collection", *workflows], [*schema, *workflows]):
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    done = subprocess.run(
        [tool("pre-commit"), "validate-config", HOOKS],
        check=False,
        cwd=on_github.folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_without_the_commit_of_the_program_nothing_is_pinned_to_a_placeholder(
    on_github: NewRepository,
) -> None:
    done = on_github.init()
    assert done.code == 0, done.complaint
    assert not (on_github.folder / ".github/workflows").exists()
    assert not (on_github.folder / HOOKS).exists()
    assert "--action OWNER/REPO@COMMIT" in done.output
    later = on_github.init("--action", ACTION)
    assert ".github/workflows/launchpolicy.yml" in later.output.partition("Left as it is")[0]
    assert set(on_github.files()) == OWN_FILES | GITHUB_FILES | {HOOKS}


def test_the_commit_comes_from_the_installation_record(on_github: NewRepository) -> None:
    url = "https://github.com/acme-tools/launchpolicy.git"
    data = {"url": url, "vcs_info": {"vcs": "git", "commit_id": COMMIT}}
    installation_record(on_github.home, data)
    assert on_github.init().code == 0
    assert f"acme-tools/launchpolicy@{COMMIT}" in on_github.read(
        ".github/workflows/launchpolicy.yml"
    )


def test_bytes_of_evidence_survive_a_git_that_converts_line_ends(fresh: NewRepository) -> None:
    fresh.init()
    evidence = "launches/LR-1/tests/report.xml"
    fresh.write(evidence, "a\r\nb\n")
    fresh.write("elsewhere.txt", "a\r\nb\r\n")
    fresh.git("config", "core.autocrlf", "true")
    fresh.git("add", "--all")
    for path, size in ((evidence, 5), ("elsewhere.txt", 4)):
        assert fresh.git("cat-file", "-s", f":{path}") == str(size)


@pytest.mark.parametrize("arguments", [(), ("ops",)], ids=["top", "folder"])
def test_a_second_run_writes_nothing_and_says_so(
    on_github: NewRepository, arguments: tuple[str, ...]
) -> None:
    on_github.init(*arguments, "--action", ACTION)
    before = on_github.files()
    done = on_github.init(*arguments)
    assert done.code == 0
    assert "Nothing was written" in done.output
    assert on_github.files() == before
    without_answers = on_github.run("init", *arguments)
    assert without_answers.code == 0, without_answers.complaint


def test_a_file_that_was_lost_is_written_again_as_the_configuration_says(
    fresh: NewRepository,
) -> None:
    fresh.init("--process", "system-cutover", "--language", "zh")
    before = fresh.files()
    (fresh.folder / "people.yaml").unlink()
    assert fresh.init().code == 0
    assert fresh.files() == before


def test_a_folder_of_a_monorepo_is_set_up_with_workflows_at_the_top(
    on_github: NewRepository,
) -> None:
    assert on_github.init("ops", "--action", ACTION).code == 0
    found = on_github.files()
    assert {f"ops/{name}" for name in OWN_FILES} | GITHUB_FILES | {HOOKS} == set(found)
    for name in ("launchpolicy.yml", "launchpolicy-ledger.yml"):
        assert "working-directory: ops" in on_github.read(f".github/workflows/{name}")
    hooks = yaml.safe_load(on_github.read(HOOKS))["repos"][0]["hooks"]
    assert all(hook["args"] == ["--directory", "ops"] for hook in hooks)
    assert "/ops/people.yaml" in on_github.read(".github/CODEOWNERS")
    assert on_github.run("check", at="ops").code == 0
    inside = on_github.run("init", at="ops")
    assert "Nothing was written" in inside.output, inside.complaint


def test_a_workflow_that_judges_another_folder_is_not_taken_for_ours(
    on_github: NewRepository,
) -> None:
    on_github.init("ops", "--action", ACTION)
    done = on_github.init("shop", "--action", ACTION)
    assert done.code == 0
    assert "judges another folder" in done.output
    assert "/shop/people.yaml" in done.output
    hooks = yaml.safe_load(on_github.read(HOOKS))["repos"]
    assert [each["hooks"][0]["args"] for each in hooks] == [
        ["--directory", "ops"],
        ["--directory", "shop"],
    ]


EXISTING = {
    ".launchpolicy.yaml": "apiVersion: launchpolicy/v1\nkind: Configuration\n"
    "processes: {p: [launch]}\n",
    "people.yaml": "apiVersion: launchpolicy/v1\nkind: Directory\npeople:\n"
    "  - {name: a, display: A, department: d}\n",
    "calendar.yaml": "apiVersion: launchpolicy/v1\nkind: Calendar\ntimezone: UTC\n",
    ".github/workflows/launchpolicy.yml": "on: push\n",
    ".github/CODEOWNERS": "* @boss\n",
    ".github/launchpolicy-ruleset.json": "{}\n",
}


@pytest.mark.parametrize("path", list(EXISTING))
def test_a_file_that_is_there_is_never_overwritten(on_github: NewRepository, path: str) -> None:
    on_github.write(path, EXISTING[path])
    done = on_github.init("--action", ACTION)
    assert done.code == 0, done.complaint
    assert on_github.read(path) == EXISTING[path]
    assert path in done.output.partition("Left as it is")[2]


@pytest.mark.parametrize("there", ["CODEOWNERS", "docs/CODEOWNERS"])
def test_owners_elsewhere_are_not_hidden_by_a_file_of_ours(
    on_github: NewRepository, there: str
) -> None:
    on_github.write(there, "* @boss\n")
    done = on_github.init("--action", ACTION)
    assert not (on_github.folder / ".github/CODEOWNERS").exists()
    assert "/people.yaml" in done.output


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("*.pdf binary\n", "*.pdf binary\nlaunches/** -text\n"),
        ("* text=auto", "* text=auto\nlaunches/** -text\n"),
        ("* text=auto\r\n", "* text=auto\r\nlaunches/** -text\r\n"),
        ("launches/** -text\n* text\n", "launches/** -text\n* text\n"),
        ("launches/**   binary # ours\n", "launches/**   binary # ours\n"),
    ],
)
def test_attributes_get_the_line_that_is_missing(
    fresh: NewRepository, before: str, after: str
) -> None:
    fresh.write(".gitattributes", before)
    assert fresh.init().code == 0
    assert (fresh.folder / ".gitattributes").read_bytes() == after.encode()


def test_hooks_join_those_that_are_there(fresh: NewRepository) -> None:
    before = "repos:\n- repo: local\n  hooks:\n  - id: x\n    name: x # why\n"
    fresh.write(HOOKS, f"# ours\nfail_fast: true\n{before}")
    assert fresh.init("--action", ACTION).code == 0
    text = fresh.read(HOOKS)
    assert text.startswith(f"# ours\nfail_fast: true\n{before}")
    assert [each["repo"] for each in yaml.safe_load(text)["repos"]] == [
        "local",
        "https://github.com/acme-tools/launchpolicy",
    ]


@pytest.mark.parametrize(
    "there",
    [
        "repos: [{repo: local, hooks: []}]\n",
        "repos:\n  - repo: local\n    hooks: []\nfail_fast: true\n",
        "repos: []\n",
        "repos: [\n",
        "",
        "x: &a 1\nrepos: *a\n",
    ],
)
def test_hooks_are_shown_where_adding_them_is_not_safe(fresh: NewRepository, there: str) -> None:
    fresh.write(HOOKS, there)
    done = fresh.init("--action", ACTION)
    assert done.code == 0, done.complaint
    assert fresh.read(HOOKS) == there
    assert "- id: launchpolicy-check" in done.output


def test_the_account_is_filled_in_where_the_address_names_it(tmp_path: Path) -> None:
    hidden = new_repository(tmp_path, "李薇", "583231+LiWei-9@users.noreply.github.com")
    assert hidden.init("--approvals", "github").code == 0
    (person,) = yaml.safe_load(hidden.read("people.yaml"))["people"]
    assert person["accounts"] == {"github": {"id": 583231, "login": "LiWei-9"}}
    assert (person["name"], person["display"]) == ("liwei.9", "李薇")


def test_nobody_gets_a_role_from_init(fresh: NewRepository) -> None:
    """One person with every role could approve alone."""
    fresh.init()
    assert "roles" not in yaml.safe_load(fresh.read("people.yaml"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_offered_as_a_comment_can_be_used_as_it_stands(
    fresh: NewRepository, language: str
) -> None:
    fresh.init("--language", language, "--vault", "vault-b", "--vault", "s3://backups, old")
    for name in (".launchpolicy.yaml", "people.yaml", "calendar.yaml"):
        used = re.sub(
            r"^( *)#(?=(?!deputies|roles)[a-z]+:)", r"\1", fresh.read(name), flags=re.MULTILINE
        )
        fresh.write(name, used)  # the deputy of the example is nobody yet
    configuration = yaml.safe_load(fresh.read(".launchpolicy.yaml"))
    assert configuration["vaults"] == ["vault-b", "s3://backups, old"]
    assert {"products", "systems", "names", "bindings"} <= configuration.keys()
    assert yaml.safe_load(fresh.read("people.yaml"))["names"]["departments"]["product"]
    found = fresh.run("people", "check")
    assert found.complaint == ""


def test_a_place_for_backups_is_a_name(fresh: NewRepository) -> None:
    refused = fresh.run("init", "--yes", "--vault", "/srv")
    assert refused.code == 2
    assert "--vault '/srv' cannot be used" in refused.complaint


def test_the_time_zone_is_asked_for_and_may_be_given(fresh: NewRepository) -> None:
    refused = fresh.init("--timezone", "Beijing")
    assert (refused.code, "--timezone 'Beijing' cannot be used" in refused.complaint) == (2, True)
    assert "such as Asia/Shanghai" in refused.complaint
    assert fresh.init("--timezone", "Europe/Berlin", "--country", "DE").code == 0
    assert yaml.safe_load(fresh.read("calendar.yaml"))["timezone"] == "Europe/Berlin"
