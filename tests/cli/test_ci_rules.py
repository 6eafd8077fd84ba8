"""What runs the program, or can publish the check in its place, is a rule (threat N4)."""

from __future__ import annotations

import shutil

import pytest

from tests.cli.company import Company
from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_further_rules import rules_of
from tests.cli.test_rule_changes import approve_rules
from tests.cli.test_strays import put

READ = b"permissions: {contents: read}\n"
TESTS = READ + b"jobs: {tests: {steps: [{run: make test}]}}\n"
GATE = b"runs: {using: composite, steps: [{run: launchpolicy check, shell: bash}]}\n"
OPEN_GATE = b"runs: {using: composite, steps: [{run: 'true', shell: bash}]}\n"
CALLED = READ + b"on: workflow_call\njobs: {judge: {steps: [{run: launchpolicy check}]}}\n"
WORKFLOWS, ACTIONS = ".github/workflows", ".github/actions"


def job(step: bytes) -> bytes:
    """A workflow that may only read, with one step."""
    return READ + b"jobs: {gate: {steps: [{" + step + b"}]}}\n"


def permitted(permissions: bytes) -> bytes:
    """A workflow that asks for permissions at its top."""
    return b"permissions: " + permissions + b"\njobs: {a: {steps: [{run: make}]}}\n"


def job_permitted(permissions: bytes) -> bytes:
    """A workflow with a job that asks for permissions."""
    return READ + b"jobs: {a: {permissions: " + permissions + b", steps: [{run: make}]}}\n"


def job_name(name: bytes) -> bytes:
    """A workflow with a job of that name."""
    return READ + b"jobs: {a: {name: " + name + b", steps: [{run: make}]}}\n"


@pytest.fixture
def guarded(company: Company) -> LaunchRepository:
    """Workflows and a pipeline that judge through what they use, and a workflow that tests."""
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    for path, content in {
        f"{WORKFLOWS}/launch.yml": job(b"uses: './.github/actions/gate'"),
        f"{WORKFLOWS}/caller.yml": READ + b"jobs: {a: {uses: ./.github/workflows/called.yml}}\n",
        f"{WORKFLOWS}/called.yml": CALLED,
        f"{WORKFLOWS}/tests.yml": job(b"uses: ./.github/actions/setup"),
        f"{ACTIONS}/gate/action.yml": GATE.replace(
            b"steps: [", b"steps: [{uses: ././.github/actions/../actions/python/}, "
        ),
        f"{ACTIONS}/gate/judge.sh": b"exec launchpolicy check\n",
        f"{ACTIONS}/python/action.yaml": OPEN_GATE,
        f"{ACTIONS}/setup/action.yml": OPEN_GATE,
        ".gitlab-ci.yml": b"include: [{local: /ci/gate.yml}, {local: 'ci/teams/**/*.yml'}]\n",
        "ci/gate.yml": b"judge: {script: launchpolicy check}\n",
        "ci/teams/a/tests.yml": b"tests: {script: make test}\n",
        "ci/other.yml": b"tests: {script: make test}\n",
    }.items():
        put(repository, path, content)
    repository.commit("workflows")
    company.leadership_owns_the_rules()
    return repository


