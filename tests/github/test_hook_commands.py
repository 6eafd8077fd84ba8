"""What the hooks call: nothing to do is said and passes; what cannot be read never does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from launchpolicy.cli.schema_verify import file_name
from launchpolicy.operations.generate.shipped_files import SCHEMAS
from tests.cli.launch_repository import EXAMPLE, LaunchRepository, clean_environment

COPY = "schemas/launch-request.schema.json"


@pytest.fixture
def repository(tmp_path: Path) -> LaunchRepository:
    """The rules of the example, without requests and in no git repository."""
    folder = tmp_path / "repository"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("broken", "launches"))
    (folder / "schemas").mkdir()
    return LaunchRepository(folder, clean_environment(tmp_path))


def keep_schema(repository: LaunchRepository, path: str = COPY) -> Path:
    copy = repository.folder / path
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(repository.run("schema", "LaunchRequest").output, "utf-8")
    return copy


def test_a_copy_has_the_name_that_the_schema_has_in_this_project() -> None:
    assert {kind: file_name(kind) for kind in SCHEMAS} == {
        kind: f"{name}.schema.json" for kind, name in SCHEMAS.items()
    }


def test_without_copies_there_is_nothing_to_verify(repository: LaunchRepository) -> None:
    (repository.folder / "schemas/own.schema.json").write_text("{}")
    verified = repository.run("schema", "--verify")
    assert verified.code == 0
    assert "keeps no schemas of launchpolicy" in verified.output


@pytest.mark.parametrize("path", [COPY, "a/b/launch-request.schema.json"])
def test_a_current_copy_in_any_folder_and_layout_is_up_to_date(
    repository: LaunchRepository, path: str
) -> None:
    copy = keep_schema(repository, path)
    copy.write_text(copy.read_text("utf-8").replace("\n  ", "\n        "), "utf-8")
    verified = repository.run("schema", "--verify")
    assert (verified.code, verified.output) == (0, "1 schema: 1 up to date, 0 not\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"additionalProperties": false', '"additionalProperties": true'),
        ('"additionalProperties": false', '"additionalProperties": 0'),
        ("{", ""),
        ("{", "[" * 100_000),
    ],
    ids=["another value", "a number for a truth value", "no JSON", "too deep"],
)
def test_a_copy_that_differs_is_not_up_to_date(
    repository: LaunchRepository, old: str, new: str
) -> None:
    copy = keep_schema(repository)
    text = copy.read_text("utf-8")
    assert old in text
    copy.write_text(text.replace(old, new, 1), "utf-8")
    verified = repository.run("schema", "--verify")
    assert verified.code == 1
    assert f"launchpolicy schema LaunchRequest > {COPY}" in verified.complaint


def test_a_copy_that_is_a_link_is_not_followed(repository: LaunchRepository) -> None:
    copy = keep_schema(repository)
    copy.rename(repository.folder / "elsewhere.json")
    copy.symlink_to("../elsewhere.json")
    assert repository.run("schema", "--verify").code == 1


def test_the_name_of_a_copy_cannot_act_on_the_terminal(repository: LaunchRepository) -> None:
    keep_schema(repository, "\x1b[2Jx/launch-request.schema.json").write_text("{}")
    verified = repository.run("schema", "--verify")
    assert verified.code == 1
    assert "\x1b" not in verified.complaint


@pytest.mark.parametrize("arguments", [["schema", "--verify"], ["policy", "test", "--if-any"]])
def test_outside_of_a_launch_repository_is_no_pass(
    repository: LaunchRepository, arguments: list[str]
) -> None:
    (repository.folder / ".launchpolicy.yaml").unlink()
    assert repository.run(*arguments).code == 2


def test_verify_takes_no_kind(repository: LaunchRepository) -> None:
    assert repository.run("schema", "--verify", "LaunchRequest").code == 2


def test_without_own_policies_there_is_nothing_to_test(repository: LaunchRepository) -> None:
    (repository.folder / "policies").mkdir()
    (repository.folder / "policies/README.md").write_text("none yet\n")
    tested = repository.run("policy", "test", "--if-any")
    assert tested.code == 0
    assert "no policies of its own" in tested.output


def test_a_policy_that_is_in_no_pack_is_not_nothing(repository: LaunchRepository) -> None:
    lost = repository.folder / "policies/lost/one.yaml"
    lost.parent.mkdir(parents=True)
    lost.write_text("kind: Policy\n")
    assert repository.run("policy", "test", "--if-any").code == 2


def test_a_configuration_that_cannot_be_read_is_not_nothing(repository: LaunchRepository) -> None:
    (repository.folder / ".launchpolicy.yaml").write_text("kind: [\n")
    assert repository.run("policy", "test", "--if-any").code == 2
