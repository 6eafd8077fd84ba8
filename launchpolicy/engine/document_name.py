"""What a kind calls one of its documents."""

from __future__ import annotations

from launchpolicy.documents.reading import Document
from launchpolicy.engine.context import path_data
from launchpolicy.policy.cel.runtime import VARIABLES, Bindings, EvaluationError
from launchpolicy.requests.kinds import Kind, value_at

_NOT_IN_NAMES = frozenset(VARIABLES) - {"object", "path"}


def name_of(kind: Kind, document: Document, bindings: Bindings | None = None) -> str:
    """Return what the kind's `id` expression gives; the document's path where that is no text.

    `bindings` are those of the document's policies, if there are any: they hold more than an `id`
    may name, so they serve only one that certainly names nothing else.
    """
    if kind.id == "object.metadata.name":  # the shipped kind's, needed often
        name = value_at(document.data, ("metadata", "name"))
    else:
        name = _value_of(kind.id, document, bindings)
    return name if isinstance(name, str) and name else document.path


def _value_of(expression: str, document: Document, shared: Bindings | None) -> object:
    try:
        if shared is not None and not any(name in expression for name in _NOT_IN_NAMES):
            return shared.evaluate(expression)
        bindings = Bindings({"object": document.data, "path": path_data(document.path)})
        return bindings.evaluate(expression)
    except EvaluationError:
        return None
