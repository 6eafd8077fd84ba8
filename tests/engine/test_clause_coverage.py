"""Which clauses are served: gaps and wrong citations are never overlooked."""

from __future__ import annotations

import re

import pytest

from launchpolicy.engine.analysis.clause_coverage import measure_clauses
from launchpolicy.hosts import shipped_files
from launchpolicy.policy.clauses import Clause, Clauses, SourceDocument
from launchpolicy.vocabulary.text import Text
from tests.shared_data import shared_file

ONE = Text("one", "一")
CLAUSES = Clauses(
    (SourceDocument("D1", ONE, "launch"),), (Clause("D1.1", ONE), Clause("D1.2", ONE))
)


def test_a_clause_that_nothing_serves_is_a_gap() -> None:
    found = measure_clauses(CLAUSES, [], {"notice": ["D1.1"]}, {})

    assert [clause.id for clause in found.gaps] == ["D1.2"]


def test_a_ledger_fact_serves_a_clause() -> None:
    found = measure_clauses(CLAUSES, [], {"notice": ["D1.1"]}, {"log": ["D1.2"]})

    assert found.gaps == ()
    assert [row.ledger for row in found.rows] == [(), ("log",)]


def test_a_citation_of_a_clause_that_does_not_exist_is_found() -> None:
    found = measure_clauses(CLAUSES, [], {"notice": ["D1.1", "D1.3", "X9"]}, {})

    assert [(each.clause, each.by) for each in found.misquoted] == [("D1.3", "notice")]


def test_the_shipped_policies_are_counted() -> None:
    found = measure_clauses(shipped_files.clauses(), [shipped_files.pack("launch")], {}, {})

    rows = {row.clause.id: row for row in found.rows}
    assert "rollback-planned" in rows["D2.7"].policies
    assert "rollback-decided-in-time" in rows["D2.7"].policies
    assert "rollback-decided-in-time" not in rows["D2.7"].denying  # it only warns
    assert found.misquoted == ()


@pytest.mark.shared
def test_every_clause_of_the_requirements_is_listed() -> None:
    requirements = shared_file("requirements.md").read_text("utf-8")
    listed = {clause.id for clause in shipped_files.clauses().clauses}
    named = set(re.findall(r"\bD\d+\.\d+(?:\.\d+)*", requirements))

    chapters = {each for each in named - listed if any(c.startswith(f"{each}.") for c in listed)}
    assert named - chapters == listed - {"D5", "D7"}
    assert {"D5", "D7"} <= listed  # documents that the requirements do not divide
