"""Facts about what the schema of a kind marks: the persons and the texts of a request."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.facts.facts import Facts
from launchpolicy.facts.generic_texts import generic_texts
from launchpolicy.facts.marked_places import marked_texts
from launchpolicy.facts.people_named import people_named
from launchpolicy.facts.placeholders import placeholders
from launchpolicy.facts.refusals import refusals
from launchpolicy.policy.edition import EDITION, SEVENTH_EDITION
from launchpolicy.requests.directory import Deputy


def with_marked_facts(
    facts: Facts,
    schema: Schema,
    versions: tuple[Any, Any],
    words: Collection[str] | None = (),
    *,
    edition: int = EDITION,
    deputies: Collection[Deputy] = (),
) -> Facts:
    """Return `facts` with `people.named`, and with those of `texts` where a policy reads it.

    Args:
        facts: the others; `people` says who there is.
        schema: of the kind of the request.
        versions: the request, and the one before it or None, as plain data.
        words: the placeholders of the configuration; None where no policy reads the fact `texts`.
        edition: that of the program by which the request is judged (`policy.edition`).
        deputies: who stands for whom, and when.
    """
    new, old = versions
    standing = deputies if edition > SEVENTH_EDITION else ()
    named = people_named(schema, new, old, facts.people, standing)
    facts = facts._replace(people={**facts.people, "named": named})
    if words is None:
        return facts
    texts = marked_texts(schema, new, old)
    blanks = placeholders(new, texts, words, edition)
    generic, against = generic_texts(texts, edition), refusals(new, texts, edition)
    return facts._replace(texts={"placeholders": blanks, "generic": generic, "refusals": against})
