"""`launchpolicy status REQUEST`: list what is left to do, and for whom."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.colour import colour_option, is_colour_wanted, width_of_terminal
from launchpolicy.cli.completion_values import requests
from launchpolicy.cli.day import DayType
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.output import print_pieces, print_report
from launchpolicy.cli.prose import print_prose
from launchpolicy.cli.request_type import RequestType
from launchpolicy.cli.status_due import DueOptions, report_due
from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.documents.reading import Document
from launchpolicy.engine.submission import Submission
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.check.status import open_tasks
from launchpolicy.operations.due.proposing_branches import LaunchesQuestion
from launchpolicy.reporters.registry import ReaderView
from launchpolicy.reporters.todo import render
from launchpolicy.requests.configuration import FILE
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """What is left to do for a REQUEST (a request file or its folder), and for whom.

    \b
      launchpolicy status launches/LR-2026-0042
      launchpolicy status launches/LR-2026-0042 --base origin/main --approvals reviews.json
      launchpolicy status --due --until 2026-12-31

    With --due, who must do what by when over all open launches: those merged and not final, and
    those that other branches propose.

    \b
    Exit codes: 0 nothing is left, 1 something is, 2 malformed, 3 undecided.
    """,
    """列出 REQUEST（申请文件或其目录）的待办事项及责任人。

    \b
      launchpolicy status launches/LR-2026-0042
      launchpolicy status launches/LR-2026-0042 --base origin/main --approvals reviews.json
      launchpolicy status --due --until 2026-12-31

    加上 --due 则列出全部未结束上线的待办事项、责任人和期限：已合并但未办结的，以及其他分支提出的。

    \b
    退出码：0 无待办，1 有待办，2 格式错误，3 无法判定。
    """,
)


@click.command(help=_HELP)
@click.argument(
    "request",
    type=RequestType(may_be_gone=True),
    required=False,
    shell_complete=requests,
)
@click.option(
    "--due",
    "is_due_list",
    is_flag=True,
    help=say("Who must do what by when, over all open launches.", "全部未结束上线的待办事项。"),
)
@click.option(
    "--for",
    "person",
    metavar="PERSON",
    default="",
    help=say("With --due: of this person (an id).", "与 --due 合用：该人员（ID）的待办。"),
)
@click.option(
    "--until",
    type=DayType(),
    help=say("With --due: up to this day.", "与 --due 合用：截至该日。"),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help=say(
        "With --due: file to write, or the folder of mail drafts.",
        "与 --due 合用：输出文件，或邮件草稿的目录。",
    ),
)
@click.option(
    "--base",
    metavar="REF",
    help=say(
        "Judge HEAD against this commit, as in the pull request; with --due: the protected branch.",
        "与该提交比较来判定 HEAD；与 --due 合用时为受保护分支。",
    ),
)
@click.option(
    "--github",
    "forge",
    flag_value="github",
    default="",
    help=say(
        "With --due: ask GitHub for open pull requests (GITHUB_TOKEN, GITHUB_REPOSITORY).",
        "与 --due 合用：向 GitHub 查询未关闭的合并请求（GITHUB_TOKEN、GITHUB_REPOSITORY）。",
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
    type=ChoiceType(["text", "json", "ics", "eml"]),
    default="text",
    help=say(
        "How to report; ics (calendar) and eml (mail drafts) with --due.",
        "输出格式；ics（日历）和 eml（邮件草稿）与 --due 合用。",
    ),
)
@language_option()
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
@colour_option()
@directory_option()
def command(  # noqa: PLR0913, PLR0917 (one parameter per option, as click wants them)
    request: Path | None,
    is_due_list: bool,  # noqa: FBT001 (as click hands it over)
    person: str,
    until: date | None,
    output: Path | None,
    base: str | None,
    forge: str,
    approvals: Path | None,
    format_: str,
    lang: str | None,
    now: datetime | None,
    color: str,
) -> int:
    """Return the exit code of the verdict that the request would have now, or of the due list."""
    if is_due_list:
        _require_fitting(approvals=approvals, request=request)
        start = Path.cwd() if request is None else request
        question = LaunchesQuestion(start, base, forge, os.environ)
        options = DueOptions(question, person, until, format_, output)
        return report_due(options, lang, now or clock_now(), color)
    if request is None:
        raise _no_request()
    if person or until or output or forge or format_ in {"ics", "eml"}:
        raise _only_with_due()
    tasks = open_tasks(request, base, approvals, now or clock_now())
    check_input, report, directory = tasks.check_input, tasks.report, tasks.directory
    language = chosen_language(lang, check_input.rules.configuration.language)
    if tasks.note is not None:
        print_prose(tasks.note.in_language(language), err=True)
    view = ReaderView(language, width_of_terminal(), is_colour_wanted(color, sys.stdout))
    if format_ == "json":
        print_report(format_, report, view)
    else:
        names = {person.name: person.display for person in directory.people} if directory else {}
        pieces = render(report, names, _requester(check_input.submissions), view)
        print_pieces("text", pieces)
    return report.verdict.exit_code


def _require_fitting(*, approvals: Path | None, request: Path | None) -> None:
    """Require that what was asked can be answered over all open launches.

    Raises:
        UsageError: it is about one request.
    """
    if approvals is not None or (request is not None and not _holds_configuration(request)):
        raise UsageError(
            Text(
                "--due is about all launches, not about one request or one record of approvals.",
                "--due 针对全部上线，不能指定单份申请或审批记录。",
            ),
            Text("Leave them out.", "请去掉申请路径和 --approvals。"),
        )


def _holds_configuration(folder: Path) -> bool:
    """Return whether the argument is a launch repository, and no request in one."""
    return (folder / FILE).is_file()


def _no_request() -> UsageError:
    return UsageError(
        Text("No request is named.", "未指定申请。"),
        Text(
            "Name one, or give --due for all open launches.",
            "请指定申请，或用 --due 查看全部未结束的上线。",
        ),
    )


def _only_with_due() -> UsageError:
    return UsageError(
        Text(
            "--for, --until, --output, --github and the formats ics and eml are for --due.",
            "--for、--until、--output、--github 以及 ics、eml 格式须与 --due 合用。",
        ),
        Text("Give --due as well, or leave them out.", "请加上 --due，或去掉这些选项。"),
    )


def _requester(submissions: tuple[Submission, ...]) -> str:
    for submission in submissions:
        document = submission.new.document() if submission.new is not None else None
        if isinstance(document, Document):
            requester = value_at(document.data, ("spec", "people", "requester"))
            if isinstance(requester, str) and not is_unanswered(requester):
                return requester
    return ""
