"""Which fields of a document are looked at to find a fact out.

The facts about persons, texts and evidence follow marks of the schema; the others look at fields
of launch requests. Other kinds have none of these fields, and so no such reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from launchpolicy.documents.schema.fields import SchemaField
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.facts.evidence.references import places
from launchpolicy.facts.marked_places import MarkedPlace, person_places, text_places

FACT_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "calendar": (
        *("spec.window.start", "spec.window.end", "spec.process", "spec.risk"),
        *("spec.foresight.at", "spec.foresight.meeting.at"),
    ),
    "launches": (
        *("metadata.name", "spec.product.name", "spec.product.environment", "spec.product.version"),
        *("spec.window.start", "spec.window.end", "spec.risk", "spec.dependsOn"),
        *("spec.attempt.after", "spec.emergency.reviewBy", "status.stage", "status.review"),
        *("spec.content[].name", "spec.content[].reference", "status.cancellation.at"),
        *("status.execution.startedAt", "status.execution.finishedAt"),
        *("status.rollback.decidedAt", "status.rollback.finishedAt", "status.notice"),
        *("spec.infrastructure.racks[].name", "spec.infrastructure.racks[].room"),
        *(f"spec.infrastructure.racks[].mounts[].{key}" for key in ("position", "height")),
        *(f"spec.infrastructure.racks[].mounts[].{key}" for key in ("equipment", "face")),
        "spec.infrastructure.ports",
        *(f"spec.infrastructure.equipment[].{key}" for key in ("name", "serialNumber")),
        "spec.infrastructure.equipment[].assetNumber",
    ),
    "waiver": ("spec.policy", "spec.requests"),
}
"""By the fact: the routes of the fields, each with all that stands below it."""

_CUSTOMER: Final = ("spec.acceptance.customer.name", "spec.acceptance.customer.person")
"""What `people.customer` is found out from, besides the fields that are marked as persons."""


def fields_of_fact(fact: str, schema: Schema, fields: tuple[SchemaField, ...]) -> Iterator[int]:
    """Yield the numbers of the `fields` of `schema` that are looked at to find out `fact`."""
    routes = FACT_FIELDS.get(fact, _CUSTOMER if fact == "people" else ())
    for number, field in enumerate(fields):
        if any(_is_below(field.route, route) for route in routes):
            yield number
    if fact == "evidence":
        yield from _evidence(schema, fields)
    if fact in {"people", "texts"}:
        marks = schema.derive(person_places if fact == "people" else text_places)
        yield from _marked_fields(marks, fields)


def _is_below(route: str, above: str) -> bool:
    return route == above or route.startswith((f"{above}.", f"{above}[]"))


def _evidence(schema: Schema, fields: tuple[SchemaField, ...]) -> Iterator[int]:
    known = {tuple(step for step in steps if step != "[]") for steps in places(schema)}
    for number, field in enumerate(fields):
        if any(field.steps[:length] in known for length in range(1, len(field.steps) + 1)):
            yield number


def _marked_fields(marks: MarkedPlace, fields: tuple[SchemaField, ...]) -> Iterator[int]:
    for number, field in enumerate(fields):
        place: MarkedPlace | None = marks
        for step in field.steps:
            while place is not None and place.items is not None:
                place = place.items
            place = place.key(step) if place is not None else None
        while place is not None and place.items is not None:
            place = place.items
        if place is not None and place.mark is not None:
            yield number
