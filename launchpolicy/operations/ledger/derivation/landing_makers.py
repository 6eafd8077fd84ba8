"""Find who wrote and merged a landing, and the reason that its commits give for a bypass.

What commits say of people proves nothing (threat G7): entries repeat it beside the approvals, which
are proved. It is made of the history and the record alone, so that every machine finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from launchpolicy.facts.approvals.file_names import FOLDER
from launchpolicy.facts.approvals.records import EMAIL
from launchpolicy.hosts.git.commits import Commit, commits_of
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.ledger.landing import Landing, LandingMakers
from launchpolicy.ledger.limits import shorten
from launchpolicy.ledger.records import CommitMaker
from launchpolicy.operations.ledger.derivation.group_landings import LandingSteps
from launchpolicy.operations.ledger.derivation.rules_over_time import StepRules
from launchpolicy.policy.edition import SECOND_EDITION

_REASON = re.compile(r"^bypass-reason[ \t]*:(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE | re.IGNORECASE)
"""The trailer, with the lines that continue it (git-interpret-trailers)."""

_SIDES = 2

_People = Mapping[tuple[str, str], str]
"""Whose an account or address is: (host, key) → id of the directory."""


def with_makers(
    landing: Landing,
    repository: Repository,
    group: LandingSteps,
    commits: Sequence[Commit],
    rules: StepRules,
) -> Landing:
    """Return the landing with its makers, if the edition of the rules enters them.

    `commits` are those that landed, newest first; the directory is that of the rules.

    Raises:
        UndecidedError: git cannot read a commit.
    """
    if rules.pack_set.edition <= SECOND_EDITION:
        return landing
    people = _people(rules)
    last = _last_commit(repository, group, commits)
    authors = dict.fromkeys(
        _maker(name, address, people)
        for commit in reversed(commits)
        if not _is_mere_merge(repository, commit) and not _is_of_approvals(repository, commit)
        for name, address in zip(commit.author_names, commit.authors, strict=True)
    )
    makers = LandingMakers(tuple(authors), _merger(landing, last, people), _reason(last, commits))
    return replace(landing, makers=makers)


def _last_commit(repository: Repository, group: LandingSteps, commits: Sequence[Commit]) -> Commit:
    """Return the commit that the branch was at after the landing."""
    oid = group.last.listed.commit
    known = next((commit for commit in commits if commit.oid == oid), None)
    return known or commits_of(repository, [oid])[0]


def _merger(landing: Landing, last: Commit, people: _People) -> CommitMaker:
    """Return who merged: as the host says, else the committer of the last commit."""
    login = landing.proposal.merged_by if landing.proposal is not None else ""
    if not login:
        return _maker(last.committer_name, last.committer, people)
    holders = {person for (_, key), person in people.items() if key == _login_key(login)}
    return CommitMaker(
        name=shorten(login), person=shorten(holders.pop()) if len(holders) == 1 else ""
    )


def _maker(name: str, address: str, people: _People) -> CommitMaker:
    person = people.get((EMAIL, address.casefold()), "")
    return CommitMaker(name=shorten(name), email=shorten(address), person=shorten(person))


def _people(rules: StepRules) -> dict[tuple[str, str], str]:
    """Return whose each address and login is; what two people claim is nobody's."""
    known = rules.people_and_calendar
    if known is None or known.directory is None:
        return {}
    people: dict[tuple[str, str], str] = {}
    for person in known.directory.people:
        marks = [(EMAIL, address.casefold()) for address in person.emails]
        marks += [(account.forge, _login_key(account.login)) for account in person.accounts]
        for mark in marks:
            people[mark] = person.name if people.get(mark, person.name) == person.name else ""
    return people


def _login_key(login: str) -> str:
    return f"login {login.casefold()}"


def _is_mere_merge(repository: Repository, commit: Commit) -> bool:
    """Return whether each file of a merge is as one of its sides has it.

    Only trees are compared, not merged again: what git makes of a merge depends on its version and
    settings, and entries may not.
    """
    if len(commit.parents) < _SIDES:
        return False
    trees = repository.trees
    merged = trees.of_commit(commit.oid)
    differing = [trees.compare(trees.of_commit(side), merged).keys() for side in commit.parents]
    return not frozenset(differing[0]).intersection(*differing[1:])


def _is_of_approvals(repository: Repository, commit: Commit) -> bool:
    """Return whether a commit changes nothing but signed approvals: who signs wrote no request."""
    if len(commit.parents) != 1:
        return False
    trees = repository.trees
    changed = trees.compare(trees.of_commit(commit.parents[0]), trees.of_commit(commit.oid))
    folder = f"/{FOLDER}/".encode()
    return bool(changed) and all(folder in b"/" + path for path in changed)


def _reason(last: Commit, commits: Iterable[Commit]) -> str:
    """Return the reason that the last commit gives, else the newest other commit with one."""
    return next(_reasons([last, *commits]), "")


def _reasons(commits: Iterable[Commit]) -> Iterator[str]:
    for commit in commits:
        for match in _REASON.finditer(commit.message):
            if text := " ".join(match[1].split()):
                yield shorten(text)
