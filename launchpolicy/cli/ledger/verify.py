"""`launchpolicy ledger verify`: verify the ledger against itself and against the history."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from launchpolicy.cli.ignored_options import refuse_ignored
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import (
    LedgerOptions,
    cosigned_option,
    ledger_options,
    open_ledger,
    trust_option,
)
from launchpolicy.cli.ledger.proof_files import read_kept_checkpoint
from launchpolicy.cli.progress import progress_bar
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.sources.landing_sources import LandingSourceOptions, recorder_of
from launchpolicy.operations.ledger.sources.recorders import Recorder
from launchpolicy.operations.ledger.verification.verified_mark import (
    read_mark,
    remember,
)
from launchpolicy.operations.ledger.verification.verify import verify
from launchpolicy.operations.ledger.verification.verify_since import (
    Beginning,
)
from launchpolicy.reporters.ledger.verification import VerificationSummary, verification
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Verify the ledger: its tree, its checkpoint, the kept checkpoints, and against the history.

    Every landing of the history must have its entries, and every entry its landing; each landing is
    judged again by the rules of its time, unless --quick. With --github the reviews are asked for
    again: that finds a ledger which was forged before its first honest run. Rules in the ledger
    that came with no release that this program knows are a complaint, unless --trust-set names
    them. Where witnesses are configured, so many of them must have cosigned the checkpoint.

    With --since only what comes after a checkpoint is verified, which must be the beginning of the
    ledger: of a file, or `verified` for where this clone verified it last (the first time that is
    everything). What comes before it is not looked at again.

    \b
    Exit codes: 0 it verifies, 1 it does not (it says what and where), 2 usage, 3 undecided: also
    where no checkpoint is kept, so that a ledger which was cut off would not show.
    """,
    """验证上线日志：树、检查点、另存的检查点，并与历史比对。

    历史中的每次合并都必须有记录，每条记录都必须有对应的合并；
    除非使用 --quick，每次合并都会按当时的规则重新判定。使用 --github 时再次查询评审，
    可发现在首次正常运行之前就被伪造的上线日志。日志中的规则若并非本程序已知的发布版本所附带，
    则验证不通过，除非用 --trust-set 指明。配置了见证方时，检查点须有足够的联署。

    使用 --since 时只验证某个检查点之后的部分，该检查点必须是上线日志的开头：
    可写文件名，或写 `verified` 表示本克隆上次验证到的位置（首次则验证全部）。此前的部分不再检查。

    \b
    退出码：0 验证通过，1 未通过（并说明何处何事），2 用法错误，
    3 无法判定（包括未另存检查点、因而无法发现截断的情形）。
    """,
)
_VERIFIED = "verified"
"""How many entries there are is known only once the checkpoint has been read."""


@click.command(help=_HELP)
@ledger_options
@trust_option
@click.option(
    "--quick",
    is_flag=True,
    help=say("Judge nothing again.", "不重新判定。"),
)
@click.option(
    "--github",
    "asks_github",
    is_flag=True,
    help=say(
        "Ask GitHub for the reviews again, and compare (needs GITHUB_TOKEN).",
        "再次向 GitHub 查询评审并比对（需要 GITHUB_TOKEN）。",
    ),
)
@click.option(
    "--since",
    metavar="CHECKPOINT",
    help=say(
        "Verify what comes after this checkpoint: a file, or `verified`.",
        "仅验证该检查点之后的部分：文件名，或 `verified`。",
    ),
)
@cosigned_option
def command(
    options: LedgerOptions,
    *,
    trusted_sets: tuple[str, ...],
    quick: bool,
    asks_github: bool,
    since: str | None,
    cosigned_files: tuple[Path, ...],
) -> int:
    """Return 1 as soon as a single thing is not right, 3 where something is open, else 0."""
    if quick:
        refuse_ignored(("trusted_sets",), "--quick")
    with open_ledger(options) as (location, view):
        place = replace(location, trusted_sets=frozenset(trusted_sets))
        recorder = _recorder(place) if asks_github else None
        beginning = _beginning(place, since)
        cosigned = [read_kept_checkpoint(file) for file in cosigned_files]
        with progress_bar(sys.stderr, view.language) as progress:
            result = verify(
                place,
                replay=not quick,
                progress=progress,
                recorder=recorder,
                beginning=beginning,
                cosigned=cosigned,
            )
        if since == _VERIFIED:
            remember(place, result)
        counted = result.witnesses
        summary = VerificationSummary(
            checkpoint=result.checkpoint,
            is_signed=result.note is not None and result.note.is_signed,
            is_verified=result.is_verified,
            kept=result.kept,
            unsigned_count=result.unsigned_count,
            voids=result.voids,
            pending=len(result.pending),
            replayed=result.replayed,
            is_confirmed=result.is_confirmed,
            complaints=result.complaints,
            doubts=[(doubt.reason, doubt.remedy) for doubt in result.doubts],
            checked=result.checked,
            unchecked=result.unchecked,
            since=result.since,
            witnesses=(counted.signed, counted.missing) if counted is not None else None,
        )
        for line in verification(summary, view):
            click.echo(line, nl=False, color=True)
    return result.exit_code


def _recorder(place: LedgerLocation) -> Recorder:
    recorder = recorder_of(place, LandingSourceOptions(os.environ, "github"))
    if recorder is None:
        raise _not_from_github(place.configuration.approvals)
    return recorder


def _beginning(place: LedgerLocation, since: str | None) -> Beginning | None:
    """Return the beginning that was verified before, of a file or by this clone."""
    if since is None:
        return None
    if since != _VERIFIED:
        return Beginning(read_kept_checkpoint(Path(since)))
    mark = read_mark(place)
    return Beginning(mark, is_own=True) if mark is not None else None


def _not_from_github(source: str) -> UsageError:
    return UsageError(
        Text(
            f"Approvals come from `{source}` here, so GitHub has nothing to confirm.",
            f"此处的审批来自 `{source}`，无法向 GitHub 核对。",
        ),
        Text("Verify without --github.", "请去掉 --github 后验证。"),
    )
