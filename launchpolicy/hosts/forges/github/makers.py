"""Who made a pull request: who opened it, and who wrote, committed and pushed its commits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from launchpolicy.facts.approvals.records import (
    EMAIL,
    Account,
    CommitMakers,
    Participants,
    accounts_of,
)
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.accounts import WEB_COMMITTERS, account_of, author_of
from launchpolicy.hosts.forges.github.client import number_in, text_in, value_in
from launchpolicy.hosts.forges.github.pull import PullRequestId
from launchpolicy.hosts.forges.github.pushers import Push, pushers_of
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

Json = Any

_COMMITS = """
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      commits(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          commit {
            oid
            parents(first: 100) { totalCount nodes { oid } }
            authors(first: 100) { totalCount nodes { email user { databaseId login } } }
            committer { email user { databaseId login } }
          }
        }
      }
    }
  }
}
"""


@dataclass(frozen=True, slots=True)
class _ProposedCommit:
    """One commit of a pull request as GitHub shows it; its committer is nobody on the web."""

    oid: str
    parents: tuple[str, ...]
    authors: tuple[Account, ...]
    committers: tuple[Account, ...]


def participants_of_pull(
    pull: PullRequestId, state: dict[str, Json], event_push: Push | None
) -> Participants:
    """Return everybody who made a pull request.

    Where GitHub does not say who pushed, that is what the participants say: whether it matters is
    for the quorum.

    Raises:
        UndecidedError: GitHub leaves anything else unsaid.
    """
    opener, _ = author_of(pull.question("the author"), state)
    commits = [*_commits(pull)]
    if not commits:
        raise problems.odd_answer(pull.question("the commits"), "there are none")
    pushed_by: dict[str, tuple[Account, ...]] = {}
    unknown: Text | None = None
    try:
        parents = {commit.oid: commit.parents for commit in commits}
        pushed_by |= pushers_of(pull, state, parents, event_push)
    except UndecidedError as error:
        unknown = error.problem
    makers = tuple(
        CommitMakers(c.oid, c.authors, c.committers, pushed_by.get(c.oid, ())) for c in commits
    )
    return Participants(
        openers=(opener,),
        pushers=accounts_of(maker.pushers for maker in makers),
        authors=accounts_of(maker.authors for maker in makers),
        committers=accounts_of(maker.committers for maker in makers),
        unknown_pushers=unknown,
        commits=makers,
    )


def merge_participants(pulls: Sequence[Participants]) -> Participants:
    """Return the participants of all pull requests of a merge group."""
    unknown = (pull.unknown_pushers for pull in pulls if pull.unknown_pushers is not None)
    return Participants(
        openers=accounts_of(pull.openers for pull in pulls),
        pushers=accounts_of(pull.pushers for pull in pulls),
        authors=accounts_of(pull.authors for pull in pulls),
        committers=accounts_of(pull.committers for pull in pulls),
        unknown_pushers=next(unknown, None),
        commits=tuple(makers for pull in pulls for makers in pull.commits),
    )


def _commits(pull: PullRequestId) -> Iterator[_ProposedCommit]:
    asked = pull.question("the commits")
    for node in pull.connection("commits", _COMMITS):
        commit = value_in(asked, node, "commit")
        people = _whole(asked, commit, "authors", "not every author of a commit is named")
        if not people:
            raise problems.odd_answer(asked, "not every author of a commit is named")
        parents = _whole(asked, commit, "parents", "not every parent of a commit is named")
        committer = value_in(asked, commit, "committer")
        yield _ProposedCommit(
            oid=text_in(asked, commit, "oid"),
            parents=tuple(text_in(asked, parent, "oid") for parent in parents),
            authors=tuple(_identity(asked, person) for person in people),
            committers=() if _is_web(committer) else (_identity(asked, committer),),
        )


def _whole(asked: str, commit: Json, connection: str, problem: str) -> list[Json]:
    """Return the nodes of a connection of a commit, of which none may be left off."""
    inner = value_in(asked, commit, connection)
    nodes = value_in(asked, inner, "nodes")
    if not isinstance(nodes, list) or len(nodes) != number_in(asked, inner, "totalCount"):
        raise problems.odd_answer(asked, problem)
    return nodes


def _is_web(committer: Json) -> bool:
    """Return whether it was committed on GitHub's own pages."""
    named = committer if isinstance(committer, dict) else {}
    return named.get("user") is None and named.get("email") in WEB_COMMITTERS


def _identity(asked: str, actor: Json) -> Account:
    """Return a commit's author or committer: the account, or the address where there is none."""
    user = actor.get("user") if isinstance(actor, dict) else None
    if user is not None:
        return account_of(asked, user, "databaseId")
    address = text_in(asked, actor, "email")
    return Account(EMAIL, address.casefold(), address)
