"""What sources say about who approved and who took part, before anybody is counted.

A source (reviews on a forge, signed files, a recorded file) speaks of accounts; which person an
account belongs to is decided later, by the directory at the base (design section 8).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from launchpolicy.vocabulary.text import Text

SSH: Final = "ssh"
EMAIL: Final = "email"


class Account(NamedTuple):
    """One identity: `key` is compared, `shown` is only read.

    `host` is the id of a forge, SSH or EMAIL. The key is the numeric account id on the forge (a
    login can be given to someone else, threat P6), the fingerprint `SHA256:…` of an SSH key, or a
    case-folded e-mail address.
    """

    host: str
    key: str
    shown: str


class ReviewState(enum.StrEnum):
    """An opinion that someone stands by; mere comments are none."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes-requested"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class SubmittedReview:
    """One opinion as a source tells it.

    It is bound either to a `commit` (then it is about every request as it stands there) or to the
    approval `digest` of the one request called `request`. `where` says how a person finds it again
    ("review 8012 of pull request 7", a path); `number` rises with every review of a forge, 0 where
    reviews have none. `roles` are those it is given for; none means every
    role that the person holds. `void` says why the source itself knows that it cannot count (a
    bot, a signature that does not hold).
    """

    account: Account
    state: ReviewState
    at: datetime
    where: str
    commit: str = ""
    request: str = ""
    digest: str = ""
    roles: tuple[str, ...] = ()
    expires: datetime | None = None
    void: Text | None = None
    number: int = 0


class CommitMakers(NamedTuple):
    """Who made one commit: who wrote it, committed it, and pushed it."""

    commit: str
    authors: tuple[Account, ...] = ()
    committers: tuple[Account, ...] = ()
    pushers: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Participants:
    """Who made the change, by what each of them did; one may stand in several.

    `openers` opened the pull request, `pushers` pushed one of its commits, `authors` and
    `committers` are those of its commits (co-authors are authors). `unknown_pushers` says why it
    is not known of every commit who pushed it; None where it is known, or where the source has no
    pushes. `commits` says the same commit by commit, empty where the source does not.
    `is_of_earlier_version` is for a landing that was recorded by a version which passed over
    accounts that nobody has: it is judged again as it was then.
    """

    openers: tuple[Account, ...] = ()
    pushers: tuple[Account, ...] = ()
    authors: tuple[Account, ...] = ()
    committers: tuple[Account, ...] = ()
    unknown_pushers: Text | None = None
    commits: tuple[CommitMakers, ...] = ()
    is_of_earlier_version: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalRecord:
    """Everything one source says about one change. `source` is its id in the registry.

    `is_from_file` is whether a file that the caller named says so, maybe of an earlier state.
    """

    source: str
    reviews: tuple[SubmittedReview, ...] = ()
    participants: Participants = field(default=Participants())
    is_from_file: bool = False


def accounts_of(groups: Iterable[tuple[Account, ...]]) -> tuple[Account, ...]:
    """Return the accounts of several groups, each once, in their order."""
    return tuple(dict.fromkeys(account for group in groups for account in group))
