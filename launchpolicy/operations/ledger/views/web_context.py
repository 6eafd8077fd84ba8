"""What a site says of the repository that it is made from: its web pages, and as of when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.hosts.forges.web_pages import PAGES
from launchpolicy.hosts.git.commits import commits_of
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import LedgerState


@dataclass(frozen=True, slots=True)
class WebContext:
    """When the ledger was last written to, and the web pages of the repository.

    `addresses` are the patterns of its forge, none where it is on no forge that is known. `prefix`
    is the launch root in it, "" or a folder that ends with `/`.
    """

    as_of: datetime | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """Return what is known, as plain data."""
        known = {"repository": self.addresses.get("repository", ""), "prefix": self.prefix}
        if self.as_of is not None:
            known["asOf"] = self.as_of.isoformat()
        return {name: value for name, value in known.items() if value}


NO_WEB = WebContext()


def web_context(place: LedgerLocation, state: LedgerState, now: datetime | None) -> WebContext:
    """Return what a site says of its repository; `now` replaces the time of the last append."""
    as_of = now
    if as_of is None and state.files.commit is not None:
        (commit,) = commits_of(place.repository, [state.files.commit])
        as_of = commit.authored_at
    return WebContext(as_of, _addresses(place), place.prefix)


def _addresses(place: LedgerLocation) -> Mapping[str, str]:
    """Return the pages of the repository by the configuration, the ledger's remote, or `origin`."""
    repository, software = place.settings.web
    if software in PAGES:
        return PAGES[software](repository)._asdict()
    remote = place.remote.name if place.remote is not None else "origin"
    answer = place.repository.git.run("remote", "get-url", "--", remote)
    output = answer.output.decode("utf-8", "replace").strip() if answer.code == 0 else remote
    for registration in FORGES.values():
        addresses = registration.load().web_addresses(output)
        if addresses is not None:
            return addresses._asdict()
    return {}
