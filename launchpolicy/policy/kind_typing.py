"""The CEL types of what the policies about a kind may name: its fields, the facts, the data."""

from __future__ import annotations

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.cel.descriptors import KindTypes, kind_types
from launchpolicy.policy.data_types import DATA
from launchpolicy.policy.fact_shapes import FACTS
from launchpolicy.requests.kinds import Kind


def types_of(kind: Kind) -> KindTypes:
    """Return the types of a kind's fields, of the facts and of the data documents."""
    if kind.data.values:
        return kind.data.typed.derive(_types_with_data)
    return kind.schema.derive(_types)


def _types(schema: Schema) -> KindTypes:
    return kind_types(schema, FACTS)


def _types_with_data(combined: Schema) -> KindTypes:
    return kind_types(combined, {**FACTS, "data": combined[DATA]})
