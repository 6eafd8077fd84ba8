"""The launch repository in which requests are written: its rules, its branch, who works in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from launchpolicy.hosts.git.branch_tips import remote_names
from launchpolicy.hosts.git.checked_out import current_branch
from launchpolicy.hosts.git.repository import Repository, find_top, open_repository
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import load_directory
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import Kind

KIND = "LaunchRequest"


@dataclass(frozen=True, slots=True)
class LaunchRepository:
    """The launch repository in which a request is made: its rules, and who makes it.

    `requester` is the person whose e-mail address git has, "" if the directory has no such person;
    `branch` is the one that is checked out, and `remote` where it is pushed to: "" without one.
    """

    root: Path
    rules: PackSet
    directory: Directory | None
    requester: str
    branch: str = ""
    remote: str = ""

    @property
    def processes(self) -> tuple[str, ...]:
        return tuple(self.rules.configuration.processes)

    @property
    def kind(self) -> Kind:
        return self.rules.kinds[KIND]


def find_launch_repository(start: Path) -> LaunchRepository:
    """Return the launch repository above `start`.

    Raises:
        LaunchpolicyError: there is none, or its rules are not right.
    """
    root = require_launch_root(start)
    files = work_tree(root)
    rules = load_rules(files)
    directory = load_directory(files, rules.configuration.paths)
    if find_top(root) is None:
        return LaunchRepository(root, rules, directory, "")
    with open_repository(root) as repository:
        requester = _requester(repository, directory)
        remotes = remote_names(repository)
        remote = "origin" if "origin" in remotes else next(iter(remotes), "")
        return LaunchRepository(
            root, rules, directory, requester, current_branch(repository), remote
        )


def _requester(repository: Repository, directory: Directory | None) -> str:
    if directory is None:
        return ""
    email = repository.git.run("config", "--get", "user.email").output.decode(errors="replace")
    names_by_address = {
        address.casefold(): person.name for person in directory.people for address in person.emails
    }
    return names_by_address.get(email.strip().casefold(), "")
