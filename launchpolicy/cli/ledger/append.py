"""`launchpolicy ledger append`: record what has landed since the last entry."""

from __future__ import annotations

import os
import sys
from datetime import datetime

import click

from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.cli.progress import ERASE_LINE
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.ledger.launches import NumberedEntry
from launchpolicy.operations.ledger.branch.signing_key import signer_from
from launchpolicy.operations.ledger.growth.append import AppendOptions, AppendResult, append
from launchpolicy.operations.ledger.sources.landing_sources import LandingSourceOptions, recorder_of
from launchpolicy.operations.ledger.views.render import current_names
from launchpolicy.reporters.ledger.text import event
from launchpolicy.reporters.ledger.verification import checkpoint_line, warnings
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Text, quantity

_HELP = say(
    """Record every launch event merged since the last entry; run it after each merge.

    Existing entries are never repeated, so it can run at any time.
    With --remote the ledger's branch is fetched and pushed, never with force: of two runs at once
    the later one begins anew. The signing key is read from LAUNCHPOLICY_LEDGER_KEY. A long run is
    saved every few hundred entries: one that was killed goes on from there. What is not as it
    should be in the ledger before (strange files, changed pages, nothing kept of it) is a warning.

    \b
      launchpolicy ledger append
      launchpolicy ledger append --remote origin --github

    \b
    Exit codes: 0 the ledger is up to date, 1 it is damaged, 2 usage, 3 undecided; run it again.
    """,
    """把上一条记录之后合入的所有上线事件记入上线日志；每次合并后运行。

    已有的记录不会重复，因此可随时反复运行。指定 --remote 时会获取并推送上线日志分支，
    绝不强制推送：同时运行的两个任务中较晚的一个会重新开始。
    签名密钥取自环境变量 LAUNCHPOLICY_LEDGER_KEY。耗时较长的追加每数百条保存一次，
    被中断后从该处继续。原有日志中的异常（多余的文件、被改动的页面、未另存检查点）会给出警告。

    \b
      launchpolicy ledger append
      launchpolicy ledger append --remote origin --github

    \b
    退出码：0 上线日志已是最新，1 上线日志已损坏，2 用法错误，3 无法判定（请重新运行）。
    """,
)


@click.command(help=_HELP)
@ledger_options
@click.option(
    "--github",
    "asks_github",
    is_flag=True,
    help=say(
        "Ask GitHub for the reviews of what was merged, and keep them (needs GITHUB_TOKEN).",
        "向 GitHub 查询已合并内容的评审并存档（需要 GITHUB_TOKEN）。",
    ),
)
@click.option(
    "--landed-after",
    metavar="COMMIT",
    help=say(
        "What was pushed together: the commits after this one, if dated within ten minutes. "
        "GitHub's `before` of a push.",
        "一并推送的提交：该提交之后的全部提交（日期相差不超过十分钟；即 push 事件中的 before）。",
    ),
)
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
def command(
    options: LedgerOptions, *, asks_github: bool, landed_after: str | None, now: datetime | None
) -> int:
    """Print what was recorded; return 0, also where nothing is new."""
    with open_ledger(options) as (place, view):
        sources = LandingSourceOptions(os.environ, "github" if asks_github else "", landed_after)
        writing = AppendOptions(
            signer_from(os.environ),
            lambda: now or clock_now(),
            recorder_of(place, sources),
            progress=_print_count if sys.stderr.isatty() else None,
        )
        done = append(place, writing)
        if sys.stderr.isatty():
            click.echo(ERASE_LINE, nl=False, err=True)
        _print_result(done, view, current_names(place))
        if done.noticed is not None:
            noticed = done.noticed
            doubts = [(doubt.reason, doubt.remedy) for doubt in noticed.doubts]
            for line in warnings(noticed.complaints, doubts, noticed.checked, view):
                click.echo(line, nl=False, err=True, color=True)
    return 0


def _print_count(count: int) -> None:
    """Print the number of entries on one line of a terminal: a whole history takes its time."""
    click.echo(f"\r{count} … ", nl=False, err=True)


def _print_result(done: AppendResult, view: ReaderView, names: Names) -> None:
    first = done.state.size - len(done.latest)
    if done.count > len(done.latest):
        more = done.count - len(done.latest)
        print_prose(Text(f"… {more} more", f"……另有 {more} 条").in_language(view.language))
    for number, entry in enumerate(done.latest, start=first):
        for line in event(NumberedEntry(number, entry), view, names, with_name=True):
            click.echo(line, nl=False, color=True)
    messages = [
        Text(f"{quantity(done.count, 'entry', 'entries')} appended.", f"新增 {done.count} 条记录。")
    ]
    if done.state.checkpoint is not None and done.state.note is not None:
        messages.append(checkpoint_line(done.state.checkpoint, is_signed=done.state.note.is_signed))
    for text in messages:
        print_prose(text.in_language(view.language))
