"""Who made the change must be known where they may not approve it (threats N5, N6)."""

from __future__ import annotations

import pytest

from launchpolicy.facts.approvals.exclusion import barred_by
from launchpolicy.facts.approvals.record_file import approval_record_of, record_data
from launchpolicy.facts.approvals.records import (
    EMAIL,
    Account,
    ApprovalRecord,
    CommitMakers,
    Participants,
)
from launchpolicy.facts.approvals.roster import Roster, roster_of
from launchpolicy.facts.approvals.slots import QuorumError
from launchpolicy.policy.quorum import quorum_of
from launchpolicy.requests.accounts import Outsider
from launchpolicy.requests.configuration import configuration_of
from launchpolicy.requests.directory import directory_of
from launchpolicy.vocabulary.text import Text

PEOPLE = {
    "people": [
        {
            "name": "ann",
            "display": "Ann",
            "department": "data",
            "accounts": {
                "github": [{"id": 1, "login": "ann"}, {"id": 2, "login": "ann-of-another-company"}]
            },
        },
        {"name": "bob", "display": "Bob", "department": "data"},
    ],
    "roles": {"dba": ["ann", "bob"]},
}
ANN, SECOND = Account("github", "1", "ann"), Account("github", "2", "ann-of-another-company")
STRANGER = Account("github", "666", "stranger")
BOT = Account("github", "41898282", "github-actions[bot]")
GHOST = Account("github", "", "ghost")
BOT_ADDRESS = Account(EMAIL, "bot@example.com", "Bot@example.com")


def company(*outsiders: Outsider) -> Roster:
    return roster_of(directory_of(PEOPLE), outsiders=outsiders)


def barred(made_by: Participants, roster: Roster, *exclude: str) -> set[str]:
    quorum = quorum_of({"role": "dba", "exclude": list(exclude)})
    return set(barred_by(quorum, {}, [], made_by, roster))


PARTS = {
    "opener": Participants(openers=(STRANGER,)),
    "pusher": Participants(pushers=(STRANGER,)),
    "authors": Participants(authors=(STRANGER,)),
    "committers": Participants(committers=(STRANGER,)),
}


@pytest.mark.parametrize(("word", "made_by"), PARTS.items(), ids=PARTS.keys())
def test_an_account_of_nobody_is_undecided_where_it_could_be_an_approvers_second_one(
    word: str, made_by: Participants
) -> None:
    with pytest.raises(QuorumError, match=r"stranger.*`approvals\.outsiders`"):
        barred(made_by, company(), word)


@pytest.mark.parametrize(("word", "made_by"), PARTS.items(), ids=PARTS.keys())
def test_an_account_of_nobody_matters_only_where_it_is_excluded(
    word: str, made_by: Participants
) -> None:
    others = [other for other in PARTS if other != word]
    assert barred(made_by, company(), *others) == set()


@pytest.mark.parametrize("account", [BOT, GHOST])
def test_a_bot_or_a_deleted_account_that_pushes_is_undecided(account: Account) -> None:
    with pytest.raises(QuorumError):
        barred(Participants(pushers=(account,)), company(), "pusher")


def test_a_bot_and_an_outsider_that_the_base_names_bar_nobody() -> None:
    configuration = configuration_of(
        {
            "approvals": {
                "bots": [
                    {
                        "accounts": {"github": {"id": 41898282, "login": "github-actions[bot]"}},
                        "emails": ["Bot@Example.com"],
                    }
                ],
                "outsiders": [{"accounts": {"github": [{"id": 666, "login": "x"}]}}],
            }
        }
    )
    made_by = Participants(openers=(BOT,), pushers=(STRANGER,), authors=(BOT_ADDRESS,))
    roster = company(*configuration.outsiders)
    assert barred(made_by, roster, "opener", "pusher", "authors") == set()


def test_a_person_whom_the_base_names_as_an_outsider_too_is_still_barred() -> None:
    outsiders = configuration_of(
        {"approvals": {"bots": [{"accounts": {"github": {"id": 1, "login": "ann"}}}]}}
    ).outsiders
    assert barred(Participants(pushers=(ANN,)), company(*outsiders), "pusher") == {"ann"}


def test_the_second_account_of_a_person_is_that_person() -> None:
    assert barred(Participants(pushers=(SECOND,)), company(), "pusher") == {"ann"}


UNKNOWN = Text("GitHub does not say who pushed commit 1.", "GitHub 未说明提交 1 由谁推送。")


def test_pushers_of_whom_the_host_says_nothing_leave_it_undecided_with_a_remedy() -> None:
    with pytest.raises(QuorumError, match="unknown who did: GitHub does not say") as raised:
        barred(Participants(unknown_pushers=UNKNOWN), company(), "opener", "pusher")
    assert raised.value.fix is not None
    assert raised.value.fix.zh


def test_who_pushed_matters_only_where_the_pusher_is_excluded() -> None:
    assert barred(Participants(unknown_pushers=UNKNOWN), company(), "opener", "authors") == set()


def test_a_landing_that_an_earlier_version_recorded_is_judged_as_it_was_then() -> None:
    made_by = Participants(openers=(STRANGER,), pushers=(BOT,), is_of_earlier_version=True)
    assert barred(made_by, company(), "opener", "pusher") == set()


def test_who_made_each_commit_is_the_same_after_it_was_recorded() -> None:
    made_by = Participants(
        openers=(GHOST,),
        unknown_pushers=UNKNOWN,
        commits=(CommitMakers("a" * 40, (ANN,), (), (SECOND,)), CommitMakers("b" * 40)),
    )
    collected = ApprovalRecord("github", (), made_by)
    assert approval_record_of(record_data(collected)) == collected
