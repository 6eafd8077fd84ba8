"""`launchpolicy new TITLE`: write a launch request in the shape that its policies ask for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.new import (
    LaunchRepository,
    NewRequest,
    NewRequestAnswers,
    find_launch_repository,
    write_request,
)
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.place import format_route
from launchpolicy.vocabulary.text import Language, Text

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
@click.option("--risk", type=click.Choice(RISKS), help=say("The risk class.", "风险级别。"))
@click.option("--change", type=click.Choice(CHANGES), help=say("Kind of change.", "变更类别。"))
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
    asks = _Questions(language, is_asking=not yes and sys.stdin.isatty())
    _require_order(start, end)
    answers = NewRequestAnswers(
        title=title,
        process=process or _process(place, asks),
        name=name,
        product=product or asks.text(Text("Product", "产品")),
        version=version or asks.text(Text("Version", "版本")),
        risk=risk or asks.choice(Text("Risk class", "风险级别"), RISKS),
        change=change or "",
        start=_iso_text(start := start or asks.start(end)),
        end=_iso_text(end or asks.end(start)),
    )
    moment = now or clock_now()
    new_request = write_request(place, answers, language, moment, branch=not no_branch)
    for line in _summary(new_request, place):
        click.echo(escape(line.in_language(language)))
    return 0


def _require_order(start: datetime | None, end: datetime | None) -> None:
    """Require a window that ends after it begins.

    Raises:
        BadParameter: it does not; it names both options.
    """
    if start is None or end is None or start < end:
        return
    raise click.BadParameter(_wrong_order(start, end, "--start "), param_hint="--end")


def _wrong_order(start: datetime, end: datetime, option: str = "") -> str:
    first, last = _iso_text(start), _iso_text(end)
    return say(
        f"the window ends at {last}, which is not after it begins: {option}{first}",
        f"窗口结束时间 {last} 须晚于开始时间：{option}{first}",
    )


class _Questions:
    """Questions on the terminal; nothing is asked where there is none."""

    def __init__(self, language: Language, *, is_asking: bool) -> None:
        self.language = language
        self.is_asking = is_asking

    def text(self, question: Text) -> str:
        """Return an answer, "" for none: the request then says TODO."""
        if not self.is_asking:
            return ""
        prompt = Text(f"{question.en} (Enter: later)", f"{question.zh}（回车：稍后填写）")
        answer: str = click.prompt(
            prompt.in_language(self.language), default="", show_default=False
        )
        return answer.strip()

    def choice(self, question: Text, choices: tuple[str, ...], default: str = "") -> str:
        """Return one of `choices`, or `default`."""
        if not self.is_asking:
            return default
        prompt = f"{question.in_language(self.language)} ({' | '.join(choices)})"
        kind = click.Choice((*choices, default))
        answer: str = click.prompt(
            prompt, type=kind, default=default, show_choices=False, show_default=bool(default)
        )
        return answer

    def start(self, end: datetime | None) -> datetime | None:
        """Return when the window begins, before `end`; None for later."""

        def in_order(start: datetime) -> None:
            if end is not None and start >= end:
                raise click.UsageError(_wrong_order(start, end))

        return self._instant(Text("Launch window begins", "上线窗口开始"), in_order)

    def end(self, start: datetime | None) -> datetime | None:
        """Return when the window ends, after `start`; None for later."""

        def in_order(end: datetime) -> None:
            if start is not None and start >= end:
                raise click.UsageError(_wrong_order(start, end))

        return self._instant(Text("Launch window ends", "上线窗口结束"), in_order)

    def _instant(
        self, question: Text, require_order: Callable[[datetime], None]
    ) -> datetime | None:
        """Return a point in time, None for none; one out of order is asked for again."""
        if not self.is_asking:
            return None
        prompt = Text(
            f"{question.en}, such as 2026-12-01T22:00:00+08:00 (Enter: later)",
            f"{question.zh}，如 2026-12-01T22:00:00+08:00（回车：稍后填写）",
        ).in_language(self.language)

        def instant_in_order(text: str) -> datetime | None:
            instant = _instant(text)
            if instant is not None:
                require_order(instant)
            return instant

        answer = click.prompt(prompt, default="", show_default=False, value_proc=instant_in_order)
        return answer if isinstance(answer, datetime) else None


def _instant(text: str) -> datetime | None:
    return InstantType().convert(text, None, None) if text.strip() else None


def _process(place: LaunchRepository, asks: _Questions) -> str:
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


def _iso_text(instant: datetime | None) -> str:
    return instant.isoformat(timespec="seconds") if instant is not None else ""


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
                "The directory has no person with the e-mail address that git has for you.",
                "人员名录中没有与您的 git 邮箱相符的人员。",
            )
        )
    lines.append(
        Text(
            f"{count} answers are left to give: replace each TODO.",
            f"还有 {count} 项须填写：请逐一替换 TODO。",
        )
    )
    return [*lines, *_next_commands(new_request)]


_HOOK = Text(
    "  With pre-commit installed, a draft with open questions is committed by: "
    "SKIP=launchpolicy-check git commit …",
    "  已安装 pre-commit 钩子时，含待填写内容的草稿这样提交：SKIP=launchpolicy-check git commit …",
)


def _next_commands(new_request: NewRequest) -> list[Text]:
    folder = new_request.path.rpartition("/")[0]
    push = f"git push -u origin {new_request.branch}" if new_request.branch else "git push"
    evidence = format_route(new_request.evidence[0]) if new_request.evidence else "ROUTE"
    commands = [
        (f"launchpolicy check {folder}", Text("what is left to do", "查看尚缺内容")),
        (
            f"launchpolicy evidence add {folder}/{_FIRST_EVIDENCE} --at {evidence}",
            Text("put a file beside it as evidence", "附上证据文件"),
        ),
        (
            f'git add {folder} && git commit -m "Request {new_request.name}" && {push}',
            Text("propose it", "提交并发起"),
        ),
    ]
    width = max(len(command) for command, _ in commands[:2])
    return [
        Text("Next:", "接下来："),
        *(
            Text(f"  {command:<{width}}  # {why.en}", f"  {command:<{width}}  # {why.zh}")
            for command, why in commands
        ),
        _HOOK,
    ]


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
