"""Where mail goes: departments, partners, roles and persons of the directory."""

from __future__ import annotations

import pytest

from launchpolicy.requests.directory import directory_of
from launchpolicy.requests.mail_addresses import recipients_of
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Text

DIRECTORY = directory_of(
    {
        "people": [
            {
                "name": "tang.yu",
                "display": {"en": "Tang Yu", "zh": "唐钰"},
                "department": "customer-service",
                "emails": ["tang.yu@example.com", "ty@example.com"],
            },
            {"name": "guo.hao", "display": "Guo Hao", "department": "finance"},
        ],
        "roles": {
            "department-head": {"customer-service": ["tang.yu"], "finance": ["guo.hao"]},
            "regional-manager": ["tang.yu"],
            "customer-service": ["guo.hao"],
        },
        "addresses": {
            "departments": {"paper-partners": "launches@partner.example"},
            "roles": {"company-leadership": "leaders@example.com"},
        },
    }
)
NAMES = Names({"departments": {"paper-partners": Text("Paper Partners", "纸业伙伴")}})


@pytest.mark.parametrize(
    ("identifier", "addresses"),
    [
        pytest.param("paper-partners", ["launches@partner.example"], id="a partner"),
        pytest.param("customer-service", ["tang.yu@example.com"], id="a department by its head"),
        pytest.param("company-leadership", ["leaders@example.com"], id="a role by its address"),
        pytest.param("regional-manager", ["tang.yu@example.com"], id="a role by its holders"),
        pytest.param("tang.yu", ["tang.yu@example.com"], id="a person"),
    ],
)
def test_each_kind_of_recipient_has_its_address(identifier: str, addresses: list[str]) -> None:
    recipients = recipients_of([identifier], DIRECTORY, NAMES)

    assert [mailbox.address for mailbox in recipients.mailboxes] == addresses
    assert recipients.without_address == ()


@pytest.mark.parametrize("identifier", ["finance", "moon", "guo.hao"])
def test_a_recipient_without_an_address_is_not_lost_silently(identifier: str) -> None:
    recipients = recipients_of(["customer-service", identifier], DIRECTORY, NAMES)

    assert recipients.without_address == (identifier,)


def test_nobody_gets_a_mail_twice() -> None:
    both = recipients_of(["customer-service", "regional-manager", "tang.yu"], DIRECTORY, NAMES)

    assert [mailbox.address for mailbox in both.mailboxes] == ["tang.yu@example.com"]
    assert both.mailboxes[0].name == Text("Tang Yu", "唐钰")
