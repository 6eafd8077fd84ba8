"""`launchpolicy new TITLE`: write a launch request in the shape that its policies ask for."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.draft_wording import answers_left, commit_command
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.new_questions import NewQuestions, iso_text, wrong_order
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.launch_repository import LaunchRepository, find_launch_repository
from launchpolicy.operations.new import NewRequest, NewRequestAnswers, write_request
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.place import format_route
from launchpolicy.vocabulary.text import Text

RISKS = ("standard", "major", "emergency")
CHANGES = ("new-product", "version-upgrade", "feature-optimisation")
_FIRST_EVIDENCE = "acceptance.pdf"

_HELP = say(
    """Write a new launch request with the TITLE, on a branch of its own.

    The request has the fields that the policies of its process ask for. Where a person must answer,
    it says TODO; each TODO is one finding of `launchpolicy check`. Nothing is ever overwritten.

    \b
      launchpolicy new "Checkout 3.2"
      launchpolicy new "Checkout 3.2" --product checkout --version 3.2.0 --risk standard --yes
    """,
    """以 TITLE 为标题新建上线申请，并为其新建分支。

    申请只包含所选流程的策略要求的字段。须由人填写的位置写作 TODO；
    每个 TODO 都是 `launchpolicy check` 的一个问题。不会覆盖任何已有文件。

    \b
      launchpolicy new "结算服务 3.2"
      launchpolicy new "结算服务 3.2" --product checkout --version 3.2.0 --risk standard --yes
    """,
)


@click.command(help=_HELP)
@click.argument("title")
@click.option(
    "--process",
    metavar="NAME",
    default="",
    help=say("The process (the only one there is).", "流程（默认：唯一的流程）。"),
)
@click.option("--risk", type=ChoiceType(RISKS), help=say("The risk class.", "风险级别。"))
@click.option("--change", type=ChoiceType(CHANGES), help=say("Kind of change.", "变更类别。"))
@click.option("--product", metavar="NAME", default="", help=say("The product.", "产品。"))
@click.option("--version", metavar="V", default="", help=say("Its version.", "上线版本。"))
@click.option(
    "--name",
    metavar="LR-…",
    default="",
    help=say("The request's name (the next free one).", "申请编号（默认：下一个可用编号）。"),
)
@click.option(
    "--start", type=InstantType(), help=say("When the launch window begins.", "上线窗口开始时间。")
)
@click.option(
    "--end", type=InstantType(), help=say("When the launch window ends.", "上线窗口结束时间。")
)
@click.option(
    "--no-branch", is_flag=True, help=say("Stay on this branch.", "留在当前分支，不新建分支。")
)
@click.option("--yes", is_flag=True, help=say("Do not ask.", "不再询问。"))
@language_option()
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
def command(  # noqa: PLR0913, PLR0917 (one parameter per option, as click wants them)
    title: str,
    process: str,
    risk: str | None,
    change: str | None,
    product: str,
    version: str,
    name: str,
    start: datetime | None,
    end: datetime | None,
    lang: str | None,
    now: datetime | None,
    *,
    no_branch: bool,
    yes: bool,
) -> int:
    """Return the exit code: 0 the request is written, 2 it cannot be."""
    _require_text(title, product, version)
    place = find_launch_repository(Path.cwd())
    language = chosen_language(lang, place.rules.configuration.language)
    asks = NewQuestions(language, is_asking=not yes and sys.stdin.isatty())
    _require_order(start, end)
    answers = NewRequestAnswers(
        title=title,
        process=process or _process(place, asks),
        name=name,
        product=product or asks.text(Text("Product", "产品")),
        version=version or asks.text(Text("Version", "版本")),
        risk=risk or asks.choice(Text("Risk class", "风险级别"), RISKS),
        change=change or "",
        start=iso_text(start := start or asks.start(end)),
        end=iso_text(end or asks.end(start)),
    )
    moment = now or clock_now()
    new_request = write_request(place, answers, language, moment, branch=not no_branch)
    for line in _summary(new_request, place):
        print_prose(line.in_language(language))
    return 0


def _require_order(start: datetime | None, end: datetime | None) -> None:
    """Require a window that ends after it begins.

    Raises:
        BadParameter: it does not; it names both options.
    """
    if start is None or end is None or start < end:
        return
    raise click.BadParameter(wrong_order(start, end, "--start "), param_hint="--end")


def _process(place: LaunchRepository, asks: NewQuestions) -> str:
    processes = place.processes
    if len(processes) == 1:
        return processes[0]
    if processes and asks.is_asking:
        return asks.choice(Text("Process", "流程"), processes, processes[0])
    raise UsageError(
        Text("It is not clear which process this is.", "无法确定采用哪个流程。"),
        Text(
            f"Give --process: {', '.join(processes) or 'the configuration has none yet'}.",
            f"请用 --process 指明：{'、'.join(processes) or '配置中尚无流程'}。",
        ),
    )


def _summary(new_request: NewRequest, place: LaunchRepository) -> list[Text]:
    """Return what was written, how much is left to answer, and the next three commands."""
    count = len(new_request.skeleton.open_routes)
    lines = [Text(f"Written: {new_request.path}", f"已写入：{new_request.path}")]
    if new_request.branch:
        lines.append(
            Text(f"On the new branch {new_request.branch}", f"新分支：{new_request.branch}")
        )
    if not place.requester:
        lines.append(
            Text(
                "The directory has no person with the e-mail address that git has for you, so the "
                "requester is left open: correct `git config user.email`, or fill it in.",
                "人员名录中没有与您的 git 邮箱相符的人员，申请人未填写："
                "请更正 `git config user.email`，或手工填写。",
            )
        )
    lines.append(answers_left(count))
    return [*lines, *_next_commands(new_request, place.remote)]


_HOOK = Text(
    "  With pre-commit installed, a draft with open questions is committed by: "
    "SKIP=launchpolicy-check git commit …",
    "  已安装 pre-commit 钩子时，含待填写内容的草稿这样提交：SKIP=launchpolicy-check git commit …",
)


def _next_commands(new_request: NewRequest, remote: str) -> list[Text]:
    folder = new_request.path.rpartition("/")[0]
    message = Text(f"Request {new_request.name}", f"申请 {new_request.name}")
    evidence = format_route(new_request.evidence[0]) if new_request.evidence else "ROUTE"
    commands = [
        (
            _command(f"launchpolicy check {folder}"),
            Text("what is left to do", "查看尚缺内容"),
        ),
        (
            _command(f"launchpolicy evidence add {folder}/{_FIRST_EVIDENCE} --at {evidence}"),
            Text("put a file beside it as evidence", "附上证据文件"),
        ),
        (
            commit_command(folder, message, new_request.branch, remote),
            Text("propose it", "提交并发起"),
        ),
    ]
    lines = [Text("Next:", "接下来：")]
    for command, why in commands:
        lines += [Text(f"  # {why.en}", f"  # {why.zh}")]
        lines += [Text(f"  {command.en}", f"  {command.zh}")]
    return [*lines, _HOOK]


def _command(words: str) -> Text:
    return Text(words, words)


def _require_text(*arguments: str) -> None:
    """Require arguments that are text: the shell passes bytes on, a file holds only text."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError as error:
            shown = argument.encode("utf-8", "backslashreplace").decode()
            message = say(
                f"{shown} is not text in UTF-8. Write it again, or check the terminal's encoding.",
                f"{shown} 不是 UTF-8 文本。请重新输入，或检查终端编码。",
            )
            raise click.UsageError(message) from error
