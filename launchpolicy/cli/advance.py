"""`launchpolicy advance REQUEST STAGE`: move a request to its next stage, with TODO to answer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.completion_values import requests
from launchpolicy.cli.draft_wording import answers_left, commit_command
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.cli.request_type import RequestType
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.advance import AdvancedRequest, advance
from launchpolicy.operations.launch_repository import LaunchRepository, find_launch_repository
from launchpolicy.vocabulary.text import Text, listing
from launchpolicy.vocabulary.value_names import value_name

STAGES = ("requested", "launched", "verified", "closed", "rolled-back", "cancelled")

_HELP = say(
    """Move a REQUEST (a request file or its folder) on to its next STAGE.

    Sets the stage and adds what the policies of that stage ask for, with TODO where a person must
    answer. Comments and layout of the request stay as they are.

    STAGE is requested, launched, verified, closed, rolled-back or cancelled.

    \b
      launchpolicy advance launches/LR-2026-0042 launched
    """,
    """将 REQUEST（申请文件或其目录）推进到下一阶段 STAGE。

    写入新阶段，并补上该阶段策略要求的内容；须由人填写的位置写作 TODO。
    申请的注释和排版保持不变。

    STAGE 可取 `requested`（已申请）、`launched`（已上线）、`verified`（已验证）、
    `closed`（已办结）、`rolled-back`（已回滚）、`cancelled`（已取消）。

    \b
      launchpolicy advance launches/LR-2026-0042 launched
    """,
)


@click.command(help=_HELP)
@click.argument("request", type=RequestType(), shell_complete=requests)
@click.argument("stage", type=ChoiceType(STAGES), metavar="STAGE")
@language_option()
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
def command(request: Path, stage: str, lang: str | None, now: datetime | None) -> int:
    """Return the exit code: 0 the stage is written, 2 it cannot be."""
    place = find_launch_repository(request if request.is_dir() else request.parent)
    language = chosen_language(lang, place.rules.configuration.language)
    result = advance(place, request, stage, language, now or clock_now())
    for line in _summary(result, place):
        print_prose(line.in_language(language))
    return 0


def _summary(result: AdvancedRequest, place: LaunchRepository) -> list[Text]:
    count = len(result.skeleton.open_routes)
    removed = listing(result.removed)
    lines = [
        Text(
            f"Written: {result.path}: {result.before} → {result.after}",
            f"已写入：{result.path}：{_stage_name(result.before)} → {_stage_name(result.after)}",
        )
        if result.before != result.after
        else Text(
            f"Written: {result.path}: what {result.after} still asks for",
            f"已写入：{result.path}：“{_stage_name(result.after)}”阶段尚缺的内容",
        )
    ]
    if removed.en:
        lines.append(
            Text(
                f"Removed, but kept in the history: {removed.en}",
                f"已移除（历史中仍保留）：{removed.zh}",
            )
        )
    if count:
        lines.append(answers_left(count))
    if result.unmerged_at:
        lines.append(
            Text(
                f"On {result.unmerged_at} the request is not at the stage {result.before}, so that "
                "stage is not approved yet: merge it first, else the check blocks this change.",
                f"{result.unmerged_at} 上的这份申请不在“{_stage_name(result.before)}”阶段，"
                "该阶段尚未获批：请先合并，否则检查会阻断本次变更。",
            )
        )
    return [*lines, *_next_commands(result, place)]


def _next_commands(result: AdvancedRequest, place: LaunchRepository) -> list[Text]:
    """Return the commands that follow; the branch is made where it is not checked out yet."""
    folder = result.path.rpartition("/")[0]
    name = folder.rpartition("/")[2]
    branch = f"launch/{name}-{result.after}"
    message = Text(f"{name}: {result.after}", f"{name}：{_stage_name(result.after)}")
    commit = commit_command(folder, message, branch, place.remote)
    check = f"  launchpolicy check {folder}"
    after = [Text(check, check), Text(f"  {commit.en}", f"  {commit.zh}")]
    if place.branch == branch:
        return [Text("Next:", "接下来："), *after]
    switch = f"  git switch --create {branch}"
    return [
        Text("Next, on a branch of its own:", "接下来（在单独的分支上）："),
        Text(switch, switch),
        *after,
    ]


def _stage_name(stage: str) -> str:
    return value_name("stage", stage).zh
