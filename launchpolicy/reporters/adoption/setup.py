"""Hold the answers that the first files of a launch repository need."""

from __future__ import annotations

from dataclasses import dataclass

from launchpolicy.policy.processes import BASE_PACK, Process
from launchpolicy.policy.role_demands import RoleDemand
from launchpolicy.vocabulary.text import Language


@dataclass(frozen=True, slots=True)
class Program:
    """The commit of launchpolicy that hooks and workflows run.

    `address` is the URL that pre-commit clones. `action` is OWNER/REPO on GitHub, "" where the
    program does not come from there.
    """

    address: str
    commit: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class SetupAuthor:
    """The person who sets the repository up, as git and SSH know them; `keys` are public.

    `github_id` is 0 and `github_login` is "" where nothing says which account is theirs.
    """

    name: str
    display: str
    email: str = ""
    keys: tuple[str, ...] = ()
    github_id: int = 0
    github_login: str = ""


@dataclass(frozen=True, slots=True)
class Setup:
    """The answers from which the first files are written.

    `folder` is the launch repository's folder from the top of the git repository, "" for the top.
    `country` is "" where no public holidays count, `timezone` an IANA name. `rules` are the roles
    that approve changes of the rules. `owner` is who reviews them on GitHub, as CODEOWNERS writes
    it; "" without GitHub. `year_end` are the two ends of an example of a freeze, as date-times.
    `vaults` are the places where backups may be kept, none where any place will do.
    `conditional_roles` are asked for only where a request names a person for such a duty.
    """

    processes: tuple[Process, ...]
    source: str
    language: Language
    country: str
    timezone: str
    rules: tuple[str, ...]
    roles: tuple[RoleDemand, ...]
    person: SetupAuthor
    branch: str
    year_end: tuple[str, str]
    folder: str = ""
    owner: str = ""
    program: Program | None = None
    vaults: tuple[str, ...] = ()
    conditional_roles: tuple[RoleDemand, ...] = ()

    @property
    def mandatory(self) -> tuple[str, ...]:
        """Return the pack that no process can leave out, where every process has it."""
        is_shared = all(BASE_PACK in process.packs for process in self.processes)
        return (BASE_PACK,) if is_shared else ()
