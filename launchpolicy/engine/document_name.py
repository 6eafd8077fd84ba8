"""What a kind calls one of its documents."""

from __future__ import annotations

from launchpolicy.documents.reading import Document
from launchpolicy.engine.context import path_data
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError
from launchpolicy.requests.kinds import Kind, value_at


def name_of(kind: Kind, document: Document) -> str:
    """Return what the kind's `id` expression gives; the document's path where that is no text."""
    if kind.id == "object.metadata.name":  # the shipped kind's, needed often
        name = value_at(document.data, ("metadata", "name"))
    else:
        name = _value_of(kind.id, document)
    return name if isinstance(name, str) and name else document.path


def _value_of(expression: str, document: Document) -> object:
    try:
        bindings = Bindings({"object": document.data, "path": path_data(document.path)})
        return bindings.evaluate(expression)
    except EvaluationError:
        return None
