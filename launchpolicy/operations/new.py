"""Writes a new launch request: its name, its branch, and everything that its policies ask for."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from launchpolicy.documents.open_questions import unanswered_routes
from launchpolicy.documents.reading import Refusal, read
from launchpolicy.documents.schema.outline import outline_of
from launchpolicy.documents.validation import check_answers
from launchpolicy.engine.drafts.growth import GrowthRules
from launchpolicy.engine.drafts.request_text import new_text
from launchpolicy.engine.drafts.skeleton import Skeleton, skeleton
from launchpolicy.engine.request import processes_in_configuration
from launchpolicy.facts.people import people_fact
from launchpolicy.hosts import whole_files
from launchpolicy.hosts.git.branch_tips import is_ancestor
from launchpolicy.hosts.git.branches import start_branch
from launchpolicy.hosts.git.repository import Repository, find_top, open_repository, prefix_of
from launchpolicy.hosts.git.revisions import head
from launchpolicy.operations.check.base_branch import base_of
from launchpolicy.operations.launch_repository import KIND, LaunchRepository
from launchpolicy.operations.request_names import BRANCH, names_in_use, next_name
from launchpolicy.requests.kinds import Kind
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.near_names import with_meant
from launchpolicy.vocabulary.place import Route, format_route
from launchpolicy.vocabulary.text import Language, Text

FIRST_STAGE = "requested"
_SCHEMA = "schemas/launch-request.schema.json"


@dataclass(frozen=True, slots=True)
class NewRequestAnswers:
    """What is known of a new request; "" for what is not. Times are RFC 3339 with an offset."""

    title: str
    process: str
    name: str = ""
    risk: str = ""
    change: str = ""
    product: str = ""
    version: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A new request: its file from the launch repository, its branch ("" for none), its shape."""

    path: str
    name: str
    branch: str
    skeleton: Skeleton
    evidence: tuple[Route, ...]


def write_request(
    place: LaunchRepository,
    answers: NewRequestAnswers,
    language: Language,
    now: datetime,
    *,
    branch: bool,
) -> NewRequest:
    """Write a new request; with `branch` on a new branch `launch/NAME`.

    Raises:
        UsageError: something of that name is there already, or an answer is not possible.
        UndecidedError: git cannot say what there is.
    """
    paths = place.rules.configuration.paths
    with ExitStack() as stack:
        repository = None
        if find_top(place.root) is not None:
            repository = stack.enter_context(open_repository(place.root))
        name = _name(place, answers.name, repository, now)
        path = paths.request(name)
        known = _known_part(answers, name, place.requester)
        shape = skeleton(known, growth_rules(place, known, path, now))
        text = new_text(shape, place.kind.schema, language, _schema_path(place.root, path))
        _require_possible(path, text, place.kind)
        _require_free(place.root, path)
        branch_name = f"{BRANCH}{name}" if branch and repository is not None else ""
        if branch_name and repository is not None:
            _require_no_other_request(repository, place.branch)
            start_branch(repository, branch_name)
        whole_files.write_new(place.root, path, text)
    return NewRequest(path, name, branch_name, shape, _open_evidence(shape, place.kind))


def growth_rules(
    place: LaunchRepository,
    data: Mapping[str, Any],
    path: str,
    now: datetime,
    within: tuple[Route, ...] = ((),),
) -> GrowthRules:
    """Return by what a request of this process grows: its policies and what they may ask.

    Raises:
        UsageError: the configuration has no such process.
    """
    configuration = place.rules.configuration
    packs = place.rules.pack_names_of(place.kind, data)
    if packs is None:
        raise _no_process(launch_request_of(data).spec.process, tuple(configuration.processes))
    return GrowthRules(
        place.kind,
        tuple(policy for name in packs for policy in place.rules.packs[name].policies),
        path,
        people_fact(place.directory),
        now,
        within,
        # Owners of products and systems are left out: a sampled name is nobody's.
        {"packs": list(packs)},
    )


def _no_process(process: str | None, known: Sequence[str]) -> UsageError:
    return UsageError(
        Text(f"No process is called `{process}`.", f"没有名为 `{process}` 的流程。"),
        with_meant(processes_in_configuration(known), process or "", known),
    )


