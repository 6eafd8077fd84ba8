"""Which source is asked about landings when they are recorded: a forge, a push, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.hosts.git.repository import is_oid
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.sources.forge_landings import ForgeRecorder
from launchpolicy.operations.ledger.sources.push_records import push_record
from launchpolicy.operations.ledger.sources.recorders import Recorder
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class LandingSourceOptions:
    """What to ask: a forge, by its id ("" for none), and which push brought the latest commits.

    `environ` is the environment of the forge's workflow or pipeline.
    """

    environ: Mapping[str, str]
    forge: str = ""
    landed_after: str | None = None


def recorder_of(place: LedgerLocation, asked: LandingSourceOptions) -> Recorder | None:
    """Return the source to ask about new landings; None where there is none.

    The forge is asked only where approvals come from there; what it says of landings is exact, so
    the push is not looked at then.

    Raises:
        UsageError: what was pushed is not said as a commit.
        UndecidedError: the environment does not say which repository and branch.
    """
    if asked.forge and place.configuration.approvals == asked.forge:
        return ForgeRecorder(place, FORGES[asked.forge].load().open_landings(asked.environ))
    after = asked.landed_after
    if after is None:
        return None
    if not is_oid(after):
        raise _no_commit(after)
    return lambda new: push_record(new, after)


def _no_commit(after: str) -> UsageError:
    return UsageError(
        Text(f"{after} is no whole commit id.", f"{after} 不是完整的提交编号。"),
        Text("Give the `before` of the push event.", "请填写 push 事件中的 before。"),
    )
