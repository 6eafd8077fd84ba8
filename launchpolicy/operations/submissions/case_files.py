"""The other files of a policy's test case: a snapshot that the case itself writes down."""

from __future__ import annotations

from collections.abc import Mapping

from launchpolicy.engine.analysis.case_files import CaseFiles
from launchpolicy.engine.submission import Submission
from launchpolicy.facts.other_files import OtherFiles
from launchpolicy.hosts.memory_snapshot import MemorySnapshot
from launchpolicy.operations.submissions.compared_base import NO_BASE, ComparedBase
from launchpolicy.operations.submissions.other_files import OtherFilesReader
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Pack, Policy
from launchpolicy.requests.configuration import configuration_of
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.text import Text


def other_files_of_case(
    policy: Policy,
    kinds: Mapping[str, Kind],
    submission: Submission,
    case: CaseFiles,
) -> OtherFiles | None:
    """Return what a policy finds of other files; None where it asks for none.

    Without `old_files` nobody knows what the change touches. The document of the case stands among
    the files as well.
    """
    files, old_files, data = case
    kind = kinds[submission.kind]
    kind = kind._replace(
        packs=(policy.text.pack,), process=(), data=kind.data._replace(values=data)
    )
    pack = Pack(policy.text.pack, Text("", ""), 1, (policy,), {}, "")
    rules = PackSet(configuration_of({}), {**kinds, kind.name: kind}, {policy.text.pack: pack}, "")
    path, new, old = submission.path, submission.new, submission.old
    whole = {**files, path: new.source.decode()} if new is not None else files
    base = NO_BASE
    if old_files is not None:
        before = {**old_files, path: old.source.decode()} if old is not None else old_files
        paths = [p for p in {**before, **whole} if before.get(p) != whole.get(p)]
        base = ComparedBase(_snapshot(before), lambda: paths)
    return OtherFilesReader(rules, _snapshot(whole), base).other_files(submission)


def _snapshot(texts: Mapping[str, str]) -> MemorySnapshot:
    return MemorySnapshot("case", {path: text.encode() for path, text in texts.items()})
