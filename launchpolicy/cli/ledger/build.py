"""`launchpolicy ledger build`: make the whole ledger anew from history, and compare."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime

import click

from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import (
    LedgerOptions,
    ledger_options,
    open_ledger,
    trust_option,
)
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.ledger.append import AppendOptions
from launchpolicy.operations.ledger.build import build
from launchpolicy.operations.ledger.signing_key import signer_from
from launchpolicy.reporters.ledger.verification import checkpoint_line
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Make the whole ledger anew from the history, on a new BRANCH of this clone.

    What the present ledger has recorded about landings (the reviews on the host) is read; nothing
    else of it is. Any clone, time zone and locale gives the same bytes.

    \b
      launchpolicy ledger build rebuilt
      git diff --stat launch-ledger rebuilt     # nothing, if both are right

    \b
    Exit codes: 0 built, and like the ledger that is there, 1 built, and different, 2 usage,
    3 undecided.
    """,
    """根据历史在本克隆的新分支 BRANCH 上重新生成整个上线日志。

    只读取现有上线日志中为合并记录的事实（托管平台上的评审），不读取其他内容。
    在任何克隆、时区和语言环境下，生成的字节完全相同。

    \b
      launchpolicy ledger build rebuilt
      git diff --stat launch-ledger rebuilt     # 若两者都正确，则没有差异

    \b
    退出码：0 已生成且与现有上线日志一致，1 已生成但不同，2 用法错误，3 无法判定。
    """,
)


@click.command(help=_HELP)
@click.argument("branch")
@ledger_options
@trust_option
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
def command(
    options: LedgerOptions, *, trusted_sets: tuple[str, ...], branch: str, now: datetime | None
) -> int:
    """Return 1 where the present ledger is not the one that was built, else 0."""
    with open_ledger(options) as (location, view):
        place = replace(location, trusted_sets=frozenset(trusted_sets))
        writing = AppendOptions(signer_from(os.environ), lambda: now or clock_now())
        result = build(place, branch, writing)
        line = checkpoint_line(result.checkpoint, is_signed=result.is_signed)
        click.echo(line.in_language(view.language))
        message = _ANSWERS[result.is_same]
        click.echo(message.in_language(view.language))
    return 1 if result.is_same is False else 0


_ANSWERS = {
    None: Text("There was no ledger to compare it with.", "没有可供比较的上线日志。"),
    True: Text(
        "The ledger that is there is the beginning of it, byte for byte.",
        "现有上线日志与其开头逐字节相同。",
    ),
    False: Text(
        "It is NOT like the ledger that is there; `launchpolicy ledger verify` says where.",
        "与现有上线日志不同；`launchpolicy ledger verify` 会指出差异所在。",
    ),
}
