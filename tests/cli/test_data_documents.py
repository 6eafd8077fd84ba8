"""Data documents: trusted like the policies that read them, and never read loosely."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.company import Company
from tests.cli.launch_repository import Finished, LaunchRepository
from tests.cli.test_further_rules import rules_of
from tests.cli.test_rule_changes import approve_rules

PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: executor-is-member, action: deny}]}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: executor-is-member, title: The executor is a member}
spec:
  match: {kinds: [LaunchRequest]}
  validations:
    - expression: object.spec.people.executor in data.aliases["operators"]
      at: spec.people.executor
      message: The executor is no operator.
  fix: Name an operator.
"""
ALIASES = "aliases:\n  operators: [zhao.min]\n  leads: [wang.fang]\n"
DECLARATION = "data:\n  - {name: aliases, file: OWNERS_ALIASES, at: aliases}\n"
SCHEMA = json.dumps(
    {
        "type": "object",
        "required": ["operators"],
        "additionalProperties": {"$ref": "#/$defs/text"},
        "$defs": {"text": {"type": "array", "items": {"type": "string", "minLength": 1}}},
    }
)


def write(repository: LaunchRepository, path: str, text: str | bytes) -> Path:
    file = repository.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def declare(repository: LaunchRepository, declaration: str) -> None:
    repository.edit(("kind: Configuration\n", f"kind: Configuration\n{declaration}"), path=FILE)


FILE = ".launchpolicy.yaml"


@pytest.fixture
def aliased(bare_folder: LaunchRepository) -> LaunchRepository:
    """A folder whose own pack asks whether the executor is among the operators."""
    bare_folder.edit(
        ("[launch]        #", "[launch, own]   #"),
        ("rules: [company-leadership, technology-department]", "rules: anybody"),
        path=FILE,
    )
    write(bare_folder, "policies/own/pack.yaml", PACK)
    write(bare_folder, "policies/own/executor-is-member.yaml", POLICY)
    write(bare_folder, "OWNERS_ALIASES", ALIASES)
    return bare_folder


def on_a_branch(repository: LaunchRepository) -> None:
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.commit("adopt launchpolicy")
    repository.git("switch", "--quiet", "--create", "change")


def refused(finished: Finished, *words: str) -> None:
    assert finished.code == 2, finished.output + finished.complaint
    for word in words:
        assert word in finished.output + finished.complaint
    assert "Traceback" not in finished.complaint


@pytest.mark.parametrize(
    ("file", "text", "rest"),
    [
        ("OWNERS_ALIASES", ALIASES, "at: aliases"),
        ("a/aliases.json", '{"x": {"aliases": {"operators": ["zhao.min"]}}}', "at: x.aliases"),
        ("aliases.toml", '[teams.aliases]\noperators = ["zhao.min"]\n', "at: teams.aliases"),
        ("aliases.dat", "operators: [zhao.min]\n", "format: yaml"),
    ],
)
def test_a_policy_reads_a_data_document_of_any_format(
    aliased: LaunchRepository, file: str, text: str, rest: str
) -> None:
    declare(aliased, f"data:\n  - {{name: aliases, file: {file}, {rest}}}\n")
    write(aliased, file, text)
    assert aliased.check().code == 0
    write(aliased, file, text.replace("zhao.min", "zhao.max"))
    finished = aliased.check()
    assert finished.code == 1
    assert "The executor is no operator." in finished.output


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"# operators\n\n  zhao.min   # since May\nwang.fang\n", 0),
        (b"\xef\xbb\xbfzhao.min\r\nwang.fang\r\n", 0),
        (b"#zhao.min\n", 1),
        (b"zhao.min.\n", 1),
        ("zhao.min\u200b\n".encode(), 2),
        ("zhao.min\u202e\n".encode(), 2),
        (b"zhao.min\xff\n", 2),
    ],
)
def test_a_plain_list_holds_what_a_reviewer_sees(
    aliased: LaunchRepository, text: bytes, code: int
) -> None:
    declare(aliased, "data:\n  - {name: members, file: members.txt}\n")
    aliased.edit(
        ('data.aliases["operators"]', "data.members"), path="policies/own/executor-is-member.yaml"
    )
    write(aliased, "members.txt", text)
    assert aliased.check().code == code


