"""What people call departments, roles and other things, by the ids that files use for them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.process_titles import PROCESS_TITLES
from launchpolicy.vocabulary.role_titles import TITLES, role_title
from launchpolicy.vocabulary.text import Text, without_gaps

NamedKind = Literal[
    "departments",
    "roles",
    "products",
    "systems",
    "environments",
    "businesses",
    "people",
    "steps",
    "rooms",
    "processes",
]
NAMED_KINDS: tuple[NamedKind, ...] = get_args(NamedKind)


class Names(NamedTuple):
    """Names in both languages: kind of thing → id → name."""

    by_kind: Mapping[str, Mapping[str, Text]] = MappingProxyType({})

    def name_of(self, kind: NamedKind, identifier: str) -> Text:
        """Return the name of a thing; its id in a language where it has no name.

        A role of the shipped packs and a shipped process have a Chinese title without being named.
        """
        name = self.by_kind.get(kind, {}).get(identifier)
        if name is not None:
            return name
        titles = {"roles": TITLES, "processes": PROCESS_TITLES}.get(kind, {})
        title = titles.get(identifier)
        return Text(identifier, identifier if title is None else title.zh)

    def role_names(self, roles: str) -> Text:
        """Return the names of roles: `a/b` is either of two, `a, b` is both."""
        for separator, chinese in ((", ", "、"), ("/", "/")):
            if separator in roles:
                names = [self.role_names(role) for role in roles.split(separator)]
                return Text(
                    separator.join(name.en for name in names),
                    chinese.join(name.zh for name in names),
                )
        return self.name_of("roles", roles)

    def role_title(self, roles: str) -> Text:
        """Return how papers write roles: with a capital, and in English never by an id.

        `a/b` is either of two.
        """
        if "/" in roles:
            titles = [self.role_title(role) for role in roles.split("/")]
            return Text(" or ".join(t.en for t in titles), "／".join(t.zh for t in titles))
        name = self.by_kind.get("roles", {}).get(roles) or role_title(roles)
        return Text(name.en[:1].upper() + name.en[1:], name.zh)

    def slot_name(self, role: str, department: str) -> Text:
        """Return the name of who has to approve: a role, of one department where it matters."""
        title = self.role_names(role)
        if not department:
            return title
        of = self.name_of("departments", department)
        return Text(f"{title.en} of {of.en}", without_gaps(f"{of.zh} 的{title.zh}"))


def with_id(name: Text, identifier: str) -> Text:
    """Return a name with its id in brackets, so that it can be looked up; an id without a name."""
    return Text(
        name.en if name.en == identifier else f"{name.en} ({identifier})",
        name.zh if name.zh == identifier else f"{name.zh}（{identifier}）",
    )


NO_NAMES = Names()
