"""What a site says of the repository that it is made from: its web address, and as of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from launchpolicy.hosts.forges.github.addresses import github_name
from launchpolicy.hosts.git.commits import commits_of
from launchpolicy.operations.ledger.location import LedgerLocation
from launchpolicy.operations.ledger.state import LedgerState


@dataclass(frozen=True, slots=True)
class WebContext:
    """When the ledger was last written to, and where the repository is on the web.

    `repository` is its address on GitHub, "" for every other host: no links are made then. `prefix`
    is the launch root in it, "" or a folder that ends with `/`.
    """

    as_of: datetime | None = None
    repository: str = ""
    prefix: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """Return what is known, as plain data."""
        known = {"repository": self.repository, "prefix": self.prefix}
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
    name = _github_name(place)
    address = f"https://github.com/{name}" if name else ""
    return WebContext(as_of, address, place.prefix if address else "")


def _github_name(place: LedgerLocation) -> str:
    """Return OWNER/REPO by the remote of the ledger, else by `origin`; "" where it is elsewhere."""
    remote = place.remote.name if place.remote is not None else "origin"
    if name := github_name(remote):
        return name
    answer = place.repository.git.run("remote", "get-url", "--", remote)
    return github_name(answer.output.decode("utf-8", "replace")) if answer.code == 0 else ""