def test_data_is_read_from_the_base_and_not_from_the_head(aliased: LaunchRepository) -> None:
    declare(aliased, DECLARATION)
    write(aliased, "OWNERS_ALIASES", ALIASES.replace("zhao.min", "he.lin"))
    on_a_branch(aliased)
    write(aliased, "OWNERS_ALIASES", ALIASES)
    aliased.edit(("22:00:00+08:00, end", "22:05:00+08:00, end"))
    aliased.commit("make myself an operator")
    report = json.loads(aliased.check("--base", "main", "--format", "json").output)
    launch = next(each for each in report["requests"] if each["kind"] == "LaunchRequest")
    outcomes = {result["policy"]: result["outcome"] for result in launch["results"]}
    assert outcomes["executor-is-member"] == "failed"
    assert report["exitCode"] == 1
    assert {"executor-is-member"} == {effect["policy"] for effect in report["effects"]}


@pytest.mark.parametrize("path", ["OWNERS_ALIASES", "schemas/aliases.schema.json"])
def test_a_change_of_data_waits_for_the_owners_of_the_rules(company: Company, path: str) -> None:
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    write(repository, "OWNERS_ALIASES", ALIASES)
    write(repository, "schemas/aliases.schema.json", SCHEMA)
    declare(repository, DECLARATION.replace("}", ", schema: schemas/aliases.schema.json}"))
    repository.commit("aliases")
    company.leadership_owns_the_rules()
    assert not rules_of(repository)
    write(repository, path, (repository.folder / path).read_text("utf-8") + "\n")
    repository.commit("nobody looks")
    (rules,) = rules_of(repository)
    assert rules["verdict"] == "blocked"
    approve_rules(company, "xu.bo")
    (rules,) = rules_of(repository)
    assert rules["verdict"] == "pass"


def test_data_that_only_the_head_has_is_not_there(aliased: LaunchRepository) -> None:
    declare(aliased, DECLARATION)
    (aliased.folder / "OWNERS_ALIASES").unlink()
    on_a_branch(aliased)
    write(aliased, "OWNERS_ALIASES", ALIASES)
    aliased.commit("bring it along")
    refused(aliased.check("--base", "main"), "OWNERS_ALIASES", FILE)


def test_data_deleted_by_the_change_blocks_it(aliased: LaunchRepository) -> None:
    declare(aliased, DECLARATION)
    on_a_branch(aliased)
    (aliased.folder / "OWNERS_ALIASES").unlink()
    aliased.commit("forget the aliases")
    refused(aliased.check("--base", "main"), "The data document OWNERS_ALIASES is not in")


def test_a_schema_of_data_in_the_head_types_nothing(aliased: LaunchRepository) -> None:
    declare(aliased, DECLARATION.replace("}", ", schema: schemas/aliases.schema.json}"))
    on_a_branch(aliased)
    write(aliased, "schemas/aliases.schema.json", SCHEMA)
    aliased.commit("bring a schema along")
    refused(aliased.check("--base", "main"), "schemas/aliases.schema.json", "no such file")


def test_data_behind_a_link_is_not_read(aliased: LaunchRepository) -> None:
    declare(aliased, DECLARATION)
    (aliased.folder / "OWNERS_ALIASES").rename(aliased.folder / "elsewhere.yaml")
    (aliased.folder / "OWNERS_ALIASES").symlink_to("elsewhere.yaml")
    refused(aliased.check(), "OWNERS_ALIASES is not a regular file.")


def test_data_in_a_linked_folder_is_not_read(aliased: LaunchRepository) -> None:
    declare(aliased, DECLARATION.replace("OWNERS", "teams/OWNERS"))
    write(aliased, "real/OWNERS_ALIASES", ALIASES)
    (aliased.folder / "teams").symlink_to("real")
    refused(aliased.check(), "teams/OWNERS_ALIASES is not in")


