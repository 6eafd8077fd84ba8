"""Accounts on GitHub: their home, their number and their login."""

from __future__ import annotations

from typing import Any

from launchpolicy.facts.approvals.records import Account
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.client import number_in, text_in
from launchpolicy.vocabulary.text import Text

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


def author_of(asked: str, node: Json) -> tuple[Account, Text | None]:
    """Return the account of an author, and why its opinion cannot count (threat P3)."""
    if "author" not in node:  # null is a deleted account, nothing at all is half an answer
        raise problems.odd_answer(asked, "`author` is missing")
    author = node["author"]
    if author is None:
        ghost = account_without_number("ghost")
        return ghost, Text("comes from a deleted account", "来自已删除的账号")
    login, kind = text_in(asked, author, "login"), text_in(asked, author, "__typename")
    if kind != "User":
        is_numbered = kind == "Bot" and author.get("databaseId") is not None
        account = (
            account_of(asked, author, "databaseId")
            if is_numbered
            else account_without_number(login)
        )
        return account, Text(f"comes from no person, but a {kind}", f"并非由人给出（{kind}）")
    return account_of(asked, author, "databaseId"), None
