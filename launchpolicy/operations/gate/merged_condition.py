"""Is the request merged, and is it the one that is here?"""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document
from launchpolicy.engine.launches.start_conditions import Condition, ConditionState, Shortcoming
from launchpolicy.engine.submission import RequestVersion
from launchpolicy.facts.change import change_between
from launchpolicy.operations.gate.protected_branch import ProtectedBranch
from launchpolicy.operations.gate.recorded_facts import RecordedFacts
from launchpolicy.operations.gate.requests import MergedRequest
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import format_route
from launchpolicy.vocabulary.snapshot import REGULAR_MODES
from launchpolicy.vocabulary.text import Text, listing

_ID = "merged"
_NAME = ("metadata", "name")
_FEW = 4


def not_merged(branch: ProtectedBranch, path: str) -> Condition:
    """Return the condition of a request that is here and not on the protected branch."""
    return _not_met(
        Text(f"{path} is not on {branch.name}.", f"{branch.name} 上没有 {path}。"), _MERGE
    )


def merged_condition(
    branch: ProtectedBranch,
    request: MergedRequest,
    here: RequestVersion | None,
    facts: RecordedFacts,
) -> Condition:
    """Return whether the version here is the merged one, or the one that records the night.

    Without a version here the merged one is meant. Another request of the same name makes it
    unclear which launch was approved.
    """
    twins = list(_of_same_name(branch, request))
    if twins:
        return _not_met(_twins(request, twins), _RENAME)
    merged = request.version
    if merged is None:
        return not_merged(branch, request.path)
    at = Text(
        f"On {branch.name} at {branch.commit[:12]}", f"位于 {branch.name}（{branch.commit[:12]}）"
    )
    if here is None or here.source == merged.source:
        return Condition(_ID, ConditionState.MET, Text(f"{at.en}.", f"{at.zh}。"))
    if here.source == facts.version.source:
        says = Text(
            f"{at.en}; here with the facts of {facts.where}.",
            f"{at.zh}；本地版本含 {facts.where} 登记的事实。",
        )
        return Condition(_ID, ConditionState.MET, says)
    return _not_met(_differs(branch, merged, here), _MERGE)


def _of_same_name(branch: ProtectedBranch, request: MergedRequest) -> Iterator[str]:
    """Yield the other requests on the branch that have the name of this one."""
    name = value_at(request.data, _NAME)
    if not isinstance(name, str):
        return
    files = branch.files
    others = [
        entry
        for folder in request.kind.files.folders
        for entry in files.entries(folder)
        if entry.path != request.path
        and entry.mode in REGULAR_MODES
        and request.kind.matches(entry.path)
    ]
    for blob in files.read(others, MAX_BYTES):
        if blob.data is None or name.encode() not in blob.data:
            continue
        document = RequestVersion(blob.entry.path, blob.data).document()
        if isinstance(document, Document) and value_at(document.data, _NAME) == name:
            yield blob.entry.path


def _differs(branch: ProtectedBranch, merged: RequestVersion, here: RequestVersion) -> Text:
    documents = (merged.document(), here.document())
    routes: list[str] = []
    if all(isinstance(document, Document) for document in documents):
        old, new = (document.data for document in documents if isinstance(document, Document))
        edits = change_between(old, new).edits
        routes = list(dict.fromkeys(format_route(edit.route) for edit in edits))
    listed, more = listing(routes[:_FEW]), " …" if len(routes) > _FEW else ""
    english = f": {listed.en}{more}" if routes else ""
    chinese = f"：{listed.zh}{more}" if routes else ""
    return Text(
        f"The request here is not the one on {branch.name}{english}.",
        f"此处的申请与 {branch.name} 上的不同{chinese}。",
    )


def _twins(request: MergedRequest, twins: list[str]) -> Text:
    name = value_at(request.data, _NAME)
    return Text(
        f"{', '.join(twins)} is called {name} as well, so it is not clear which one was approved.",
        f"{'、'.join(twins)} 也名为 {name}，无法确定批准的是哪一份。",
    )


def _not_met(says: Text, fix: Text) -> Condition:
    return Condition(_ID, ConditionState.NOT_MET, says, (Shortcoming(says, fix),))


_MERGE = Text(
    "Propose it and have it approved and merged, or take the change back; then run this again.",
    "请提交审批并合并，或撤销改动，然后重新运行。",
)
_RENAME = Text(
    "Give each request a name of its own, that of its folder.",
    "请让每份申请使用各自的名称（与目录同名）。",
)
