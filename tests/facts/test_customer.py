"""The accepting customer: which words mean someone of the directory, and which only look so."""

from __future__ import annotations

import pytest

from launchpolicy.facts.customer import customer_fact
from launchpolicy.requests.directory import directory_of
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Text

DIRECTORY = directory_of(
    {
        "people": [
            {
                "name": "fang.hao",
                "display": {"en": "Fang Hao", "zh": "方浩"},
                "department": "development",
                "emails": ["fang.hao@example.com"],
            },
            {
                "name": "guo.hao",
                "display": {"en": "Guo Hao", "zh": "郭浩"},
                "department": "finance",
            },
        ]
    }
)
NAMES = Names({"departments": {"development": Text("Development", "研发部")}})


def fact(name: object, person: object) -> dict[str, list[str]]:
    data = {"spec": {"acceptance": {"customer": {"name": name, "person": person}}}}
    return customer_fact(data, DIRECTORY, NAMES)


@pytest.mark.parametrize(
    "person",
    [
        "fang.hao",
        "Fang Hao",
        "FANG  HAO ",
        "方浩",
        "Fang Hao (development)",
        "研发部 方浩",
        "方浩（研发部）",
        "fang.hao@example.com",
        "Fang Hao / Guo Hao",
    ],
)
def test_a_developer_is_known_by_any_spelling(person: str) -> None:
    assert "fang.hao" in fact("finance", person)["persons"]


@pytest.mark.parametrize("person", ["Fang Haoran", "方浩然", "Hao", "", None, 7])
def test_another_name_is_nobody_of_the_directory(person: object) -> None:
    assert fact("finance", person)["persons"] == []


@pytest.mark.parametrize(
    "name",
    [
        "development",
        "Development",
        "the Development department",
        "研发部",
        "研发部计费组",
        "X (研发部)",
    ],
)
def test_a_department_is_known_by_any_spelling(name: str) -> None:
    assert fact(name, "Guo Hao")["departments"] == ["development"]


@pytest.mark.parametrize("name", ["Development Bank of Asia", "华发研发部件公司", "Acme", None])
def test_a_company_of_a_similar_name_is_no_department(name: object) -> None:
    assert fact(name, "Guo Hao")["departments"] == []


def test_a_request_without_customer_means_nobody() -> None:
    assert customer_fact({}, DIRECTORY, NAMES) == {"departments": [], "persons": []}
