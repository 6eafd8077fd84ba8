"""`launchpolicy init`: write the first files of a launch repository."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.init_questions import InitOptions, answers_of
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.adoption.environment import inspect_environment
from launchpolicy.operations.init import initialise, setup_of
from launchpolicy.policy.processes import PROCESSES
from launchpolicy.reporters.adoption.outcome import outcome_text
from launchpolicy.vocabulary.text import LANGUAGES

_HELP = say(
    """Set up a launch repository: write its first files and say what to do next.

    DIR is a folder of a git repository (default: the current one). Asks on a terminal; options
    answer a question beforehand. Nothing that is there is overwritten, so it can be run again.

    \b
      launchpolicy init
      launchpolicy init --yes
      launchpolicy init ops --process system-cutover --approvals signed --country CN --language zh

    \b
    Exit codes: 0 set up (also when it was already), 2 something has to be given or moved first.
    """,
    """设置上线仓库：写入最初的文件，并说明下一步。

    DIR 为 git 仓库中的目录（默认：当前目录）。在终端中逐项询问，也可用选项预先回答。
    已有文件不会被覆盖，因此可以重复运行。

    \b
      launchpolicy init
      launchpolicy init --yes
      launchpolicy init ops --process system-cutover --approvals signed --country CN --language zh

    \b
    退出码：0 设置完成（或早已完成），2 需要先补充或移开某项内容。
    """,
)


@click.command(help=_HELP)
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--process",
    "processes",
    multiple=True,
    metavar="NAME",
    type=ChoiceType(list(PROCESSES)),
    help=say(
        f"A process; may be given again: {', '.join(PROCESSES)}.",
        f"流程，可多次指定：{'、'.join(PROCESSES)}。",
    ),
)
@click.option(
    "--approvals",
    type=ChoiceType(["github", "signed"]),
    help=say("Where approvals come from.", "审批的来源。"),
)
@click.option(
    "--language", type=ChoiceType(LANGUAGES), help=say("Language of the files.", "文件的语言。")
)
@click.option(
    "--country",
    metavar="CC|none",
    help=say("Whose public holidays count, such as CN.", "按哪国的法定节假日判断，例如 CN。"),
)
@click.option(
    "--timezone",
    metavar="ZONE",
    help=say(
        "The time zone of windows and holidays, such as Asia/Shanghai.",
        "上线窗口和节假日所用的时区，例如 Asia/Shanghai。",
    ),
)
@click.option(
    "--rules",
    multiple=True,
    metavar="ROLE",
    help=say("A role that approves changes of the rules.", "可批准规则变更的角色。"),
)
@click.option(
    "--vault",
    "vaults",
    multiple=True,
    metavar="NAME",
    help=say(
        "A place where backups may be kept; may be given again.", "允许存放备份的位置，可多次指定。"
    ),
)
@click.option("--branch", metavar="NAME", help=say("The protected branch.", "受保护的分支。"))
@click.option(
    "--owner",
    metavar="@USER|@ORG/TEAM",
    help=say("Who reviews changes of the rules on GitHub.", "在 GitHub 上评审规则变更的人。"),
)
@click.option(
    "--action",
    metavar="OWNER/REPO@COMMIT",
    help=say(
        "The commit of launchpolicy that hooks and workflows run (that of this program).",
        "钩子和工作流所运行的 launchpolicy 提交（默认：本程序的提交）。",
    ),
)
@click.option("--yes", is_flag=True, help=say("Take every default.", "全部采用默认值。"))
@language_option()
def command(directory: Path | None, lang: str | None, **given: object) -> int:
    """Ask, write, and print what was done; return exit code 0."""
    options = InitOptions(**given)  # type: ignore[arg-type] # click gives what the options declare
    environment = inspect_environment(directory)
    configured_language = (
        environment.rules.configuration.language if environment.rules is not None else None
    )
    language = chosen_language(lang, options.language or configured_language)
    answers = answers_of(options, environment, language, may_ask=_is_terminal() and not options.yes)
    language = chosen_language(lang, answers.language)
    setup = setup_of(environment, answers, clock_now())
    steps = initialise(environment, setup)
    start = Path(os.path.relpath(environment.top)).as_posix()
    for line in outcome_text(steps, setup, environment.repository, start, language).splitlines():
        print_prose(line)
    return 0


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
