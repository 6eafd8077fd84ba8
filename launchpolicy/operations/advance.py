"""Moves a request to another stage, with a place for everything that the policies ask for there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from launchpolicy.documents.editing import EditError
from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.outline import outline_of
from launchpolicy.engine.drafts.growth import GrowthRules
from launchpolicy.engine.drafts.request_text import grown_text
from launchpolicy.engine.drafts.skeleton import Skeleton, refusals, skeleton
from launchpolicy.hosts.git.repository import find_top, open_repository, prefix_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.launch_root import request_path
from launchpolicy.hosts.subfolder import below
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.check.base_branch import base_of
from launchpolicy.operations.launch_repository import LaunchRepository
from launchpolicy.operations.new import FIRST_STAGE, growth_rules
from launchpolicy.operations.request_files import read_request, rewrite
from launchpolicy.requests.blank import changed_at
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.place import Data, Route, format_route
from launchpolicy.vocabulary.snapshot import bytes_at
from launchpolicy.vocabulary.text import Language, Text
from launchpolicy.vocabulary.value_names import value_name

_ATTEMPT: Route = ("spec", "attempt")
"""The only part of the plan that `advance` writes: what a further attempt has to say."""

_ROLLED_BACK_AT: Route = ("status", "rollback", "finishedAt")


@dataclass(frozen=True, slots=True)
class AdvancedRequest:
    """A request at its next stage: its file, both stages, its shape, and what was taken out.

    `unmerged_at` is the branch that requests are merged into, if the request is not at the stage
    `before` there; else "".
    """

    path: str
    before: str
    after: str
    skeleton: Skeleton
    removed: tuple[str, ...]
    unmerged_at: str = ""


def advance(
    place: LaunchRepository, request: Path, stage: str, language: Language, now: datetime
) -> AdvancedRequest:
    """Move a request in the work tree of `place` to `stage`.

    Raises:
        UsageError: a request does not go from its stage to that one, or cannot be edited.
        LaunchpolicyError: the request or the rules are not right.
    """
    path = request_path(place.root, request)
    document = read_request(work_tree(place.root), path, place.kind)
    before: Data = document.data
    rules = growth_rules(place, before, path, now, within=(STAGE[:1], _ATTEMPT))
    _require_arrow(document, rules, stage)
    shape = skeleton(_request_at_stage(before, stage), rules, before)
    if stage == value_at(before, STAGE):
        shape = replace(shape, data=_with_own_lists(before, shape.data))
        if shape.data == before:
            raise _no_way(document, rules, stage)
    try:
        text = grown_text(document, shape, place.kind.schema, language)
    except EditError as error:
        raise UsageError(
            Text(f"{path}: {error}.", f"{path}：{error}。"),
            Text("Add it by hand in block style.", "请改用块样式手工填写。"),
        ) from error
    rewrite(place.root / path, document, text)
    removed = tuple(format_route(route) for route in shape.removed)
    current = _stage(document)
    unmerged_at = _unmerged_at(place.root, path, current) if current != stage else ""
    return AdvancedRequest(path, current, stage, shape, removed, unmerged_at)


def _unmerged_at(root: Path, path: str, stage: str) -> str:
    """Return the branch to merge into, if it does not have the request at a stage; else ""."""
    top = find_top(root)
    if top is None:
        return ""
    with open_repository(root) as repository:
        base = base_of(repository)
        if base is None:
            return ""
        snapshot = below(CommitSnapshot(repository, base.commit), prefix_of(top, root))
        document = read(path, bytes_at(snapshot, path, MAX_BYTES) or b"")
    is_there = isinstance(document, Document) and value_at(document.data, STAGE) == stage
    return "" if is_there else base.branch


def _request_at_stage(before: Data, stage: str) -> Data:
    """Return a request at `stage`; one that is tried again says when it failed, if it did not."""
    moved = changed_at(before, STAGE, stage)
    failed_at = value_at(before, _ROLLED_BACK_AT)
    if stage == FIRST_STAGE and isinstance(failed_at, str):
        moved["spec"].setdefault(_ATTEMPT[-1], {"failedAt": failed_at})
    return moved


def _with_own_lists(before: Data, after: Data) -> Data:
    """Return `after` with the lists of texts that `before` has: what was recorded is the truth."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {key: _with_own_lists(before.get(key), value) for key, value in after.items()}
    if not isinstance(before, list) or not isinstance(after, list):
        return after
    if before and all(isinstance(item, str) and not is_unanswered(item) for item in before):
        return before
    both = [_with_own_lists(*pair) for pair in zip(before, after, strict=False)]
    return [*both, *after[len(both) :]]


def _stage(document: Document) -> str:
    return launch_request_of(document.data).status.stage or ""


def _require_arrow(document: Document, rules: GrowthRules, stage: str) -> None:
    """Require that the policies let the request go to `stage`.

    The stage at which it is may be asked for again: what it still asks for is put in.

    Raises:
        UsageError: they do not.
    """
    if stage != _stage(document) and stage not in _next_stages(document, rules):
        raise _no_way(document, rules, stage)


def _next_stages(document: Document, rules: GrowthRules) -> list[str]:
    """Return the stages to which the policies let the request go."""
    before: Data = document.data
    outline = outline_of(rules.kind.schema).at(STAGE)
    stages = [str(choice) for choice in outline.choices] if outline is not None else []
    return [
        choice
        for choice in stages
        if choice != _stage(document)
        and not refusals(changed_at(before, STAGE, choice), rules, before, STAGE)
    ]


def _no_way(document: Document, rules: GrowthRules, stage: str) -> UsageError:
    current = _stage(document)
    return UsageError(
        Text(
            f"A request does not go from {current} to {stage}.",
            f"申请不能从“{_stage_name(current)}”进入“{_stage_name(stage)}”。",
        ),
        _ways_on(current, _next_stages(document, rules)),
    )


def _ways_on(current: str, allowed: list[str]) -> Text:
    if not allowed:
        return Text(
            f"{current} is the last stage. Make a new request: launchpolicy new TITLE.",
            f"“{_stage_name(current)}”是申请的终点。请重新申请：launchpolicy new 标题。",
        )
    ways = "、".join(f"{_stage_name(stage)}（`{stage}`）" for stage in allowed)
    return Text(
        f"From {current} it goes to: {', '.join(allowed)}.",
        f"从“{_stage_name(current)}”可进入：{ways}。",
    )


def _stage_name(stage: str) -> str:
    return value_name("stage", stage).zh
