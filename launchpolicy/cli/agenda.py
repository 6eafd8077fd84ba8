"""`launchpolicy agenda --week [DATE]`: write the list of coming launches for the office meeting."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.day import DayType
from launchpolicy.cli.directory import directory_option
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.output_files import deliver_bytes
from launchpolicy.operations.due.proposing_branches import LaunchesQuestion
from launchpolicy.operations.paper.agenda import weekly_agenda, write_agenda
from launchpolicy.operations.rules.configured_language import configured_language
from launchpolicy.papers.foresight_list import LIST_FORMATS, ListFormat

_MOST_WEEKS = 53
_HELP = say(
    """Write the list of coming launches, and the agenda of the office meeting.

    The list has every launch whose window lies in the weeks: those merged and not final, and those
    that other branches propose. Below it stand conflicts and freezes. With --github, open pull
    requests are those that GitHub names, from forks as well, and their commits are fetched.

    \b
      launchpolicy agenda --week
      launchpolicy agenda --week 2026-12-01 --weeks 1 --format docx --output coming.docx

    \b
    Exit codes: 0 written, 2 a request cannot be read, 3 a branch could not be looked at.
    """,
    """生成上线预知汇总和办公会议程。

    汇总列出上线时间在这几周内的全部上线：已合并但未办结的，以及其他分支提出的；
    表后为冲突与封网提示。加上 --github 时，以 GitHub 所列的未关闭合并请求为准（含派生仓库），
    并获取其提交。

    \b
      launchpolicy agenda --week
      launchpolicy agenda --week 2026-12-01 --weeks 1 --format docx --output 预知汇总.docx

    \b
    退出码：0 已生成，2 有申请无法读取，3 有分支无法查看。
    """,
)


@click.command(help=_HELP)
@click.option(
    "--week",
    is_flag=False,
    flag_value="",
    default="",
    metavar="[DAY]",
    help=say("From the week of this day on; of today without a day.", "自该日所在周起；默认本周。"),
)
@click.option(
    "--weeks",
    type=click.IntRange(1, _MOST_WEEKS),
    default=2,
    show_default=True,
    help=say("How many weeks.", "周数。"),
)
@click.option("--base", metavar="REF", help=say("The protected branch.", "受保护分支。"))
@click.option(
    "--github",
    "forge",
    flag_value="github",
    default="",
    help=say(
        "Ask GitHub for open pull requests (GITHUB_TOKEN, GITHUB_REPOSITORY).",
        "向 GitHub 查询未关闭的合并请求（GITHUB_TOKEN、GITHUB_REPOSITORY）。",
    ),
)
@language_option()
@click.option(
    "--format",
    "format_",
    type=ChoiceType(LIST_FORMATS),
    default="md",
    show_default=True,
    help=say("How to write it.", "输出格式。"),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("File to write; standard output without it.", "输出文件；默认写到标准输出。"),
)
@click.option("--now", type=InstantType(), help=say("The moment it is made.", "生成时间。"))
@directory_option()
def command(  # noqa: PLR0913, PLR0917 (one parameter per option, as click wants them)
    week: str,
    weeks: int,
    base: str | None,
    forge: str,
    lang: str | None,
    format_: ListFormat,
    output: Path | None,
    now: datetime | None,
) -> int:
    """Write the list, and say on standard error what it could not show."""
    day = DayType().convert(week, None, None) if week else None
    question = LaunchesQuestion(Path.cwd(), base, forge, os.environ)
    agenda = weekly_agenda(question, day, weeks, now or clock_now())
    language = chosen_language(lang, configured_language(Path.cwd()))
    paper = write_agenda(agenda, language, format_)
    if output is None:
        sys.stdout.buffer.write(paper)
    else:
        deliver_bytes([paper], output)
    for note in agenda.notes:
        print_prose(note.in_language(language), err=True)
    return agenda.verdict.exit_code
