"""A person who fills in a new request: the answers are those of an example of the same process."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from launchpolicy.documents.instants import instant
from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.writing import block
from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import Submission, expect_approvals_later, submission_of
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.finding import Judgement, Outcome
from launchpolicy.vocabulary.place import Route, format_route
from tests.examples.catalogue import EXAMPLES, NOW_INSTANT

Data = Any
_NOTHING = object()

OTHERWISE = {
    "spec.emergency.reason": "Payments fail.",
    "spec.emergency.incident": "INC-2026-0815",
    "spec.qualityForm.approvedBy": "xu.bo",
    "spec.review.conclusion": "The plan is sound.",
}
"""Answers that no example gives: what they stand for is asked at other risk classes only."""


def examples_at(process: str, stage: str) -> list[tuple[Path, Data]]:
    """The requests of an example that stand at a stage, first attempts first: folder and data."""
    found = []
    for file in sorted(EXAMPLES.glob(f"{process}/launches/*/request.yaml")):
        data = parsed(file.read_text("utf-8"))
        if data["status"]["stage"] == stage:
            found.append((file.parent, data))
    return sorted(found, key=lambda each: "attempt" in each[1]["spec"])


def parsed(text: str) -> Data:
    document = read("request.yaml", text.encode())
    assert isinstance(document, Document), document.findings
    return document.data


@dataclass(frozen=True)
class Adopter:
    """A launch repository of one process without any request, read once."""

    folder: Path
    process: str
    rules: PackSet

    def submitted(
        self,
        name: str,
        data: Data,
        old: Data | None = None,
        now: datetime = NOW_INSTANT,
    ) -> Submission:
        """A request that stands in this repository's work tree, before its approvals."""
        path = f"launches/{name}/request.yaml"
        before = None if old is None else written(old)
        submission = submission_of("LaunchRequest", path, written(data), before)
        files = WorkTreeSnapshot(self.folder)
        (found,) = add_facts(expect_approvals_later([submission]), self.rules, (files, files), now)
        return found

    def judged(self, submission: Submission, now: datetime = NOW_INSTANT) -> Judgement:
        return judge(submission, self.rules, now)


def written(data: Data) -> bytes:
    return block(data, lambda _: "").encode()


def adopter(process: str, folder: Path) -> Adopter:
    """A copy of an example without its requests."""
    ignored = shutil.ignore_patterns("launches", "broken", "waivers")
    shutil.copytree(EXAMPLES / process, folder, ignore=ignored)
    return Adopter(folder, process, load_rules(WorkTreeSnapshot(folder)))


def put_evidence_of(example: Path, adopted: Adopter) -> None:
    """The evidence of an example's request, in a folder of the same name."""
    ignored = shutil.ignore_patterns("request.yaml", "approvals")
    folder = adopted.folder / "launches" / example.name
    shutil.copytree(example, folder, ignore=ignored, dirs_exist_ok=True)


def complaints(judgement: Judgement) -> set[tuple[str, str]]:
    """Every finding but missing approvals: its rule and the route it points at."""
    found = list(judgement.refusals)
    for result in judgement.results:
        if result.outcome is not Outcome.PENDING:
            found += result.findings
    return {(finding.rule, format_route(finding.place.full_route)) for finding in found}


def answered(data: Data, example: Data) -> Data:
    """`data` with the answer of `example` in place of every `TODO`.

    An item of a list is answered like the item that says most of the same. The example's quality
    people, whom `new` does not ask for, are named as well: they made some of its tests.
    """
    ends = instant(example["spec"]["window"]["end"])
    review = (ends + timedelta(days=1)).isoformat()
    filled = _answered(data, example, (), {**OTHERWISE, "spec.emergency.reviewBy": review})
    if "qualityAssurance" in example["spec"]["people"]:
        quality = example["spec"]["people"]["qualityAssurance"]
        filled["spec"]["people"].setdefault("qualityAssurance", copy.deepcopy(quality))
    return filled


def _answered(data: Data, example: Data, route: Route, others: Data) -> Data:
    if is_unanswered(data):
        otherwise = others.get(format_route(route), _NOTHING)
        found = otherwise if example is _NOTHING else example
        assert found is not _NOTHING, f"no example answers {format_route(route)}"
        return copy.deepcopy(found)
    if isinstance(data, dict):
        inner = example if isinstance(example, dict) else {}
        return {
            key: _answered(value, inner.get(key, _NOTHING), (*route, key), others)
            for key, value in data.items()
        }
    if isinstance(data, list):
        items = example if isinstance(example, list) else []
        if items and not _has_objects(data):
            more = items if not all(map(_is_answer, data)) else []
            return list(dict.fromkeys([*filter(_is_answer, data), *more]))
        found = [
            _answered(item, _most_alike(item, items, at), (*route, at), others)
            for at, item in enumerate(data)
        ]
        more = items[len(data) :] if data and _is_all_open(data[-1]) else []
        return [*found, *more]
    return data


def _is_answer(value: Data) -> bool:
    return not is_unanswered(value)


def _has_objects(items: list[Data]) -> bool:
    return any(isinstance(each, dict) for each in items)


def _is_all_open(item: Data) -> bool:
    """Whether nothing of an item is answered yet, so that a person may write several of them."""
    if isinstance(item, dict | list):
        return all(map(_is_all_open, item.values() if isinstance(item, dict) else item))
    return is_unanswered(item)


def _most_alike(item: Data, items: list[Data], at: int) -> Data:
    if not items or not isinstance(item, dict):
        return _NOTHING

    def alike(index: int) -> tuple[int, bool, int]:
        same = sum(
            value_at(items[index], (key,)) == value
            for key, value in item.items()
            if not is_unanswered(value)
        )
        has = len(item.keys() & items[index].keys())
        return (same, index == at, has)

    return items[max(range(len(items)), key=alike)]


def fields(data: Data, route: Route = ()) -> list[Route]:
    """Every field of `data`; a list of plain values is one field.

    An item of which nothing is given is none: a person writes as many of those as there are.
    """
    found = [route] if route else []
    inner: Iterable[tuple[str | int, Data]] = ()
    if isinstance(data, dict):
        inner = data.items()
    elif isinstance(data, list) and _has_objects(data):
        inner = enumerate(data)
    for step, value in inner:
        below = fields(value, (*route, step))
        is_repeated = isinstance(step, int) and _is_all_open(value)
        found += below[1:] if is_repeated else below
    return found


def without(data: Data, route: Route) -> Data:
    """A copy of `data` without what stands at `route`."""
    less = copy.deepcopy(data)
    parent = value_at(less, route[:-1])
    assert isinstance(parent, dict | list)
    del parent[route[-1]]  # type: ignore[arg-type]  # a route into this data
    return less
