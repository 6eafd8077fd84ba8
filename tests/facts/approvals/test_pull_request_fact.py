"""Who opened and wrote a change, as policies can ask."""

from __future__ import annotations

import pytest

from launchpolicy.facts.approvals.pull_request import pull_request_fact
from launchpolicy.facts.approvals.records import Participants
from launchpolicy.facts.approvals.roster import Roster
from tests.facts.approvals.test_exclusion import ANN, BOT, SECOND, STRANGER, company


def test_persons_are_named_once_and_accounts_of_nobody_not_at_all() -> None:
    made_by = Participants(openers=(STRANGER,), authors=(ANN, SECOND, BOT))
    fact = pull_request_fact(made_by, company())
    assert fact == {"known": True, "openers": [], "authors": ["ann"]}


@pytest.mark.parametrize(
    ("made_by", "roster"),
    [(Participants(), company()), (Participants(openers=(ANN,)), None)],
    ids=["nobody is named", "there is no directory"],
)
def test_it_is_unknown_where(made_by: Participants, roster: Roster | None) -> None:
    assert pull_request_fact(made_by, roster) == {"known": False, "openers": [], "authors": []}
