"""Accounts on GitHub: their home, their number and their login."""

from __future__ import annotations

from typing import Any

from launchpolicy.facts.approvals.records import Account
from launchpolicy.hosts.forges.github.client import number_in, text_in

Json = Any

ID = "github"
WEB_COMMITTERS = frozenset({"noreply@github.com"})
"""GitHub's own committer of what is merged or edited on its pages; the author is a person."""


def account_of(asked: str, user: Json, number: str) -> Account:
    """Return the account of a user; `number` is the key of its numeric id.

    Raises:
        UndecidedError: its number or login is missing.
    """
    return Account(ID, str(number_in(asked, user, number)), text_in(asked, user, "login"))


def account_without_number(login: str) -> Account:
    """Return an account that belongs to no person: a bot's, or one that was deleted."""
    return Account(ID, "", login)
