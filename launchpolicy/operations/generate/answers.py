"""Make the table of how many answers a person types for a request, by process and risk class.

Counting takes a quarter of a minute. So the table names the digest of the files that decide the
counts, and is counted again only where that differs. A test counts two rows in every run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from launchpolicy.documents.instants import instant
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.outline import outline_of
from launchpolicy.engine.drafts.growth import GrowthRules
from launchpolicy.engine.drafts.request_text import new_text
from launchpolicy.engine.drafts.skeleton import Skeleton, skeleton
from launchpolicy.operations.generate.shipped_files import between
from launchpolicy.operations.launch_repository import LaunchRepository, find_launch_repository
from launchpolicy.operations.new import growth_rules
from launchpolicy.requests.blank import changed_at
from launchpolicy.requests.kinds import STAGE
from launchpolicy.vocabulary.place import Data

PAGE: Final = "policies/README.md"
MARKS: Final = ("<!-- answers: made by `make generate` -->", "<!-- end of answers -->")
RISKS: Final = ("standard", "major", "emergency")
LATER: Final = ("launched", "verified", "closed")
_COUNTED_FROM: Final = (
    "examples/*/.launchpolicy.yaml",
    "examples/*/people.yaml",
    "examples/*/launches/*/request.yaml",
    "launchpolicy/engine/drafts/growth.py",
    "launchpolicy/engine/drafts/request_text.py",
    "launchpolicy/engine/drafts/sampling.py",
    "launchpolicy/engine/drafts/skeleton.py",
    "launchpolicy/operations/generate/answers.py",
    "launchpolicy/shipped/packs/*.json",
    "schemas/launch-request.schema.json",
)
_ASKED: Final = 7
"""What `new` asks for itself: title, product, version, kind of change, risk, start and end."""

_HEAD: Final = (
    "| process | risk | answers | files | lines | launched | verified | closed |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
)


@dataclass(frozen=True, slots=True)
class RequestAnswers:
    """What a person gives for a new request: answers typed, files attached; the lines it has."""

    typed: int
    files: int
    lines: int


def answers_table(root: Path) -> dict[str, str]:
    """Return `policies/README.md` with the table of answers.

    Raises:
        ValueError: the page lacks the two lines between which the table stands.
    """
    page = (root / PAGE).read_text("utf-8")
    counted_from = f"<!-- counted from {_digest(root)} -->"
    if counted_from in page:
        return {PAGE: page}
    table = "\n".join((counted_from, "", *_HEAD, *_rows(root)))
    return {PAGE: between(page, MARKS, table)}


def request_answers(place: LaunchRepository, example: Data, **known: Data) -> RequestAnswers:
    """Return what a person gives for a request like `example`, of which `known` is known more."""
    start = _start(example, known)
    shape = skeleton(start, _rules(place, start))
    typed = len(_questions_to_type(place, shape))
    text = new_text(shape, place.kind.schema, "en", "")
    files = len(shape.open_routes) - typed
    return RequestAnswers(_ASKED + typed, files, len(text.splitlines()))


def later_answers(place: LaunchRepository, example: Data) -> Iterator[int]:
    """Yield how many answers each later stage asks for, where everything works as planned."""
    before: Data = {**example, "status": {"stage": "requested"}}
    given = 0
    for stage in LATER:
        rules = _rules(place, before, within=(STAGE[:1],))
        shape = skeleton(changed_at(before, STAGE, stage), rules, before)
        typed = len(_questions_to_type(place, shape))
        yield typed - given
        before, given = shape.data, typed


def closed_example(folder: Path) -> Data:
    """Return the request of an example that has come to its end."""
    for file in sorted(folder.glob("launches/*/request.yaml")):
        document = read(file.name, file.read_bytes())
        if isinstance(document, Document):
            data: Data = document.data
            if data["status"]["stage"] == "closed":
                return data
    message = f"{folder}: no closed request"
    raise ValueError(message)


def _rows(root: Path) -> Iterator[str]:
    for file in sorted(root.glob("examples/*/launches")):
        place, example = find_launch_repository(file.parent), closed_example(file.parent)
        later = " | ".join(str(count) for count in later_answers(place, example))
        process = example["spec"]["process"]
        if process == "product-launch":
            nothing = request_answers(place, example, risk="standard", backup=_no_backup())
            yield _row(f"`{process}`", "standard, no data", nothing, later)
        for risk in RISKS:
            yield _row(f"`{process}`", risk, request_answers(place, example, risk=risk), later)


def _row(process: str, risk: str, new: RequestAnswers, later: str) -> str:
    return f"| {process} | {risk} | {new.typed} | {new.files} | {new.lines} | {later} |"


def _no_backup() -> Data:
    """Return the backup plan of a launch that touches no data."""
    return [
        {"name": kind, "kind": kind, "none": {"reason": "TODO"}} for kind in ("database", "files")
    ]


def _start(example: Data, known: Data) -> Data:
    """Return what `new` knows once it has asked, for a person whom git knows."""
    spec = example["spec"]
    product = {key: spec["product"][key] for key in ("name", "version", "change")}
    people = {"requester": spec["people"]["requester"]}
    asked = {"process": spec["process"], "product": product, "risk": spec["risk"]}
    return {
        **{key: example[key] for key in ("apiVersion", "kind", "metadata")},
        "spec": {**asked, "people": people, "window": spec["window"], **known},
        "status": {"stage": "requested"},
    }


def _rules(place: LaunchRepository, data: Data, **limits: Data) -> GrowthRules:
    path = f"launches/{data['metadata']['name']}/request.yaml"
    return growth_rules(place, data, path, _asked_at(data), **limits)


def _asked_at(data: Data) -> datetime:
    """Return the day before the window, when an emergency may be asked for, too."""
    return instant(data["spec"]["window"]["start"]) - timedelta(days=1)


def _questions_to_type(place: LaunchRepository, shape: Skeleton) -> list[Any]:
    """Return the routes of open answers that no file gives."""
    outline = outline_of(place.kind.schema)
    questions = ((route, outline.at(route)) for route in shape.open_routes)
    return [route for route, inner in questions if inner is None or not inner.is_evidence]


def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    for pattern in _COUNTED_FROM:
        for file in sorted(root.glob(pattern)):
            digest.update(f"{file.relative_to(root).as_posix()}\n".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
