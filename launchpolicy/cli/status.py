"""`launchpolicy status REQUEST`: list what is left to do, and for whom."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.colour import colour_option, is_colour_wanted, width_of_terminal
from launchpolicy.cli.completion_values import requests
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.output import print_report
from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.documents.reading import Document
from launchpolicy.engine.submission import Submission
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.status import open_tasks
from launchpolicy.reporters.registry import ReaderView
from launchpolicy.reporters.todo import render
from launchpolicy.requests.kinds import value_at

_HELP = say(
    """What is left to do for a REQUEST (a request file or its folder), and for whom.

    \b
      launchpolicy status launches/LR-2026-0042
      launchpolicy status launches/LR-2026-0042 --base origin/main --approvals reviews.json

    \b
    Exit codes: 0 nothing is left, 1 something is, 2 malformed, 3 undecided.
    """,
    """列出 REQUEST（申请文件或其目录）的待办事项及责任人。

    \b
      launchpolicy status launches/LR-2026-0042
      launchpolicy status launches/LR-2026-0042 --base origin/main --approvals reviews.json

    \b
    退出码：0 无待办，1 有待办，2 格式错误，3 无法判定。
    """,
)


@click.command(help=_HELP)
@click.argument("request", type=click.Path(path_type=Path, exists=True), shell_complete=requests)
@click.option(
    "--base",
    metavar="REF",
    help=say(
        "Judge HEAD against this commit, as in the pull request.", "与该提交比较来判定 HEAD。"
    ),
)
@click.option(
    "--approvals",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("Count the approvals that this record holds.", "计入该记录中的审批。"),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    help=say("How to report.", "输出格式。"),
)
@language_option()
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
@colour_option()
@directory_option()
def command(  # noqa: PLR0913, PLR0917 (one parameter per option, as click wants them)
    request: Path,
    base: str | None,
    approvals: Path | None,
    format_: str,
    lang: str | None,
    now: datetime | None,
    color: str,
) -> int:
    """Return the exit code of the verdict that the request would have now."""
    check_input, report, directory = open_tasks(request, base, approvals, now or clock_now())
    language = chosen_language(lang, check_input.rules.configuration.language)
    view = ReaderView(language, width_of_terminal(), is_colour_wanted(color, sys.stdout))
    if format_ == "json":
        print_report(format_, report, view)
    else:
        names = {person.name: person.display for person in directory.people} if directory else {}
        for text in render(report, names, _requester(check_input.submissions), view):
            click.echo(text, nl=False, color=True)
    return report.verdict.exit_code


def _requester(submissions: tuple[Submission, ...]) -> str:
    for submission in submissions:
        document = submission.new.document() if submission.new is not None else None
        if isinstance(document, Document):
            requester = value_at(document.data, ("spec", "people", "requester"))
            if isinstance(requester, str) and not is_unanswered(requester):
                return requester
    return ""
