"""`launchpolicy check`: judge launch requests by hand, in the index, or between two commits."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.colour import colour_option, is_colour_wanted, width_of_terminal
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.output import (
    Output,
    OutputType,
    deliver_all,
    print_report,
    report_what_stopped,
    require_distinct,
)
from launchpolicy.cli.progress import progress_bar
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.check import run as checking
from launchpolicy.operations.check.check_input import CheckOptions
from launchpolicy.reporters.registry import REPORTERS, ReaderView
from launchpolicy.vocabulary.errors import LaunchpolicyError

if TYPE_CHECKING:  # loaded only for a completion, and for a check that is given a record
    from click.shell_completion import CompletionItem

    from launchpolicy.facts.approvals.records import ApprovalRecord


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


def _completions(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from launchpolicy.cli.completion_values import requests  # noqa: PLC0415 (no check needs it)

    return requests(ctx, param, incomplete)


@click.command(help=_HELP)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), shell_complete=_completions)
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
    type=ChoiceType(list(REPORTERS)),
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
@language_option()
@click.option(
    "--now",
    type=InstantType(),
    help=say("Judge as of this time instead of the clock's.", "以该时间代替当前时间进行判定。"),
)
@colour_option()
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help=say("Processes (all cores).", "进程数。")
)
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help=say("Show what did not apply, too.", "同时列出不适用的策略。"),
)
@click.option(
    "-q",
    "--quiet",
    is_flag=True,
    help=say(
        "As text: nothing on a pass, otherwise the findings only.",
        "文本格式：通过时不输出，否则只输出问题。",
    ),
)
@directory_option()
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
    quiet: bool,
) -> int:
    """Return the exit code of the report's verdict."""
    _require_one_situation(ctx)
    require_distinct(outputs, ctx)
    moment = now or clock_now()
    view = ReaderView(
        chosen_language(lang),
        width_of_terminal(),
        is_colour_wanted(color, sys.stdout),
        verbose,
        quiet=quiet,
    )
    options = CheckOptions(
        Path.cwd(), paths, staged, base, head or "HEAD", in_parts=True, jobs=jobs
    )
    try:
        options = options._replace(paths=tuple(map(_path_of, paths)))
        if approvals is not None:
            options = options._replace(collected=_read_record(approvals), by_hand=True)
        check_input = checking.collect_input(options, moment)
        language = chosen_language(lang, check_input.rules.configuration.language)
        with progress_bar(sys.stderr, language) as progress:
            report = checking.run_check(check_input, jobs, progress)
    except LaunchpolicyError as error:
        report_what_stopped(error, options, moment, (format_, outputs, view))
        raise
    view = view._replace(language=language, prefix=check_input.prefix)
    deliver_all(outputs, report, view)
    print_report(format_, report, view)
    return report.verdict.exit_code


def _path_of(path: Path) -> Path:
    """Return a path as it was given, or that of the request which has this name."""
    if len(path.parts) != 1 or os.path.lexists(path):
        return path
    # Loaded here on purpose: most requests are named by their path.
    from launchpolicy.operations.request_names import request_named  # noqa: PLC0415

    return request_named(Path.cwd(), path.name) or path


def _require_one_situation(ctx: click.Context) -> None:
    """Require one situation: the work tree, the index, or a change between two commits.

    Raises:
        click.UsageError: the options ask for several, or for half of one.
    """
    given = ctx.params
    if Path("-") in given["paths"]:
        raise click.UsageError(
            say(
                "check does not read standard input: the rules, the evidence and the older"
                " version of a request are those of its repository. Save it there, and name the"
                " file.",
                "check 不从标准输入读取：规则、证据和申请的旧版本都取自其所在仓库。"
                "请将申请保存到仓库中，并指定该文件。",
            ),
            ctx,
        )
    for option in ("head", "approvals"):
        if given[option] is not None and given["base"] is None:
            raise click.UsageError(
                say(
                    f"--{option} needs --base: name the commit that is merged into, for example"
                    " --base origin/main.",
                    f"--{option} 需要与 --base 一起使用：请指定被合并到的提交，"
                    "例如 --base origin/main。",
                ),
                ctx,
            )
    if (bool(given["paths"]), given["staged"], given["base"] is not None).count(True) > 1:
        raise click.UsageError(
            say(
                "choose one of PATHS, --staged, or --base (with --head, --approvals)",
                "PATHS、--staged、--base（及 --head、--approvals）只能选择一种",
            ),
            ctx,
        )


def _read_record(file: Path) -> ApprovalRecord:
    # Loaded here on purpose: few checks are given a record.
    from launchpolicy.operations.approvals.record_file import read_record  # noqa: PLC0415

    return read_record(file)
