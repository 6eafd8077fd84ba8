from __future__ import annotations

from launchpolicy.facts.people import people_fact
from launchpolicy.policy.fact_shapes import FACTS, complete_fact, empty_fact
from launchpolicy.requests.directory import directory_of

DATA = {
    "people": [
        {"name": "li.wei", "display": "Li Wei", "department": "product"},
        {"name": "tang.yu", "display": "Tang Yu", "department": "finance"},
    ],
    "roles": {
        "dba": ["li.wei"],
        "department-head": {"product": ["li.wei"], "finance": ["tang.yu", "li.wei"]},
        "tester": {"product": ["li.wei"]},
    },
}


def test_without_a_directory_nobody_is_known() -> None:
    assert people_fact(None) == empty_fact(FACTS["people"])


def test_roles_held_per_department_are_roles_and_heads() -> None:
    fact = people_fact(directory_of(DATA))
    assert fact == {
        "known": True,
        "names": ["li.wei", "tang.yu"],
        "roles": {
            "dba": ["li.wei"],
            "department-head": ["li.wei", "tang.yu"],
            "tester": ["li.wei"],
        },
        "heads": {"product": ["li.wei"], "finance": ["tang.yu", "li.wei"]},
        "department": {"li.wei": "product", "tang.yu": "finance"},
        "named": [],
        "customer": {"departments": [], "persons": []},
    }
    assert complete_fact(FACTS["people"], fact) == fact
