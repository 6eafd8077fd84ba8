"""`launchpolicy ledger build`: make the whole ledger anew from history, and compare."""

from __future__ import annotations

import os
from collections.abc import Iterator
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
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.ledger.branch.signing_key import signer_from
from launchpolicy.operations.ledger.growth.append import AppendOptions
from launchpolicy.operations.ledger.growth.build import BuildResult, build
from launchpolicy.operations.ledger.growth.compare_built import Contradiction
from launchpolicy.operations.ledger.sources.landing_sources import LandingSourceOptions, recorder_of
from launchpolicy.reporters.ledger.verification import checkpoint_line
from launchpolicy.vocabulary.text import Text, listing

_HELP = say(
    """Build the whole ledger again from the history, on a new BRANCH of this clone.

    What the present ledger has recorded about landings (the reviews on the host) is read; nothing
    else of it is. Where its branch is gone, or a record is, the copy beside the kept checkpoint is
    read, and with --github GitHub is asked about what is still missing. Any clone, time zone and
    locale gives the same bytes. The result must begin with every kept checkpoint.

    \b
      launchpolicy ledger build rebuilt
      git diff --stat launch-ledger rebuilt     # nothing, if both are right

    \b
    Exit codes: 0 built, and like the ledger that is there and what was kept of it, 1 built, and
    different, 2 usage, 3 undecided.
    """,
    """根据历史在本克隆的新分支 BRANCH 上重新生成整个上线日志。

    只读取现有上线日志中为合并登记的事实（托管平台上的评审），不读取其他内容。
    若该分支或某份登记已丢失，则读取检查点旁的副本；仍缺少的，可用 --github 再次向 GitHub 查询。
    在任何克隆、时区和语言环境下，生成的字节完全相同。结果必须以每个另存的检查点为开头。

    \b
      launchpolicy ledger build rebuilt
      git diff --stat launch-ledger rebuilt     # 若两者都正确，则没有差异

    \b
    退出码：0 已生成且与现有上线日志及另存的检查点一致，1 已生成但不同，2 用法错误，3 无法判定。
    """,
)


@click.command(help=_HELP)
@click.argument("branch")
@ledger_options
@trust_option
@click.option(
    "--github",
    "asks_github",
    is_flag=True,
    help=say(
        "Ask GitHub about landings of which no record is left (needs GITHUB_TOKEN).",
        "对没有留下登记的合并，再次向 GitHub 查询（需要 GITHUB_TOKEN）。",
    ),
)
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
def command(
    options: LedgerOptions,
    *,
    trusted_sets: tuple[str, ...],
    branch: str,
    asks_github: bool,
    now: datetime | None,
) -> int:
    """Return 1 where what was built is not the present ledger, or not what was kept; else 0."""
    with open_ledger(options) as (location, view):
        place = replace(location, trusted_sets=frozenset(trusted_sets))
        sources = LandingSourceOptions(os.environ, "github" if asks_github else "")
        writing = AppendOptions(
            signer_from(os.environ), lambda: now or clock_now(), recorder_of(place, sources)
        )
        result = build(place, branch, writing)
        click.echo(
            checkpoint_line(result.checkpoint, is_signed=result.is_signed).in_language(
                view.language
            )
        )
        for message in _messages(result, branch, place.settings.branch):
            print_prose(message.in_language(view.language))
    return result.exit_code


def _messages(result: BuildResult, branch: str, ledger: str) -> Iterator[Text]:
    """Yield how what was built compares with the present ledger and with what was kept."""
    if result.is_same is not None:
        yield _ANSWERS[result.is_same]
    for path in result.missing:
        yield Text(f"A record is missing: {path}", f"缺少登记：{path}")
    if result.contradiction is not None:
        yield from _contradiction(result.contradiction)
    elif result.kept:
        yield Text(
            f"It begins with every checkpoint that was kept ({result.kept}).",
            f"与另存的 {result.kept} 个检查点一致。",
        )
    if result.is_same is None and result.contradiction is None:
        yield _how_to_restore(branch, ledger) if result.kept else _NOTHING


def _contradiction(contradiction: Contradiction) -> Iterator[Text]:
    yield Text(
        f"It is ANOTHER ledger: {contradiction.where} keeps a checkpoint of "
        f"{contradiction.size} entries that it does not begin with.",
        f"这是另一份上线日志：{contradiction.where} 保存的检查点含 {contradiction.size} 条记录，"
        "与其开头不符。",
    )
    after = contradiction.agrees_until
    yield Text(
        f"What was kept agrees with it up to entry {after}; what comes after differs.",
        f"前 {after} 条记录与所保存的一致，其后不同。",
    )
    if contradiction.unrecorded:
        listed = listing(contradiction.unrecorded)
        yield Text(
            f"Of these landings nothing is recorded, neither in the ledger nor beside the "
            f"checkpoint: {listed.en}. Fetch the branches from a clone that has them, or ask the "
            "host again: --github.",
            f"以下合并没有任何登记，上线日志与检查点旁均无：{listed.zh}。"
            "请从仍有这些分支的克隆获取，或再次向平台查询：--github。",
        )


def _how_to_restore(branch: str, ledger: str) -> Text:
    return Text(
        f"The ledger is gone, and this is what it was. Restore it: "
        f"git push origin {branch}:{ledger}",
        f"上线日志已丢失，此即其内容。恢复方法：git push origin {branch}:{ledger}",
    )


_ANSWERS = {
    True: Text(
        "The ledger that is there is the beginning of it, byte for byte.",
        "现有上线日志与其开头逐字节相同。",
    ),
    False: Text(
        "It is NOT like the ledger that is there; `launchpolicy ledger verify` says where.",
        "与现有上线日志不同；`launchpolicy ledger verify` 会指出差异所在。",
    ),
}
_NOTHING = Text(
    "There was no ledger and no kept checkpoint, so nothing to compare it with.",
    "没有可供比较的上线日志，也没有另存的检查点。",
)
