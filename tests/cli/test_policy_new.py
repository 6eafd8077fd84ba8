"""`launchpolicy policy new`: what it writes works at once, and nothing is ever overwritten."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.launch_repository import PROJECT, REQUEST, Finished, LaunchRepository
from tests.cli.own_pack import PACK, POLICY

CONFIGURATION = ".launchpolicy.yaml"


def files_of(repository: LaunchRepository) -> dict[str, bytes]:
    return {
        file.relative_to(repository.folder).as_posix(): file.read_bytes()
        for file in repository.folder.rglob("*")
        if file.is_file() and ".git" not in file.parts
    }


def draft(repository: LaunchRepository, *arguments: str) -> set[str]:
    """Runs the command; gives what it has written, which is what it says that it has."""
    before = files_of(repository)
    finished = repository.run("policy", "new", *arguments)
    assert finished.code == 0, finished.complaint
    after = files_of(repository)
    changed = {path for path in after if after[path] != before.get(path)}
    said = {
        line.partition(": ")[2]
        for line in finished.output.splitlines()
        if line.startswith("Written: ")
    }
    assert before.keys() <= after.keys()
    assert said == changed
    return changed


def refuses(repository: LaunchRepository, says: str, *arguments: str) -> Finished:
    """It is a usage error that says why, and nothing is written."""
    before = files_of(repository)
    finished = repository.run("policy", "new", *arguments)
    assert finished.code == 2, finished
    assert says in " ".join(finished.complaint.split())
    assert "unexpected" not in finished.complaint
    assert files_of(repository) == before
    return finished


def all_cases_pass(repository: LaunchRepository, folder: str, cases: int) -> None:
    finished = repository.run("policy", "test", folder)
    assert finished.code == 0, finished.output
    assert f"{cases} cases: {cases} as expected, 0 not" in finished.output


@pytest.fixture
def releases(tmp_path: Path, bare_folder: LaunchRepository) -> LaunchRepository:
    """The example with a kind of its own, and one deliverable."""
    folder = tmp_path / "releases"
    shutil.copytree(PROJECT / "examples" / "openstack-releases", folder)
    deliverable = folder / "deliverables" / "gazpacho" / "lantern.yaml"
    deliverable.parent.mkdir(parents=True)
    deliverable.write_text("team: lantern\ntype: library\nstoryboard: lantern\n", "utf-8")
    return LaunchRepository(folder, bare_folder.environment)


def judged(repository: LaunchRepository, path: str, policy: str) -> dict[str, Any]:
    finished = repository.check(path, "--format", "json")
    assert finished.code in {0, 1}, finished.complaint
    results = json.loads(finished.output)["requests"][0]["results"]
    found: dict[str, Any] = next(each for each in results if each["policy"] == policy)
    return found


def test_a_policy_for_launch_requests_works_and_check_uses_it_once_it_is_listed(
    repository: LaunchRepository,
) -> None:
    before = repository.check(REQUEST).output
    assert draft(repository, "risk-class-given", "--kind", "LaunchRequest") == {
        "policies/own/pack.yaml",
        "policies/own/risk-class-given.yaml",
        "policies/own/risk-class-given.test.yaml",
        "policies/own/cases/launch-request.yaml",
    }
    all_cases_pass(repository, "policies/own", 3)
    assert repository.check(REQUEST).output == before
    repository.edit(
        ("product-launch: [launch]", "product-launch: [launch, own]"), path=CONFIGURATION
    )
    assert judged(repository, REQUEST, "risk-class-given")["outcome"] == "not-applicable"
    repository.edit(("en: Checkout 3.2", "en: The checkout"))
    assert judged(repository, REQUEST, "risk-class-given")["outcome"] == "passed"
    repository.edit(("  risk: standard\n", ""))
    result = judged(repository, REQUEST, "risk-class-given")
    assert result["outcome"] == "failed"
    assert result["findings"][0]["message"]["zh"] == "缺少风险级别（`spec.risk`）。"


def test_it_says_which_line_takes_the_pack_into_use(repository: LaunchRepository) -> None:
    request = repository.run("policy", "new", "one", "--kind", "LaunchRequest")
    assert "  processes:\n    product-launch: [launch, own]\n" in request.output
    waiver = repository.run("policy", "new", "two", "--kind", "Waiver")
    assert "  mandatory: [launch, own]\n" in waiver.output
    repository.edit(("mandatory: [launch]", "mandatory: [launch, own]"), path=CONFIGURATION)
    assert "is in use" in repository.run("policy", "new", "six", "--kind", "Waiver").output
    assert repository.run("policy", "test", "policies/own").code == 0


def test_a_policy_for_waivers_judges_waivers(repository: LaunchRepository) -> None:
    draft(repository, "waiver-ends-later", "--kind", "Waiver", "--pack", "own-waivers")
    all_cases_pass(repository, "policies/own-waivers", 3)
    repository.edit(("mandatory: [launch]", "mandatory: [launch, own-waivers]"), path=CONFIGURATION)
    waiver = repository.folder / "waivers" / "late.yaml"
    waiver.parent.mkdir(exist_ok=True)
    waiver.write_text(
        "apiVersion: launchpolicy/v1\nkind: Waiver\nmetadata: {name: late}\nspec:\n"
        "  {policy: launch-window-allowed, requests: [LR-2026-0042], owner: chen.jie,\n"
        "   reason: none, expires: 2026-11-20T00:00:00+08:00}\n",
        "utf-8",
    )
    assert judged(repository, "waivers/late.yaml", "waiver-ends-later")["outcome"] == "failed"


def test_a_policy_for_a_kind_of_ones_own_joins_the_pack_that_is_there(
    releases: LaunchRepository,
) -> None:
    pack = (releases.folder / "policies" / "openstack" / "pack.yaml").read_text("utf-8")
    path = "policies/openstack/pack.yaml"
    assert draft(releases, "release-model-given", "--kind", "Deliverable") == {
        path,
        "policies/openstack/release-model-given.yaml",
        "policies/openstack/release-model-given.test.yaml",
    }
    added = set((releases.folder / path).read_text("utf-8").splitlines()) - set(pack.splitlines())
    assert "    - {policy: release-model-given, action: deny}" in added
    assert len(added) == 2
    assert any(line.strip().startswith("version:") for line in added)
    assert releases.run("policy", "test", "policies/openstack").code == 0
    found = judged(releases, "deliverables/gazpacho/lantern.yaml", "release-model-given")
    assert found["outcome"] == "failed"
    assert found["findings"][0]["place"]["missing"] == "release-model"


def test_a_pack_keeps_its_comments_and_its_layout(repository: LaunchRepository) -> None:
    folder = repository.folder / "policies" / "own"
    folder.mkdir(parents=True)
    commented = (
        f"# ours\n{PACK.replace('action: deny}', 'action: deny, waivableBy: [dba]}')}# end\n"
    )
    (folder / "pack.yaml").write_text(commented, "utf-8")
    (folder / "watcher-named.yaml").write_text(POLICY, "utf-8")
    draft(repository, "risk-class-given", "--kind", "LaunchRequest")
    assert (folder / "pack.yaml").read_text("utf-8") == commented.replace(
        "dba]}]", "dba]}, {policy: risk-class-given, action: deny}]"
    ).replace("version: 1", "version: 2")


def test_a_second_policy_starts_from_the_same_document(repository: LaunchRepository) -> None:
    draft(repository, "first", "--kind", "LaunchRequest")
    assert draft(repository, "second", "--kind", "LaunchRequest") == {
        "policies/own/pack.yaml",
        "policies/own/second.yaml",
        "policies/own/second.test.yaml",
    }
    all_cases_pass(repository, "policies/own", 6)


def test_comments_are_in_the_language_that_is_chosen(repository: LaunchRepository) -> None:
    finished = repository.run("policy", "new", "one", "--kind", "Waiver", "--lang", "zh")
    assert "已写入：policies/own/one.yaml" in finished.output
    text = (repository.folder / "policies" / "own" / "one.yaml").read_text("utf-8")
    assert "# 判定哪些文档。" in text
    assert "# What" not in text
    draft(repository, "two", "--kind", "Waiver")
    english = (repository.folder / "policies" / "own" / "two.yaml").read_text("utf-8")
    assert "# Which documents it judges." in english


@pytest.mark.parametrize(
    ("says", "arguments"),
    [
        ("Did you mean LaunchRequest?", ("one", "--kind", "LanchRequest")),
        ("Known kinds: LaunchRequest, Waiver.", ("one", "--kind", "Nonsense")),
        ("with a letter: risk-class.", ("Risk_Class", "--kind", "Waiver")),
        ("cannot name a policy", ("../../escape", "--kind", "Waiver")),
        ("cannot name a policy", ("a\n", "--kind", "Waiver")),
        ("it is empty", ("", "--kind", "Waiver")),
        ("cannot name a pack", ("one", "--kind", "Waiver", "--pack", "../outside")),
        ("comes with launchpolicy", ("one", "--kind", "Waiver", "--pack", "launch")),
        ("--pack own-launch", ("one", "--kind", "Waiver", "--pack", "launch")),
        ("is taken, by launch", ("rollback-planned", "--kind", "LaunchRequest")),
        ("is taken, by pack.yaml", ("pack", "--kind", "Waiver")),
    ],
)
def test_a_name_that_cannot_be_used_says_why(
    says: str, arguments: tuple[str, ...], repository: LaunchRepository
) -> None:
    refuses(repository, says, *arguments)


def test_nothing_is_overwritten(repository: LaunchRepository) -> None:
    draft(repository, "one", "--kind", "LaunchRequest")
    refuses(repository, "is taken, by own", "one", "--kind", "LaunchRequest")
    refuses(repository, "is taken, by own", "one", "--kind", "Waiver", "--pack", "second")
    cases = repository.folder / "policies" / "own" / "two.test.yaml"
    cases.write_text("mine\n", "utf-8")
    refuses(repository, "two.test.yaml is there already", "two", "--kind", "LaunchRequest")


def test_of_several_packs_one_must_be_named(repository: LaunchRepository) -> None:
    draft(repository, "one", "--kind", "LaunchRequest")
    draft(repository, "two", "--kind", "LaunchRequest", "--pack", "second")
    refuses(repository, "several packs: own, second", "three", "--kind", "LaunchRequest")


def link_outside(repository: LaunchRepository) -> None:
    outside = repository.folder.parent / "outside"
    outside.mkdir()
    (repository.folder / "policies").symlink_to(outside)


def broken_pack(repository: LaunchRepository) -> None:
    folder = repository.folder / "policies" / "own"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, "utf-8")


@pytest.mark.parametrize(
    ("prepare", "says"),
    [(link_outside, "lies behind a link"), (broken_pack, "no policy `watcher-named` here")],
)
def test_where_a_pack_cannot_be_written_nothing_is(
    prepare: Callable[[LaunchRepository], None], says: str, repository: LaunchRepository
) -> None:
    prepare(repository)
    refuses(repository, says, "one", "--kind", "Waiver")
    outside = repository.folder.parent / "outside"
    assert not outside.exists() or list(outside.iterdir()) == []


def odd_kind(releases: LaunchRepository, properties: dict[str, Any]) -> None:
    """A schema of which no sample can be made, because nothing explains the pattern."""
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["code"],
        "properties": {"code": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{9}$"}, **properties},
    }
    (releases.folder / "odd.json").write_text(json.dumps(schema), "utf-8")
    with (releases.folder / CONFIGURATION).open("a", encoding="utf-8") as file:
        file.write(
            "  - {name: Odd, files: odd/*.yaml, schema: odd.json, id: path.stem,"
            " packs: [openstack]}\n"
        )


def test_where_no_sample_can_be_made_a_document_of_the_repository_is_taken(
    releases: LaunchRepository,
) -> None:
    odd_kind(releases, {"if": {"type": "string"}, "odd name": {"type": "string"}})
    wanted = ("odd-named", "--kind", "Odd", "--pack", "odd")
    refuses(releases, "need a document of kind Odd", *wanted)
    document = releases.folder / "odd" / "one.yaml"
    document.parent.mkdir()
    document.write_text("code: ABC-123456789  # as it was\n", "utf-8")
    written = draft(releases, *wanted)
    assert "policies/odd/cases/odd.yaml" in written
    taken = releases.folder / "policies" / "odd" / "cases" / "odd.yaml"
    assert taken.read_bytes() == document.read_bytes()
    all_cases_pass(releases, "policies/odd", 2)


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"type": "array", "items": {"$ref": "#/$defs/member"}}, "at: 'each.login'"),
        ({"type": "object", "additionalProperties": {"$ref": "#/$defs/member"}}, "'each.login'"),
        ({"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}, "at: 'each'"),
        ({"type": "object", "additionalProperties": {"$ref": "#/$defs/note"}}, "'each.note'"),
        ({"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/note"}}, "'each.note'"),
    ],
)
def test_a_document_that_is_a_list_or_a_map_has_a_policy_about_each_entry(
    releases: LaunchRepository, schema: dict[str, Any], place: str
) -> None:
    odd_kind(releases, {})
    text = {"type": "string"}
    member = {"type": "object", "required": ["login"], "properties": {"login": text}}
    note = {"type": "object", "properties": {"note": text}}
    whole = {**schema, "$defs": {"member": member, "note": note}}
    (releases.folder / "odd.json").write_text(json.dumps(whole), "utf-8")
    draft(releases, "odd-named", "--kind", "Odd", "--pack", "odd")
    written = (releases.folder / "policies/odd/odd-named.yaml").read_text("utf-8")
    assert "- forEach: '*'" in written
    assert place in written
    assert "[0]" not in written
    all_cases_pass(releases, "policies/odd", 2)


def test_a_kind_that_nothing_can_be_asked_of_says_so(releases: LaunchRepository) -> None:
    odd_kind(releases, {})
    schema = {"type": "object", "additionalProperties": False, "properties": {}}
    (releases.folder / "odd.json").write_text(json.dumps(schema), "utf-8")
    refuses(releases, "no field", "one", "--kind", "Odd", "--pack", "odd")


def test_outside_of_a_launch_repository_it_says_what_is_missing(
    bare_folder: LaunchRepository, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    elsewhere = LaunchRepository(empty, bare_folder.environment)
    refuses(elsewhere, "No .launchpolicy.yaml in", "one", "--kind", "Waiver")