@pytest.mark.parametrize(
    "file",
    [
        "launches/LR-2026-0042/acceptance/aliases.json",
        "launches/LR-2026-0042/request.yaml",
        "waivers/aliases.yaml",
    ],
)
def test_evidence_or_a_request_is_no_data(aliased: LaunchRepository, file: str) -> None:
    declare(aliased, f"data:\n  - {{name: aliases, file: {file}}}\n")
    if not (aliased.folder / file).exists():
        write(aliased, file, '{"operators": ["zhao.min"]}')
    refused(aliased.check(), "stands where requests and their evidence do", f"{FILE}:")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("aliasez", "Did you mean `aliases`?"),
        ("aliases.none", "leads to nothing"),
        ("empty", "leads to nothing"),
        ("aliases[0]", "leads to nothing"),
        ("a..b", "is not a route"),
    ],
)
def test_a_part_that_is_not_there_is_an_error_and_not_empty(
    aliased: LaunchRepository, at: str, words: str
) -> None:
    declare(aliased, DECLARATION.replace("at: aliases", f'at: "{at}"'))
    write(aliased, "OWNERS_ALIASES", ALIASES + "empty:\n")
    refused(aliased.check(), words, f"{FILE}:")


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("a.json", '{"operators": ["x"],\n "operators": ["zhao.min"]}', "a.json:2:2"),
        ("a.json", '{"operators": [NaN]}', "a.json:1:16"),
        ("a.json", '{"operators": [1e999]}', "too large to be kept"),
        ("a.json", '{"operators": [99999999999999999999]}', "too large to be kept"),
        ("a.json", '{"operators": ["zhao.min\\u200b"]}', "U+200B"),
        ("a.json", '{"operators": ["\\ud800"]}', "U+D800"),
        ("a.json", '{"operators": ["zhao.min"],}', "a.json:1:28"),
        ("a.json", "[" * 60 + "]" * 60, "Nested deeper than"),
        ("a.json", "[" * 100_000, "nested too deep"),
        ("a.json", '"zhao.min"', "neither a mapping nor a list"),
        ("a.json", f"[{', '.join('1' * 50_000)}]", "More than 40000 values"),
        ("a.json", f'["{"x" * 1_100_000}"]', "at most 1048576 are read"),
        ("a.toml", 'operators = ["zhao.min"]\noperators = []\n', "a.toml:2:"),
        ("a.toml", "operators = [nan]\n", "a.toml:1:1"),
        ("a.toml", "a = " + "[" * 5_000, "a.toml:1:1"),
        ("a.yaml", "operators: &x [zhao.min]\n", "a.yaml:1:12"),
        ("a.yaml", "operators: [a]\noperators: [zhao.min]\n", "a.yaml:2:1"),
        ("MEMBERS", "zhao.min\nwang.fang\n", "write `format: lines`"),
        ("a.csv", "zhao.min\n", "does not say which format"),
        ("a.json", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer"),
    ],
)
def test_data_that_readers_could_read_otherwise_is_refused(
    aliased: LaunchRepository, file: str, text: str, words: str
) -> None:
    declare(aliased, f"data:\n  - {{name: aliases, file: {file}}}\n")
    write(aliased, file, text)
    refused(aliased.check(), words)


def test_data_that_does_not_follow_its_schema_is_refused_at_its_place(
    aliased: LaunchRepository,
) -> None:
    declare(aliased, DECLARATION.replace("}", ", schema: schemas/aliases.schema.json}"))
    write(aliased, "schemas/aliases.schema.json", SCHEMA)
    assert aliased.check().code == 0
    write(aliased, "OWNERS_ALIASES", ALIASES.replace("[wang.fang]", "wang.fang"))
    refused(aliased.check(), "OWNERS_ALIASES:3:10")


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ('data.aliasez["operators"]', "Did you mean `aliases`?"),
        ("data.aliases.operators[0].name", "operators"),
        ("data.aliases.operaters", "Did you mean `operators`?"),
    ],
)
def test_a_misspelt_data_document_or_field_never_loads(
    aliased: LaunchRepository, expression: str, words: str
) -> None:
    operators = {"type": "array", "items": {"type": "string"}}
    closed = {"type": "object", "properties": {"operators": operators}}
    declare(aliased, DECLARATION.replace("}", ", schema: schemas/aliases.schema.json}"))
    write(aliased, "OWNERS_ALIASES", ALIASES.replace("  leads: [wang.fang]\n", ""))
    write(aliased, "schemas/aliases.schema.json", json.dumps(closed))
    path = "policies/own/executor-is-member.yaml"
    aliased.edit(('data.aliases["operators"]', "data.aliases.operators"), path=path)
    assert aliased.check().code == 0  # and this user has checked the pack before
    aliased.edit(("data.aliases.operators", expression), path=path)
    refused(aliased.check(), path, words)


