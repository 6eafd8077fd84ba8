"""One document for each version of a request, whoever asks for it; and no version too few."""

from __future__ import annotations

import copy
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from launchpolicy.documents import events, reading
from launchpolicy.documents.reading import Document
from launchpolicy.engine.submission import RequestVersion, submission_of
from launchpolicy.facts import neighbours as neighbours_module
from launchpolicy.facts.evidence import references as references_module
from launchpolicy.facts.evidence.references import references
from launchpolicy.operations.check.check_input import CheckOptions
from launchpolicy.operations.check.run import collect_input, run_check
from launchpolicy.vocabulary.finding import Operation, Report, Verdict
from tests.operations.launch_folder import commit, launch_folder, put, request_file

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
FACTS = ("launches.overlaps.size() > 0 && evidence.references.size() > 0",)
UNCHANGED = ("change.edits.size() == 0",)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that are parsed while the test runs; nothing is remembered of them."""
    texts: list[str] = []
    build = events.build

    def counting(text: str) -> object:
        texts.append(text)
        return build(text)

    monkeypatch.setattr(events, "build", counting)
    monkeypatch.setattr(reading, "_read_again", reading._read)
    return texts


def _checked(folder: Path, base: str | None = None, *, staged: bool = False) -> Report:
    question = CheckOptions(folder, base=base, staged=staged)
    return run_check(collect_input(question, NOW), jobs=1)


def _requests(texts: list[str]) -> Counter[str]:
    return Counter(text for text in texts if "kind: LaunchRequest" in text)


def test_206_requests_are_parsed_206_times(tmp_path: Path, parsed: list[str]) -> None:
    commit(launch_folder(tmp_path, FACTS, range(1, 207)))
    report = _checked(tmp_path)
    assert (report.verdict, len(report.judgements)) == (Verdict.PASS, 206)
    assert len(_requests(parsed)) == _requests(parsed).total() == 206


def test_a_changed_request_is_parsed_once_for_each_of_its_versions(
    tmp_path: Path, parsed: list[str]
) -> None:
    commit(launch_folder(tmp_path, FACTS, range(1, 21)))
    for number in range(1, 11):
        file = request_file(tmp_path, number)
        put(file, file.read_text("utf-8") + "# changed\n")
    commit(tmp_path)
    report = _checked(tmp_path, "HEAD~1")
    assert (report.verdict, len(report.judgements)) == (Verdict.PASS, 10)
    assert max(_requests(parsed).values()) == 1
    assert _requests(parsed).total() == 2 * 10 + 10  # and each neighbour that is not changed


def test_references_and_claims_are_looked_for_once_in_each_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks: Counter[str] = Counter()
    for module, name in ((references_module, "references"), (neighbours_module, "claims_of")):
        monkeypatch.setattr(module, name, _counting(walks, name, getattr(module, name)))
    commit(launch_folder(tmp_path, FACTS, range(1, 61)))
    report = _checked(tmp_path)
    assert (report.verdict, len(report.judgements)) == (Verdict.PASS, 60)
    assert walks == {"references": 60, "claims_of": 60}


def _counting(
    walks: Counter[str], name: str, function: Callable[..., object]
) -> Callable[..., object]:
    def counted(*arguments: object) -> object:
        walks[name] += 1
        return function(*arguments)

    return counted


def test_facts_that_no_policy_names_are_not_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks: Counter[str] = Counter()
    counted = _counting(walks, "references", references)
    monkeypatch.setattr(references_module, "references", counted)
    mentioned = ("has(object.spec.people) && object.spec.summary.en != 'evidence launches'",)
    commit(launch_folder(tmp_path, mentioned, [1]))
    assert _checked(tmp_path).verdict is Verdict.PASS
    assert walks == {}


@pytest.mark.parametrize("staged", [False, True])
def test_an_old_version_that_differs_is_never_skipped(tmp_path: Path, *, staged: bool) -> None:
    commit(launch_folder(tmp_path, UNCHANGED, [1, 2]))
    file = request_file(tmp_path, 1)
    put(file, file.read_text("utf-8").replace("takes: 25m", "takes: 26m"))
    if staged:
        subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    else:
        commit(tmp_path)
    assert _checked(tmp_path, None if staged else "HEAD~1").verdict is Verdict.BLOCKED


def test_a_link_that_becomes_a_file_of_the_same_blob_is_a_new_request(tmp_path: Path) -> None:
    launch_folder(tmp_path, ("change.operation == 'CREATE'",), [1])
    file = request_file(tmp_path, 1)
    file.unlink()
    file.symlink_to("x")
    commit(tmp_path)
    file.unlink()
    put(file, "x")
    report = _checked(tmp_path)
    assert report.judgements[0].operation is Operation.CREATE


def test_what_one_version_holds_is_not_taken_for_another() -> None:
    found = submission_of("LaunchRequest", "a.yaml", b"stage: new", b"stage: old")
    assert found.new is not None
    assert found.old is not None
    new, old = found.new.document(), found.old.document()
    assert isinstance(new, Document)
    assert isinstance(old, Document)
    assert (new.data, old.data) == ({"stage": "new"}, {"stage": "old"})


def test_equal_bytes_are_one_version() -> None:
    found = submission_of("LaunchRequest", "a.yaml", b"stage: new", b"stage: new")
    assert found.new is found.old
    assert submission_of("LaunchRequest", "a.yaml", None, b"").new is None


def test_a_version_that_was_read_is_not_read_again_in_another_process(parsed: list[str]) -> None:
    version = RequestVersion("a.yaml", b"stage: new")
    here = version.document()
    there = copy.copy(version).document()  # by __reduce__, as pickle does it
    assert isinstance(here, Document)
    assert isinstance(there, Document)
    assert there is not here
    assert there.data == {"stage": "new"}
    assert there.place(("stage",)) == here.place(("stage",))
    assert len(parsed) == 1