RULES = {
    "a name in escapes of YAML": (f"{WORKFLOWS}/x.yml", job(b'uses: "a/launch\\u0070olicy@v1"')),
    "a name in wide letters": (
        f"{WORKFLOWS}/x.yml",
        job("run: ｌａｕｎｃｈｐｏｌｉｃｙ check".encode()),
    ),
    "a name in capitals": (f"{WORKFLOWS}/X.YAML", job(b"uses: A/LaunchPolicy@v1")),
    "a name behind an anchor": (
        f"{WORKFLOWS}/x.yml",
        READ + b'env: {A: &a "launch\\x70olicy check"}\njobs: {a: {steps: [{run: *a}]}}\n',
    ),
    "a name in a folded scalar": (
        f"{WORKFLOWS}/x.yml",
        READ + b'jobs:\n  a:\n    steps:\n      - run: "launch\\\n          policy check"\n',
    ),
    "a name in quotes of the shell": (
        f"{WORKFLOWS}/x.yml",
        job(b"run: 'bash -c launch\"\"policy'"),
    ),
    "a name over two lines of the shell": (
        f"{WORKFLOWS}/x.yml",
        READ
        + b"jobs:\n  a:\n    steps:\n      - run: |\n          launch\\\n          policy check\n",
    ),
    "a name as a key": (
        f"{WORKFLOWS}/x.yml",
        READ + b'jobs: {"launch\\u0070olicy": {steps: []}}\n',
    ),
    "a name in UTF-16": (f"{WORKFLOWS}/x.yml", job(b"run: launchpolicy").decode().encode("utf-16")),
    "what cannot be parsed": (f"{WORKFLOWS}/x.yml", b"jobs: {a: [\n"),
    "what is nested too deep": (f"{WORKFLOWS}/x.yml", b"a: " + b"[" * 90 + b"]" * 90 + b"\n"),
    "a name in base64": (
        f"{WORKFLOWS}/x.yml",
        job(b"run: !!binary bGF1bmNocG9saWN5IGNoZWNr"),
    ),
    "a path out of the repository": (f"{WORKFLOWS}/x.yml", job(b"uses: ./../../.git/gate")),
    "a path of a great many folders": (
        f"{WORKFLOWS}/x.yml",
        job(b"uses: ./" + b"a/" * 20_000),
    ),
    "a pattern out of the repository": (
        ".gitlab-ci.yml",
        b"include: ['../**/*.yml', '*a*a*a*a*a*a*a*a*a*a*b']\njudge: {script: launchpolicy}\n",
    ),
    "an alias of nothing": (f"{WORKFLOWS}/x.yml", READ + b"jobs: *a\n"),
    "what is too large": (f"{WORKFLOWS}/x.yml", TESTS + b"#" * 1024 * 1024),
    "what merges mappings": (f"{WORKFLOWS}/x.yml", READ + b"a: &a {b: c}\njobs: {<<: *a}\n"),
    "the action of the judge": (f"{ACTIONS}/gate/action.yml", OPEN_GATE),
    "the action of the judge, removed": (f"{ACTIONS}/gate/action.yml", None),
    "the action of the judge, where it comes first": (f"{ACTIONS}/python/action.yml", OPEN_GATE),
    "a script of the action": (f"{ACTIONS}/gate/judge.sh", b"exit 0\n"),
    "an action of the action": (f"{ACTIONS}/python/action.yaml", GATE),
    "an action of nobody that runs it": ("tools/new/action.yaml", GATE),
    "the workflow that calls the judge": (f"{WORKFLOWS}/caller.yml", TESTS),
    "the judge that is called": (f"{WORKFLOWS}/called.yml", TESTS),
    "the workflow that uses the action": (f"{WORKFLOWS}/launch.yml", TESTS),
    "another workflow that uses the action": (
        f"{WORKFLOWS}/x.yml",
        job(b"uses: ./.github/actions/gate"),
    ),
    "the action in another checkout": (
        f"{WORKFLOWS}/x.yml",
        job(b"uses: ./rules/.github/actions/gate"),
    ),
    "the action by the name of the repository": (
        f"{WORKFLOWS}/x.yml",
        job(b"uses: example/launches/.github/actions/gate@main"),
    ),
    "an action that is not there": (f"{WORKFLOWS}/x.yml", job(b"uses: ./.github/Actions/gate")),
    "a check of its own": (f"{WORKFLOWS}/x.yml", permitted(b"{checks: write}")),
    "a status of its own": (f"{WORKFLOWS}/x.yml", permitted(b"{Statuses: 'write'}")),
    "every permission": (f"{WORKFLOWS}/x.yml", permitted(b"write-all")),
    "a check of a job": (f"{WORKFLOWS}/x.yml", job_permitted(b'{"check\\u0073": write}')),
    "every permission of a job": (f"{WORKFLOWS}/x.yml", job_permitted(b"write-all")),
    "permissions behind an anchor": (
        f"{WORKFLOWS}/x.yml",
        b"env: &a {checks: write}\npermissions: *a\njobs: {a: {steps: []}}\n",
    ),
    "no permissions": (f"{WORKFLOWS}/x.yml", b"jobs: {a: {steps: [{run: make}]}}\n"),
    "permissions of one job of two": (
        f"{WORKFLOWS}/x.yml",
        b"jobs: {a: {permissions: {}}, b: {steps: [{run: make}]}}\n",
    ),
    "permissions of a job that says none": (f"{WORKFLOWS}/x.yml", job_permitted(b"")),
    "permissions by an expression": (f"{WORKFLOWS}/x.yml", job_permitted(b"'${{ vars.P }}'")),
    "permissions of nothing": (f"{WORKFLOWS}/x.yml", permitted(b"")),
    "a job whose name is that of the check": (
        f"{WORKFLOWS}/x.yml",
        job_name(b"\"${{ format('launch{0} (main)', 'policy') }}\""),
    ),
    "a job whose name hides where its expression ends": (
        f"{WORKFLOWS}/x.yml",
        job_name(b"\"${{ format('launch{0}', 'policy (main)') || '}} x' }}\""),
    ),
    "a job with a name in many lines": (
        f"{WORKFLOWS}/x.yml",
        READ + b"jobs:\n  a:\n    name: >-\n      ${{\n      matrix.x\n      }}\n    steps: []\n",
    ),
    "the action with other slashes": (
        f"{WORKFLOWS}/x.yml",
        job(b"'Uses': '.\\.github\\actions\\gate'"),
    ),
    "the action behind an alias of a list": (
        f"{WORKFLOWS}/x.yml",
        READ + b"jobs: {a: {steps: &s [{uses: ./.github/actions/gate}]}, b: {steps: *s}}\n",
    ),
    "a judging action at the top": ("action.yml", GATE),
    "an alias of itself": (f"{WORKFLOWS}/x.yml", b"jobs: &a {a: *a, b: [*a]}\n"),
    "a job whose name may be that of the check": (
        f"{WORKFLOWS}/x.yml",
        job_name(b'"launch${{ matrix.x }} (${{ matrix.y }})"'),
    ),
    "a pipeline that judges by what it includes": (".gitlab-ci.yml", b"tests: {script: make}\n"),
    "what the pipeline includes": ("ci/gate.yml", b"judge: {script: 'true'}\n"),
    "what the pipeline includes by a pattern": ("ci/teams/a/tests.yml", b"judge: {script: []}\n"),
    "what the pipeline would include": ("ci/teams/b/tests.yml", b"judge: {script: []}\n"),
    "the owners of files on GitLab": (".gitlab/CODEOWNERS", b"* @somebody\n"),
}


