"""What is remembered of a check: the fact, of exactly these bytes, and never of a broken pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.documents.reading import read
from launchpolicy.hosts import checked_packs, shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules import load as rules
from launchpolicy.operations.rules.load import load_configuration, load_packs
from launchpolicy.policy.cel import checking
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind, launch_request
from launchpolicy.vocabulary.errors import MalformedRulesError

PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: has-window, action: deny}]}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: has-window, title: Window}
spec:
  match: {kinds: [LaunchRequest]}
  validations:
    - {expression: has(object.spec.window), message: No window}
  fix: Write one.
"""


@pytest.fixture
def kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Kind]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    schema, digest = shipped_files.schema("LaunchRequest")
    return {"LaunchRequest": launch_request(schema, digest, "launches")}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository" / "policies" / "own"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, "utf-8")
    (folder / "has-window.yaml").write_text(POLICY, "utf-8")
    return tmp_path / "repository"


def load(repository: Path, kinds: dict[str, Kind], *, use_memory: bool = True) -> str:
    packs = load_packs(WorkTreeSnapshot(repository), ["policies"], kinds, use_memory=use_memory)
    return packs["policies/own"].digest


def refuse(*_: object) -> None:
    message = "checked again"
    raise AssertionError(message)


def forbid_checking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking.ExpressionChecker, "check", refuse)


def test_an_unchanged_pack_is_not_checked_again_and_is_the_same(
    repository: Path, kinds: dict[str, Kind], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(repository, kinds)
    forbid_checking(monkeypatch)
    assert load(repository, kinds) == first


def test_without_memory_it_is_checked_every_time(
    repository: Path, kinds: dict[str, Kind], monkeypatch: pytest.MonkeyPatch
) -> None:
    load(repository, kinds)
    forbid_checking(monkeypatch)
    with pytest.raises(AssertionError, match="checked again"):
        load(repository, kinds, use_memory=False)


def test_a_misspelling_brought_in_after_a_good_check_is_found(
    repository: Path, kinds: dict[str, Kind]
) -> None:
    load(repository, kinds)
    policy = repository / "policies" / "own" / "has-window.yaml"
    policy.write_text(POLICY.replace("spec.window)", "spec.windw)"), "utf-8")
    for _ in range(2):  # a broken pack is not remembered either
        with pytest.raises(MalformedRulesError):
            load(repository, kinds)


def test_another_kind_or_another_folder_is_another_key(kinds: dict[str, Kind]) -> None:
    files = {"pack.yaml": read("pack.yaml", PACK.encode())}
    key = checked_packs.key_of("policies/own", files, kinds.values())
    schema, _ = shipped_files.schema("LaunchRequest")
    other = [launch_request(schema, "sha256:other", "launches")]
    assert key is not None
    assert key != checked_packs.key_of("policies/own", files, other)
    assert key != checked_packs.key_of("policies/other", files, kinds.values())


def test_an_unreadable_file_has_no_key(kinds: dict[str, Kind]) -> None:
    files = {"pack.yaml": read("pack.yaml", b"a: [")}
    assert checked_packs.key_of("policies/own", files, kinds.values()) is None


def test_without_a_place_to_remember_everything_is_checked(
    repository: Path, kinds: dict[str, Kind], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    load(repository, kinds)
    forbid_checking(monkeypatch)
    with pytest.raises(AssertionError, match="checked again"):
        load(repository, kinds)


def test_a_relative_cache_folder_is_ignored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    checked_packs.remember("k")
    assert checked_packs.is_known("k")
    assert not (tmp_path / "cache").exists()


def test_a_kind_is_known_by_everything_that_its_checks_look_at(kinds: dict[str, Kind]) -> None:
    kind = kinds["LaunchRequest"]
    others = [
        kind._replace(name="Other"),
        kind._replace(files=FilePatterns(("other/*.yaml",))),
        kind._replace(id="object.other"),
        kind._replace(schema_digest="sha256:0"),
    ]
    checked_packs.remember(checked_packs.key_of_kind(kind))
    assert checked_packs.is_known(checked_packs.key_of_kind(kind))
    assert not any(checked_packs.is_known(checked_packs.key_of_kind(each)) for each in others)


CONFIGURATION = """\
apiVersion: launchpolicy/v1
kind: Configuration
language: en
processes: {standard: [core]}
"""


def _load_configuration(folder: Path, text: str) -> None:
    (folder / ".launchpolicy.yaml").write_text(text, "utf-8")
    load_configuration(WorkTreeSnapshot(folder))


def test_a_configuration_is_held_against_its_schema_once(
    tmp_path: Path, kinds: dict[str, Kind], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kinds  # which set the cache
    _load_configuration(tmp_path, CONFIGURATION)
    with monkeypatch.context() as patched:
        patched.setattr(rules, "well_formed", refuse)
        _load_configuration(tmp_path, CONFIGURATION)
        with pytest.raises(AssertionError, match="checked again"):
            _load_configuration(tmp_path, f"{CONFIGURATION}# changed\n")


def test_a_wrong_configuration_is_refused_again_and_again(
    tmp_path: Path, kinds: dict[str, Kind]
) -> None:
    assert kinds  # which set the cache
    for _ in range(2):
        with pytest.raises(MalformedRulesError):
            _load_configuration(tmp_path, f"{CONFIGURATION}unknown: true\n")
