"""The other files of a policy's test case: a snapshot that the case itself writes down."""

from __future__ import annotations

from collections.abc import Mapping

from launchpolicy.engine.analysis.case_files import CaseFiles
from launchpolicy.engine.submission import RequestVersion, Submission
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
    the files as well; in a file of many documents it takes the place of the one of its id.
    """
    files, old_files, data = case
    kind = kinds[submission.kind]
    kind = kind._replace(
        packs=(policy.text.pack,), process=(), data=kind.data._replace(values=data)
    )
    pack = Pack(policy.text.pack, Text("", ""), 1, (policy,), {}, "")
    rules = PackSet(configuration_of({}), {**kinds, kind.name: kind}, {policy.text.pack: pack}, "")
    path, new, old = submission.path, submission.new, submission.old
    whole = with_document(files, kind, path, (new, old))
    base = NO_BASE
    if old_files is not None:
        before = with_document(old_files, kind, path, (old, new))
        paths = [p for p in {**before, **whole} if before.get(p) != whole.get(p)]
        base = ComparedBase(_snapshot(before), lambda: paths)
    return OtherFilesReader(rules, _snapshot(whole), base).other_files(submission)


def with_document(
    files: Mapping[str, str],
    kind: Kind,
    path: str,
    versions: tuple[RequestVersion | None, RequestVersion | None],
) -> Mapping[str, str]:
    """Return the files of a case with a version of its document among them, or without it.

    `versions` are the one that is there, None where there is none, and the other one of the case.
    """
    version, other = versions
    if kind.reading.is_stream and path in files:
        text = _with_document(files[path], kind, path, (version, other))
        others = {one: files[one] for one in files if one != path}
        return {**others, path: text} if text else others
    return {**files, path: version.source.decode()} if version is not None else files


def _with_document(
    text: str,
    kind: Kind,
    path: str,
    versions: tuple[RequestVersion | None, RequestVersion | None],
) -> str:
    """Return a file of many documents with one of them as a case has it, or without it."""
    from launchpolicy.operations.submissions.document_streams import with_version  # noqa: PLC0415 (rare)

    version, other = versions
    own = version if version is not None else other
    if own is None:
        return text
    return with_version(kind, path, text, own, is_there=version is not None)


def _snapshot(texts: Mapping[str, str]) -> MemorySnapshot:
    return MemorySnapshot("case", {path: text.encode() for path, text in texts.items()})