@pytest.mark.parametrize(("path", "content"), RULES.values(), ids=RULES)
def test_a_workflow_that_judges_is_known_however_it_is_written(
    guarded: LaunchRepository, path: str, content: bytes | None
) -> None:
    if content is None:
        (guarded.folder / path).unlink()
    else:
        put(guarded, path, content)
    guarded.commit("who judges")
    assert [rules["verdict"] for rules in rules_of(guarded)] == ["blocked"]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        (f"{WORKFLOWS}/x.yml", "../../ci/other.yml"),
        (f"{WORKFLOWS}/launch.yml", "tests.yml"),
        (f"{ACTIONS}/gate/action.yml", "../setup/action.yml"),
        (".gitlab-ci.yml", "ci/other.yml"),
    ],
)
def test_a_workflow_that_is_a_link_is_a_rule(
    guarded: LaunchRepository, path: str, target: str
) -> None:
    (guarded.folder / path).unlink(missing_ok=True)
    (guarded.folder / path).symlink_to(target)
    guarded.commit("judge elsewhere")
    assert [rules["verdict"] for rules in rules_of(guarded)] == ["blocked"]


HONEST = {
    "a workflow that may read": (f"{WORKFLOWS}/x.yml", TESTS),
    "a workflow that may do nothing": (f"{WORKFLOWS}/x.yml", permitted(b"{}")),
    "a workflow that may read all": (f"{WORKFLOWS}/x.yml", permitted(b"read-all")),
    "a workflow whose jobs may read": (
        f"{WORKFLOWS}/x.yml",
        b"jobs: {a: {permissions: {contents: read}, steps: [{run: make}]}}\n",
    ),
    "a workflow that uses actions of others": (
        f"{WORKFLOWS}/x.yml",
        job(b"uses: actions/checkout@v4, name: '${{ matrix.x }}', with: {name: '${{ matrix.x }}'}"),
    ),
    "a job for each version": (f"{WORKFLOWS}/x.yml", job_name(b"'test (${{ matrix.python }})'")),
    "a workflow that mentions it in a comment": (f"{WORKFLOWS}/x.yml", TESTS + b"# launchpolicy\n"),
    "a workflow with an action that does not judge": (
        f"{WORKFLOWS}/x.yml",
        job(b"uses: ./.github/actions/setup"),
    ),
    "an action that does not judge": (f"{ACTIONS}/setup/action.yml", OPEN_GATE + b"# more\n"),
    "a file that no pipeline includes": ("ci/other.yml", b"tests: {script: make tests}\n"),
    "a page beside the workflows": (f"{WORKFLOWS}/README.md", b"# Workflows: [a\n"),
}


