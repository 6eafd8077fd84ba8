"""`launchpolicy policy replay`: judge every past landing by other rules."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.colour import colour_option, is_colour_wanted, width_of_terminal
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.output import print_pieces
from launchpolicy.cli.period import PeriodEndType
from launchpolicy.cli.policy.options import format_option, jobs_option
from launchpolicy.cli.progress import progress_bar
from launchpolicy.engine.analysis.decision_changes import Replay
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.operations.replay.executors import PROCESSES
from launchpolicy.operations.replay.past_landings import ReplayPeriod
from launchpolicy.operations.replay.replay import ReplayOptions, replay
from launchpolicy.reporters.replay.json_v1 import as_json
from launchpolicy.reporters.replay.markdown import as_markdown
from launchpolicy.reporters.replay.text import render
from launchpolicy.reporters.reporter import ReaderView

_FORMATS = ("text", "json", "markdown")


@click.command(
    help=say(
        """Judge every past landing by other rules: which would have been decided otherwise.

        Judged is what landed on the main branch, by the packs, kinds and configuration of the work
        tree, or of --rules. People, calendar, waivers, approvals and the time are those of each
        landing. The verdicts stand beside those of the rules of the time, or of --against.

        \b
        Exit codes: 0 judged, whatever differs; 2 the rules or the options are wrong; 3 a landing
        could not be judged, or the ledger says otherwise than its own rules.
        """,
        """用其他规则重新判定以往的每次合入：哪些结果会不同。

        判定主分支上合入的内容，所用策略包、文档类型和配置取自工作区或 --rules 指定的提交；
        人员、日历、豁免、审批和时间均为当时的情况。结果与当时的规则（或 --against 的规则）对照。

        \b
        退出码：0 已判定（无论有无不同）；2 规则或选项有误；
        3 有合入无法判定，或上线日志与其自身规则不符。
        """,
    )
)
@click.option(
    "--rules",
    metavar="REF",
    help=say(
        "The commit whose rules judge.  [default: the work tree]",
        "提供规则的提交。[默认：工作区]",
    ),
)
@click.option(
    "--against",
    metavar="REF",
    help=say(
        "The commit whose rules are compared with.  [default: those of each landing's time]",
        "用于对照的规则所在提交。[默认：各次合入当时的规则]",
    ),
)
@click.option(
    "--of",
    "branch",
    metavar="REF",
    help=say(
        "The branch whose landings are judged.  [default: the main branch]",
        "判定其合入的分支。[默认：主分支]",
    ),
)
@click.option(
    "--since",
    type=PeriodEndType(is_end=False),
    help=say("Only landings from this day on.", "仅限该日及之后的合入。"),
)
@click.option(
    "--until",
    type=PeriodEndType(is_end=True),
    help=say("Only landings up to this day.", "仅限该日及之前的合入。"),
)
@click.option(
    "--latest",
    type=click.IntRange(1),
    metavar="NUMBER",
    help=say("Only so many landings, the last ones.", "仅限最近的若干次合入。"),
)
@click.option(
    "--executor",
    default=PROCESSES,
    show_default=True,
    metavar="processes|dask:ADDRESS",
    help=say(
        "Where to judge: processes here, or a Dask cluster.",
        "在何处判定：本机进程，或 Dask 集群。",
    ),
)
@jobs_option()
@format_option(_FORMATS)
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help=say(
        "List landings of which only a policy differs, too.", "同时列出仅策略结果不同的合入。"
    ),
)
@language_option()
@colour_option()
@directory_option()
def command(  # noqa: PLR0913 (one parameter for each option)
    *,
    rules: str | None,
    against: str | None,
    branch: str | None,
    since: datetime | None,
    until: datetime | None,
    latest: int | None,
    executor: str,
    jobs: int,
    format_: str,
    verbose: bool,
    lang: str | None,
    color: str,
) -> int:
    """Return 3 when a landing could not be judged, else 0."""
    language = chosen_language(lang)
    period = ReplayPeriod(since, until, latest)
    options = ReplayOptions(rules, against, branch, period, executor, jobs)
    root = require_launch_root(Path.cwd())
    with open_repository(root) as repository:
        result = replay(repository, root, options, lambda: progress_bar(sys.stderr, language))
    is_coloured = is_colour_wanted(color, sys.stdout)
    view = ReaderView(language, width_of_terminal(), is_coloured, verbose)
    print_pieces(format_, _pieces(result, format_, view))
    return 0 if result.is_decided else 3


def _pieces(result: Replay, format_: str, view: ReaderView) -> Iterable[str]:
    if format_ == "json":
        return [as_json(result)]
    if format_ == "markdown":
        return [as_markdown(result, view.language)]
    return render(result, view)
