"""Compare a ledger with every checkpoint that was kept of it, wherever that is (threat L1)."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from launchpolicy.ledger.checkpoint import Checkpoint
from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.operations.ledger import problems
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.copies.kept_checkpoint import (
    head_path,
    kept_heads,
    require_beginning,
    require_origin,
    strange_count,
)
from launchpolicy.operations.ledger.copies.kept_tips import KeptTip, remotes_ahead, tips_for
from launchpolicy.operations.ledger.problems import MalformedLedgerError, discrepancy_of
from launchpolicy.operations.ledger.verification.verification import Doubt
from launchpolicy.vocabulary.text import Text, quantity


def compare_with_kept(
    place: LedgerLocation, state: LedgerState, tips: Sequence[KeptTip]
) -> Generator[Discrepancy, None, int]:
    """Yield kept checkpoints that are not a beginning of the ledger; return how many were compared.

    A ledger that is only behind that of a remote was not cut off: `doubts_about_kept` says so.
    """
    count = 0
    ahead = set(remotes_ahead(place, state.files.commit))
    try:
        require_origin(place, state)
        for tip, checkpoint in _kept_of(place, state, tips):
            count += 1
            if checkpoint.size <= state.size or tip.remote not in ahead:
                require_beginning(state, checkpoint, _where(tip, state))
    except MalformedLedgerError as error:
        yield discrepancy_of(error, "")
    return count


def kept_sizes(
    place: LedgerLocation, state: LedgerState, tips: Sequence[KeptTip]
) -> Generator[Discrepancy, None, int]:
    """Yield where a kept checkpoint has more entries than the ledger; return how many were read."""
    count = 0
    for tip, checkpoint in _kept_of(place, state, tips):
        count += 1
        if checkpoint.size > state.size:
            error = problems.cut_off(checkpoint.size, state.size, _where(tip, state))
            yield discrepancy_of(error, "")
            break
    return count


def strange_notes(
    place: LedgerLocation, state: LedgerState, tips: Sequence[KeptTip]
) -> Iterator[Text]:
    """Yield where checkpoints are kept that no known key signed, and that accuse nobody."""
    if state.checkpoint is None:
        return
    for tip in tips_for(place, tuple(tips), state.files.commit):
        count = strange_count(place, state.checkpoint.origin, tip.commit)
        if count:
            yield Text(
                f"{quantity(count, 'checkpoint')} on {tip.name} "
                f"{'was' if count == 1 else 'were'} passed over: no configured key signed "
                f"{'it' if count == 1 else 'them'}. Find out who may push that branch.",
                f"{tip.name} 上有 {count} 个检查点未由已配置的密钥签名，未予采信。"
                "请查明谁能推送该分支。",
            )


def doubts_about_kept(
    place: LedgerLocation, state: LedgerState, tips: Sequence[KeptTip], count: int
) -> Iterator[Doubt]:
    """Yield why what is kept does not say that the ledger is whole."""
    if state.size == 0:
        return
    if count == 0:
        yield _nothing_kept(place, state)
    sizes = {tip.remote: checkpoint.size for tip, checkpoint in _latest(place, state, tips)}
    for remote in remotes_ahead(place, state.files.commit):
        if sizes.get(remote, 0) > state.size:
            yield _behind(place, remote)


def _kept_of(
    place: LedgerLocation, state: LedgerState, tips: Sequence[KeptTip]
) -> Iterator[tuple[KeptTip, Checkpoint]]:
    """Yield every kept checkpoint of the ledger once for each place, newest first.

    Raises:
        MalformedLedgerError: one of them is not right.
    """
    if state.checkpoint is None:
        return
    commits: set[str] = set()
    for tip in tips_for(place, tuple(tips), state.files.commit):
        for commit, checkpoint in kept_heads(place, state.checkpoint.origin, tip.commit):
            if commit not in commits:
                commits.add(commit)
                yield tip, checkpoint


def _latest(
    place: LedgerLocation, state: LedgerState, tips: Sequence[KeptTip]
) -> Iterator[tuple[KeptTip, Checkpoint]]:
    if state.checkpoint is None:
        return
    for tip in tips_for(place, tuple(tips), state.files.commit):
        kept = kept_heads(place, state.checkpoint.origin, tip.commit)
        for _, checkpoint in kept:
            yield tip, checkpoint
            break


def _where(tip: KeptTip, state: LedgerState) -> str:
    origin = state.checkpoint.origin if state.checkpoint is not None else ""
    return f"{tip.name}:{head_path(origin)}"


def _nothing_kept(place: LedgerLocation, state: LedgerState) -> Doubt:
    branch = place.settings.heads_branch
    if place.settings.heads_remote:
        source = place.settings.heads_remote
    else:
        source = place.remote.name if place.remote is not None else "origin"
    return Doubt(
        Text(
            f"No checkpoint is kept elsewhere: a ledger that was cut off would look the same as "
            f"this one of {state.size} entries.",
            f"未另存检查点：上线日志若被截断，看上去与这 {state.size} 条记录的日志并无二致。",
        ),
        Text(
            f"Fetch the branch of kept checkpoints: git fetch {source} {branch}:{branch}; or give "
            "one that you kept: --since FILE. If there is none, the next append keeps one.",
            f"请获取检查点分支：git fetch {source} {branch}:{branch}；"
            "或用 --since 指明您保存的检查点。若从未保存，下一次追加时会保存。",
        ),
    )


def _behind(place: LedgerLocation, remote: str) -> Doubt:
    branch = place.settings.branch
    return Doubt(
        Text(
            f"The ledger of this clone is behind {remote}/{branch}, which has more entries.",
            f"本克隆中的上线日志落后于 {remote}/{branch}，后者的记录更多。",
        ),
        Text(
            f"Verify that one with --remote {remote}, or bring this one up to date: "
            f"git fetch {remote} {branch}:{branch}",
            f"请用 --remote {remote} 验证后者，或更新本克隆：git fetch {remote} {branch}:{branch}",
        ),
    )
