"""Facts about what the schema of a kind marks: the persons and the texts of a request."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.facts.facts import Facts
from launchpolicy.facts.people_named import people_named
from launchpolicy.facts.placeholders import placeholders
from launchpolicy.policy.edition import EDITION


def with_marked_facts(
    facts: Facts,
    schema: Schema,
    versions: tuple[Any, Any],
    words: Collection[str] = (),
    *,
    reads_texts: bool = True,
    edition: int = EDITION,
) -> Facts:
    """Return `facts` with `people.named`, and with `texts.placeholders` where a policy reads it.

    Args:
        facts: the others; `people` says who there is.
        schema: of the kind of the request.
        versions: the request, and the one before it or None, as plain data.
        words: the placeholders of the configuration.
        reads_texts: whether some policy reads the fact `texts`.
        edition: that of the program by which the request is judged (`policy.edition`).
    """
    new, old = versions
    named = people_named(schema, new, old, facts.people)
    facts = facts._replace(people={**facts.people, "named": named})
    if not reads_texts:
        return facts
    blanks = placeholders(schema, new, old, words, edition)
    return facts._replace(texts={"placeholders": blanks})
