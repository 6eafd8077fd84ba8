"""A request moved on to its next stage, with places for what the policies ask for there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from launchpolicy.documents.editing import EditError
from launchpolicy.documents.reading import Document
from launchpolicy.documents.schema.outline import outline_of
from launchpolicy.engine.growth import GrowthRules
from launchpolicy.engine.request_text import grown_text
from launchpolicy.engine.skeleton import Skeleton, refusals, skeleton
from launchpolicy.facts.people import people_fact
from launchpolicy.hosts.launch_root import request_path
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.new import LaunchRepository, policies_of
from launchpolicy.operations.request_files import read_request, rewrite
from launchpolicy.requests.blank import changed_at
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.place import format_route
from launchpolicy.vocabulary.text import Language, Text

Data = Any


@dataclass(frozen=True, slots=True)
class AdvancedRequest:
    """A request at its next stage: its file, the stages, its shape, and what was taken out."""

    path: str
    before: str
    after: str
    skeleton: Skeleton
    removed: tuple[str, ...]


def advance(
    place: LaunchRepository, request: Path, stage: str, language: Language, now: datetime
) -> AdvancedRequest:
    """Moves a request in the work tree of `place` to `stage`.

    Raises:
        UsageError: a request does not go from its stage to that one, or cannot be edited.
        LaunchpolicyError: the request or the rules are not right.
    """
    path = request_path(place.root, request)
    document = read_request(work_tree(place.root), path, place.kind)
    before: Data = document.data
    policies = policies_of(place.rules, place.kind, before)
    people = people_fact(place.directory)
    rules = GrowthRules(place.kind, policies, path, people, now, within=STAGE[:1])
    _require_arrow(document, rules, stage)
    made = skeleton(changed_at(before, STAGE, stage), rules, before)
    try:
        text = grown_text(document, made, place.kind.schema, language)
    except EditError as error:
        raise UsageError(
            Text(f"{path}: {error}.", f"{path}：{error}。"),
            Text("Add it by hand in block style.", "请改用块样式手工填写。"),
        ) from error
    rewrite(place.root / path, document, text)
    removed = tuple(format_route(route) for route in made.removed)
    return AdvancedRequest(path, str(value_at(before, STAGE)), stage, made, removed)


def _require_arrow(document: Document, rules: GrowthRules, stage: str) -> None:
    """Returns only if the policies let the request go to `stage`.

    Raises:
        UsageError: they do not, or it is at that stage already.
    """
    before: Data = document.data
    now_at = str(value_at(before, STAGE))
    outline = outline_of(rules.kind.schema).at(STAGE)
    stages = [str(each) for each in outline.choices] if outline is not None else []
    allowed = [
        each
        for each in stages
        if each != now_at and not refusals(changed_at(before, STAGE, each), rules, before, STAGE)
    ]
    if stage not in allowed:
        raise UsageError(
            Text(
                f"A request does not go from {now_at} to {stage}.",
                f"申请不能从 {now_at} 阶段进入 {stage} 阶段。",
            ),
            Text(
                f"From {now_at} it goes to: {', '.join(allowed) or 'no other stage'}.",
                f"从 {now_at} 可进入：{'、'.join(allowed) or '无'}。",
            ),
        )