def test_a_pack_that_passed_with_other_data_is_checked_again(aliased: LaunchRepository) -> None:
    declare(aliased, DECLARATION)
    assert aliased.check().code == 0
    aliased.edit(("name: aliases,", "name: teams,"), path=FILE)
    refused(aliased.check(), "there is no field `aliases` here")


def test_a_policy_cannot_read_data_that_nobody_declares(aliased: LaunchRepository) -> None:
    refused(
        aliased.check(),
        "executor-is-member.yaml",
        "no data document is declared",
        "Declare it under `data`",
    )


def test_a_definition_of_data_is_not_taken_for_one_of_the_kind(aliased: LaunchRepository) -> None:
    # The schema of launch requests defines `text` as well, as something else.
    declare(aliased, DECLARATION.replace("}", ", schema: schemas/aliases.schema.json}"))
    text = {"$ref": "#/$defs/text"}
    schema = json.loads(SCHEMA) | {"properties": {"operators": text, "leads": text}}
    write(aliased, "schemas/aliases.schema.json", json.dumps(schema))
    path = "policies/own/executor-is-member.yaml"
    aliased.edit(
        ('object.spec.people.executor in data.aliases["operators"]', "data.aliases.operators.en"),
        path=path,
    )
    refused(aliased.check(), path)


def test_the_digest_of_the_rules_holds_the_data(aliased: LaunchRepository) -> None:
    declare(aliased, DECLARATION)

    def digest() -> str:
        return str(json.loads(aliased.check("--format", "json").output)["packSetDigest"])

    before = digest()
    write(aliased, "OWNERS_ALIASES", "# a comment changes nothing\n" + ALIASES)
    assert digest() == before
    write(aliased, "OWNERS_ALIASES", ALIASES.replace("wang.fang", "xu.bo"))
    assert digest() != before


def test_the_ledger_judges_a_landing_by_the_data_of_its_time(aliased: LaunchRepository) -> None:
    declare(aliased, DECLARATION)
    write(aliased, "OWNERS_ALIASES", ALIASES.replace("zhao.min", "he.lin"))
    aside = aliased.folder.parent / "aside"
    (aliased.folder / "launches").rename(aside)
    aliased.git("init", "--quiet", "--initial-branch=main")
    aliased.commit("adopt launchpolicy")
    aside.rename(aliased.folder / "launches")
    aliased.commit("land a launch that the data of its time refuses")
    write(aliased, "OWNERS_ALIASES", ALIASES)
    aliased.commit("make zhao.min an operator afterwards")
    appended = aliased.run("ledger", "append")
    assert appended.code == 0, appended.complaint
    shown = [
        aliased.run("ledger", "show", f"#{number}", "--format", "json").output
        for number in range(3)
    ]
    entries = [json.loads(text) for text in shown]
    assert [entry["event"] for entry in entries] == ["adopted", "bypassed", "policy-changed"]
    assert "The executor is no operator." in shown[1]
    assert "OWNERS_ALIASES" in shown[2]
    assert aliased.run("ledger", "verify").code == 0


def test_a_case_supposes_data_that_follows_its_schema(aliased: LaunchRepository) -> None:
    declare(aliased, DECLARATION.replace("}", ", schema: schemas/aliases.schema.json}"))
    write(aliased, "schemas/aliases.schema.json", SCHEMA)
    baseline = aliased.request.read_text("utf-8")
    write(aliased, "policies/own/cases/request.yaml", baseline)
    test = (
        "apiVersion: launchpolicy/v1\nkind: PolicyTest\nmetadata: {name: executor-is-member}\n"
        "spec:\n  object: cases/request.yaml\n  cases:\n"
        "    - {name: is one, expect: passed}\n"
        "    - {name: is none, expect: failed, facts: {data: {aliases: {operators: [he.lin]}}}}\n"
    )
    write(aliased, "policies/own/executor-is-member.test.yaml", test)
    finished = aliased.run("policy", "test")
    assert finished.code == 0, finished.output + finished.complaint
    write(
        aliased,
        "policies/own/executor-is-member.test.yaml",
        test.replace("[he.lin]", "he.lin"),
    )
    finished = aliased.run("policy", "test")
    assert finished.code == 1
    assert "does not follow the schema" in finished.output
