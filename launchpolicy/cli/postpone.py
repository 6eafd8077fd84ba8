"""`launchpolicy postpone REQUEST --window START/END`: move an approved launch to another window."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.completion_values import requests
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.cli.request_type import RequestType
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.launch_repository import find_launch_repository
from launchpolicy.operations.postpone import Postponement, postpone
from launchpolicy.requests.configuration import SIGNED
from launchpolicy.vocabulary.text import Text, listing


class WindowType(click.ParamType[tuple[datetime, datetime]]):
    """The type of `--window`: START/END, two times."""

    name = "START/END"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[datetime, datetime]:
        if isinstance(value, tuple):
            return value
        start, slash, end = str(value).partition("/")
        if not slash:
            self.fail(
                say(
                    f"{value!r} is no window; write '2026-12-03 22:00/2026-12-03 23:30', or both "
                    "times with their offset, as in 2026-12-03T22:00:00+08:00",
                    f"{value!r} 不是上线窗口；请写成 '2026-12-03 22:00/2026-12-03 23:30'，"
                    "或为两个时间写明时区偏移，如 2026-12-03T22:00:00+08:00",
                ),
                param,
                ctx,
            )
        times = InstantType()
        return times.convert(start, param, ctx), times.convert(end, param, ctx)


_HELP = say(
    """Move the launch of a REQUEST (a request file or its folder) to another window.

    Writes the new window, names whose approvals it voids, and who has to be notified. Refused: a
    window that is past, in a freeze, or of a length that the policies do not allow, and a launch
    that has begun.

    \b
      launchpolicy postpone launches/LR-2026-0042 \\
          --window 2026-12-03T22:00:00+08:00/2026-12-03T23:30:00+08:00 \\
          --reason "The rehearsal did not pass"
    """,
    """将 REQUEST（申请文件或其目录）改期到新的上线窗口。

    写入新窗口，列出因此失效的审批，以及须通知的单位。窗口已过、处于封网期、
    时长不符合策略，或上线已开始的，不予改期。

    \b
      launchpolicy postpone launches/LR-2026-0042 \\
          --window 2026-12-03T22:00:00+08:00/2026-12-03T23:30:00+08:00 \\
          --reason "演练未通过"
    """,
)


@click.command(help=_HELP)
@click.argument("request", type=RequestType(), shell_complete=requests)
@click.option(
    "--window", type=WindowType(), required=True, help=say("The new window.", "新的上线窗口。")
)
@click.option(
    "--reason",
    required=True,
    metavar="TEXT",
    help=say("Why, for request, commit and notice.", "改期原因，写入申请、提交说明和通知。"),
)
@language_option()
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
def command(
    request: Path,
    window: tuple[datetime, datetime],
    reason: str,
    lang: str | None,
    now: datetime | None,
) -> int:
    """Return the exit code: 0 the window is written, 1 refused, 2 it cannot be."""
    place = find_launch_repository(request if request.is_dir() else request.parent)
    language = chosen_language(lang, place.rules.configuration.language)
    result = postpone(place, request, window, reason, now or clock_now())
    for line in _summary(result, place.rules.configuration.approvals):
        print_prose(line.in_language(language))
    for line in _next_commands(result, reason, place.remote):
        print_prose(line.in_language(language))
    return 0


def _summary(result: Postponement, source: str) -> Iterator[Text]:
    before, after = "/".join(result.before), "/".join(result.after)
    yield Text(
        f"Written: {result.path}: {before} → {after}", f"已写入：{result.path}：{before} → {after}"
    )
    if result.moved:
        yield Text(
            f"Moved along: {', '.join(result.moved)}", f"随之改动：{'；'.join(result.moved)}"
        )
    if result.removed:
        removed = listing(result.removed)
        yield Text(
            f"Removed, but kept in the history; record it again after the approval: {removed.en}",
            f"已移除（历史中仍保留），获批后须重新登记：{removed.zh}",
        )
    yield from _approvals(result, source)
    if result.recipients:
        yield Text(
            "Got the first notice, and must get the notice of postponement: "
            + ", ".join(name.en for name in result.recipients),
            "已收到原通知、须收到延期通知的单位："
            + "、".join(name.zh for name in result.recipients),
        )


def _next_commands(result: Postponement, reason: str, remote: str) -> Iterator[Text]:
    """Yield what comes next: commit, push where there is a remote, check, notice."""
    folder, after = result.path.rpartition("/")[0], "/".join(result.after)
    branch = f"launch/{result.name}-postponed"
    message = shlex.quote(f"Postpone {result.name} to {after}: {' '.join(reason.split())}")
    push = f" && git push -u {remote} {branch}" if remote else ""
    commit = f"  git add {folder} && git commit -m {message}{push}"
    yield Text("Next, on a branch of its own:", "接下来（在单独的分支上）：")
    lines = [f"  git switch --create {branch}", commit, f"  launchpolicy check {folder}"]
    if result.has_notice:
        lines.append(f"  launchpolicy paper postponement {folder}")
    for line in lines:
        yield Text(line, line)
    if not result.has_notice:
        yield Text(
            "No notice of postponement is due: no launch notice is recorded.",
            "无需延期通知：没有登记上线通知。",
        )
    if result.unreached is not None:
        why = result.unreached
        yield Text(
            f"The remote was not asked whether the launch has begun elsewhere: {why.en}",
            f"未能向远程仓库查询上线是否已在别处开始：{why.zh}",
        )


def _approvals(result: Postponement, source: str) -> Iterator[Text]:
    """Yield whose approvals are void: those signed by name, those on a host in general."""
    if result.voided:
        yield Text(
            "Void, to be approved again: " + ", ".join(name.en for name in result.voided),
            "审批失效，须重新审批：" + "、".join(name.zh for name in result.voided),
        )
    elif source != SIGNED:
        yield Text(
            "Every approval of the plan before is void: the pull request of the new window asks "
            "for all of them again.",
            "原方案的审批全部失效：新窗口的合并请求须重新取得全部审批。",
        )
