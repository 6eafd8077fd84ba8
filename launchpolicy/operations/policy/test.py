"""Run the test cases of packs, read from the work tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.reading_rules import STRICT, ReadingRules
from launchpolicy.documents.validation import check, require_document
from launchpolicy.engine.analysis.case_files import CaseFiles
from launchpolicy.engine.analysis.cases import CaseResult, baseline_names, case_inputs, run_cases
from launchpolicy.engine.analysis.unchanged_cases import note_on_unchanged, reads_other_files
from launchpolicy.engine.submission import Submission
from launchpolicy.facts.other_files import OtherFiles
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import launch_root, relative_to_root
from launchpolicy.operations.rules.declared_kinds import declared_kinds, shipped_kinds
from launchpolicy.operations.rules.load import (
    load_configuration,
    load_packs,
)
from launchpolicy.operations.submissions.case_files import other_files_of_case
from launchpolicy.policy.pack_files import PACK_FILE, TEST_SUFFIX
from launchpolicy.policy.policy import Pack, Policy
from launchpolicy.requests.configuration import Paths
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.snapshot import Snapshot, read_one
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class PolicyTestResult:
    """The cases of one policy and how they came out."""

    pack: str
    policy: str
    path: str
    cases: tuple[CaseResult, ...]
    note: Text | None = None
    """What the cases show of the policy that its owner may not have meant."""


@dataclass(frozen=True, slots=True)
class PolicyUnderTest:
    """A policy of a pack in the folder of that name, with the kind that its cases are of."""

    snapshot: Snapshot
    folder: str
    pack: Pack
    policy: Policy
    kind: Kind
    kinds: Mapping[str, Kind]

    @property
    def path(self) -> str:
        """Return the path of its cases."""
        return f"{self.folder}/{self.policy.id}{TEST_SUFFIX}"

    def other_files(
        self,
        policy: Policy,
        submission: Submission,
        files: CaseFiles,
    ) -> OtherFiles | None:
        """Return what a policy asks about the files of a case (`FindOtherFiles`)."""
        return other_files_of_case(policy, self.kinds, submission, files)

    def cases(self) -> tuple[Mapping[str, Any], dict[str, Any]]:
        """Return the data of its cases, and of the baselines that they name.

        Raises:
            MalformedRulesError: the file is not right.
        """
        test: Any = _document(self.snapshot, self.path).data
        if test["metadata"]["name"] != self.policy.id:
            raise MalformedRulesError((_wrong_name(self.path, self.policy.id),))
        baselines = {
            name: _document(
                self.snapshot, f"{self.folder}/{name}", None, self.kind.reading.of_one_document
            ).data
            for name in sorted(baseline_names(test))
        }
        return test, baselines


def run_pack_tests(folders: tuple[Path, ...], start: Path) -> Iterator[PolicyTestResult]:
    """Run the cases of every policy of the packs in `folders`; yield the result of each.

    A folder is a pack, or holds packs; without any, those of the configuration above `start`.

    Raises:
        UsageError: a folder holds no pack, or there is nothing to test.
        MalformedRulesError: a pack, a policy, or a test file is not right.
    """
    policies = policies_to_test(folders, start)
    require_cases(policies)
    for tested in policies:
        yield _run_policy(tested)


def require_cases(policies: Iterable[PolicyUnderTest]) -> None:
    """Require that every policy has cases, in a file that is right.

    Raises:
        MalformedRulesError: some have none; all of them are named.
    """
    problems: list[Finding] = []
    for tested in policies:
        try:
            tested.cases()
        except MalformedRulesError as error:
            problems += error.findings
    if problems:
        raise MalformedRulesError(tuple(problems))


def policies_to_test(folders: tuple[Path, ...], start: Path) -> tuple[PolicyUnderTest, ...]:
    """Return every policy of the packs in `folders`, as `run_pack_tests` finds them.

    Raises:
        UsageError: a folder holds no pack, or there is nothing to test.
        MalformedRulesError: a pack or a policy is not right.
    """
    root = launch_root(folders[0] if folders else start)
    top = top_folder(folders, start)
    snapshot = WorkTreeSnapshot(top)
    kinds, configured_folders = _kinds(snapshot, has_configuration=root is not None)
    parents, only = _parents(
        snapshot, [relative_to_root(top, named_folder) for named_folder in folders]
    )
    if not folders:
        parents = list(configured_folders)
    packs = load_packs(snapshot, parents, kinds, only=only)
    policies = tuple(
        PolicyUnderTest(snapshot, folder, pack, policy, kinds[policy.match.kinds[0]], kinds)
        for folder, pack in packs.items()
        for policy in pack.policies
    )
    if not policies:
        raise UsageError(
            Text("There is no pack to test.", "没有可测试的策略包。"),
            Text(
                "Name the folder of a pack: policies/launch.", "请指定策略包目录：policies/launch。"
            ),
        )
    return policies


def top_folder(folders: tuple[Path, ...], start: Path) -> Path:
    """Return the folder from which the paths of `policies_to_test` are."""
    return launch_root(folders[0] if folders else start) or _common(folders, start)


def _common(folders: tuple[Path, ...], start: Path) -> Path:
    """Return where paths are shown from without a configuration: here, if that is above all."""
    here = start.resolve()
    if all(folder.resolve().is_relative_to(here) for folder in folders):
        return here
    return folders[0].resolve().parent.parent


def _kinds(
    snapshot: Snapshot, *, has_configuration: bool
) -> tuple[dict[str, Kind], tuple[str, ...]]:
    if has_configuration:
        file, configuration = load_configuration(snapshot)
        return declared_kinds(snapshot, file, configuration), configuration.pack_folders
    return shipped_kinds(Paths()), ()


def _parents(snapshot: Snapshot, folders: list[str]) -> tuple[list[str], set[str]]:
    """Return the folders that hold packs, and the packs to test among theirs (empty: all)."""
    parents: dict[str, None] = {}
    only: set[str] = set()
    for path in folders:
        if snapshot.entry(f"{path}/{PACK_FILE}") is not None:
            parents[path.rpartition("/")[0]] = None
            only.add(path)
        else:
            parents[path] = None
            pack_files = [
                e.path for e in snapshot.entries(path) if e.path.endswith(f"/{PACK_FILE}")
            ]
            if not pack_files:
                raise UsageError(
                    Text(f"{path} holds no pack.", f"{path} 中没有策略包。"),
                    Text(
                        f"A pack is a folder with a {PACK_FILE}.", f"策略包目录应包含 {PACK_FILE}。"
                    ),
                )
            only |= {entry.rpartition("/")[0] for entry in pack_files}
    return list(parents), only


def _run_policy(tested: PolicyUnderTest) -> PolicyTestResult:
    test, baselines = tested.cases()
    results = run_cases(tested.policy, tested.kind, test, baselines, tested.other_files)
    note = None
    if reads_other_files(tested.policy):
        inputs = case_inputs(tested.policy, tested.kind, test, baselines, tested.other_files)
        note = note_on_unchanged(tested.policy, inputs)
    return PolicyTestResult(tested.pack.name, tested.policy.id, tested.path, results, note)


def _document(
    snapshot: Snapshot,
    path: str,
    kind: str | None = "PolicyTest",
    reading: ReadingRules = STRICT,
) -> Document:
    entry = snapshot.entry(path)
    if entry is None:
        raise MalformedRulesError((_no_file(path),))
    blob = read_one(snapshot, entry, reading.max_bytes)
    document = require_document(read(path, blob.data or b"", reading))
    findings: Iterable[Finding] = check(shipped_files.schema(kind).data, document) if kind else ()
    if findings:
        raise MalformedRulesError(tuple(findings))
    return document


def _no_file(path: str) -> Finding:
    return Finding(
        "policy-test/missing",
        Text(f"There is no {path}.", f"缺少文件 {path}。"),
        Place(path, START),
        Text(
            "Write cases in which the policy passes, fails and does not apply.",
            "请编写该策略通过、不通过和不适用的用例。",
        ),
    )


def _wrong_name(path: str, policy: str) -> Finding:
    return Finding(
        "policy-test/wrong-name",
        Text(f"The name must be `{policy}`.", f"名称必须是 `{policy}`。"),
        Place(path, START),
        Text("Rename it.", "请修改名称。"),
    )
