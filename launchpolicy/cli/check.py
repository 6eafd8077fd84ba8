"""`launchpolicy check`: judge launch requests by hand, in the index, or between two commits."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen, say
from launchpolicy.cli.output import Output, OutputType, deliver_all, require_distinct
from launchpolicy.cli.progress import progress_bar
from launchpolicy.hosts import checking
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.situations import Question
from launchpolicy.reporters.registry import REPORTERS, View
from launchpolicy.vocabulary.text import LANGUAGES

if TYPE_CHECKING:  # loaded only for a check that is given a record
    from launchpolicy.facts.approvals.records import Collected


_NARROWEST = 40
_WIDEST = 120


_HELP = say(
    """Judge launch requests.

    PATHS are request files or folders in the work tree; without any, every request is judged.

    \b
      launchpolicy check                       the work tree
      launchpolicy check launches/LR-2026-0042 what you name
      launchpolicy check --staged              the index, against HEAD
      launchpolicy check --base origin/main    what HEAD changes since a base

    \b
    Exit codes: 0 pass, 1 blocked, 2 malformed, 3 undecided.
    """,
    """判定上线申请。

    PATHS 是工作区中的申请文件或目录；不指定时判定全部申请。

    \b
      launchpolicy check                       判定工作区
      launchpolicy check launches/LR-2026-0042 判定指定的申请
      launchpolicy check --staged              判定暂存区（与 HEAD 比较）
      launchpolicy check --base origin/main    判定 HEAD 相对基准的变更

    \b
    退出码：0 通过，1 阻断，2 格式错误，3 无法判定。
    """,
)


@click.command(help=_HELP)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--staged", is_flag=True, help=say("Judge the index.", "判定暂存区。"))
@click.option(
    "--base",
    metavar="REF",
    help=say(
        "The commit being merged into; rules come from it.", "被合并到的提交；规则取自该提交。"
    ),
)
@click.option(
    "--head", metavar="REF", help=say("The proposed commit (HEAD).", "待合并的提交（默认 HEAD）。")
)
@click.option(
    "--approvals",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say(
        "With --base: count the approvals that this record holds.",
        "与 --base 合用：计入该记录中的审批。",
    ),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(REPORTERS)),
    default="text",
    show_default=True,
    help=say("How to report.", "报告格式。"),
)
@click.option(
    "--output",
    "outputs",
    type=OutputType(),
    multiple=True,
    help=say(
        "A report into a file, beside --format; repeatable.",
        "将一份报告写入文件，与 --format 并行；可多次使用。",
    ),
)
@click.option("--lang", type=click.Choice(LANGUAGES), help=say("Language.", "语言。"))
@click.option(
    "--now",
    type=InstantType(),
    help=say("Judge as of this time instead of the clock's.", "以该时间代替当前时间进行判定。"),
)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto")
@click.option("--jobs", type=click.IntRange(1), help=say("Processes (all cores).", "进程数。"))
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help=say("Show what did not apply, too.", "同时列出不适用的策略。"),
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 (one parameter per option, as click wants them)
    ctx: click.Context,
    paths: tuple[Path, ...],
    base: str | None,
    head: str | None,
    approvals: Path | None,
    format_: str,
    outputs: tuple[Output, ...],
    lang: str | None,
    now: datetime | None,
    color: str,
    jobs: int | None,
    *,
    staged: bool,
    verbose: bool,
) -> int:
    """Gives the exit code of the report's verdict."""
    if (bool(paths), staged, base is not None).count(True) > 1 or (
        (head or approvals) and not base
    ):
        raise click.UsageError(
            say(
                "choose one of PATHS, --staged, or --base (with --head, --approvals)",
                "PATHS、--staged、--base（及 --head、--approvals）只能选择一种",
            ),
            ctx,
        )
    require_distinct(outputs, ctx)
    collected = _recorded(approvals) if approvals is not None else None
    question = Question(
        Path.cwd(), paths, staged, base, head or "HEAD", collected, by_hand=collected is not None
    )
    situation = checking.situation(question, now or clock_now())
    language = chosen(lang, situation.rules.configuration.language)
    with progress_bar(sys.stderr, len(situation.submissions), language) as progress:
        report = checking.report(situation, jobs, progress)
    view = View(
        language, width_of_terminal(), colour_wanted(color, sys.stdout), verbose, situation.folder
    )
    deliver_all(outputs, report, view)
    for text in REPORTERS[format_].load().render(report, view):
        click.echo(text, nl=False, color=True)
    return report.verdict.exit_code


def _recorded(file: Path) -> Collected:
    # Loaded here on purpose: few checks are given a record.
    from launchpolicy.hosts.approvals.recorded import read_record  # noqa: PLC0415

    return read_record(file)


def width_of_terminal() -> int:
    """Columns of the terminal; COLUMNS wins, as everywhere."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((100, 24)).columns))


def colour_wanted(choice: str, stream: IO[str]) -> bool:
    """Colour on a terminal, unless told otherwise (https://no-color.org)."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
