"""Accounts on forges, as people.yaml and the configuration write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Route


class ForgeAccount(NamedTuple):
    """An account on one forge; `number` stays when `login` changes."""

    forge: str
    number: int
    login: str


class Outsider(NamedTuple):
    """A bot, or a person who takes part in changes and approves nothing."""

    accounts: tuple[ForgeAccount, ...] = ()
    emails: tuple[str, ...] = ()


def accounts_of(data: Mapping[str, Any]) -> tuple[ForgeAccount, ...]:
    """Return the accounts of the entry `accounts`: on each forge one, or a list."""
    written = data.get("accounts", {})
    return tuple(
        ForgeAccount(forge, account["id"], account["login"])
        for forge, one_or_more in written.items()
        for account in (one_or_more if isinstance(one_or_more, list) else [one_or_more])
    )


def account_places(data: Mapping[str, Any]) -> Iterator[tuple[str, Route, Mapping[str, Any]]]:
    """Yield the forge of each account, its route below the one it belongs to, and its fields."""
    for forge, one_or_more in data.get("accounts", {}).items():
        route: Route = ("accounts", forge)
        if isinstance(one_or_more, list):
            for index, account in enumerate(one_or_more):
                yield forge, (*route, index), account
        else:
            yield forge, route, one_or_more


def outsider_of(data: Mapping[str, Any]) -> Outsider:
    """Return a bot or outsider of the configuration."""
    return Outsider(accounts_of(data), tuple(data.get("emails", ())))