def _require_possible(path: str, text: str, kind: Kind) -> None:
    """Require that the answers that were given may stand in a request.

    Raises:
        UsageError: one may not.
    """
    document = read(path, text.encode())
    if isinstance(document, Refusal):
        findings = document.findings
    else:
        findings = check_answers(kind.schema, document, unanswered_routes(document))
    for finding in findings:
        field = format_route(finding.place.full_route)
        at = Text(f" for `{field}`", f"`{field}` ") if field else Text("", "")
        raise UsageError(
            Text(
                f"This cannot be an answer{at.en}: {finding.message.en}",
                f"{at.zh}不能这样填写：{finding.message.zh}",
            ),
            finding.fix,
        )


def _name(place: LaunchRepository, name: str, repository: Repository | None, now: datetime) -> str:
    if name:
        _require_name(place.kind, name)
    launches = place.rules.configuration.paths.launches
    prefix = prefix_of(repository.top, place.root) if repository is not None else ""
    names = names_in_use(place.root, launches, repository, prefix)
    if name in names:
        raise UsageError(
            Text(f"The name {name} is in use.", f"编号 {name} 已被使用。"),
            Text(
                "Take another one, or leave --name out for the next free one.",
                "请另取编号，或去掉 --name 使用下一个可用编号。",
            ),
        )
    return name or next_name(names, now.astimezone().year)


def _require_name(kind: Kind, name: str) -> None:
    """Require that a request may have this name; a name becomes a folder and a branch."""
    outline = outline_of(kind.schema).at(("metadata", "name"))
    pattern = str(outline.words.get("pattern", "")) if outline is not None else ""
    if re.search(pattern, name) is None or "/" in name or name.startswith("."):
        raise UsageError(
            Text(f"`{name}` is no name of a request.", f"`{name}` 不能作为申请编号。"),
            Text(
                "Upper-case letters first, then parts joined by `-`: LR-2026-0042.",
                "以大写字母开头，各部分用 `-` 连接：LR-2026-0042。",
            ),
        )


def _known_part(answers: NewRequestAnswers, name: str, requester: str) -> dict[str, Any]:
    """Return what is known of a request, without what is not; the policies ask for the rest."""
    product = {"name": answers.product, "version": answers.version, "change": answers.change}
    spec = {
        "process": answers.process,
        "product": _without_blanks(product),
        "risk": answers.risk,
        "people": _without_blanks({"requester": requester}),
        "window": _without_blanks({"start": answers.start, "end": answers.end}),
    }
    return {
        "apiVersion": "launchpolicy/v1",
        "kind": KIND,
        "metadata": {"name": name, "title": answers.title},
        "spec": _without_blanks(spec),
        "status": {"stage": FIRST_STAGE},
    }


def _without_blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _schema_path(root: Path, path: str) -> str:
    """Return the path of the schema from the request, for editors; "" where there is none."""
    up = path.count("/")
    for folder in (root, *root.parents):
        if (folder / _SCHEMA).is_file():
            return "../" * up + _SCHEMA
        if (folder / ".git").exists():
            break
        up += 1
    return ""


def _require_no_other_request(repository: Repository, branch: str) -> None:
    """Require that the new branch does not begin on that of a request which is not merged.

    Raises:
        UsageError: it would, and its pull request would bring the other request along.
    """
    base, tip = base_of(repository), head(repository)
    if base is None or tip is None or not branch.startswith(BRANCH):
        return
    if not is_ancestor(repository, tip, base.commit):
        raise UsageError(
            Text(
                f"You are on {branch}, which is not merged into {base.branch}. The new branch "
                "would begin there, and bring what it changes along.",
                f"当前分支为 {branch}，尚未合并到 {base.branch}。新分支会由此开始，"
                "并带上其中的改动。",
            ),
            Text(
                f"Go back first: git switch {base.branch}. To build on {branch} on purpose, make "
                "the branch yourself and give --no-branch.",
                f"请先回到该分支：git switch {base.branch}。如确需以 {branch} 为基础，"
                "请自行新建分支，并加上 --no-branch。",
            ),
        )


def _require_free(root: Path, path: str) -> None:
    """Require that nothing stands at `path` or its folder, and that no link leads there."""
    folder = path.rpartition("/")[0]
    if whole_files.content(root, path) is not None or os.path.lexists(root / folder):
        raise UsageError(
            Text(f"{folder} is there already.", f"{folder} 已存在。"),
            Text(
                "Nothing was overwritten. Take another --name.", "未覆盖任何文件。请另取 --name。"
            ),
        )


def _open_evidence(shape: Skeleton, kind: Kind) -> tuple[Route, ...]:
    """Return the routes of open questions that files answer."""
    outline = outline_of(kind.schema)
    places = ((route, outline.at(route)) for route in shape.open_routes)
    return tuple(route for route, inner in places if inner is not None and inner.is_evidence)
