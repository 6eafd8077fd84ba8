"""`launchpolicy github`: the check of a pull request, in a workflow."""

from __future__ import annotations

import json
import os
import secrets
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.ignored_options import refuse_ignored
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
from launchpolicy.cli.prose import print_prose
from launchpolicy.facts.approvals.record_file import record_data
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.hosts.output_files import append, deliver
from launchpolicy.hosts.write_errors import ANOTHER_FILE, explain_write_errors
from launchpolicy.operations.check.check_input import CheckOptions
from launchpolicy.operations.check.forge_check import ForgeCheckOptions, RunResult, judge
from launchpolicy.operations.check.stopped_check import stopped_verdict
from launchpolicy.reporters.registry import ReaderView
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.text import Language, Text

_WIDTH = 100

_HELP = say(
    """Judge the pull requests of this GitHub workflow run.

    A scheduled or manual run judges all open pull requests.

    Reads the event, GitHub's reviews and the commits that were fetched; publishes a check run named
    after the base branch and one comment. Needs GITHUB_TOKEN. See the guide for pull requests.

    \b
    Exit codes: 0 pass, 1 blocked, 2 malformed, 3 undecided.
    """,
    """判定本次 GitHub 工作流所针对的合并请求。

    定时或手动运行时，判定所有未关闭的合并请求。

    读取事件、GitHub 上的评审以及已获取的提交；发布以基准分支命名的检查和一条评论。
    需要 GITHUB_TOKEN。
    参见合并请求指南。

    \b
    退出码：0 通过，1 阻断，2 格式错误，3 无法判定。
    """,
)


@click.command(help=_HELP)
@click.option(
    "--output",
    "outputs",
    type=OutputType(),
    multiple=True,
    metavar="FORMAT=FILE",
    help=say("Also write a report; repeatable.", "另外写出报告；可重复。"),
)
@click.option(
    "--record",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say(
        "Write what GitHub said of approvals, for `check --approvals`.",
        "写出 GitHub 上的审批信息，供 `check --approvals` 重放。",
    ),
)
@click.option(
    "--comment/--no-comment",
    "comments",
    default=True,
    help=say("Keep a comment up to date.", "更新合并请求中的评论。"),
)
@click.option(
    "--refspecs",
    is_flag=True,
    help=say(
        "Only print what git has to fetch to judge every open pull request.",
        "只输出判定所有未关闭的合并请求时 git 需要获取的引用。",
    ),
)
@language_option()
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
@click.pass_context
def command(  # noqa: PLR0913 (one parameter for each option)
    ctx: click.Context,
    outputs: tuple[Output, ...],
    record: Path | None,
    lang: str | None,
    now: datetime | None,
    *,
    comments: bool,
    refspecs: bool,
) -> int:
    """Return the exit code of the verdict, once the check run is concluded."""
    require_distinct(outputs, ctx)
    if refspecs:
        refuse_ignored(("outputs", "record", "comments"), "--refspecs")
        click.echo("\n".join(FORGES["github"].load().open_run(os.environ).refspecs()))
        return Verdict.PASS.exit_code

    def language(configured: Language | None) -> Language:
        return chosen_language(lang, configured)

    request = ForgeCheckOptions(Path.cwd(), lambda: now or clock_now(), language, comments)
    results, errors = _judge_and_print(request)
    if errors:
        worst = max(errors, key=lambda error: error.exit_code)
        stopped = ReaderView(language(None), _WIDTH)
        options = CheckOptions(request.start)
        report_what_stopped(worst, options, request.now(), ("github", outputs, stopped))
        _publish_verdict(stopped_verdict(worst))
        raise worst
    if not results:
        click.echo(_NONE_OPEN.in_language(language(None)))
        _publish_verdict(Verdict.PASS)
        return Verdict.PASS.exit_code
    gravest = max(results, key=lambda result: result.report.verdict.exit_code)
    view = ReaderView(gravest.language, _WIDTH, prefix=gravest.prefix)
    deliver_all(outputs, gravest.report, view)
    if record is not None:
        deliver([json.dumps(record_data(gravest.collected), ensure_ascii=False, indent=2)], record)
    _publish_verdict(gravest.report.verdict)
    return gravest.report.verdict.exit_code


def _judge_and_print(
    request: ForgeCheckOptions,
) -> tuple[list[RunResult], list[LaunchpolicyError]]:
    """Return what came of every check of the run, and what could not be judged."""
    results: list[RunResult] = []
    errors: list[LaunchpolicyError] = []
    try:
        for judged in judge(FORGES["github"].load(), os.environ, request):
            if isinstance(judged, LaunchpolicyError):
                errors.append(judged)
            else:
                results.append(judged)
                _print(judged)
    except LaunchpolicyError as error:
        errors.append(error)
    return results, errors


_NONE_OPEN = Text(
    "No pull request is open, so nothing is judged.", "没有未关闭的合并请求，无需判定。"
)


def _print(judged: RunResult) -> None:
    """Print the report of one check, and add it to the summary of the job."""
    view = ReaderView(judged.language, _WIDTH, prefix=judged.prefix)
    print_report("github", judged.report, view)
    for note in judged.notes:
        print_prose(note.in_language(judged.language), err=True)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        append_within(Path(summary), judged.markdown, _SUMMARY_LIMIT)


_SUMMARY_LIMIT = 2**20
"""The bytes that the runner takes of one step; one more, and it shows nothing at all."""


def append_within(path: Path, text: str, limit: int) -> None:
    """Append a text to a file as long as the whole is within `limit` bytes; else leave it out."""
    with explain_write_errors(path, ANOTHER_FILE):
        size = path.stat().st_size if path.exists() else 0
    if size + len(text.encode()) <= limit:
        append(text, path)


def _publish_verdict(verdict: Verdict) -> None:
    """Write the step's outputs under a delimiter that nobody can know."""
    output = os.environ.get("GITHUB_OUTPUT")
    if output:
        delimiter = secrets.token_hex(16)
        append(f"verdict<<{delimiter}\n{verdict}\n{delimiter}\n", Path(output))