@pytest.mark.parametrize(("path", "content"), HONEST.values(), ids=HONEST)
def test_a_workflow_that_neither_judges_nor_publishes_needs_no_approval(
    guarded: LaunchRepository, path: str, content: bytes
) -> None:
    put(guarded, path, content)
    guarded.commit("test more")
    assert rules_of(guarded) == []


def test_a_workflow_that_gives_up_its_permissions_needs_no_approval(
    guarded: LaunchRepository,
) -> None:
    guarded.git("switch", "--quiet", "main")
    put(guarded, f"{WORKFLOWS}/lint.yml", TESTS.removeprefix(READ))
    guarded.commit("lint")
    guarded.git("switch", "--quiet", "--create", "lint")
    put(guarded, f"{WORKFLOWS}/lint.yml", TESTS)
    guarded.commit("only read")
    assert rules_of(guarded) == []


def test_the_rules_that_the_base_names_replace_the_workflows(guarded: LaunchRepository) -> None:
    guarded.git("switch", "--quiet", "main")
    guarded.edit(
        ("rules: [company-leadership]", "rules: [company-leadership]\n  alsoRules: [ci/*]"),
        path=".launchpolicy.yaml",
    )
    guarded.commit("further rules")
    guarded.git("switch", "--quiet", "--create", "further")
    put(guarded, f"{ACTIONS}/gate/action.yml", OPEN_GATE)
    put(guarded, f"{WORKFLOWS}/x.yml", permitted(b"write-all"))
    guarded.commit("no rule any more")
    assert rules_of(guarded) == []
    put(guarded, "ci/other.yml", b"tests: {script: 'true'}\n")
    guarded.commit("a rule now")
    assert [rules["verdict"] for rules in rules_of(guarded)] == ["blocked"]


def test_the_report_names_the_workflow_that_waits_and_the_way_out(
    guarded: LaunchRepository,
) -> None:
    put(guarded, f"{WORKFLOWS}/x.yml", TESTS.removeprefix(READ))
    guarded.commit("test more")
    output = guarded.check("--base", "main").output
    assert f"{WORKFLOWS}/x.yml" in output
    assert "permissions: {contents: read}" in output


SAME_REPOSITORY = {
    "a file of the project": b"include: [{project: example/launches, file: [/ci/gate.yml]}]\n",
    "a component": b"include: [{component: $CI_SERVER_FQDN/example/launches/gate@1}]\n",
    "a child pipeline": b"child: {trigger: {include: ci/gate.yml}}\n",
}


@pytest.mark.parametrize("pipeline", SAME_REPOSITORY.values(), ids=SAME_REPOSITORY)
def test_a_pipeline_that_includes_by_the_name_of_its_repository_is_followed(
    guarded: LaunchRepository, pipeline: bytes
) -> None:
    guarded.git("switch", "--quiet", "main")
    put(guarded, ".gitlab-ci.yml", pipeline)
    put(guarded, "templates/gate.yml", b"judge: {script: launchpolicy check}\n")
    guarded.commit("include")
    guarded.git("switch", "--quiet", "--create", "judge")
    put(guarded, ".gitlab-ci.yml", b"tests: {script: make test}\n")
    guarded.commit("judge no more")
    assert [rules["verdict"] for rules in rules_of(guarded)] == ["blocked"]


def test_an_action_in_the_folder_of_a_launch_repository_is_followed_from_the_top(
    company: Company, guarded: LaunchRepository
) -> None:
    outer = LaunchRepository(guarded.folder.parent / "outer", guarded.environment)
    outer.folder.mkdir()
    outer.git("init", "--quiet", "--initial-branch=main")
    inside = outer.folder / "go-live"
    hidden = shutil.ignore_patterns(".git", ".github", ".gitlab-ci.yml")
    shutil.copytree(guarded.folder, inside, ignore=hidden)
    put(outer, f"{WORKFLOWS}/launch.yml", job(b"uses: ./go-live/gate"))
    put(outer, "go-live/gate/action.yml", GATE)
    put(outer, "go-live/gate/judge.sh", b"exit 1\n")
    outer.commit("all")
    outer.git("switch", "--quiet", "--create", "change")
    put(outer, "go-live/gate/judge.sh", b"exit 0\n")
    outer.commit("judge no more")
    inner = LaunchRepository(inside, guarded.environment)
    assert [rules["verdict"] for rules in rules_of(inner)] == ["blocked"]
    approve_rules(Company(inner, company.keys), "xu.bo")
    assert [rules["verdict"] for rules in rules_of(inner)] == ["pass"]
