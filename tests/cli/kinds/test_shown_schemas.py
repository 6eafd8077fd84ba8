"""`launchpolicy schema KIND` for a kind that the repository declares."""

from __future__ import annotations

import json

from tests.cli.kinds.proposals import APPROVED, SCHEMA, Proposals, policy


def test_a_schema_that_refers_to_itself_is_shown_as_it_is_written(proposals: Proposals) -> None:
    properties = {**SCHEMA["properties"], "parts": {"type": "array", "items": {"$ref": "#"}}}
    schema = {**SCHEMA, "properties": properties}
    proposals.rules(policy("approved", APPROVED), schema=schema)
    proposals.begin()
    done = proposals.repository.run("schema", "Proposal")
    assert done.code == 0, done.complaint
    assert json.loads(done.output) == schema
