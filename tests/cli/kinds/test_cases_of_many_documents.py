"""Cases about one document of a file: the others of its file are there as well."""

from __future__ import annotations

import pytest

from tests.cli.kinds.proposals import Proposals, policy

PATH = "old/all.yaml"
ALONE = policy(
    "alone",
    {
        "expression": (
            "lookups.all.filter(one, one.object.number != "
            "(change.operation == 'delete' ? oldObject.number : object.number)).size() == 1"
        ),
        "messageExpression": {"en": "string(lookups.all.size())"},
    },
    match={"operations": ["create", "update", "delete"]},
    lookups=[{"name": "all", "kind": "Proposal", "files": "old/*.yaml"}],
)
HEAD = """\
apiVersion: launchpolicy/v1
kind: PolicyTest
metadata: {name: alone}
spec:
  object: cases/one.yaml
  path: old/all.yaml
  files: {old/all.yaml: "number: '1'\\ntitle: x\\n---\\nnumber: '2'\\n"}
  oldFiles: {old/all.yaml: "number: '2'\\n"}
  cases:
"""
CASES = {
    "it takes the place of the one of its id": "{name: a, expect: passed}",
    "it comes beside the others": (
        "{name: a, set: {number: '3'}, expect: failed, says: '3'}"  # 1, 2 and itself
    ),
    "a file of its own": "{name: a, files: {}, expect: failed, says: '1'}",
    "a file that cannot be read is that of the case": (
        "{name: a, files: {old/all.yaml: '['}, expect: failed, says: '1'}"
    ),
    "a deletion takes it away": ("{name: a, old: cases/one.yaml, delete: true, expect: passed}"),
    "a deletion of the only one takes the file away": (
        "{name: a, old: cases/one.yaml, delete: true, expect: failed, says: '0', "
        "files: {old/all.yaml: \"number: '1'\\n\"}}"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_other_documents_of_the_file_stay(proposals: Proposals, case: str) -> None:
    proposals.rules(ALONE, documents="many")
    proposals.write("policies/own/cases/one.yaml", "number: '1'\napprovers: [li.wei]\n")
    others = "    - {name: update, old: cases/one.yaml, expect: passed}\n"
    others += "    - {name: two alone, set: {number: '2'}, expect: passed}\n"
    proposals.write("policies/own/alone.test.yaml", f"{HEAD}    - {case}\n{others}")
    done = proposals.repository.run("policy", "test", "policies/own", "--verbose")
    assert "  ✓ a (" in done.output, done.output
    assert "Traceback" not in done.complaint
    assert done.complaint == ""
