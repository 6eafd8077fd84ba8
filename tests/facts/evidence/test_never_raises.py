"""Whatever stands where in a report, a reader answers: it never raises, and never runs away."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.facts.evidence.reading import read_evidence

KEYS = st.sampled_from(
    ["rules", "ruleIndex", "ruleId", "rule", "index", "level", "kind", "properties", "id", "guid",
     "security-severity", "ruleConfigurationOverrides", "descriptor", "configuration", "provenance",
     "invocationIndex", "suppressions", "status", "toolComponent", "driver", "extensions", "_type",
     "predicateType", "predicate", "payload", "payloadType", "signatures", "bundle", "dsseEnvelope",
     "passedTests", "failedTests", "subject", "digest", "externalPropertyFileReferences"]
)  # fmt: skip
VALUES = st.sampled_from(
    [None, True, -1, 0, 1, 3.5, "9.8", "error", "fail", "2.1.0", "application/vnd.in-toto+json",
     "https://in-toto.io/Statement/v1", "https://in-toto.io/attestation/test-result/v0.1", "PASSED"]
)  # fmt: skip
ANYTHING = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)
OBJECTS = st.dictionaries(KEYS, ANYTHING, max_size=6)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["tests", "failures", "skipped", "status", "name", "time", "timestamp", "hits",
                     "number", "line-rate", "branch-rate", "condition-coverage", "message"]),
    st.sampled_from(["", "0", "1", "9" * 15, "-1", "run", "failed", "0,5", "NaN", "(1/2)", "²",
                     "2019-01-01T00:00:00", "TEST_CASE tagged with !mayfail"]),
    max_size=4,
)  # fmt: skip
NAMES = ["testsuite", "testcase", "failure", "skipped", "flakyFailure", "class", "lines", "line"]


def element(name: str, attributes: dict[str, str], inner: list[str]) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inner)}</{name}>"


ELEMENTS = st.recursive(
    st.builds(element, st.sampled_from(NAMES), ATTRIBUTES, st.just([])),
    lambda inner: st.builds(element, st.sampled_from(NAMES), ATTRIBUTES, st.lists(inner)),
    max_leaves=10,
)


@given(OBJECTS, OBJECTS, st.lists(OBJECTS, max_size=3), ANYTHING)
def test_a_log_of_anything_is_read_or_refused(
    run: Any, tool: Any, results: Any, invocations: Any
) -> None:
    whole = {**run, "tool": tool, "results": results, "invocations": invocations}
    for log in (run, {"version": "2.1.0", "runs": [whole, run]}):
        assert read_evidence("sarif", "a.sarif", json.dumps(log).encode(), {})


@given(OBJECTS, OBJECTS)
def test_a_statement_of_anything_is_read_or_refused(one: Any, two: Any) -> None:
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
    }
    for value in ({**statement, **one}, {**statement, "predicate": {"result": "PASSED", **one}}):
        lines = f"{json.dumps(value)}\n{json.dumps(two)}\n"
        for written in (json.dumps(value), lines):
            assert read_evidence("in-toto", "a.json", written.encode(), {})


@given(st.sampled_from([("junit", "testsuite"), ("cobertura", "coverage")]), ATTRIBUTES, ELEMENTS)
def test_elements_of_any_kind_are_read_or_refused(
    kind: tuple[str, str], attributes: dict[str, str], inner: str
) -> None:
    written = element(kind[1], attributes, [inner])
    assert read_evidence(kind[0], "a.xml", written.encode(), {})
